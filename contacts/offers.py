"""Who can be chosen for the roles of one customer, and what each role's select offers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from contacts.models import Contact
from contacts.narrowing import LISTED, is_found, nearest, numbers_found
from contacts.policy import ContactKind, Role, Side, may_offer
from contacts.roster import PersonDetails, amended, as_entry, from_entry
from customers.email_hints import Surroundings, surroundings
from customers.models import Customer, Partner
from customers.relationships import Relationship

Entries = Mapping[str, Mapping[str, Any]]
Group = tuple[str, list[tuple[str, str]]]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody who can be chosen, as they would be once written."""

    key: str
    person: PersonDetails
    is_in_draft: bool
    """New or amended in this draft."""
    has_left: bool = False

    @property
    def name(self) -> str:
        return self.person.full_name

    @property
    def is_new(self) -> bool:
        """Not written anywhere yet."""
        return not self.person.contact


def details_of(contact: Contact) -> PersonDetails:
    return PersonDetails(
        side=contact.side,
        kind=ContactKind(contact.kind),
        first_name=contact.first_name,
        last_name=contact.last_name,
        email=contact.email,
        phone=contact.phone,
        phone_extension=contact.phone_extension,
        contact=contact.number,
    )


class AddressBook:
    """The partner's own contacts, the customer's, and whoever is new or amended in the draft.

    Contacts of other partners and of other customers are not in it. One query, when it is first used.
    """

    def __init__(
        self,
        *,
        partner: Partner,
        customer: Customer | None = None,
        people: Entries | None = None,
        rows: Mapping[str, Contact] | None = None,
    ) -> None:
        """`people` as a draft keeps them; `rows` where the contacts are at hand already, by number."""
        self.partner, self.customer = partner, customer
        self.entries: Entries = people or {}
        self._found: dict[str, frozenset[str]] = {}
        if rows is not None:
            self.rows = dict(rows)

    @cached_property
    def rows(self) -> dict[str, Contact]:
        """The contacts in reach, by number, those who have left included."""
        reach = Q(partner=self.partner)
        if self.customer is not None:
            reach |= Q(customer=self.customer)
        order = ("first_name", "last_name", "pk")
        return {contact.number: contact for contact in Contact.objects.filter(reach).order_by(*order)}

    @cached_property
    def people(self) -> dict[str, PersonDetails]:
        """Whoever is new or amended in the draft, by key. Amendments of contacts that are gone are left out."""
        people = {}
        for key, entry in self.entries.items():
            person = from_entry(entry)
            row = self.rows.get(person.contact)
            if row is not None:
                people[key] = amended(entry, details_of(row))
            elif key != person.contact:
                people[key] = replace(person, contact="")
        return people

    @cached_property
    def candidates(self) -> dict[str, Candidate]:
        """Everybody, by key; each person once, as the draft has them."""
        in_draft = {key: Candidate(key=key, person=person, is_in_draft=True) for key, person in self.people.items()}
        standing = {candidate.person.contact for candidate in in_draft.values()}
        kept = {
            number: Candidate(
                key=number, person=details_of(row), is_in_draft=False, has_left=row.removed_at is not None
            )
            for number, row in self.rows.items()
            if number not in standing
        }
        return kept | in_draft

    @cached_property
    def surroundings(self) -> Surroundings:
        """Whose domain is whose, by everybody's addresses, and which are refused to who signs."""
        everybody = ((each.person.side is Side.OWN, each.person.email) for each in self.candidates.values())
        return surroundings(everybody, banned=tuple(settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS))

    def get(self, key: str) -> Candidate | None:
        return self.candidates.get(key)

    def with_email(self, side: Side, email: str, *, but: str = "") -> Candidate | None:
        """The contact of this organisation who has the address already, other than the one with the key `but`."""
        folded = email.lower()
        return next(
            (
                candidate
                for candidate in self.candidates.values()
                if candidate.person.side is side
                and candidate.person.email.lower() == folded
                and candidate.key != but
                and not candidate.has_left
            ),
            None,
        )

    def with_person(self, key: str, person: PersonDetails) -> "AddressBook":
        """This book with somebody added or amended; the contacts are not asked for again."""
        row = self.rows.get(person.contact)
        entry = as_entry(person, was=details_of(row) if row else None)
        if "was" in self.entries.get(key, {}):
            entry["was"] = self.entries[key]["was"]
        return AddressBook(
            partner=self.partner, customer=self.customer, people={**self.entries, key: entry}, rows=self.rows
        )

    def free_key(self) -> str:
        """A key for somebody new."""
        taken = set(self.entries)
        return next(key for number in range(1, len(taken) + 2) if (key := f"new-{number}") not in taken)

    def label(self, candidate: Candidate) -> str:
        """The name, with what tells this candidate from others: a list, a new person, a namesake's address."""
        name = candidate.name
        if candidate.person.kind is ContactKind.LIST:
            name = _("%(name)s (list)") % {"name": name}
        if candidate.is_new:
            name = _("%(name)s (new)") % {"name": name}
        return f"{name}, {candidate.person.email}" if self._names[candidate.name] > 1 else name

    @cached_property
    def _names(self) -> dict[str, int]:
        counted: dict[str, int] = {}
        for candidate in self.candidates.values():
            counted[candidate.name] = counted.get(candidate.name, 0) + 1
        return counted

    def fitting(self, role: Role, relationship: Relationship | None, kept: str = "") -> list[Candidate]:
        """Everybody whom the role's select may offer, `kept` whatever has become of them."""
        return [
            candidate
            for candidate in self.candidates.values()
            if candidate.key == kept or self.fits(candidate, role, relationship)
        ]

    def found(self, query: str) -> frozenset[str]:
        """The keys of whom a query finds here, people of the draft as they are there. One query for each that is new.

        Nobody is found who is not in this book.
        """
        if query not in self._found:
            numbers = numbers_found(query, partner=self.partner, customer=self.customer)
            self._found[query] = frozenset(
                key
                for key, one in self.candidates.items()
                if (
                    is_found(query, name=one.name, email=one.person.email, phone=one.person.phone)
                    if one.is_in_draft
                    else key in numbers
                )
            )
        return self._found[query]

    def fits(self, candidate: Candidate, role: Role, relationship: Relationship | None) -> bool:
        """Whether the role's select offers this candidate. While no relationship is chosen, what any would allow."""
        return not candidate.has_left and any(
            may_offer(role, candidate.person.side, candidate.person.kind, each)
            for each in ([relationship] if relationship else Relationship)
        )


@dataclass(frozen=True, kw_only=True)
class Offers:
    """What one role's select offers."""

    groups: list[Group]
    """(group, [(key, label)]): your organisation, this customer. Empty groups are left out."""
    listed: int
    """How many contacts these are, and"""
    fitting: int
    """of how many that fit, or that fit and are found."""


def offers(
    *,
    book: AddressBook,
    role: Role,
    relationship: Relationship | None,
    kept: str = "",
    near: Collection[str] = (),
    query: str = "",
) -> Offers:
    """The role's choices.

    `kept` is who is chosen now: offered whatever has become of them, so that no choice gets lost unseen. Of more than
    `narrowing.LISTED` who fit, those are listed whom the query finds, and without one those who are `near` (people of
    the draft and of this customer always are), and the first of the others.
    """
    fitting = book.fitting(role, relationship, kept)
    found = [one for one in fitting if one.key in book.found(query)] if query else fitting
    close = {one.key for one in found if one.is_in_draft or one.person.side is Side.CUSTOMER} | {kept, *near}
    listed = nearest((one.key for one in found), close) | {kept}
    titles: dict[Side, Any] = {Side.OWN: _("Your organisation"), Side.CUSTOMER: _("This customer")}
    groups = []
    for side, title in titles.items():
        choices = [(one.key, book.label(one)) for one in fitting if one.person.side is side and one.key in listed]
        if choices:
            groups.append((title, choices))
    return Offers(groups=groups, listed=min(len(found), LISTED), fitting=len(found))
