"""What a file is, byte by byte and cell by cell; and that its length costs no memory."""

import tracemalloc
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.db import connection
from openpyxl.utils.escape import unescape

from customers.models import Customer, Partner
from portal.exports import csv_file, xlsx_file
from portal.exports.defusing import restored
from portal.exports.rows import reading
from portal.exports.views import Begun
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.exports.reading import content_of, csv_rows, csv_texts, xlsx_cells
from tests.portal.exports.tables import Series

pytestmark = pytest.mark.django_db

APPROVED = datetime(2026, 3, 29, 22, 30, tzinfo=UTC)
"""The day after, in Brussels."""

DANGEROUS = (
    "=cmd|' /C calc'!A0",
    "+3214550142",
    "-1",
    "@SUM(1+1)*cmd",
    "\tled by a tab",
    "\r=led by a return",
    "  =behind blanks",
    "\u00a0\u200b=behind blanks that nobody sees",
    "'=behind a quote",
    '"=behind quotes"',
    "＝full width",
    "＋32 14",
    "0612",
    "007",
    "1-2",
    "29/03/2026",
    "1E5",
    "(5)",
    "€ 5",
    "0123.456.749",
)
SOUND = (
    'He said "no"; twice',
    "two\nlines, then\r\nmore",
    "a;b,c\td",
    "x" * 400,
    "\u202eexe.fdp",
    "שלום مرحبا",
    "\U0001f469\u200d\U0001f4bb & <b>Œuvre</b>",
    "'s-Hertogenbosch Beheer",
    "24Seven",
    "3M",
    "A=B",
    "_x0041_",
    "http://somewhere.example/",
    "{=SUM(1)}",
)


@pytest.fixture
def named(partner: Partner) -> list[Customer]:
    """Customers of these names, in this order by the day of their approval."""
    made = [builders.make_customer(partner, name=name) for name in (*DANGEROUS, *SOUND)]
    for place, customer in enumerate(made):
        Customer.objects.filter(pk=customer.pk).update(approved_at=APPROVED.replace(minute=place))
    builders.search_rows.refresh(made)
    return made


def test_a_hostile_cell_of_a_csv_file_is_a_text_for_any_spreadsheet_and_nothing_of_it_is_lost(
    named: list[Customer], onboarder: User, signed_in: SignIn
) -> None:
    content = content_of(signed_in(onboarder).get("/customers/export.csv?sort=approved&columns=company,phone"))
    companies = [row[0] for row in csv_rows(content)[1:]]
    assert companies[: len(DANGEROUS)] == [f"'{name}" for name in DANGEROUS]
    assert companies[len(DANGEROUS) :] == list(SOUND)
    assert [row[0] for row in csv_texts(content)[1:]] == [*DANGEROUS, *SOUND]
    assert {row[2] for row in csv_rows(content)[1:]} == {"'+3225550142"}


def test_every_cell_of_an_excel_file_is_a_text_and_none_a_formula_or_a_link(
    named: list[Customer], onboarder: User, signed_in: SignIn
) -> None:
    content = content_of(signed_in(onboarder).get("/customers/export.xlsx?sort=approved&columns=company,phone"))
    head, *rows = xlsx_cells(content)
    assert {cell.data_type for row in rows for cell in row} <= {"s", "inlineStr"}
    assert [unescape(row[0].value) for row in rows] == [
        name.replace("\r\n", "\n").replace("\r", "\n") for name in DANGEROUS + SOUND
    ]
    assert all(cell.font.bold for cell in head)
    with zipfile.ZipFile(BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert 'state="frozen"' in sheet
        assert not [name for name in book.namelist() if "externalLink" in name or "rels/sheet" in name]


def test_what_no_xml_file_can_hold_is_left_out_of_an_excel_file(partner: Partner, onboarder: User) -> None:
    assert xlsx_file.text_of("a\x01b\x1bc\ufffe\ud800d\x0be\ttab") == "abcde\ttab"
    assert len(xlsx_file.text_of("x" * 40_000)) == 32_767


def test_a_csv_file_is_what_excel_in_belgium_opens_right_to_the_byte(
    partner: Partner, onboarder: User, signed_in: SignIn
) -> None:
    builders.make_customer(partner, name='Élan "Énergie"', city="Liège", approved_at=APPROVED)
    builders.make_customer(partner, name="Janssens", city="Breda", country="NL", phone="", approved_at=APPROVED)
    content = content_of(signed_in(onboarder).get("/customers/export.csv?columns=company,town,phone,approved"))
    assert content == (
        b"\xef\xbb\xbf"
        b'"Company";"Town";"Phone";"Approved on"\r\n'
        b'"\xc3\x89lan ""\xc3\x89nergie""";"Li\xc3\xa8ge";"\'+3225550142";"30/03/2026"\r\n'
        b'"Janssens";"Breda, NL";"";"30/03/2026"\r\n'
    )


def test_a_list_of_nothing_is_a_file_with_its_head(onboarder: User, signed_in: SignIn) -> None:
    client = signed_in(onboarder)
    csv_content = content_of(client.get("/customers/export.csv?q=nobody&columns=company"))
    assert csv_rows(csv_content) == [["Company", "Town"]]
    assert len(xlsx_cells(content_of(client.get("/customers/export.xlsx?q=!!&columns=company")))) == 1


@pytest.mark.parametrize(
    ("cell", "text"),
    [("'+32", "+32"), ("''=1", "'=1"), ("'s-Gravenhage", "'s-Gravenhage"), ("+32", "+32"), ("'", "'"), ("", "")],
)
def test_the_mark_of_a_cell_is_taken_away_without_loss(cell: str, text: str) -> None:
    assert restored(cell) == text


def peak_of(rows: int) -> tuple[int, int]:
    """Bytes of memory at most while a CSV file of so many rows is written, and the bytes of the file."""
    tracemalloc.start()
    written = sum(len(piece.content) for piece in csv_file.pieces(Series(rows), seconds=60))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak, written


def test_the_memory_that_a_file_takes_does_not_grow_with_its_rows(db: None) -> None:
    peak_of(10)
    (few, short), (many, long) = peak_of(2_000), peak_of(20_000)
    assert long > 9 * short
    assert many - few < 512 * 1024
    tracemalloc.start()
    rows = sum(piece.rows for piece in xlsx_file.pieces(Series(1_500), title="Customers", seconds=60))
    assert (rows, tracemalloc.get_traced_memory()[1] < 8 * 2**20) == (1_500, True)
    tracemalloc.stop()


def test_one_statement_may_take_longer_than_a_page_and_no_longer_than_that(db: None) -> None:
    if connection.vendor == "sqlite":
        # A transaction would keep everybody else from writing.
        before = connection.in_atomic_block, len(connection.savepoint_ids)
        with reading(7):
            assert (connection.in_atomic_block, len(connection.savepoint_ids)) == before
        return
    with connection.cursor() as cursor, reading(7):
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("7s",)


def test_a_reader_who_goes_away_in_the_middle_leaves_the_connection_free(db: None) -> None:
    depth = len(connection.savepoint_ids)
    stream = Begun(csv_file.pieces(Series(100_000), seconds=60))
    assert next(stream).startswith(b'\xef\xbb\xbf"Company"')
    stream.close()
    assert (len(connection.savepoint_ids), connection.needs_rollback) == (depth, False)
    assert Customer.objects.count() == 0
