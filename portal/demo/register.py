"""A VAT register to try the portal out with: speaks the protocol of VIES, and can be told to be slow, down or wrong.

It knows the companies of the demonstration and some that nobody has yet. Numbers such as 200 or 301 answer with the
code that the European Union's own test service has for them. Only 100 is valid without being a company's: it is a VAT
number in no country, so that nobody gets past the portal with it. Whoever asks under a VAT number of their own gets a
consultation number, as from VIES.
"""

import json
import random
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from customers import vat
from customers.vies import NOT_DISCLOSED
from portal.demo.companies import companies

TEST_CODES = {
    "100": "VALID",
    "200": "INVALID",
    "201": "INVALID_INPUT",
    "202": "INVALID_REQUESTER_INFO",
    "300": "SERVICE_UNAVAILABLE",
    "301": "MS_UNAVAILABLE",
    "302": "TIMEOUT",
    "400": "VAT_BLOCKED",
    "401": "IP_BLOCKED",
    "500": "GLOBAL_MAX_CONCURRENT_REQ",
    "501": "GLOBAL_MAX_CONCURRENT_REQ_TIME",
    "600": "MS_MAX_CONCURRENT_REQ",
    "601": "MS_MAX_CONCURRENT_REQ_TIME",
}

NEWCOMERS = {
    "BE0999123457": ("ZEILMAKERIJ NOORDSTER BV", "Zeildoekstraat 8\n2000 Antwerpen"),
    "BE0999124447": ("TOUWSLAGERIJ DE KNOOP NV", "Parijsstraat 12\n3000 Leuven"),
    "BE0477472701": ("DE VOORBEELDFABRIEK NV", "Bondgenotenlaan 101\n3000 Leuven"),
    "NL999124001B83": ("GLASBLAZERIJ HELDER B.V.", "\nKEIZERSGRACHT 00123\n1015CJ AMSTERDAM\n"),
    "FR95999124019": ("SA VERRERIE DU CANAL", "12 RUE DES TANNEURS\n75013 PARIS"),
    "LU99912410": ("IMPRIMERIE DU GRUND S.A.", "7, RUE DE LA TOUR\nL-2165  LUXEMBOURG"),
    "DE999124015": (NOT_DISCLOSED, NOT_DISCLOSED),
}
"""Invented companies that no partner has, as the registers write them; Germany's tells nothing. Their numbers pass the
check digits and are invented too, each from a range that its country has not begun to give out; but for the one that is
the example of everything written about Belgian numbers."""


@dataclass(kw_only=True)
class Behaviour:
    slow: float = 0
    """Seconds before it answers."""
    down: bool = False
    """Answers 503 to everything."""
    says: str = ""
    """What it answers whatever the number: a code of the protocol, `html`, or `broken` (JSON that stops half-way)."""


def known_companies() -> dict[str, tuple[str, str]]:
    """Name and address by number: those of the demonstration, and the newcomers."""
    told = {
        company.details.vat_number: (
            company.details.name,
            f"{company.details.street}\n{company.details.postcode} {company.details.city}",
        )
        for country in ("BE", "NL")
        for company in companies(country, random.Random(country))  # noqa: S311
    }
    return told | NEWCOMERS


@dataclass
class Said:
    status: int
    content_type: str
    body: bytes


@dataclass
class Register:
    """What the register knows, how it behaves, and what it was asked."""

    companies: Mapping[str, tuple[str, str]] = field(default_factory=known_companies)
    behaviour: Behaviour = field(default_factory=Behaviour)
    asked: list[str] = field(default_factory=list)
    requesters: list[str] = field(default_factory=list)
    """Under which VAT numbers of their own people asked."""
    closing: threading.Event = field(default_factory=threading.Event)

    def answer(self, address: str) -> Said:
        """Return what it says to a GET of this address; `/ms/BE/vat/0999123457` is one it understands."""
        path, query = urlsplit(address)[2:4]
        parts = path.strip("/").split("/")
        if len(parts) != 4 or (parts[0], parts[2]) != ("ms", "vat"):
            return Said(404, "text/html", b"<h1>Not found</h1>")
        country, body = parts[1], parts[3]
        requester = _requester(query)
        self.asked.append(country + body)
        self.requesters += [requester] if requester else []
        self.closing.wait(self.behaviour.slow)
        if self.behaviour.down:
            return Said(503, "text/html", b"<h1>Service Unavailable</h1>")
        if self.behaviour.says == "html":
            return Said(200, "text/html", b"<!doctype html><title>Maintenance</title><h1>We are back soon</h1>")
        content = json.dumps(self._content(country, body, requester), ensure_ascii=False).encode()
        if self.behaviour.says == "broken":
            content = content[: len(content) // 2]
        return Said(200, "application/json", content)

    def _content(self, country: str, body: str, requester: str) -> dict[str, Any]:
        known = self.companies.get(country + body)
        code = TEST_CODES.get(body) or ("VALID" if known else "INVALID")
        if requester and not vat.is_in_register(requester):
            code = "INVALID_REQUESTER_INFO"
        if self.behaviour.says not in ("", "broken"):
            code = self.behaviour.says
        name, address = (known or ("TEST COMPANY", "TEST STREET 1")) if code == "VALID" else (NOT_DISCLOSED,) * 2
        return {
            "isValid": code == "VALID",
            "requestDate": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "userError": code,
            "name": name,
            "address": address,
            "requestIdentifier": f"WAPI{len(self.asked):012d}" if code == "VALID" and requester else "",
            "originalVatNumber": body,
            "vatNumber": body,
        }


def _requester(query: str) -> str:
    """The VAT number under which somebody asks; "" for nobody's."""
    told = parse_qs(query)
    return "".join(told.get(name, [""])[0] for name in ("requesterMemberStateCode", "requesterNumber"))


class Handler(BaseHTTPRequestHandler):
    server: "Server"

    def do_GET(self) -> None:
        said = self.server.register.answer(self.path)
        with suppress(ConnectionError):  # whoever asked has given up waiting
            self.send_response(said.status)
            self.send_header("Content-Type", f"{said.content_type}; charset=utf-8")
            self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            self.wfile.write(said.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: the pages of the portal show what it answered."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, register: Register) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.register = register

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def server_close(self) -> None:
        self.register.closing.set()
        super().server_close()
