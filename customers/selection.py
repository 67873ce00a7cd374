"""What is looked for, among what, and in which order. Knows nothing of pages, addresses or requests."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from customers.models import CustomerSearch
from customers.querysets import CustomerSearchQuerySet, matched_by, named_by, visible_customers

EVERYTHING = Q()


@dataclass(frozen=True, kw_only=True)
class Sort:
    key: str
    columns: tuple[str, ...]
    """Of the search row, all running the same way; the last, `customer_id`, breaks ties."""
    descending: bool = False

    def order(self, *, backwards: bool = False) -> list[str]:
        sign = "-" if self.descending != backwards else ""
        return [f"{sign}{column}" for column in self.columns]


_COLUMNS = {
    "name": ("name_sort", "customer_id"),
    "town": ("town_sort", "name_sort", "customer_id"),
    "approved": ("approved_at", "customer_id"),
    "partner": ("partner_sort", "name_sort", "customer_id"),
}
SORTS: dict[str, Sort] = {
    f"{sign}{key}": Sort(key=f"{sign}{key}", columns=columns, descending=bool(sign))
    for key, columns in _COLUMNS.items()
    for sign in ("", "-")
}
"""By the word in an address: `name`, and `-name` for the other way round."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Some of the customers that exist for somebody, in an order.

    Sorted by when they were approved, it holds the approved ones only: what never happened has no place in time.
    """

    visible: Q
    """`customers.querysets.visible_customers(user)`: nothing beyond it is read, shown or counted."""
    partner: int | None = None
    """Where all of it lies within one partner: then no row of another is read."""
    narrowed: Q = EVERYTHING
    """Filters: conditions on columns of the search row, or subqueries; never joins."""
    query: str = ""
    sort: Sort = SORTS["name"]
    best_first: bool = True
    """Whether customers that the query names exactly come before all others."""

    @property
    def scope(self) -> Q:
        """Among what is looked, whatever is looked for."""
        scope = self.visible if self.partner is None else self.visible & Q(partner_id=self.partner)
        return scope & Q(approved_at__isnull=False) if "approved_at" in self.sort.columns else scope

    @property
    def wanted(self) -> Q:
        """What is looked for there."""
        return self.narrowed & matched_by(self.query) if self.query else self.narrowed

    @property
    def named(self) -> Q | None:
        """Which come first; None where nothing tells them apart."""
        return named_by(self.query) if self.query and self.best_first else None

    @property
    def rank(self) -> Case | Value:
        """0 for customers that come first, 1 for the others."""
        if self.named is None:
            return Value(1)
        return Case(When(self.named, then=Value(0)), default=Value(1), output_field=IntegerField())

    def queryset(self) -> CustomerSearchQuerySet:
        """All of it in its order: the plain meaning, which the pages cut up and an export reads."""
        found = CustomerSearch.objects.filter(self.scope).filter(self.wanted)
        return found.annotate(rank=self.rank).order_by("rank", *self.sort.order())


def selection_for(
    user: Any, *, query: str = "", narrowed: Q = EVERYTHING, partner: int | None = None, sort: Sort = SORTS["name"]
) -> Selection:
    """What this user asks for among what exists for them. `partner`: the only one wanted, where staff chose one."""
    only = partner_for(user, partner)
    return Selection(
        visible=visible_customers(user),
        partner=only,
        narrowed=narrowed if partner in (None, only) else Q(pk__in=[]),
        query=query,
        sort=sort,
    )


def partner_for(user: Any, wanted: int | None = None) -> int | None:
    """The one partner whose customers this user is asking for: their own, or the one that staff chose; None for all."""
    membership = getattr(user, "membership", None)
    own = membership.partner_id if membership is not None and not user.is_staff else None
    return wanted if own is None else own
