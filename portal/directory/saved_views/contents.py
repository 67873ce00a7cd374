"""What a view would keep of a listing, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.directory.chips import chips
from portal.directory.heads import order_in_words
from portal.directory.listing import Listing
from portal.two_windows import Difference


@dataclass(frozen=True)
class Line:
    label: str
    value: str


def contents_of(listing: Listing, user: Any) -> list[Line]:
    """A line for what is searched, for each filter, for the order and for the columns."""
    searched = [Line(_("Search"), f"“{listing.query}”")] if listing.query else []
    filtered = [Line(chip.label, chip.words) for chip in chips(listing, user, {}) if chip.words]
    columns = ", ".join(_(column.label) for column in listing.shown)
    return [*searched, *filtered, Line(_("Order"), order_in_words(listing.sort)), Line(_("Columns"), columns)]


def differences(kept: Listing, wanted: Listing, user: Any) -> list[Difference]:
    """The lines in which two listings differ."""
    before, after = ({line.label: line.value for line in contents_of(each, user)} for each in (kept, wanted))
    return [
        Difference(label=label, own=after.get(label, ""), kept=before.get(label, ""))
        for label in before | after
        if before.get(label) != after.get(label)
    ]
