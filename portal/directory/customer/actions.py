"""What can be done about a customer, and by whom: the menu of its page. What one may not do says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from approvals.conversations.voices import asks_support
from approvals.models import RegistrationRequest
from contacts.acceptance import may_record
from customers.models import Customer

CORRECT = "customers.change_customer"
CORRECT_CONTACT = "contacts.change_contact"


@dataclass(frozen=True, kw_only=True)
class Action:
    label: str
    icon: str
    url: str = ""
    """Empty where it cannot be done now."""
    sub: str = ""
    """What it is for, or why it cannot be done now."""


def actions_of(request: HttpRequest, customer: Customer, *, is_own: bool) -> Sequence[Action]:
    """No query, but for the permissions of staff, which every page of theirs asks for."""
    user = request.user
    actions = [_edit(user, customer, is_own=is_own)]
    if user.is_staff:
        actions.append(_record_agreement(request, customer))
    if address := support_address(request):
        sub = _("What is wrong, or who fills a role from now on")
        actions.append(Action(label=_("Ask Arxus for a change"), icon="chat", url=address, sub=sub))
    registration: RegistrationRequest | None = getattr(customer, "request", None)
    if registration is not None and not is_own:
        address = reverse("request", args=[registration.reference])
        label = _("See its registration request")
        actions.append(Action(label=label, icon="inbox", url=address, sub=registration.reference))
    return actions


def support_address(request: HttpRequest) -> str:
    """A message to Arxus about this page; "" for whoever sends none."""
    if not asks_support(request.user):
        return ""
    return f"{reverse('message-new')}?{urlencode({'page': request.path}, safe='/')}"


def may_correct_contacts(user: Any) -> bool:
    """Whether this person corrects contacts in Arxus Admin."""
    return bool(user.is_staff and user.has_perm(CORRECT_CONTACT))


def _edit(user: Any, customer: Customer, *, is_own: bool) -> Action:
    if user.is_staff and user.has_perm(CORRECT):
        address = reverse("admin:customers_customer_change", args=[customer.pk])
        return Action(label=_("Edit details"), icon="pencil", url=address, sub=_("In Arxus Admin"))
    if user.is_staff:
        why = _("Approvers correct details.")
    elif is_own:
        why = _("%(partner)s and Arxus keep them. Tell them what is wrong.") % {"partner": customer.partner}
    else:
        why = _("Arxus corrects what it approved. Ask for the change.")
    return Action(label=_("Edit details"), icon="pencil", sub=why)


def _record_agreement(request: HttpRequest, customer: Customer) -> Action:
    label = _("Record who accepted the Microsoft agreement")
    if not may_record(request.user, customer):
        return Action(label=label, icon="check", sub=_("Your account has no right to record it."))
    address = reverse("admin:contacts_acceptance_record", args=[customer.number])
    return Action(label=label, icon="check", url=f"{address}?{urlencode({'next': request.path}, safe='/')}")
