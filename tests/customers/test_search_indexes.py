"""What the customer table is searched by in PostgreSQL, and what happens where it may not be had."""

from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, connection

migration = import_module("customers.migrations.0003_search_indexes")

pytestmark = pytest.mark.django_db


class Editor:
    """A schema editor that writes down what it is told."""

    def __init__(self, vendor: str, *, refused: str = "nothing") -> None:
        self.connection = type("Connection", (), {"vendor": vendor, "alias": "default"})
        self.refused = refused
        self.told: list[str] = []

    def execute(self, statement: str) -> None:
        if self.refused in statement:
            raise DatabaseError("permission denied to create extension")
        self.told.append(statement.split("(")[0].strip())


def told(vendor: str, **fields: Any) -> list[str]:
    editor = Editor(vendor, **fields)
    migration.prepare_search(None, editor)
    return [" ".join(statement.split()[:2]) for statement in editor.told]


def test_sqlite_needs_nothing() -> None:
    assert told("sqlite") == []


def test_postgresql_compares_bytes_and_finds_trigrams() -> None:
    assert told("postgresql") == ["ALTER TABLE", "CREATE EXTENSION", "CREATE INDEX", "ALTER TABLE"]


def test_without_the_right_to_the_extension_everything_else_is_done() -> None:
    assert told("postgresql", refused="CREATE EXTENSION") == ["ALTER TABLE"]


def test_the_index_is_there_where_the_database_knows_it() -> None:
    if connection.vendor != "postgresql":
        assert connection.vendor == "sqlite"
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'search_doc'")
        (definition,) = cursor.fetchone()
        cursor.execute(
            "SELECT attname FROM pg_attribute JOIN pg_collation ON pg_collation.oid = attcollation"
            " WHERE attrelid = 'customers_customersearch'::regclass AND collname = 'C' ORDER BY attname"
        )
        columns = [name for (name,) in cursor.fetchall()]

    assert "gin (doc gin_trgm_ops)" in definition
    # What waits to be sorted in is read by every search: there is little of it.
    assert definition.endswith("WITH (fastupdate='on', gin_pending_list_limit='256')")
    assert columns == ["country", "doc", "gap", "name_sort", "partner_sort", "relationship", "town_sort", "vat"]
