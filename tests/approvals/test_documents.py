"""Which files are taken: PDF, PNG and JPEG, by what is in them and by what they are called."""

import struct
import time
import zlib
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from approvals.documents import MAX_NAME, Document, Unacceptable, clean_name, inspect
from tests.request_builders import PDF


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 2, height: int = 2, *, end: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    picture = zlib.compress(b"\0\0\0" * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", picture) + chunk(b"IEND") + end


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def jpeg(width: int = 2, height: int = 2, *, end: bytes = b"\xff\xd9") -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    start = b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    return start + segment(0xC0, frame) + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\x34\x56" + end


def pdf(body: bytes = b"", *, end: bytes = b"%%EOF\n") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + body + b"trailer\n<< /Root 1 0 R >>\n" + end


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Unacceptable) as fault:
        inspect(name, content)
    return fault.value.code


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("agreement.pdf", PDF, "application/pdf"),
        ("agreement.pdf", pdf(), "application/pdf"),
        ("agreement.pdf", pdf(end=b"%%EOF\r\n\0\0"), "application/pdf"),
        ("Scan 12.PdF", pdf(), "application/pdf"),
        ("two versions.pdf", pdf() + pdf()[9:], "application/pdf"),
        ("scan.png", png(), "image/png"),
        ("scan.jpg", jpeg(), "image/jpeg"),
        ("scan.JPEG", jpeg(), "image/jpeg"),
        ("from a phone.jpg", jpeg(end=b"\xff\xd9" + b"what the camera adds"), "image/jpeg"),
    ],
)
def test_documents_and_pictures_are_taken(name: str, content: bytes, content_type: str) -> None:
    assert inspect(name, content) == Document(name, content_type)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%", "type"),
        (b"hello", "type"),
        (b"<html><script>alert(1)</script></html>", "type"),
        (b"<script>alert(1)</script>\n" + pdf(), "type"),
        (b"MZ\x90\0" + bytes(200), "type"),
        (b"PK\3\4" + bytes(200), "type"),
        (b"GIF89a" + bytes(200), "type"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "type"),
        (pdf()[:-20], "damaged"),
        (b"%PDF-1.7\n", "damaged"),
        (pdf() + b"<script>alert(1)</script>", "damaged"),
        (pdf() + b"PK\3\4" + bytes(30), "damaged"),
        (pdf(b"<< /Encrypt 5 0 R >>"), "encrypted"),
        (pdf(b"<< /Encrypt << /Filter /Standard >> >>"), "encrypted"),
        (pdf(b"<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"), "active"),
        (pdf(b"<< /S /J#61vaScript >>"), "active"),
        (pdf(b"<< /S /Launch /F (calc.exe) >>"), "active"),
        (pdf(b"<< /Type /EmbeddedFile /Length 3 >>\nstream\nabc\nendstream\n"), "active"),
        (pdf(b"<< /Names << /EmbeddedFiles 7 0 R >> >>"), "active"),
    ],
)
def test_what_is_no_sound_pdf_is_refused_by_name(content: bytes, code: str) -> None:
    assert refusal("agreement.pdf", content) == code


def test_words_inside_the_text_of_a_pdf_are_no_program() -> None:
    harmless = b"<< /Length 30 >>\nstream\n/JavaScript /Encrypt 1 0 R /JS\nendstream\n"
    assert (
        inspect("agreement.pdf", pdf(harmless + b"<< /JSON true /Launcher true >>")).content_type == "application/pdf"
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (png(60_000, 60_000), "too_many_pixels"),
        (png(30_001, 1), "too_many_pixels"),
        (png(20_000, 20_000), "too_many_pixels"),
        (png(0, 5), "damaged"),
        (png()[:-6], "damaged"),
        (png()[:40], "damaged"),
        (png(end=b"<?php echo 1;"), "damaged"),
        (png().replace(b"IHDR", b"JHDR"), "damaged"),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IEND"), "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
    ],
)
def test_what_is_no_sound_png_is_refused_by_name(content: bytes, code: str) -> None:
    assert refusal("scan.png", content) == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (jpeg(60_000, 60_000), "too_many_pixels"),
        (jpeg(0, 10), "damaged"),
        (jpeg(end=b""), "damaged"),
        (jpeg()[:30], "damaged"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "damaged"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "damaged"),
    ],
)
def test_what_is_no_sound_jpeg_is_refused_by_name(content: bytes, code: str) -> None:
    assert refusal("scan.jpg", content) == code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("agreement.pdf", png()),
        ("agreement.png", pdf()),
        ("agreement.jpg", png()),
        ("agreement.pdf.exe", pdf()),
        ("agreement.pdf%00.exe", pdf()),
        ("agreement.php", pdf()),
        ("agreement.svg", png()),
        ("agreement", pdf()),
        (".pdf", pdf()),
        (".htaccess", pdf()),
        ("", pdf()),
        ("\u202efdp.exe", pdf()),
    ],
)
def test_the_name_has_to_fit_what_is_in_the_file(name: str, content: bytes) -> None:
    assert refusal(name, content) == "extension"


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("Overeenkomst – Pieter & Zoon.pdf", "Overeenkomst – Pieter & Zoon.pdf"),
        ("契約書.pdf", "契約書.pdf"),
        ("../../../etc/passwd", "passwd"),
        ("C:\\Users\\lotte\\agreement.pdf", "agreement.pdf"),
        ("..\\win.ini", "win.ini"),
        ("agreement.pdf ", "agreement.pdf"),
        ("agreement.pdf.", "agreement.pdf"),
        ("-rf.pdf", "rf.pdf"),
        (";id|.pdf", "_id_.pdf"),
        ('a"b\r\nX: 1.pdf', "a_b X_ 1.pdf"),
        ("evil\u202efdp.pdf", "evilfdp.pdf"),
        ("a\u200b\x00b.pdf", "ab.pdf"),
        ("<img onerror>.pdf", "_img onerror_.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("x" * 300, "x" * 200),
        ("", "document"),
        ("...", "document"),
        ("\u200b", "document"),
        ("\ud800.pdf", "pdf"),
        ("e\u0301.pdf", "é.pdf"),
    ],
)
def test_names_are_cleaned(typed: str, cleaned: str) -> None:
    assert clean_name(typed) == cleaned


@given(st.text(max_size=400))
@example("a" * 250 + "." + "b" * 9)
@example(". -")
def test_a_cleaned_name_is_short_visible_and_stays_as_it_is(typed: str) -> None:
    name = clean_name(typed)
    assert 0 < len(name) <= MAX_NAME
    assert name.isprintable() or not name.isascii()
    assert not {"/", "\\", "\n", "\r", "\0"} & set(name)
    assert clean_name(name) == name


@given(st.one_of(st.binary(max_size=200), st.sampled_from([PDF, pdf(), png(), jpeg()])), st.data())
def test_whatever_is_in_a_file_it_is_taken_or_refused_by_name(content: bytes, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(content)))
    extra = data.draw(st.binary(max_size=20))
    for name in ("a.pdf", "a.png", "a.jpg"):
        for candidate in (content, content[:cut] + extra + content[cut:], content[:cut]):
            with suppress(Unacceptable):
                inspect(name, candidate)


@pytest.mark.parametrize(
    "content",
    [
        pdf(b"stream\n" * 1_000_000),
        pdf(b"#41" * 3_000_000),
        pdf(b"/JS0" * 2_000_000),
        pdf(b"/Encrypt " * 1_000_000),
        b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\xff" * 9_000_000,
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"tEXt") * 700_000,
    ],
    ids=["streams", "escapes", "names", "encrypted", "fill", "chunks"],
)
def test_a_large_file_made_to_be_slow_is_read_in_seconds(content: bytes) -> None:
    started = time.process_time()
    for name in ("a.pdf", "a.png", "a.jpg"):
        with suppress(Unacceptable):
            inspect(name, content)
    assert time.process_time() - started < 10
