"""P9: what a partner's search reads belongs to that partner. Read off the plans that PostgreSQL really carried out."""

from collections.abc import Iterator
from typing import Any

from tools.bench import terms
from tools.bench.goals import Result, exact, judged
from tools.bench.honesty import Dishonest
from tools.bench.measures.spread import own_sql
from tools.bench.run import TERMS, Run
from tools.bench.site import Person, Site
from tools.bench.terms import Connection

SEARCH = "customers_customersearch"
CUSTOMER = "customers_customer"
REMOVED = ("Rows Removed by Filter", "Rows Removed by Index Recheck", "Rows Removed by Join Filter")

Node = dict[str, Any]


def rows_of_others(run: Run, site: Site) -> Iterator[Result]:
    for person in site.searchers:
        if person.partner is not None:
            run.tell(f"P9: {person.scope}")
            most, term = max(_foreign_rows(site, person))
            yield judged("P9", person.scope, exact(most), customers=site.customers, note=f"“{term}”" if most else "")


def _foreign_rows(site: Site, person: Person) -> Iterator[tuple[int, str]]:
    """For each term: how many rows of other partners the statements of its page read, or may have read."""
    with site.connect() as connection:
        some = terms.drawn(connection, person, TERMS // 2)
        some += terms.common(connection, person) + terms.nothing(connection, person)
        for term, sent in zip(some, own_sql(person, some), strict=True):
            # An estimate is asked for with EXPLAIN, which reads no row.
            read = [whole for _written, whole in sent if SEARCH in whole and not whole.startswith("EXPLAIN")]
            plans = [_plan(connection, whole) for whole in read]
            if not plans:
                raise Dishonest(f"“{term.text}” is searched for in another table than {SEARCH}")
            yield sum(foreign(plan, person.partner) for plan in plans), term.text


def _plan(connection: Connection, statement: str) -> Node:
    row = connection.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}").fetchone()
    assert row is not None
    plan: Node = row[0][0]["Plan"]
    return plan


def foreign(node: Node, partner: int | None) -> int:
    """How many rows of the tables of customers this part of a plan read without the index having kept to the partner.

    A scan is the partner's where the index condition (or, of a bitmap of exact rows, the condition of the bitmap) names
    the partner, or where a single customer is looked up by key.
    """
    rows = sum(foreign(part, partner) for part in node.get("Plans", ()))
    if node.get("Relation Name") not in (SEARCH, CUSTOMER):
        return rows
    conditions = node.get("Index Cond", "") + node.get("Recheck Cond", "")
    if f"partner_id = '{partner}'" in conditions or f"partner_id = {partner}" in conditions:
        return rows + _times(node, "Rows Removed by Index Recheck")
    if "customer_id = " in conditions or "(id = " in conditions or "number)" in conditions:
        return rows
    return rows + _times(node, "Actual Rows", *REMOVED)


def _times(node: Node, *counts: str) -> int:
    return int(sum(node.get(count, 0) for count in counts) * node.get("Actual Loops", 1))
