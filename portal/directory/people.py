"""The people of several customers at once: who fills which role, who else belongs to them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Value

from contacts.models import Contact, RoleAssignment
from contacts.policy import Role

FIELDS = ("id", "partner_id", "kind", "first_name", "last_name", "email", "phone", "removed_at")


@dataclass(frozen=True, kw_only=True)
class People:
    """The people of one customer. `others` belong to it and fill no role."""

    holders: Mapping[Role, Contact] = field(default_factory=dict)
    others: Collection[Contact] = ()

    @property
    def all(self) -> list[Contact]:
        return [*dict.fromkeys(self.holders.values()), *self.others]


def people_of(customer_ids: Collection[int], *, with_others: bool) -> dict[int, People]:
    """The people of these customers, in one query; the contacts hold FIELDS only and are not to be saved.

    `with_others` also reads those who fill no role, which only a search needs.
    """
    if not customer_ids:
        return {}
    rows = RoleAssignment.objects.filter(customer__in=customer_ids).values_list(
        "customer_id", "role", *(f"contact__{name}" for name in FIELDS)
    )
    if with_others:
        others = Contact.objects.filter(customer__in=customer_ids, assignments__isnull=True).order_by()
        rows = rows.union(
            others.annotate(no_role=Value("", CharField())).values_list("customer_id", "no_role", *FIELDS), all=True
        )
    holders: dict[int, dict[Role, Contact]] = defaultdict(dict)
    unassigned: dict[int, list[Contact]] = defaultdict(list)
    for customer_id, role, *values in rows:
        contact = _contact(customer_id, dict(zip(FIELDS, values, strict=True)))
        if role:
            holders[customer_id][Role(role)] = contact
        else:
            unassigned[customer_id].append(contact)
    return {key: People(holders=holders[key], others=unassigned[key]) for key in customer_ids}


def _contact(customer_id: int, values: dict[str, Any]) -> Contact:
    return Contact(customer_id=None if values["partner_id"] else customer_id, **values)
