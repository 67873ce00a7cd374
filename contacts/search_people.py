"""The people that customers are found by, read in one query for hundreds of customers.

These are a customer's own contacts and whoever fills its roles; the same person is often found under many customers,
and is folded and judged once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import connection

from contacts.gaps import gap_code, gaps, must_be_mended
from contacts.models import Contact, RoleAssignment
from contacts.policy import ContactKind, Role, Side
from contacts.violations import Nominee
from customers import search_text
from customers.models import Customer
from customers.phone import is_personal_line
from customers.search_rows import People, Values, phone_forms

NAME_LENGTH = 250

# Written out, as it is sent with every change to anybody: putting it together takes longer than the answer.
_OF_PERSON = (
    "person.id, person.number, person.partner_id, person.kind, person.first_name, person.last_name, person.email,"
    " person.phone, person.removed_at IS NOT NULL"
)
_HOLDERS = (
    f'SELECT held.customer_id, held.role, {_OF_PERSON} FROM "{RoleAssignment._meta.db_table}" held'  # noqa: S608
    f' JOIN "{Contact._meta.db_table}" person ON person.id = held.contact_id WHERE held.customer_id'
)
_OWN = f"SELECT person.customer_id, '', {_OF_PERSON} FROM \"{Contact._meta.db_table}\" person WHERE person.customer_id"  # noqa: S608


@dataclass(frozen=True)
class Found:
    """Somebody as the search and the role policy see them; the fields are those of `_OF_PERSON`, in their order."""

    key: int
    number: str
    partner: int | None
    kind: str
    first_name: str
    last_name: str
    email: str
    phone: str
    has_left: bool

    @classmethod
    def of(cls, contact: Contact) -> "Found":
        details = (contact.kind, contact.first_name, contact.last_name, contact.email, contact.phone)
        return cls(contact.pk, contact.number, contact.partner_id, *details, contact.removed_at is not None)

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @cached_property
    def text(self) -> str:
        """Folded; `domain` stands apart, as a customer's text has each once."""
        phones = phone_forms(self.phone) if self.phone else ""
        return search_text.document([self.full_name, self.email, phones]).strip()

    @cached_property
    def domain(self) -> str:
        return search_text.domain(self.email)

    @cached_property
    def nominee(self) -> Nominee:
        return Nominee(
            name=self.full_name,
            side=Side.CUSTOMER if self.partner is None else Side.OWN,
            kind=ContactKind(self.kind),
            email=self.email,
            has_phone=bool(self.phone),
            phone_is_personal=is_personal_line(self.phone),
            has_left=bool(self.has_left),
        )

    @property
    def row(self) -> Values:
        """Their own search row."""
        name = search_text.fold(self.full_name)[:NAME_LENGTH]
        return self.key, self.partner, name, search_text.joined([self.text, self.domain, search_text.fold(self.number)])


class Crowd:
    """Everybody found under some customers."""

    def __init__(self, customers: Collection[int]) -> None:
        self._known: dict[int, Found] = {}
        self._keys: dict[int, set[int]] = defaultdict(set)
        self._holders: dict[int, dict[Role, int]] = defaultdict(dict)
        for customer, role, key, *values in _read(customers):
            if key not in self._known:
                self._known[key] = Found(key, *values)
            self._keys[customer].add(key)
            if role:
                self._holders[customer][Role(role)] = key

    def roles_of(self, contact: Contact) -> dict[int, list[Role]]:
        """The roles that a contact fills, by customer, in the order of the policy."""
        roles = {
            customer: [role for role in Role if holders.get(role) == contact.pk]
            for customer, holders in self._holders.items()
        }
        return {customer: filled for customer, filled in roles.items() if filled}

    def amend(self, contact: Contact) -> None:
        """Take a contact as it is now; its details have changed since they were read, and nothing else."""
        self._known[contact.pk] = Found.of(contact)

    def contact_rows(self) -> list[Values]:
        """The search rows of the customers' own contacts as they should be, in the order of their keys."""
        return [found.row for _key, found in sorted(self._known.items()) if found.partner is None]

    def people(self, customer: Customer) -> People:
        """What a customer's search row says of them."""
        found = [self._known[key] for key in sorted(self._keys[customer.pk])]
        holders = self._holders[customer.pk]
        wrong = gaps(
            {role: self._known[key].nominee for role, key in holders.items()},
            relationship=customer.relationship,
            uses_secwise_watch=customer.uses_secwise_watch,
            blocked_domains=settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS,
        )
        return People(text=_document(found), gap=gap_code(must_be_mended(wrong)))


def _document(people: Iterable[Found]) -> str:
    texts, domains = [], set()
    for found in people:
        texts.append(found.text)
        domains.add(found.domain)
    return search_text.joined([*texts, *sorted(domains)]) if texts else ""


def _read(customers: Collection[int]) -> Iterator[Any]:
    if not customers:
        return
    among = f"IN ({', '.join(['%s'] * len(customers))})"
    with connection.cursor() as cursor:
        cursor.execute(f"{_HOLDERS} {among} UNION ALL {_OWN} {among}", [*customers, *customers])
        yield from cursor.fetchall()
