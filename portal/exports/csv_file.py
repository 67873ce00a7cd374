"""A listing as a CSV file, piece by piece as the database gives it: however many rows, the memory stays the same.

What Excel in Belgium opens right on a double click: UTF-8 with a byte order mark, semicolons, every cell in quotes.
"""

import csv
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from io import StringIO
from typing import Any

from django.db import connection

from portal.exports.rows import Piece, Table, reading

BOM = "\ufeff"
SEPARATOR = ";"
LINE_END = "\r\n"
PIECE_BYTES = 64 * 1024
ROWS_AT_ONCE = 500


def pieces(table: Table, *, seconds: int) -> Iterator[Piece]:
    """The file. PostgreSQL writes its lines itself (`COPY`); elsewhere Python writes the very same ones.

    Raises django.db.OperationalError where the database needs more than so many seconds.
    """
    latest = Piece((BOM + _lines([table.heads])).encode(), 0)
    if defused := table.defused():
        lines = _copied if connection.vendor == "postgresql" else _written
        # A reader who goes away ends the statement first and the transaction after it.
        with reading(seconds), closing(lines(*defused)) as found:
            for piece in found:
                if latest.rows:
                    yield latest
                    latest = piece
                else:
                    latest = Piece(latest.content + piece.content, piece.rows)
    # The database is done: whoever reads the last of it slowly, or never, keeps nothing waiting.
    yield latest


def _copied(statement: str, params: tuple[Any, ...]) -> Generator[Piece, None, None]:
    """`COPY` gives one line at a time, with the line end of Unix; a line end within a cell stays as it is."""
    options = f"FORMAT csv, DELIMITER '{SEPARATOR}', FORCE_QUOTE *, ENCODING 'UTF8'"
    content, rows, line_end = bytearray(), 0, LINE_END.encode()
    with connection.cursor() as cursor, cursor.copy(f"COPY ({statement}) TO STDOUT ({options})", params) as lines:
        for line in lines:
            content += line
            content[-1:] = line_end
            rows += 1
            if len(content) >= PIECE_BYTES:
                yield Piece(bytes(content), rows)
                content, rows = bytearray(), 0
    yield Piece(bytes(content), rows)


def _written(statement: str, params: tuple[Any, ...]) -> Generator[Piece, None, None]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield Piece(_lines(rows).encode(), len(rows))
    yield Piece(b"", 0)


def _lines(rows: Iterable[Iterable[Any]]) -> str:
    text = StringIO()
    csv.writer(text, delimiter=SEPARATOR, lineterminator=LINE_END, quoting=csv.QUOTE_ALL).writerows(rows)
    return text.getvalue()
