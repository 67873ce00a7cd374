"""Writes synthetic portfolios in bulk: `COPY` on PostgreSQL, plain inserts elsewhere, all of it or nothing.

On PostgreSQL the indexes and constraints of the tables are taken down for the load and put up again at its end, in the
same transaction: building an index once costs a fraction of keeping it true for every row.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max

from contacts.models import Contact, ContactSearch, RoleAssignment
from customers.models import Customer, CustomerSearch, Industry, Partner
from portal.synthetic.csms import csms
from portal.synthetic.portfolio import Base, Plan, Row, Rows, partner_name, portfolio, sizes

PROCESSES = 2

Table = type[models.Model]

COLUMNS: dict[Table, tuple[str, ...]] = {
    Customer: (
        "id", "number", "partner_id", "status", "relationship", "uses_secwise_watch", "vat_number", "name", "phone",
        "street", "postcode", "city", "country", "industry_id", "language", "created_at", "approved_at",
    ),
    Contact: (
        "id", "number", "partner_id", "customer_id", "kind", "first_name", "last_name", "email", "phone", "created_at",
        "removed_at",
    ),
    ContactSearch: ("contact_id", "partner_id", "name_sort", "doc"),
    RoleAssignment: ("id", "customer_id", "role", "contact_id", "signing_authority", "since"),
    CustomerSearch: (
        "customer_id", "partner_id", "status", "name_sort", "town_sort", "partner_sort", "approved_at", "relationship",
        "country", "industry_id", "gap", "vat", "people", "doc",
    ),
}  # fmt: skip


class AlreadyThere(Exception):
    """Synthetic partners of this seed are there already."""


def create(*, customers: int, partners: int, seed: int, told: Callable[[str], None] = lambda _words: None) -> int:
    """Write the partners and their portfolios; return how many customers there are now. Raises AlreadyThere."""
    names = [partner_name(place, seed) for place in range(partners)]
    if Partner.objects.filter(name__in=names[:1]).exists():
        raise AlreadyThere(names[0])
    with _unhurried(), transaction.atomic():
        managers = csms(seed)
        rows = [
            Partner(name=name, country="BE", csm=managers[place % len(managers)]) for place, name in enumerate(names)
        ]
        keys = [partner.pk for partner in Partner.objects.bulk_create(rows)]
        base = Base(
            customer=_next_key(Customer),
            contact=_next_key(Contact),
            assignment=_next_key(RoleAssignment),
            industries=tuple(Industry.objects.offered().values_list("pk", flat=True)),
        )
        plans, first = [], 0
        for place, count in enumerate(sizes(customers, partners, seed)):
            plans.append(Plan(partner=keys[place], place=place, first=first, count=count, seed=seed, base=base))
            first += count
        with _bare_tables():
            for place in _written(plans):
                if place % 100 == 0:
                    told(f"{place} of {partners} partners")
            told("Indexes")
        _reset_sequences()
    with _unhurried():
        _gather_statistics()
    return Customer.objects.count()


def _next_key(model: Table) -> int:
    return int(model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def _written(plans: list[Plan]) -> Iterator[int]:
    """Write the rows of every plan; yields how many plans that was so far."""
    if connection.vendor != "postgresql":
        for place, plan in enumerate(plans, start=1):
            _insert(_by_table(portfolio(plan)))
            yield place
        return
    for place, texts in enumerate(_made(plans), start=1):
        _copy(texts)
        yield place


def _made(plans: list[Plan]) -> Iterator[dict[Table, bytes]]:
    """What COPY takes, plan by plan, made by several processes where that pays."""
    make = partial(_as_texts, rests={table: tuple(_defaults(table).values()) for table in COLUMNS})
    if sum(plan.count for plan in plans) < 20_000:
        yield from map(make, plans)
        return
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("fork")) as pool:
        yield from pool.map(make, plans)


def _as_texts(plan: Plan, *, rests: dict[Table, Row]) -> dict[Table, bytes]:
    """The rows of one partner as COPY takes them, each with the defaults of its table behind it.

    Where they are made, so that what goes from process to process is a few long texts and not millions of values.
    """
    texts = {}
    for table, rows in _by_table(portfolio(plan)).items():
        rest = "".join(f"\t{value}" for value in rests[table])
        texts[table] = "".join([f"{_line(row)}{rest}\n" for row in rows]).encode()
    return texts


def _by_table(rows: Rows) -> dict[Table, list[Row]]:
    """In the order in which they may be written."""
    return {
        Customer: rows.customers,
        Contact: rows.contacts,
        RoleAssignment: rows.assignments,
        CustomerSearch: rows.search,
        ContactSearch: rows.contact_search,
    }


def _copy(texts: dict[Table, bytes]) -> None:
    with connection.cursor() as cursor:
        for table, text in texts.items():
            with cursor.copy(f"COPY {_named(table)} FROM STDIN") as copy:
                copy.write(text)


def _insert(rows_by_table: dict[Table, list[Row]]) -> None:
    with connection.cursor() as cursor:
        for table, rows in rows_by_table.items():
            rest = tuple(_defaults(table).values())
            places = ", ".join(["%s"] * (len(COLUMNS[table]) + len(rest)))
            statement = f"INSERT INTO {_named(table)} VALUES ({places})"  # noqa: S608  (names of our own columns)
            cursor.executemany(statement, [(*row, *rest) for row in rows])


def _named(table: Table) -> str:
    """The table with the columns that are written."""
    columns = ", ".join(connection.ops.quote_name(column) for column in (*COLUMNS[table], *_defaults(table)))
    return f"{connection.ops.quote_name(table._meta.db_table)} ({columns})"


def _line(row: Row) -> str:
    r"""One line of COPY's text format. Nothing here holds a tab, a line break or a backslash."""
    return "\t".join([r"\N" if value is None else str(value) for value in row])


def _defaults(table: Table) -> dict[str, Any]:
    """The columns that are not written by name and may not stay empty, with what a new object has in them."""
    written = COLUMNS[table]
    return {
        column: field.get_db_prep_save(field.get_default(), connection)
        for field in table._meta.concrete_fields
        if (column := field.column) is not None and column not in written and not field.null
    }


@contextmanager
def _unhurried() -> Iterator[None]:
    """Without the time limits that pages have: the largest partners take longer than a minute to make up."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET idle_in_transaction_session_timeout = 0")
        yield
        cursor.execute("RESET statement_timeout")
        cursor.execute("RESET idle_in_transaction_session_timeout")


@contextmanager
def _bare_tables() -> Iterator[None]:
    """Without indexes and constraints, but for primary keys, on PostgreSQL."""
    if connection.vendor != "postgresql":
        yield
        return
    tables = [model._meta.db_table for model in COLUMNS]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u', 'c') ORDER BY contype DESC",
            [tables],
        )
        constraints = cursor.fetchall()
        # Deferred checks of the partners just written would hold the tables.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, name, _definition in constraints:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE")
        cursor.execute(
            "SELECT quote_ident(i.relname), pg_get_indexdef(i.oid) FROM pg_index x JOIN pg_class i ON"
            " i.oid = x.indexrelid WHERE x.indrelid = ANY(%s::regclass[]) AND NOT x.indisprimary",
            [tables],
        )
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in constraints:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Customer, Contact, RoleAssignment]):
            cursor.execute(statement)


def _gather_statistics() -> None:
    """So that the planner knows the tables; VACUUM also writes the map that index-only scans need."""
    with connection.cursor() as cursor:
        for model in COLUMNS:
            table = connection.ops.quote_name(model._meta.db_table)
            if connection.vendor == "postgresql":
                cursor.execute(f"VACUUM (ANALYZE) {table}")
            else:
                cursor.execute(f"ANALYZE {table}")
