"""Pytest plugin: what migrations put into the database is there for every test.

A test with transactions of its own ends with empty tables, and tests run in any order in several processes. Django
would work these rows out anew, table by table, which takes longer than emptying them: they are put back as they were.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management.commands import flush
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        migrated = rows_of_all_tables()

    def restore(*_args: Any, **_kwargs: Any) -> None:
        put_back(migrated)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "emit_post_migrate_signal", restore)
        yield


def rows_of_all_tables() -> Rows:
    """What `flush` is going to remove, by table; empty tables are left out."""
    rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = cursor.fetchall()
    return {table: found for table, found in rows.items() if found}


@transaction.atomic
def put_back(rows: Rows) -> None:
    """Within one transaction the tables may come in any order: keys are checked at its end."""
    with connection.cursor() as cursor:
        for table, found in rows.items():
            row = f"({', '.join(['%s'] * len(found[0]))})"
            cursor.execute(
                f"INSERT INTO {connection.ops.quote_name(table)} VALUES {', '.join([row] * len(found))}",
                [value for values in found for value in values],
            )
