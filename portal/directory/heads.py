"""The heads of the table: what it is sorted by, and where a press on each leads."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.directory.columns import COLUMNS, Column
from portal.directory.listing import Listing


@dataclass(frozen=True, kw_only=True)
class Order:
    """One thing the table can be sorted by."""

    label: str
    address: str
    """The query string that sorts by it; by what it is sorted by already, the other way round."""
    direction: str = ""
    """`ascending` or `descending` where the table is sorted by it now."""


@dataclass(frozen=True, kw_only=True)
class Head:
    column: Column
    label: str
    orders: Sequence[Order] = ()
    """More than one where a column shows more than one thing."""

    @property
    def direction(self) -> str:
        return next((order.direction for order in self.orders if order.direction), "")


def order_in_words(sort: str) -> str:
    """What a key of SORTS means: "Town, A to Z"."""
    key, is_falling = sort.removeprefix("-"), sort.startswith("-")
    column = next(column for column in COLUMNS.values() if column.sort == key)
    if column.key == "approved":
        direction = _("latest first") if is_falling else _("oldest first")
    else:
        direction = _("Z to A") if is_falling else _("A to Z")
    return _("%(column)s, %(direction)s") % {"column": _(column.label), "direction": direction}


def heads(listing: Listing) -> list[Head]:
    return [_head(listing, column) for column in listing.shown]


def _head(listing: Listing, column: Column) -> Head:
    sorted_by = [column] if column.sort else []
    if column.always and "town" not in listing.columns:
        # The town stands under the name.
        sorted_by.append(COLUMNS["town"])
    return Head(column=column, label=_(column.label), orders=[_order(listing, one) for one in sorted_by])


def _order(listing: Listing, column: Column) -> Order:
    rising, falling = column.sort, f"-{column.sort}"
    first, second = (falling, rising) if column.first_descending else (rising, falling)
    direction = {rising: "ascending", falling: "descending"}.get(listing.sort, "")
    return Order(
        label=_(column.label),
        address=listing.address(sort=second if listing.sort == first else first),
        direction=direction,
    )
