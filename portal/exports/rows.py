"""What a file holds: the rows, order and columns of a listing, all pages of it, as one statement for the database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import DateField, QuerySet
from django.utils.translation import gettext as translated

from portal.directory.columns import COLUMNS, Column
from portal.directory.listing import Listing
from portal.exports.defusing import BEYOND_SOUND, DANGEROUS, FIRST_SOUND, MARK


@dataclass(frozen=True)
class Piece:
    """A part of a file, and how many rows are written with it."""

    content: bytes
    rows: int


@dataclass(frozen=True, kw_only=True)
class Table:
    """A listing as a person sees it, in all its rows."""

    keys: Sequence[str]
    """The keys of its columns."""
    heads: Sequence[str]
    """What stands over them, in the language in force."""
    cells: QuerySet[Any, Any]
    """The rows, in order: tuples of texts, a day as a date."""
    dates: list[bool]
    """Which of the columns are days."""

    def count(self, most: int | None = None) -> int:
        """How many rows there are; where `most` is given, counted no further than one more than that."""
        rows = self.cells.order_by().values("pk")
        return rows.count() if most is None else rows[: most + 1].count()

    def plain(self) -> tuple[str, tuple[Any, ...]] | None:
        """The statement for the rows as they are, with its parameters; None where there can be none."""
        try:
            return self.cells.query.sql_with_params()
        except EmptyResultSet:
            return None

    def defused(self) -> tuple[str, tuple[Any, ...]] | None:
        """The statement for the rows as a CSV file has them: every cell a text that no spreadsheet runs or alters."""
        plain = self.plain()
        if plain is None:
            return None
        statement, params = plain
        names = [connection.ops.quote_name(name) for name in _names(self.keys)]
        cells = [_day(name) if is_date else _defused(name) for name, is_date in zip(names, self.dates, strict=True)]
        of_cells = [DANGEROUS] * self.dates.count(False)
        return f"SELECT {', '.join(cells)} FROM ({statement}) AS listed", (*of_cells, *params)  # noqa: S608


def table_of(listing: Listing, user: Any) -> Table:
    """What this listing shows this user, with the rights they have now."""
    columns = _columns(listing)
    keys = [column.key for column in columns]
    exports = {name: column.export() for name, column in zip(_names(keys), columns, strict=True)}
    rows = listing.selection(user).queryset().annotate(**exports)
    return Table(
        keys=keys,
        heads=[translated(column.label) for column in columns],
        cells=rows.values_list(*exports),
        dates=[isinstance(exported.output_field, DateField) for exported in exports.values()],
    )


def _columns(listing: Listing) -> list[Column]:
    """Those of the table; the town, which stands under the company where it has no column, has one in a file."""
    shown = list(listing.shown)
    return shown if "town" in listing.columns else [shown[0], COLUMNS["town"], *shown[1:]]


def _names(keys: Sequence[str]) -> list[str]:
    return [f"cell_{key}" for key in keys]


def _day(name: str) -> str:
    """A day as Belgians write it, and as their Excel reads it."""
    if connection.vendor == "postgresql":
        return f"COALESCE(to_char({name}, 'DD/MM/YYYY'), '')"
    return f"COALESCE(strftime('%%d/%%m/%%Y', {name}), '')"


def _defused(name: str) -> str:
    """Few cells start with anything but a letter: only those are given to the regular expression."""
    binary = f'{name} COLLATE "C"' if connection.vendor == "postgresql" else name
    suspect = f"({binary} < '{FIRST_SOUND}' OR {binary} >= '{BEYOND_SOUND}')"
    matches = "~" if connection.vendor == "postgresql" else "REGEXP"
    return f"CASE WHEN {suspect} AND {name} {matches} %s THEN '{MARK * 2}' || {name} ELSE COALESCE({name}, '') END"


@contextmanager
def reading(seconds: int) -> Iterator[None]:
    """Within it one statement may take so long; PostgreSQL ends it where it takes longer.

    On SQLite there is nothing to set, and a transaction would keep everybody else from writing.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{seconds}s"])
        yield
