"""What a question to support is about, as the link on a page says it: judged, never believed."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from approvals.conversations.conversation import MAX_PAGE
from approvals.models import RegistrationRequest
from customers import numbers
from customers.models import Customer

_PATH = re.compile(r"/[A-Za-z0-9/_.-]*")


@dataclass(frozen=True, kw_only=True)
class About:
    """Where a question came up; the request or the customer only where it exists for this person."""

    page: str = ""
    request: RegistrationRequest | None = None
    customer: Customer | None = None

    @property
    def title(self) -> str:
        """What it is about, as the form says it; empty for a page that is about nothing of its own."""
        if self.request is not None:
            return f"{self.request.reference} {self.request.company_name}".strip()
        return str(self.customer.name) if self.customer is not None else ""


def about_of(user: Any, page: str) -> About:
    """Read the address of one of our own pages; anything else is about nothing."""
    path = urlsplit(page[:MAX_PAGE]).path if page.startswith("/") and not page.startswith("//") else ""
    if not _PATH.fullmatch(path):
        return About()
    try:
        found = resolve(path)
    except Resolver404:
        return About()
    return About(
        page=path,
        request=_request(user, found.kwargs.get("reference", "")),
        customer=_customer(user, found.kwargs.get("number", "")),
    )


def here(request: HttpRequest) -> str:
    """The address of the page that is shown, as far as a question may carry it."""
    return request.path if _PATH.fullmatch(request.path) and len(request.path) <= MAX_PAGE else ""


def _request(user: Any, reference: str) -> RegistrationRequest | None:
    try:
        number = numbers.parse(str(reference), numbers.REQUEST)
    except numbers.NotANumber:
        return None
    return RegistrationRequest.objects.visible_to(user).filter(reference=number).first()


def _customer(user: Any, number: str) -> Customer | None:
    try:
        number = numbers.parse(str(number), numbers.CUSTOMER)
    except numbers.NotANumber:
        return None
    return Customer.objects.visible_to(user).filter(number=number).first()
