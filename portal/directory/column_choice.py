"""Which columns the table has, and in which order: what the panel offers, and what a press in it asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.directory.columns import COLUMNS, default_columns, offered_columns
from portal.directory.listing import Listing

UP, DOWN = "up", "down"
PANEL = "columns"
"""As the parameter `panel` of an address: the panel stands open, since somebody is at work in it."""
EXPORT = "export"
"""As that parameter: the menu of files stands open, since somebody came for one."""


@dataclass(frozen=True, kw_only=True)
class ColumnChoice:
    key: str
    label: str
    is_shown: bool
    is_fixed: bool
    """Always shown, always first."""


@dataclass(frozen=True, kw_only=True)
class ColumnPanel:
    choices: tuple[ColumnChoice, ...]
    """The columns of the table as they stand, then the others in the order in which they are offered."""
    kept: Sequence[tuple[str, str]]
    """What else the address says."""
    usual: str | None
    """The query string of the usual columns; None where they are shown."""
    is_open: bool


def panel_of(listing: Listing, panel: str = "") -> ColumnPanel:
    """What the panel offers; `panel` is that parameter of the address."""
    offered = [column.key for column in offered_columns(is_staff=listing.is_staff)]
    ordered = dict.fromkeys([*listing.columns, *offered])
    is_usual = listing.columns == default_columns(is_staff=listing.is_staff)
    return ColumnPanel(
        choices=tuple(_choice(key, is_shown=key in listing.columns) for key in ordered),
        kept=listing.pairs(columns=None),
        usual=None if is_usual else listing.address(columns=None),
        is_open=panel == PANEL,
    )


def moved(columns: Sequence[str], move: str) -> tuple[str, ...]:
    """The columns after a press on an arrow, `up-town`; as they were where it asks for nothing that can be done."""
    direction, _dash, key = move.partition("-")
    order = list(columns)
    movable = [place for place, each in enumerate(order) if not COLUMNS[each].always]
    if direction not in (UP, DOWN) or key not in order:
        return tuple(order)
    place = order.index(key)
    goal = place - 1 if direction == UP else place + 1
    if place in movable and goal in movable:
        order[place], order[goal] = order[goal], order[place]
    return tuple(order)


def _choice(key: str, *, is_shown: bool) -> ColumnChoice:
    column = COLUMNS[key]
    return ColumnChoice(key=key, label=_(column.label), is_shown=is_shown, is_fixed=column.always)
