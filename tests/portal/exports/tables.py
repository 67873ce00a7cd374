"""Tables for tests that need many rows and no customers: the database counts them up itself."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection

from portal.exports.rows import Table

_POSTGRESQL = """SELECT 'Customer ' || n AS cell_company, DATE '2026-03-29' AS cell_approved
    FROM generate_series(1, %s) AS n"""
_SQLITE = """WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %s)
    SELECT 'Customer ' || n AS cell_company, '2026-03-29' AS cell_approved FROM s"""


class Series(Table):
    """So many rows of a company and a day."""

    def __init__(self, rows: int) -> None:
        object.__setattr__(self, "rows", rows)
        object.__setattr__(self, "keys", ["company", "approved"])
        object.__setattr__(self, "heads", ["Company", "Approved on"])
        object.__setattr__(self, "dates", [False, True])
        object.__setattr__(self, "cells", self)

    def plain(self) -> tuple[str, tuple[Any, ...]]:
        return _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE, (self.rows,)

    def iterator(self, chunk_size: int) -> Iterator[tuple[str, date]]:
        """As the queryset gives them, for the Excel file."""
        return (("Customer " + str(number), date(2026, 3, 29)) for number in range(self.rows))
