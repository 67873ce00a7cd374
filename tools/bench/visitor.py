"""Somebody who uses the portal over HTTP, and how long each answer took."""

import http.client
import re
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from html import unescape
from http.cookies import SimpleCookie
from typing import TypeVar
from urllib.parse import urlencode, urlsplit

from tools.bench.servers import HOST

_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(name|value|type)="([^"]*)"')

Asked = TypeVar("Asked")
Told = TypeVar("Told")


class NoAnswer(Exception):
    """The server answered with something else than what was asked for."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    body: str
    location: str
    seconds: float
    """From before the connection to the last byte."""


@dataclass(kw_only=True)
class Visitor:
    """Comes as through the web server in front: a new connection for each request, https said in a header."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def at(self, address: str) -> "Visitor":
        """The same person at another server of the same installation, signed in there too."""
        return replace(self, address=address)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def page(self, path: str) -> Answer:
        """A page that has to be there. Raises NoAnswer where it is not."""
        answer = self.get(path)
        if answer.status != 200:
            raise NoAnswer(f"{path} answered {answer.status} {answer.location}")
        return answer

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        return self._ask("POST", path, urlencode(fields))

    def sign_in(self, email: str, password: str) -> "Visitor":
        """Through the form, like anybody. Raises NoAnswer where it does not let one in."""
        path = "/accounts/login/"
        fields = hidden_fields(self.page(path).body) | {"login": email, "password": password}
        answer = self.post(path, fields)
        if answer.status != 302:
            raise NoAnswer(f"{email} was not signed in: {answer.status}")
        return self

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "127.0.0.1",
            "Referer": f"https://{HOST}/",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        connection = http.client.HTTPConnection(self.address, timeout=600)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        seconds = time.perf_counter() - start
        for line in response.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        location = urlsplit(response.headers.get("Location", "")).path
        return Answer(status=response.status, body=content.decode(), location=location, seconds=seconds)


def two_at_once(ask: Callable[[Asked], Told], things: Iterable[Asked]) -> list[Told]:
    """What is asked without being timed: a server has two workers. The answers in the order of the questions."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(ask, things))


def hidden_fields(page: str) -> dict[str, str]:
    """The fields of a form that nobody fills in, with their values."""
    fields = {}
    for found in _INPUT.findall(page):
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(found)}
        if attributes.get("type") == "hidden" and "name" in attributes:
            fields[attributes["name"]] = attributes.get("value", "")
    return fields
