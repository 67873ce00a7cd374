"""The SQL of a page of the portal, and how long it takes without the page."""

import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import psycopg

from tools.bench.site import Person
from tools.bench.visitor import NoAnswer

FRAMED = "/bench/framed/"
EMPTY = "/bench/empty/"

READS = ("SELECT", "WITH", "EXPLAIN")

Sent = Sequence[tuple[str, str]]
"""Statements of a page: as written, and with their values."""


def sent_by(person: Person, path: str, fields: Mapping[str, str] | None = None) -> Sent:
    """Every statement that a page sends for this person, or that taking these fields of its form sends.

    Raises NoAnswer where the page answers otherwise than it should.
    """
    asked = {"path": path} | ({} if fields is None else {"fields": urlencode(fields)})
    answer = json.loads(person.beside.page(f"/bench/statements/?{urlencode(asked)}").body)
    if answer["status"] != (200 if fields is None else 302):
        raise NoAnswer(f"{path} answered {answer['status']}")
    return [(written, whole) for written, whole in answer["statements"]]


def beyond_the_frame(sent: Sent, frame: Sent) -> Sent:
    """The statements of a page without those that every signed-in page sends."""
    common = Counter(written for written, _ in frame)
    own = []
    for written, whole in sent:
        if common[written]:
            common[written] -= 1
        else:
            own.append((written, whole))
    return own


def without_transactions(sent: Sent) -> Sent:
    """What asks or writes; where a transaction begins and ends is no query."""
    return [pair for pair in sent if not pair[0].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))]


class Raw:
    """Runs what a page reads on a connection of its own, as text, one statement after the other."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._cursor = psycopg.ClientCursor(connection)

    def seconds(self, sent: Sent) -> float:
        start = time.perf_counter()
        for written, whole in sent:
            if written.lstrip().startswith(READS):
                self._cursor.execute(whole)
                self._cursor.fetchall()
        return time.perf_counter() - start
