"""Which customers a page of the table shows, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, Subquery

from customers import numbers
from customers.models import Customer, CustomerSearch
from customers.querysets import CustomerSearchQuerySet
from customers.search_text import MAX_QUERY_CHARACTERS

PAGE = 50
COUNT_CAP = 1000
"""Beyond this the exact number helps nobody and costs a reading of all rows."""

OWN = ("customer_id", "country", "relationship", "approved_at")
VALUES = {
    "number": F("customer__number"),
    "name": F("customer__name"),
    "legal_name": F("customer__legal_name"),
    "city": F("customer__city"),
    "postcode": F("customer__postcode"),
    "vat_number": F("customer__vat_number"),
    "national_number": F("customer__national_number"),
    "phone": F("customer__phone"),
    "uses_secwise_watch": F("customer__uses_secwise_watch"),
    "partner_name": F("partner__name"),
    "partner_country": F("partner__country"),
}


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """A place in the sorted table: the rows after, or before, the customer with this public number.

    Positions, not counts: the last page costs what the first one does, and nothing is shown twice when customers come
    in between. In an address: `after-C-4K7P-M2XN`.
    """

    number: str
    backwards: bool = False

    def __str__(self) -> str:
        return f"{'before' if self.backwards else 'after'}-{self.number}"


def read_cursor(text: str) -> Cursor | None:
    """Read a cursor off an address; None, the first page, for anything else."""
    side, _dash, number = text.partition("-")
    if side not in ("after", "before"):
        return None
    try:
        return Cursor(number=numbers.parse(number, numbers.CUSTOMER), backwards=side == "before")
    except numbers.NotANumber:
        return None


def read_query(text: str) -> str:
    """What somebody typed into the search box, without what no keyboard types: control and format characters."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split())[:MAX_QUERY_CHARACTERS]


@dataclass(frozen=True, kw_only=True)
class Page:
    rows: Sequence[dict[str, Any]]
    """Plain values, the keys those of OWN and VALUES."""
    count: int
    """How many rows there are on all pages; COUNT_CAP + 1 where there are more than COUNT_CAP."""
    previous: Cursor | None = None
    next: Cursor | None = None

    @property
    def cap(self) -> int:
        """What there are more of than anybody counted; 0 where the count is exact."""
        return COUNT_CAP if self.count > COUNT_CAP else 0


def find(user: Any, query: str = "", cursor: Cursor | None = None) -> Page:
    """One page of the active customers that exist for this user, by name; two queries, one where all fit on it.

    A cursor that leads nowhere in what the user may see, be it unknown or somebody else's, is the first page.
    """
    found = CustomerSearch.objects.visible_to(user).active()
    if query:
        found = found.matching(query)
    rows = _rows(_beyond(found, user, cursor), backwards=cursor is not None and cursor.backwards)
    if cursor is not None and (not rows or (cursor.backwards and len(rows) <= PAGE)):
        cursor, rows = None, _rows(found)
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    if cursor is not None and cursor.backwards:
        rows = rows[::-1]
    first_page = cursor is None
    return Page(
        rows=rows,
        count=len(rows) if first_page and not more else found.order_by().values("pk")[: COUNT_CAP + 1].count(),
        previous=None if first_page else Cursor(number=rows[0]["number"], backwards=True),
        next=Cursor(number=rows[-1]["number"]) if more or (cursor is not None and cursor.backwards) else None,
    )


def _rows(found: CustomerSearchQuerySet, *, backwards: bool = False) -> list[Any]:
    """A page and one row more, which says whether there is another page."""
    order = ("-name_sort", "-customer_id") if backwards else ("name_sort", "customer_id")
    return list(found.order_by(*order).values(*OWN, **VALUES)[: PAGE + 1])


def _beyond(found: CustomerSearchQuerySet, user: Any, cursor: Cursor | None) -> CustomerSearchQuerySet:
    """What lies beyond the cursor. Its customer is looked up in what the user may see and nowhere else."""
    if cursor is None:
        return found
    place = CustomerSearch.objects.filter(customer__in=Customer.objects.visible_to(user).filter(number=cursor.number))
    name, key = Subquery(place.values("name_sort")), Subquery(place.values("pk"))
    # The first condition bounds the index; the second drops the few of the same name on the near side.
    if cursor.backwards:
        return found.filter(Q(name_sort__lte=name) & (Q(name_sort__lt=name) | Q(pk__lt=key)))
    return found.filter(Q(name_sort__gte=name) & (Q(name_sort__gt=name) | Q(pk__gt=key)))
