"""What the table of customers shows, as an address says it: the words looked for, filters, order, columns.

The same value makes the page, its export, a saved view, and the way to the customers before and after one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from customers import numbers
from customers.search_pages import read_query
from customers.selection import SORTS, Selection, partner_for, selection_for
from portal.directory import filters
from portal.directory.columns import COLUMNS, Column, default_columns, read_columns
from portal.directory.filters import ANY, FILTERS, Choice

DEFAULT_SORT = "name"
STAFF_SORT = "partner"
MOST_COLUMNS = 6
"""That fit beside each other."""
ALL = "all"
"""As the view of an address: all customers, whichever view somebody opens first."""
PARAMETERS = ("q", *FILTERS, "sort", "columns", "view", "page")
"""Of an address, in its order."""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Made by `read` only. Two are equal where they show the same."""

    query: str
    filters: Mapping[str, tuple[str, ...]]
    """By parameter, canonical; only those that are not the default."""
    sort: str
    """A key of SORTS."""
    columns: tuple[str, ...]
    """Keys of COLUMNS, in the order of the table."""
    view: str = field(default="", compare=False)
    """The saved view one came from, `all` for none: carried along, and nothing that is shown depends on it."""
    is_staff: bool = False
    chosen: Mapping[str, Sequence[Choice]] = field(default_factory=dict, compare=False, repr=False)
    """The filters with their words."""
    mistakes: Mapping[str, str] = field(default_factory=dict, compare=False)
    """What could not be understood of what somebody typed into a filter, by its parameter."""

    @classmethod
    def read(cls, user: Any, params: QueryDict) -> "Listing":
        """Read off an address; whatever is unknown, or not for this user, is as if it were not there.

        A query for each filter in force whose values stand in the database: industry, partner, CSM, holder.
        """
        reading = filters.read(user, params)
        return cls(
            query=read_query(params.get("q", "")).strip(),
            filters={key: tuple(choice.value for choice in choices) for key, choices in reading.chosen.items()},
            sort=_read_sort(user, params.get("sort", "")),
            columns=read_columns(user, params.getlist("columns")),
            view=_read_view(params.get("view", "")),
            is_staff=user.is_staff,
            chosen=reading.chosen,
            mistakes=reading.mistakes,
        )

    def selection(self, user: Any, *, without: str = "") -> Selection:
        """What is looked for, among what `user` may see; `without` leaves one filter aside."""
        chosen = dict(self.chosen)
        if without:
            chosen[without] = [Choice(ANY, "")] if FILTERS[without].default else []
        return selection_for(
            user,
            query=self.query,
            narrowed=filters.narrowed(chosen),
            partner=_only_partner(chosen),
            sort=SORTS[self.sort],
        )

    def partner_for(self, user: Any) -> int | None:
        """The one partner within which all of it lies; None where it may lie within several."""
        return partner_for(user, _only_partner(self.chosen))

    def whole(self, user: Any) -> Selection | None:
        """What the listing is a part of, by its words and filters; None where they take nothing away.

        A status and a partner say which customers are meant, not which of them.
        """
        kept = {key: choices for key, choices in self.chosen.items() if key in ("status", "partner")}
        if not self.query and len(kept) == len(self.chosen):
            return None
        return replace(self, query="", chosen=kept).selection(user)

    @cached_property
    def shown(self) -> list[Column]:
        """The columns of the table."""
        return [COLUMNS[key] for key in self.columns]

    @property
    def is_narrowed(self) -> bool:
        """Whether somebody asked for some customers only."""
        return bool(self.query) or self.is_filtered

    @property
    def is_filtered(self) -> bool:
        return any(values != (ANY,) for values in self.filters.values())

    @property
    def is_wide(self) -> bool:
        """Whether the table may need more room than there is."""
        return len(self.columns) > MOST_COLUMNS

    def pairs(self, **changes: Any) -> list[tuple[str, str]]:
        """The parameters, canonical, the defaults left out.

        A change is a parameter with its new value: a text, several texts, or None to take it away.
        """
        said = self._said | {key: self._pairs_of(key, value) for key, value in changes.items()}
        return list(chain.from_iterable(said.values()))

    @cached_property
    def _said(self) -> dict[str, list[tuple[str, str]]]:
        """What each parameter says, in canonical order: a page has dozens of addresses that differ in one of them."""
        values: dict[str, Any] = {"q": self.query, **self.filters, "sort": self.sort}
        values |= {"columns": ",".join(self.columns), "view": self.view}
        return {key: self._pairs_of(key, values.get(key)) for key in PARAMETERS}

    @cached_property
    def _defaults(self) -> dict[str, str]:
        usual = ",".join(default_columns(is_staff=self.is_staff))
        return {key: found.default for key, found in FILTERS.items()} | {"sort": DEFAULT_SORT, "columns": usual}

    def _pairs_of(self, key: str, value: Any) -> list[tuple[str, str]]:
        given = value if isinstance(value, (list, tuple)) else [value or ""]
        default = self._defaults.get(key, "")
        return [(key, text) for text in map(str, given) if text and text != default]

    def address(self, **changes: Any) -> str:
        """The canonical query string, without `?`; see `pairs`."""
        return urlencode(self.pairs(**changes), safe=",") if changes else self._address

    @cached_property
    def _address(self) -> str:
        return urlencode(self.pairs(), safe=",")

    @property
    def beside_query(self) -> list[tuple[str, str]]:
        """What a form that asks for words has to carry along."""
        return self.pairs(q=None)

    @property
    def unsearched(self) -> str:
        """The query string without the words."""
        return self.address(q=None)

    @property
    def unfiltered(self) -> str:
        """The query string without any filter."""
        return self.address(**dict.fromkeys(FILTERS))

    @property
    def trail(self) -> str:
        """The address as the page of a customer carries it: never empty, so that it says that one came from a list."""
        address = self.address()
        return address if "sort=" in address else "&".join(filter(None, [address, f"sort={self.sort}"]))


def _only_partner(chosen: Mapping[str, Sequence[Choice]]) -> int | None:
    partner = chosen.get("partner", ())
    return partner[0].key if partner else None


def _read_sort(user: Any, text: str) -> str:
    if text not in SORTS or (text.removeprefix("-") == STAFF_SORT and not user.is_staff):
        return DEFAULT_SORT
    return text


def _read_view(text: str) -> str:
    if text == ALL:
        return ALL
    try:
        return numbers.parse(text, numbers.VIEW)
    except numbers.NotANumber:
        return ""
