"""What every tab of a customer's page shows: whose page it is, its tabs, what can be done, the way through a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from approvals.models import Evidence
from contacts.models import Contact, RoleAssignment
from customers.models import Customer, CustomerStatus, VatCheck
from portal.directory.customer.actions import actions_of
from portal.directory.customer.place import place_of
from portal.directory.own_company import own_company
from portal.register_words import STATES

WITH_A_PAGE = (CustomerStatus.ACTIVE, CustomerStatus.ENDED)


@dataclass(frozen=True)
class Tab:
    name: str
    """Of its address."""
    label: Any
    count: str = ""
    """The annotation of the customer that says how much there is; "" where knowing it costs a question."""
    is_for_its_people: bool = False
    """Whether the customer's own users have it: what the partner and Arxus settle between them is no concern of
    theirs."""


TABS = (
    Tab("customer", _("Overview"), is_for_its_people=True),
    Tab("customer-contacts", _("Contacts"), "contact_count", is_for_its_people=True),
    Tab("customer-documents", _("Documents"), "document_count"),
    Tab("customer-requests", _("Requests")),
    Tab("customer-history", _("History")),
)


@dataclass(frozen=True, kw_only=True)
class TabLink:
    label: Any
    url: str
    count: int
    is_current: bool


def customer_of(request: HttpRequest, number: str) -> Customer:
    """The customer with this number, if it exists for this user and has anything to show; 404 otherwise. One query.

    With what its tabs count, and with the VAT register's word: `register_outcome` and `register_asked_at`.
    """
    visible = Customer.objects.visible_to(request.user).filter(Q(status__in=WITH_A_PAGE) | Q(request__isnull=False))
    counted = visible.annotate(
        contact_count=_number_of(_people(request.user), "customer", "pk")
        + _number_of(_holders_from_elsewhere(), "customer", "contact"),
        document_count=_number_of(documents_of(request.user, OuterRef("pk")), "request__customer", "pk"),
        register_outcome=_told_by_register("outcome"),
        register_asked_at=_told_by_register("asked_at"),
    )
    return get_object_or_404(counted.select_related("partner", "industry", "request", "search"), number=number)


def customer_with_tabs(request: HttpRequest, number: str) -> Customer:
    """As `customer_of`, for a tab beside the overview: 404 for one that was never approved, and where the tab is not
    for this user."""
    found = customer_of(request, number)
    tab = next(tab for tab in TABS if tab.name == _tab_name(request))
    if found.status not in WITH_A_PAGE or (_is_own(request, found) and not tab.is_for_its_people):
        raise Http404
    return found


def page_of_customer(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    """What the head of every tab shows. Up to three questions more where one came from a list, and one for each of its
    filters whose value stands in the database."""
    is_own = _is_own(request, customer)
    place = None if is_own else place_of(request, customer)
    return {
        "customer": customer,
        "is_own_company": is_own,
        "place": place,
        "tabs": _links(request, customer, is_own=is_own, trail=place.trail if place else ""),
        "actions": actions_of(request, customer, is_own=is_own),
    }


def word_of_register(customer: Any) -> tuple[str, Any] | None:
    """What the VAT register said of the number of a customer of `customer_of`, as `look.fact` shows it; None where it
    was never asked."""
    return STATES.get(customer.register_outcome)


def documents_of(user: Any, customer: Any) -> QuerySet[Evidence]:
    """The documents sent with the customer's registration; `customer` may be the row of an outer query."""
    return Evidence.objects.visible_to(user).current().filter(request__customer=customer)


def _links(request: HttpRequest, customer: Customer, *, is_own: bool, trail: str) -> Sequence[TabLink]:
    return [
        TabLink(
            label=tab.label,
            url="?".join(filter(None, [reverse(tab.name, args=[customer.number]), trail])),
            count=getattr(customer, tab.count) if tab.count else 0,
            is_current=tab.name == _tab_name(request),
        )
        for tab in TABS
        if tab.is_for_its_people or not is_own
    ]


def _tab_name(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.url_name or "" if match else ""


def _is_own(request: HttpRequest, customer: Customer) -> bool:
    return customer == own_company(request.user)


def _people(user: Any) -> QuerySet[Contact]:
    return Contact.objects.visible_to(user).in_use().filter(customer=OuterRef("pk"))


def _holders_from_elsewhere() -> QuerySet[RoleAssignment]:
    """Roles filled by somebody who is none of `_people`: the partner's own, or no longer on the customer's list."""
    elsewhere = Q(contact__partner__isnull=False) | Q(contact__removed_at__isnull=False)
    return RoleAssignment.objects.filter(elsewhere, customer=OuterRef("pk"))


def _told_by_register(column: str) -> Subquery:
    """What the VAT register told the customer's partner of its number; None where it was never asked."""
    words = VatCheck.objects.filter(partner=OuterRef("partner"), number=OuterRef("vat_number")).order_by()
    return Subquery(words.values(column)[:1])


def _number_of(rows: QuerySet[Any], customer: str, counted: str) -> Coalesce:
    """How many different `counted` there are among rows of one outer customer, within the outer query."""
    each = rows.order_by().values(customer).annotate(number=Count(counted, distinct=True))
    return Coalesce(Subquery(each.values("number")), 0)
