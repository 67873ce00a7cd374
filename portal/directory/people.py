"""The people of several customers at once, as a search finds them: names, addresses, phone numbers."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, NamedTuple

from contacts.models import Contact, RoleAssignment
from customers.models import Customer
from customers.prepared import Prepared, Slots

FIELDS = ("id", "first_name", "last_name", "email", "phone")


class Person(NamedTuple):
    """Plain values: a search reads hundreds, and none of them is changed."""

    key: int
    first_name: str
    last_name: str
    email: str
    phone: str

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


def people_of(customer_ids: Collection[int]) -> dict[int, Sequence[Person]]:
    """Who fills a role of each of these customers, and then who else belongs to it; one query, none for no customer."""
    if not customer_ids:
        return {}
    slots = _slots(len(customer_ids))
    rows = _people(len(customer_ids)).ask(**dict(zip(slots.names, customer_ids, strict=True)))
    found: dict[int, dict[Person, None]] = defaultdict(dict)
    for customer_id, *values in rows:
        found[customer_id][Person(*values)] = None
    return {customer_id: tuple(people) for customer_id, people in found.items()}


@cache
def _people(customers: int) -> Prepared[tuple[Any, ...]]:
    """The query for so many customers: a page has few of them, and to write it takes as long as to read its answer."""
    keys = _slots(customers)
    of_roles = RoleAssignment.objects.filter(customer__in=keys).order_by()
    others = Contact.objects.filter(customer__in=keys, assignments__isnull=True).order_by()
    rows = of_roles.values_list("customer_id", *(f"contact__{name}" for name in FIELDS))
    return Prepared(rows.union(others.values_list("customer_id", *FIELDS), all=True))


def _slots(customers: int) -> Slots:
    return Slots("customer", Customer._meta.pk, customers)
