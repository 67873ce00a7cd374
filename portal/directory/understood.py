"""What somebody may have meant whose search found nothing: what to try, open or do next.

Everything offered exists for this user: it is reached through what they may see, and whatever others have is neither
said nor asked for. Whether a number is unknown costs the same queries whoever has it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from approvals.models import RegistrationRequest
from approvals.workflow import OPEN
from customers import near_spellings, own_numbers, vat_choices
from customers.models import CustomerSearch, CustomerStatus, Partner
from customers.permissions import Ability
from customers.querysets import COMPANY
from customers.search_pages import Count, Page
from customers.vat import VatNumber
from portal.directory import filters
from portal.directory.listing import Listing
from portal.directory.typed import Shape, shape_of

MOST_KNOWN = 3
"""Of the companies that have a number: staff may find it at several partners."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """Another search."""

    text: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Known:
    """Where the number that was typed is already, or what the reference leads to."""

    name: str
    address: str
    partner: str
    has_ended: bool = False
    request: RegistrationRequest | None = None
    """None for a customer."""


@dataclass(frozen=True, kw_only=True)
class Offers:
    number: str = ""
    """The VAT number as understood, readable; "" where the query is none."""
    add: str = ""
    """Where a customer with this number is added; "" for whoever may not, and where the number is known."""
    known: Sequence[Known] = ()
    fault: str = ""
    """What is wrong with the number, in words."""
    near: Sequence[Link] = ()
    wider: Link | None = None
    """The same search among all customers, where it finds something there."""
    wider_count: Count | None = None
    is_wider_by_filters: bool = False
    """Whether filters hide it; otherwise only that those who ended are not looked at."""
    kind: str = ""
    """`email` or `phone`, where the query looks like one."""
    shorter: Link | None = None


def offers(user: Any, listing: Listing, page: Page) -> Offers | None:
    """What to offer beside this page of a search; None where the search found what it names.

    Four queries at most, and none where words found something.
    """
    if not listing.query or not page.is_first:
        return None
    shape = shape_of(listing.query, _home(user))
    if shape.number is not None:
        return None if _holds(page, shape.number) else _about_number(user, shape.number)
    if page.rows:
        return None
    if shape.reference:
        return Offers(known=requests_named(user, shape.reference))
    return _about_words(user, listing, shape)


def offers_of_number(user: Any, query: str) -> Offers | None:
    """What to offer to whoever typed a VAT number, right or wrong, that no customer has; None where it is none."""
    shape = shape_of(query, _home(user))
    if shape.number is not None:
        return _about_number(user, shape.number)
    return Offers(fault=shape.fault) if shape.fault else None


def requests_named(user: Any, reference: str) -> list[Known]:
    """The request with this reference, if it exists for the user."""
    return _known_requests(RegistrationRequest.objects.visible_to(user).filter(reference=reference))


def _partner(user: Any) -> Partner | None:
    membership = getattr(user, "membership", None)
    return membership.partner if membership is not None else None


def _home(user: Any) -> str:
    """The country of a VAT number that does not name one."""
    partner = _partner(user)
    return str(partner.country) if partner is not None else vat_choices.HOME


def _holds(page: Page, number: VatNumber) -> bool:
    return any(str(number) in (row["vat_number"], row["national_number"]) for row in page.rows)


def _about_number(user: Any, number: VatNumber) -> Offers:
    known = _known(user, str(number))
    partner = _partner(user)
    if known or partner is None or not user.membership.may(Ability.ONBOARD):
        return Offers(number=number.readable, known=known)
    try:
        own_numbers.refuse(partner, str(number))
    except own_numbers.OwnNumber as refusal:
        return Offers(number=number.readable, fault=refusal.words)
    typed = urlencode({"vat_number": str(number), "country": number.country})
    return Offers(number=number.readable, add=f"{reverse('add-customer')}?{typed}")


def _known(user: Any, number: str) -> list[Known]:
    """Customers and open requests with the number, among those that exist for the user."""
    rows = CustomerSearch.objects.visible_to(user).filter(
        vat=number, status__in=(CustomerStatus.ACTIVE.value, CustomerStatus.ENDED.value)
    )
    rows = rows.select_related("customer", "partner").order_by("pk")[:MOST_KNOWN]
    customers = [
        Known(
            name=row.customer.name,
            address=reverse("customer", args=[row.customer.number]),
            partner=row.partner.name,
            has_ended=row.status == CustomerStatus.ENDED,
        )
        for row in rows
    ]
    requests = RegistrationRequest.objects.visible_to(user).alias(company=COMPANY)
    return customers + _known_requests(requests.filter(company=number, state__in=OPEN))


def _known_requests(requests: Any) -> list[Known]:
    return [
        Known(
            name=" ".join(filter(None, [request.reference, request.company_name])),
            address=reverse("request", args=[request.reference]),
            partner=request.partner.name,
            request=request,
        )
        for request in requests.select_related("partner").order_by("pk")[:MOST_KNOWN]
    ]


def _about_words(user: Any, listing: Listing, shape: Shape) -> Offers:
    hints: dict[str, Any] = {"fault": shape.fault, "kind": shape.kind}
    if shape.shorter:
        hints["shorter"] = Link(text=shape.shorter, address=listing.address(q=shape.shorter))
    wider = _among_all(user, listing)
    found = near_spellings.instead(listing.selection(user), wider.selection(user))
    if found.wider.number:
        hints["wider"] = Link(text=listing.query, address=wider.address())
        return Offers(**hints, wider_count=found.wider, is_wider_by_filters=bool(listing.filters))
    return Offers(**hints, near=[Link(text=query, address=listing.address(q=query)) for query in found.near])


def _among_all(user: Any, listing: Listing) -> Listing:
    """The same search without filters, customers that ended included."""
    params = QueryDict(mutable=True)
    params.update({"q": listing.query, "status": filters.ANY, "sort": listing.sort})
    params["columns"] = ",".join(listing.columns)
    return Listing.read(user, params)
