"""What a page shows of its customers: plain values, read by the statement that finds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import F
from django.db.models.expressions import RawSQL
from django.db.models.sql.compiler import SQLCompiler

from customers.models import Customer, CustomerSearch
from customers.search_sql import Sql, composed

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
OWN = ("customer_id", "gap")
NAMES = (*OWN, *VALUES)
"""What is read of each customer."""

SHOWN = """
WITH {place}{plan}
SELECT told.number, {among} AS among, {rank} AS rank, shown.* FROM told
LEFT JOIN (page INNER JOIN ({values}) AS shown ON shown.customer_id = page.customer_id) ON 1 = 1
ORDER BY page.place
"""
KEYS = (
    "WITH {plan} SELECT told.number, NULL, NULL, page.customer_id FROM told LEFT JOIN page ON 1 = 1 ORDER BY page.place"
)
PLACE = "place AS MATERIALIZED ({place}),"
PROBED_BESIDE = """
SELECT 0 AS side, seen, number FROM (WITH {before} {nearest}) AS before
UNION ALL
SELECT 1 AS side, seen, number FROM (WITH {after} {nearest}) AS after
ORDER BY side
"""
NEAREST = """
SELECT CAST(told.number AS bigint) AS seen, found.number FROM told
LEFT JOIN (page INNER JOIN {customers} AS found ON found.id = page.customer_id) ON 1 = 1
"""
GATHERED_BESIDE = """
WITH {plan}
SELECT (SELECT number FROM {customers} INNER JOIN before ON id = before.customer_id),
       (SELECT number FROM {customers} INNER JOIN after ON id = after.customer_id)
"""
Row = TypeVar("Row")
CUSTOMERS = f'"{Customer._meta.db_table}"'


@dataclass(frozen=True, kw_only=True)
class Read(Generic[Row]):
    number: int | None
    """What the plan tells."""
    among: int | None
    """What was counted beside it."""
    rank: int | None
    """Of the place it begins at, where that was looked up along with it; null also where there is no such place."""
    rows: list[Row]


def read_values(plan: Sql, among: Sql | None = None, place: Sql | None = None) -> Read[dict[str, Any]]:
    """The number that a plan tells, and the values of the customers on its page, in their order.

    `place`: what the plan knows as such, one row or none.
    """
    compiler, values, converters = _values()
    found = _read(
        composed(
            SHOWN,
            place=composed(PLACE, place=place) if place else "",
            plan=plan,
            among=composed("({among})", among=among) if among else "NULL",
            rank="(SELECT rank FROM place)" if place else "NULL",
            values=values,
        )
    )
    rows = compiler.apply_converters([list(row) for row in found.rows], converters) if converters else found.rows
    named = [dict(zip(NAMES, row, strict=True)) for row in rows]
    return Read(number=found.number, among=found.among, rank=found.rank, rows=named)


def read_keys(plan: Sql) -> Read[int]:
    """The number that a plan tells, and the keys of the customers on its page, in their order."""
    found = _read(composed(KEYS, plan=plan))
    return Read(number=found.number, among=found.among, rank=found.rank, rows=[key for (key,) in found.rows])


def read_probed_beside(before: Sql, after: Sql) -> tuple[tuple[int | None, str | None], ...]:
    """Of two plans for one customer each: the number that the plan tells, and the public number of the customer, or
    None for nobody. One statement."""
    nearest = composed(NEAREST, customers=CUSTOMERS)
    statement = composed(PROBED_BESIDE, before=before, after=after, nearest=nearest)
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return tuple((seen, number) for _side, seen, number in cursor.fetchall())


def read_gathered_beside(plan: Sql) -> tuple[str | None, str | None]:
    """The public numbers of the customers that a plan finds before and after a place, None for nobody."""
    statement = composed(GATHERED_BESIDE, plan=plan, customers=CUSTOMERS)
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        before, after = cursor.fetchone()
    return before, after


def _read(statement: Sql) -> Read[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        rows = cursor.fetchall()
    # One row comes in any case, for the numbers; on an empty page it holds nothing else.
    number, among, rank = rows[0][:3]
    return Read(number=number, among=among, rank=rank, rows=[row[3:] for row in rows if row[3] is not None])


@cache
def _values() -> tuple[SQLCompiler, Sql, dict[int, Any]]:
    """The query for the values of the rows of a page, the same for every page, and what turns them into Python's."""
    rows = CustomerSearch.objects.filter(pk__in=RawSQL("SELECT customer_id FROM page", ()))
    # Named twice, so that values may be called what columns of the search row are called.
    query = rows.values("customer_id").values(*OWN, **VALUES).query
    compiler = query.get_compiler(connection=connection)
    text, params = compiler.as_sql()
    return compiler, Sql(text, tuple(params)), compiler.get_converters([column for column, *_ in compiler.select])
