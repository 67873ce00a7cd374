"""The people of several customers at once, as a search finds them: names, addresses, phone numbers."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from contacts.models import Contact, RoleAssignment

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
    of_roles = RoleAssignment.objects.filter(customer__in=customer_ids).order_by()
    others = Contact.objects.filter(customer__in=customer_ids, assignments__isnull=True).order_by()
    rows = of_roles.values_list("customer_id", *(f"contact__{name}" for name in FIELDS)).union(
        others.values_list("customer_id", *FIELDS), all=True
    )
    found: dict[int, dict[Person, None]] = defaultdict(dict)
    for customer_id, *values in rows:
        found[customer_id][Person(*values)] = None
    return {customer_id: tuple(people) for customer_id, people in found.items()}
