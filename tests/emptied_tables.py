"""Pytest plugin: a test with transactions of its own ends with empty tables, those that are append-only included.

SQLite empties a table row by row, which their triggers refuse; PostgreSQL truncates.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.sqlite3.base import DatabaseWrapper


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied() -> Iterator[None]:
    operations = DatabaseWrapper.ops_class
    empty = operations.sql_flush

    def sql_flush(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        lifted = [f'DROP TRIGGER "{name}"' for name, _sql in triggers]
        return [*lifted, *empty(self, *args, **kwargs), *(sql for _name, sql in triggers)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", sql_flush)
        yield
