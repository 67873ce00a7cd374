"""How a selection is read: one statement for each page, whatever was typed and however many customers there are.

Common and rare words ask for opposite ways, and left alone the planner takes the slow one a few times in a thousand. So
the way is chosen here: the customers are read in their order until a page is full, or all that match are gathered
first. Where all lies within one partner, its rows are read through the partner's index and no others.

The conditions are Django's own SQL, and the columns have our own names; whatever was typed is a parameter.
"""

import json
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import connection

from customers.querysets import looked_up_by
from customers.search_sql import ALWAYS, TABLE, Sql, composed, condition, joined, written
from customers.search_text import words
from customers.selection import Selection

# What WITH is followed by: `told`, one row with one number, and `page`, the keys with their `place`.
GATHERED = """
every AS MATERIALIZED ({every}),
page AS ({page}),
told AS (SELECT count(*) AS number FROM every)
"""
GATHERED_BESIDE = """
every AS MATERIALIZED ({every}), before AS ({before}), after AS ({after})
"""
PROBED = """
{sampled}every AS MATERIALIZED ({every}),
page AS ({page}),
told AS (
    SELECT CASE WHEN (SELECT count(*) FROM page WHERE rank >= {least_rank}) < {limit} THEN {seen} END AS number
)
"""
COUNTED = "SELECT count(*) FROM ({some}) AS those"
SOME = "SELECT {columns} FROM {source} WHERE {wanted} LIMIT {limit}"
EXPECTED = "SELECT customer_id FROM {table} WHERE {scope} AND {wanted}"
EXPECTED_BOTH = """
WITH own AS MATERIALIZED ({own}), among AS MATERIALIZED ({among})
SELECT (SELECT count(*) FROM own), (SELECT count(*) FROM among)
"""
EVERY = "SELECT {columns}, {rank} AS rank FROM {source} WHERE {wanted}"
NAMED = "SELECT * FROM (SELECT {columns}, 0 AS rank FROM {table} WHERE {scope} AND {named} AND {wanted}) AS named"
# Inside a CASE no condition can become a join: the rows come in the order in which they are read.
OTHERS = """
SELECT * FROM (
    SELECT {columns}, 1 AS rank FROM ({source}) AS {table} WHERE CASE WHEN {wanted} THEN {rank} END = 1 LIMIT {limit}
) AS others
"""
SEEN = "(SELECT count(*) FROM ({source}) AS seen)"
READ_IN_ORDER = "SELECT * FROM {table} WHERE {scope} AND {beyond} ORDER BY {order} LIMIT {probed}"
# The second part is not begun where the first one fills the page, and then nobody asks the sample either.
READ_ON = "SELECT * FROM ({first}) AS first UNION ALL SELECT * FROM ({source} OFFSET {sure}) AS further WHERE {likely}"
SEEN_ON = "CASE WHEN {likely} OR {first} < {sure} THEN {every} ELSE {probed} END"
SAMPLED = """
sampled AS MATERIALIZED (
    SELECT EXISTS (
        SELECT 1 FROM {table} TABLESAMPLE SYSTEM ({part}) REPEATABLE (1) WHERE {scope} AND {wanted}
    ) AS likely
),
"""
LIKELY = Sql("(SELECT likely FROM sampled)")
# Nothing from outside finds its way past an OFFSET, so that no other index is considered than the partner's.
FENCED = "(SELECT * FROM {table} WHERE {scope} OFFSET 0) AS {table}"
PAGE = """
SELECT customer_id, rank, row_number() OVER (ORDER BY {order}) AS place
FROM (SELECT * FROM every WHERE {beyond} ORDER BY {nearest} LIMIT {limit}) AS nearest
"""

SURE = 5_000
"""So many rows are read in order whatever comes of it. Where words and filters come together, a sample has to hold one
that matches before more are: the planner takes them for independent, and few Dutch companies have a Belgian number."""
PART = "0.3"
"""Of a hundred rows, those in the sample. Where none of them matches there are so few that gathering them is quick."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a customer stands in the order of a selection."""

    rank: int | Sql
    """0 where the query names it exactly, else 1; or in SQL what is 1, and null where it stands nowhere."""
    values: tuple[Any, ...]
    """Of the columns of its sort, each a value or in SQL."""


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What it means to gather all that match, as the planner sees it."""

    rows: int
    cost: int
    """In its own units: reading a page of a table in passing is 1."""
    noted: int = 0
    """The most rows that one index notes down for it; beyond some ten thousands, whole pages are noted and read."""
    among: int | None = None
    """How many there are in all, where that was asked."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The parts of a selection in SQL."""

    selection: Selection
    scope: Sql
    wanted: Sql
    named: Sql | None
    """Which of them the query names exactly; None where that makes no difference."""
    is_few: bool
    """Whether a number is looked up, which only a handful of customers can have."""

    @classmethod
    def of(cls, selection: Selection) -> "Plan":
        """Raises EmptyResultSet where nothing can be found, and JoinedCondition."""
        named = selection.named
        return cls(
            selection=selection,
            scope=condition(selection.scope),
            wanted=condition(selection.wanted),
            named=None if named is None else condition(named),
            is_few=bool(selection.query) and looked_up_by(selection.query) is not None,
        )

    @property
    def can_be_probed(self) -> bool:
        """Whether an index holds the rows of this scope in this order."""
        return self.selection.partner is None or self.selection.sort.columns[0] == "name_sort"

    @property
    def rank(self) -> Sql:
        return composed("CASE WHEN {named} THEN 0 ELSE 1 END", named=self.named) if self.named else Sql("1")

    @property
    def columns(self) -> str:
        return ", ".join(self.selection.sort.columns)

    def order(self, *, backwards: bool = False) -> str:
        """Of the rows with the same rank."""
        way = "DESC" if self.selection.sort.descending != backwards else "ASC"
        return ", ".join(f"{column} {way}" for column in self.selection.sort.columns)

    def beyond(self, place: Place, *, backwards: bool) -> Sql:
        """Of the rows with the same rank."""
        sign = "<" if self.selection.sort.descending != backwards else ">"
        values = joined(", ", map(written, self.selection.sort.columns, place.values))
        return composed("({columns}) {sign} ({values})", columns=self.columns, sign=sign, values=values)

    def some(self, columns: str, *also: Sql, limit: int) -> Sql:
        """Any of those that match and for which the other conditions hold too, without an order."""
        wanted = joined(" AND ", [self._all_wanted(), *also])
        return composed(SOME, columns=columns, source=self._source(), wanted=wanted, limit=limit)

    def counted(self, most: int) -> Sql:
        """How many match, up to so many."""
        return composed(COUNTED, some=self.some("1", limit=most))

    def gathered(self, place: Place | None, *, backwards: bool, limit: int) -> Sql:
        """All that match, whatever their order, and the nearest of them; told is how many they are."""
        return composed(GATHERED, every=self._every(), page=self._page(place, backwards=backwards, limit=limit))

    def gathered_beside(self, place: Place) -> Sql:
        """All that match, gathered once, and the nearest of them on either side, `before` and `after`."""
        before, after = (self._page(place, backwards=way, limit=1) for way in (True, False))
        return composed(GATHERED_BESIDE, every=self._every(), before=before, after=after)

    def probed(self, place: Place | None, *, backwards: bool, limit: int, probed: int) -> Sql:
        """The nearest that match among the next so many; told is nothing where the page is full, else how many of the
        next so many there are.

        Customers that the query names exactly stand before all others and are found by themselves.
        """
        bounded = place is not None and place.rank != 0
        samples = probed > SURE and self._is_uncertain
        source, seen = self._in_order(place if bounded else None, backwards=backwards, probed=probed, samples=samples)
        common: dict[str, Sql | str | int] = {"columns": self.columns, "table": TABLE, "wanted": self.wanted}
        parts = []
        if self.named and (backwards or not bounded):
            parts.append(composed(NAMED, scope=self.scope, named=self.named, **common))
        # Before one of those named exactly stand none of the others.
        others = bounded or not backwards
        if others:
            parts.append(composed(OTHERS, source=source, rank=self.rank, limit=limit, **common))
        return composed(
            PROBED,
            sampled=composed(SAMPLED, part=PART, scope=self.scope, **common) if samples else "",
            every=composed(
                " UNION ALL ".join(["{0}", "{1}"][: len(parts)]), **{str(n): part for n, part in enumerate(parts)}
            ),
            page=self._page(place, backwards=backwards, limit=limit),
            least_rank=int(backwards),
            limit=limit,
            seen=seen if others else "CAST(NULL AS bigint)",
        )

    @property
    def _is_uncertain(self) -> bool:
        """Whether the planner may expect many where there are few, and nothing forbids to look at a sample of all."""
        if self.selection.partner is not None or connection.vendor != "postgresql":
            return False
        return len(words(self.selection.query)) + len(self.selection.narrowed.referenced_base_fields - {"status"}) > 1

    def _in_order(self, place: Place | None, *, backwards: bool, probed: int, samples: bool) -> tuple[Sql, Sql]:
        """The next so many rows, whether they match or not, and how many they are; all of them, where it `samples` in
        vain, though they are not read."""
        read = partial(
            composed,
            READ_IN_ORDER,
            table=TABLE,
            scope=self.scope,
            beyond=ALWAYS if place is None else self.beyond(place, backwards=backwards),
            order=self.order(backwards=backwards),
        )
        every, first = read(probed=probed), read(probed=SURE)
        seen_of_every, seen_of_first = (composed(SEEN, source=source) for source in (every, first))
        if not samples:
            return every, seen_of_every
        common: dict[str, Sql | int] = {"sure": SURE, "likely": LIKELY}
        return (
            composed(READ_ON, first=first, source=every, **common),
            composed(SEEN_ON, first=seen_of_first, every=seen_of_every, probed=probed, **common),
        )

    def _every(self) -> Sql:
        return composed(EVERY, columns=self.columns, rank=self.rank, source=self._source(), wanted=self._all_wanted())

    def _source(self) -> Sql:
        if self._is_fenced:
            return composed(FENCED, table=TABLE, scope=self.scope)
        return Sql(TABLE)

    def _all_wanted(self) -> Sql:
        if self._is_fenced:
            return self.wanted
        return composed("{scope} AND {wanted}", scope=self.scope, wanted=self.wanted)

    @property
    def _is_fenced(self) -> bool:
        return self.selection.partner is not None and connection.vendor == "postgresql"

    def _page(self, place: Place | None, *, backwards: bool, limit: int) -> Sql:
        beyond = ALWAYS
        if place is not None:
            beyond = composed(
                "(rank {sign} {rank} OR (rank = {rank} AND {beyond}))",
                sign="<" if backwards else ">",
                rank=place.rank,
                beyond=self.beyond(place, backwards=backwards),
            )
        return composed(
            PAGE,
            order=f"rank, {self.order()}",
            beyond=beyond,
            nearest=f"rank {'DESC' if backwards else 'ASC'}, {self.order(backwards=backwards)}",
            limit=limit,
        )

    def expectation(self, among: "Plan | None" = None) -> Expectation:
        """What the planner expects; nothing where it is known to be little, or the database does not say so cheaply.

        `among`: what it is a part of, asked for in the same breath.
        """
        if self.is_few or connection.vendor != "postgresql":
            return Expectation(rows=0, cost=0)
        if among is None:
            plan = _explained(self._expected())
            return Expectation(rows=plan["Plan Rows"], cost=int(plan["Total Cost"]), noted=_noted(plan))
        plan = _explained(composed(EXPECTED_BOTH, own=self._expected(), among=among._expected()))
        # Whatever else a plan is made of, these two are parts of it under their names.
        parts = {part.get("Subplan Name"): part for part in plan["Plans"]}
        own, other = parts["CTE own"], parts["CTE among"]
        return Expectation(
            rows=own["Plan Rows"], cost=int(own["Total Cost"]), noted=_noted(own), among=other["Plan Rows"]
        )

    def _expected(self) -> Sql:
        return composed(EXPECTED, table=TABLE, scope=self.scope, wanted=self.wanted)


def _explained(statement: Sql) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement.text}", statement.params)
        (told,) = cursor.fetchone()
    plan: dict[str, Any] = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
    return plan


def _noted(plan: dict[str, Any]) -> int:
    own = plan["Plan Rows"] if plan["Node Type"] == "Bitmap Index Scan" else 0
    return max([own, *map(_noted, plan.get("Plans", []))])
