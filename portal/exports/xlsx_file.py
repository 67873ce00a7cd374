"""A listing as an Excel file. Every cell is a text, a day is a day; nothing in it is a formula, a number or a link.

Rows go to the disk as they come (XlsxWriter's constant memory); the file itself stands at the end only.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import closing
from typing import IO, Any

import xlsxwriter

from portal.exports.rows import Piece, Table, reading

ROWS_AT_ONCE = 1000
PIECE_BYTES = 64 * 1024
WIDTHS = {"company": 38, "vat": 20, "town": 24, "industry": 34, "partner": 30, "csm": 24, "roles": 28}
OTHER_WIDTH = 18
LONGEST = 32_767
"""Characters that a cell of Excel holds."""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML file can hold, in which an Excel file keeps its cells."""


def pieces(table: Table, *, title: str, seconds: int) -> Iterator[Piece]:
    """The file; pieces without content tell how far it is.

    Raises django.db.OperationalError where the database needs more than so many seconds.
    """
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile(dir=folder) as file:
        yield from _filled(table, file, folder, title, seconds)
        file.seek(0)
        while content := file.read(PIECE_BYTES):
            yield Piece(content, 0)


def _filled(table: Table, file: IO[bytes], folder: str, title: str, seconds: int) -> Iterator[Piece]:
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder})
    sheet = book.add_worksheet(title)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    for place, (key, head) in enumerate(zip(table.keys, table.heads, strict=True)):
        sheet.set_column(place, place, WIDTHS.get(key, OTHER_WIDTH))
        sheet.write_string(0, place, head, bold)
    sheet.freeze_panes(1, 1)
    written = 0
    rows: Any = table.cells.iterator(chunk_size=ROWS_AT_ONCE)
    # A reader who goes away ends the statement first and the transaction after it.
    with reading(seconds), closing(rows):
        for row in rows:
            written += 1
            for place, (cell, is_date) in enumerate(zip(row, table.dates, strict=True)):
                if is_date and cell:
                    sheet.write_datetime(written, place, cell, day)
                else:
                    sheet.write_string(written, place, text_of(cell))
            if written % ROWS_AT_ONCE == 0:
                yield Piece(b"", ROWS_AT_ONCE)
    sheet.autofilter(0, 0, written, len(table.heads) - 1)
    book.close()
    yield Piece(b"", written % ROWS_AT_ONCE)


def text_of(cell: str | None) -> str:
    """What a cell of Excel can hold of a text: lines end as Excel ends them."""
    return _NO_XML.sub("", cell or "").replace("\r\n", "\n").replace("\r", "\n")[:LONGEST]
