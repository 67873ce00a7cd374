"""Values that people paste and tools send, and a client that sends them as they are."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from portal.models import User

FORM = "application/x-www-form-urlencoded"
BROKEN = (b"\xed\xa0\x80", b"\xff\xfe", b"\xc0\xaf")
"""Bytes that are no text: half a surrogate pair, a byte order mark of another encoding, an overlong slash."""
TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\u200b",
    "\u202eexe.fdp",
    "\u2066x\u2069",
    "A" + "\u0323" * 300,
    "\x1b[31mred",
    "two\r\nBcc: v@y.example",
    "\u2028",
    "\ufeffBE",
    "\U0001f469\u200d\U0001f4bb",
    "\U000e0041",
    "שלום مرحبا",
    "٠٢٠٢٢٣٩٩٥١",
    "ВЕ0202239951",
    "BE0202239952",
    "=HYPERLINK(1)",
    "<img src=x onerror=alert(1)>",
    "{{7*7}}{% include 'x' %}${7*7}%(x)s{0.__class__}%",
    "'; drop table x; --",
    "../../etc/passwd",
    "-1",
    "0",
    "1e9",
    "1" * 400,
    "9" * 5_000,
    "99999999999999999999",
    "NaN",
    "None",
    "[]",
    '{"a": 1}',
    "true",
    "٣",
    "2026-13-45",
    "ı@ſ.example",
    "a@x.example,b@x.example",
    "x" * 20_000,
)
HOSTILE = [*(text.encode() for text in TEXTS), *BROKEN]
FEW = [b"", b"\x00", "a\u202eb".encode(), b"9" * 5_000, b"-1", b"[]", "\u200b".encode(), b"\x1b[31mred", *BROKEN]
"""For fields that have tests of their own beside these."""


def client_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def encoded(fields: Mapping[str, Any]) -> str:
    """The fields as a client sends them; values may be bytes that are no text, or several."""
    return urlencode(fields, doseq=True)


def send(client: Client, address: str, fields: Mapping[str, Any]) -> Any:
    return client.generic("POST", address, encoded(fields), content_type=FORM)


def shown(hostile: bytes) -> str:
    """What a page can show of it."""
    return hostile.decode("utf-8", "replace")
