"""Everybody at a customer: its own people, and those of the partner who fill a role there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.access import INVITED
from contacts.models import Contact
from contacts.policy import ContactKind, Side
from customers.models import Customer, Membership
from portal.paging import NumberedPage, page_of
from portal.role_cards import RoleCard, cards_of

CONTACTS_A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Access:
    """Whether somebody gets into the portal, as far as is known here."""

    kind: str
    """As `look.fact` shows it."""
    words: str
    since: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    contact: Contact
    roles: Sequence[RoleCard]
    """Those the person fills here."""
    access: Access | None
    """None for a distribution list, and where it is not the reader's affair."""
    elsewhere: str
    """The list of all customers at which the person fills a role; "" for whoever has no such list, and for the
    customer's own people, who fill roles nowhere else."""


def contacts_page(user: Any, customer: Customer, asked: str, *, is_own: bool) -> tuple[NumberedPage, Sequence[Line]]:
    """A page of them, those with a role first, then by name; two queries."""
    roles: Mapping[int, list[RoleCard]] = defaultdict(list)
    for card in cards_of(customer):
        if card.holder is not None:
            roles[card.holder.pk].append(card)
    page = page_of(_contacts(user, customer, list(roles)), asked, CONTACTS_A_PAGE)
    return page, [_line(contact, roles[contact.pk], is_own=is_own) for contact in page.rows]


def _contacts(user: Any, customer: Customer, holders: Sequence[int]) -> QuerySet[Contact]:
    # The keys as such: as a subquery beside "or" they would cost the reading of every contact there is.
    here = Q(customer=customer, removed_at__isnull=True) | Q(pk__in=holders)
    rank = Case(When(pk__in=holders, then=Value(0)), default=Value(1))
    people = Contact.objects.visible_to(user).filter(here).annotate(signs_in=_signs_in(customer), rank=rank)
    return people.order_by("rank", "last_name", "first_name", "pk")


def _signs_in(customer: Customer) -> Exists:
    """Whether the contact has an account in its own organisation. An account with the same address anywhere else would
    tell one partner of another's people."""
    own = Q(partner__isnull=False, partner=OuterRef("partner"))
    if customer.admits_users:
        own |= Q(customer__isnull=False, customer=OuterRef("customer"))
    return Exists(Membership.objects.filter(own, user__is_active=True, user__email=Lower(OuterRef("email"))))


def _line(contact: Contact, roles: Sequence[RoleCard], *, is_own: bool) -> Line:
    is_partners = contact.side is Side.OWN
    return Line(
        contact=contact,
        roles=roles,
        access=None if is_own and is_partners else _access(contact, roles),
        elsewhere=_elsewhere(contact) if is_partners and not is_own else "",
    )


def _elsewhere(contact: Contact) -> str:
    return f"{reverse('customers')}?{urlencode({'holder': contact.number, 'sort': 'name'})}"


def _access(contact: Any, roles: Sequence[RoleCard]) -> Access | None:
    if contact.kind == ContactKind.LIST:
        return None
    if contact.signs_in:
        return Access(kind="good", words=_("Signs in"))
    if contact.access_confirmed_at is not None:
        return Access(kind="good", words=_("Confirmed by Arxus"), since=contact.access_confirmed_at)
    if any(card.role.value in INVITED for card in roles):
        return Access(kind="warn", words=_("Not confirmed yet"))
    return Access(kind="idle", words=_("None"))
