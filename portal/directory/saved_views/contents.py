"""What a view would keep of a listing, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.directory.chips import chips
from portal.directory.columns import COLUMNS
from portal.directory.listing import Listing


@dataclass(frozen=True)
class Line:
    label: str
    value: str


def contents_of(listing: Listing, user: Any) -> list[Line]:
    """A line for what is searched, for each filter, for the order and for the columns."""
    searched = [Line(_("Search"), f"“{listing.query}”")] if listing.query else []
    filtered = [Line(chip.label, chip.words) for chip in chips(listing, user, {}) if chip.words]
    columns = ", ".join(_(column.label) for column in listing.shown)
    return [*searched, *filtered, Line(_("Order"), _order(listing.sort)), Line(_("Columns"), columns)]


def _order(sort: str) -> str:
    key, is_falling = sort.removeprefix("-"), sort.startswith("-")
    column = next(column for column in COLUMNS.values() if column.sort == key)
    if column.key == "approved":
        direction = _("latest first") if is_falling else _("oldest first")
    else:
        direction = _("Z to A") if is_falling else _("A to Z")
    return _("%(column)s, %(direction)s") % {"column": _(column.label), "direction": direction}
