"""A selection in pages: which customers a page shows, how many there are, and what stands beside one of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from customers import numbers
from customers.models import Customer, CustomerSearch
from customers.search_plan import Expectation, Place, Plan
from customers.search_sql import Sql
from customers.search_text import MAX_QUERY_CHARACTERS
from customers.search_values import (
    Read,
    Row,
    read_gathered_beside,
    read_keys,
    read_probed_beside,
    read_values,
)
from customers.selection import Selection

PAGE = 50
PLENTY = 10_000
"""From so many matches on, reading in order until the page is full is quicker than gathering them."""
BY_TOWN = 5
"""So many times as many in the order of towns: what is found by the name of a town stands together there."""
PROBED = 20_000
MOST_PROBED = 200_000
"""How many rows are read in order at most before all that match are gathered instead: between these, twice as many as
match. To read them in vain costs about what gathering does."""
COSTLY = 80_000
"""To the planner, what reading PROBED rows one by one costs. What is dearer to gather is read in order first, if there
are SOME: so many of a million that a page of them is among PROBED."""
MANY_NOTED = 60_000
"""And what one index notes so many rows for is dearer than the planner says, however few of them match."""
SOME = 2_500
MOST_COUNTED = 10_000
"""How many there are in all is counted up to here: that takes some milliseconds."""
PROBED_BESIDE = 2_000
"""The same on either side of one customer: where two thousand rows hold no match, few match at all."""


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
    among: Count | None = None
    """Of how many in all, where that was asked."""
    previous: Cursor | None = None
    next: Cursor | None = None
    is_first: bool = True

    @property
    def is_part(self) -> bool:
        """Whether `among` says more than `count` does: of two estimates, either may be the larger one."""
        return self.among is not None and self.among.number > self.count.number


def find(
    selection: Selection, cursor: Cursor | None = None, *, size: int = PAGE, among: Selection | None = None
) -> Page:
    """One page of a selection.

    A cursor that leads nowhere in what the user may see, be it unknown or somebody else's, is the first page. `among`:
    what the selection is a part of, to be counted too; within one partner or beyond, as the selection is.
    """
    whole = _plan(among) if among is not None else None
    plan = _plan(selection)
    if plan is None:
        return Page(rows=[], count=Count(number=0), among=_count_alone(whole) if whole else None)
    backwards = cursor is not None and cursor.backwards
    expected = plan.expectation(whole)
    place = None if cursor is None else _sought(selection, rank=1)
    read = partial(
        read_values,
        among=_counted(whole, expected),
        place=None if cursor is None else _asked(selection, cursor.number),
    )
    found, count = _nearest(read, plan, expected, place, backwards=backwards, limit=size + 1)
    if place is not None and found.rank == 0:
        # One of those that the query names exactly, and so many have that name that they fill pages.
        place = _sought(selection, rank=0)
        found, count = _nearest(read, plan, expected, place, backwards=backwards, limit=size + 1)
    if place is not None and (not found.rows or (backwards and len(found.rows) < size)):
        # There is no such place, or the list has become shorter since: less than a page would be left.
        place, backwards = None, False
        found, count = _nearest(partial(read, place=None), plan, expected, None, backwards=False, limit=size + 1)
    rows = found.rows
    more = len(rows) > size
    rows = rows[-size:] if backwards else rows[:size]
    is_first = not more if backwards else place is None
    return Page(
        rows=rows,
        count=count,
        among=_in_all(found.among, expected, whole) if whole else None,
        previous=None if is_first else Cursor(number=rows[0]["number"], backwards=True),
        next=Cursor(number=rows[-1]["number"]) if more or backwards else None,
        is_first=is_first,
    )


def neighbours(selection: Selection, customer: Customer) -> tuple[str | None, str | None]:
    """The numbers of the customers before and after this one, which exists for whoever asks; None where there is none.

    Both at once, in one statement or two; one more finds the place of a customer that came without its search row
    (`select_related("search")`), or of any where the query may name some exactly.
    """
    plan = _plan(selection)
    if plan is None:
        return None, None
    place = _place_of(plan, customer)
    if place is None:
        return None, None
    if plan.can_be_probed and not plan.is_few:
        sides = (plan.probed(place, backwards=way, limit=1, probed=PROBED_BESIDE) for way in (True, False))
        before, after = read_probed_beside(*sides)
        if all(seen is None or seen < PROBED_BESIDE for seen, _number in (before, after)):
            return before[1], after[1]
    return read_gathered_beside(plan.gathered_beside(place))


def first_ids(selection: Selection, limit: int) -> list[int]:
    """The keys of the first customers of a selection, in its order."""
    plan = _plan(selection)
    if plan is None:
        return []
    found, _count = _nearest(read_keys, plan, plan.expectation(), None, backwards=False, limit=limit)
    return found.rows


def _plan(selection: Selection) -> Plan | None:
    """None where nothing can be found."""
    try:
        return Plan.of(selection)
    except EmptyResultSet:
        return None


def _place(selection: Selection, number: str) -> Place | None:
    """Where the customer with this number stands, looked up in what the user may see and nowhere else."""
    found = _standing(selection, number).first()
    if found is None or None in found:
        return None
    return Place(rank=found[0], values=tuple(found[1:]))


def _asked(selection: Selection, number: str) -> Sql:
    """The same in SQL, for a statement to look it up on its way."""
    text, params = _standing(selection, number).query.sql_with_params()
    return Sql(text, tuple(params))


def _sought(selection: Selection, *, rank: int) -> Place:
    """What a statement that looks up a place knows of it, where it has this rank; where it has another, no row stands
    beyond it."""
    of_place = f"FROM place WHERE rank = {rank}"
    values = tuple(Sql(f"(SELECT {column} {of_place})") for column in selection.sort.columns)
    return Place(rank=Sql(f"(SELECT rank {of_place})") if rank else 0, values=values)


def _standing(selection: Selection, number: str) -> QuerySet[CustomerSearch, tuple[Any, ...]]:
    rows = CustomerSearch.objects.filter(selection.visible, customer__number=number).annotate(rank=selection.rank)
    return rows.values_list("rank", *selection.sort.columns)


def _place_of(plan: Plan, customer: Customer) -> Place | None:
    """Where a customer stands: read off its search row where that came along and no query lifts some to the top."""
    if plan.named is not None or not Customer._meta.get_field("search").is_cached(customer):
        return _place(plan.selection, customer.number)
    values = tuple(getattr(customer.search, column) for column in plan.selection.sort.columns)
    return None if None in values else Place(rank=1, values=values)


def _nearest(
    read: Callable[[Sql], Read[Row]],
    plan: Plan,
    expected: Expectation,
    place: Place | None,
    *,
    backwards: bool,
    limit: int,
) -> tuple[Read[Row], Count]:
    """The customers that come next after a place, or before it, in the order of the selection; and how many it holds.

    `expected`: what the planner makes of it. Where there are plenty, the customers are read in their order first.
    """
    clusters = bool(plan.selection.query) and "town_sort" in plan.selection.sort.columns
    plenty = PLENTY * BY_TOWN if clusters else PLENTY
    is_dear = (expected.cost >= COSTLY and not clusters) or expected.noted >= MANY_NOTED
    in_order = expected.rows >= plenty or (expected.rows >= SOME and is_dear)
    if in_order and plan.can_be_probed:
        probed = max(PROBED, min(2 * expected.rows, MOST_PROBED))
        found = read(plan.probed(place, backwards=backwards, limit=limit, probed=probed))
        if found.number is None:
            return found, _at_least(limit, expected.rows)
        if found.number < probed:
            reached = len(found.rows)
            return found, Count(number=reached) if place is None else _at_least(reached, expected.rows)
    found = read(plan.gathered(place, backwards=backwards, limit=limit))
    return found, Count(number=found.number or 0)


def _at_least(seen: int, expected: int) -> Count:
    return _about(expected) if expected > seen else Count(number=seen - 1, exact=False)


def _counted(whole: Plan | None, expected: Expectation) -> Sql | None:
    """How many there are in all, in SQL; None where that was not asked, or the planner's word has to do."""
    is_large = whole is not None and whole.selection.partner is None and (expected.among or 0) > 2 * MOST_COUNTED
    return None if whole is None or is_large else whole.counted(MOST_COUNTED + 1)


def _count_alone(whole: Plan) -> Count:
    statement = whole.counted(MOST_COUNTED + 1)
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return _up_to_most(cursor.fetchone()[0])


def _in_all(counted: int | None, expected: Expectation, whole: Plan) -> Count:
    """Counted where they are few. Within one partner the planner is not believed: it knows of all partners together."""
    estimate = expected.among or 0
    if counted is None or (counted > MOST_COUNTED and whole.selection.partner is None and estimate > MOST_COUNTED):
        return _about(estimate)
    return _up_to_most(counted)


def _up_to_most(counted: int) -> Count:
    return Count(number=min(counted, MOST_COUNTED), exact=counted <= MOST_COUNTED)


def _about(expected: int) -> Count:
    """Two figures of an estimate; more would claim too much."""
    unit = 10 ** max(len(str(expected)) - 2, 0)
    return Count(number=round(expected / unit) * unit, exact=False, about=True)
