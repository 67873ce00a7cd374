"""A selection in pages: which customers a page shows, how many there are, and what stands beside one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Q

from customers import numbers
from customers.models import CustomerSearch
from customers.search_text import MAX_QUERY_CHARACTERS
from customers.selection import Selection

PAGE = 50
COUNT_CAP = 1000
"""Beyond this the exact number helps nobody and costs a reading of all rows."""

VALUES = {
    "number": F("customer__number"),
    "name": F("customer__name"),
    "legal_name": F("customer__legal_name"),
    "city": F("customer__city"),
    "postcode": F("customer__postcode"),
    "country": F("customer__country"),
    "vat_number": F("customer__vat_number"),
    "national_number": F("customer__national_number"),
    "phone": F("customer__phone"),
    "relationship": F("customer__relationship"),
    "uses_secwise_watch": F("customer__uses_secwise_watch"),
    "approved_at": F("customer__approved_at"),
    "status": F("customer__status"),
    "industry_code": F("customer__industry__code"),
    "industry_name": F("customer__industry__name"),
    "partner_id": F("customer__partner_id"),
    "partner_name": F("customer__partner__name"),
    "partner_country": F("customer__partner__country"),
    "csm_first_name": F("customer__partner__csm__first_name"),
    "csm_last_name": F("customer__partner__csm__last_name"),
    "csm_email": F("customer__partner__csm__email"),
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
class Count:
    """How many there are: `64`, `more than 1,000` or `about 98,000`."""

    number: int
    exact: bool = True
    about: bool = False
    """Whether the number is an estimate; where it is neither that nor exact, there are more than it says."""


@dataclass(frozen=True, kw_only=True)
class Page:
    rows: Sequence[dict[str, Any]]
    """Plain values, the keys those of VALUES, `customer_id` and `gap`."""
    count: Count
    """How many rows there are on all pages."""
    previous: Cursor | None = None
    next: Cursor | None = None
    is_first: bool = True


def find(selection: Selection, cursor: Cursor | None = None, *, size: int = PAGE) -> Page:
    """One page of a selection.

    A cursor that leads nowhere in what the user may see, be it unknown or somebody else's, is the first page.
    """
    backwards = cursor is not None and cursor.backwards
    rows = _rows(selection, cursor, size + 1)
    if cursor is not None and (not rows or (backwards and len(rows) <= size)):
        cursor, backwards = None, False
        rows = _rows(selection, None, size + 1)
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows = rows[::-1]
    number = selection.queryset().order_by().values("pk")[: COUNT_CAP + 1].count()
    return Page(
        rows=rows,
        count=Count(number=min(number, COUNT_CAP), exact=number <= COUNT_CAP),
        previous=None if cursor is None else Cursor(number=rows[0]["number"], backwards=True),
        next=Cursor(number=rows[-1]["number"]) if more or backwards else None,
        is_first=cursor is None,
    )


def neighbours(selection: Selection, customer: Any) -> tuple[str | None, str | None]:
    """The numbers of the customers before and after this one in the selection; None where there is none."""
    before = _rows(selection, Cursor(number=customer.number, backwards=True), 1)
    after = _rows(selection, Cursor(number=customer.number), 1)
    return (before[0]["number"] if before else None, after[0]["number"] if after else None)


def first_ids(selection: Selection, limit: int) -> list[int]:
    """The keys of the first customers of a selection, in its order."""
    return list(selection.queryset().values_list("pk", flat=True)[:limit])


def _rows(selection: Selection, cursor: Cursor | None, limit: int) -> list[Any]:
    found = selection.queryset()
    if cursor is not None:
        columns = ("rank", *selection.sort.columns)
        places = CustomerSearch.objects.filter(selection.visible, customer__number=cursor.number)
        place = places.annotate(rank=selection.rank).values(*columns).first()
        if place is None:
            found = found.none()
        else:
            found = found.filter(_beyond(selection, place, backwards=cursor.backwards))
            if cursor.backwards:
                found = found.reverse()
    # Named twice, so that values may be called what columns of the search row are called.
    return list(found.values("customer_id").values("customer_id", "gap", **VALUES)[:limit])


def _beyond(selection: Selection, place: dict[str, Any], *, backwards: bool) -> Q:
    """After the place in the order, or before it: the first column that differs decides."""
    alike, ways = Q(), []
    for column, value in place.items():
        rising = column == "rank" or not selection.sort.descending
        ways.append(alike & Q(**{f"{column}__{'gt' if rising != backwards else 'lt'}": value}))
        alike &= Q(**{column: value})
    return reduce(or_, ways)
