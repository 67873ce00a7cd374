"""The SQL of a page of the portal, and how long it takes without the page."""

import json
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import psycopg

from tools.bench.site import Person
from tools.bench.visitor import NoAnswer

FRAMED = "/bench/framed/"
EMPTY = "/bench/empty/"

Sent = Sequence[tuple[str, str]]
"""Statements of a page: as written, and with their values."""


def sent_by(person: Person, path: str) -> Sent:
    """Every statement that a page sends for this person. Raises NoAnswer where there is no such page."""
    answer = json.loads(person.beside.page(f"/bench/statements/?{urlencode({'path': path})}").body)
    if answer["status"] != 200:
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


class Raw:
    """Runs the statements of a page on a connection of its own, as text, one after the other."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._cursor = psycopg.ClientCursor(connection)

    def seconds(self, sent: Sent) -> float:
        start = time.perf_counter()
        for _written, whole in sent:
            self._cursor.execute(whole)
            if self._cursor.description is not None:
                self._cursor.fetchall()
        return time.perf_counter() - start
