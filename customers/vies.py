"""One question to the European Union's VAT register, VIES, and one typed answer. HTTP, no Django.

Its REST interface: `GET {url}/ms/{prefix}/vat/{body}` answers JSON with `isValid`, `userError`, `name`, `address` (both
`---` where the member state does not disclose them), `requestDate` and `requestIdentifier`. The identifier is the
consultation number, proof towards a tax office of who asked what and when: it is given to whoever asks under a VAT
number of their own (`requesterMemberStateCode` and `requesterNumber` in the query), and is empty for others.

The register is silent far more often than it says no. So *not registered* is only what says so in full; everything
else, anything unknown included, is *no answer* with its cause.
"""

import asyncio
import json
import logging
import ssl
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar
from urllib.parse import urlencode

import httpx

from customers.vat import VatNumber

logger = logging.getLogger(__name__)

MAX_BYTES = 16 * 1024
"""Of an answer; real ones have less than two thousand."""
MAX_NAME = 400
MAX_ADDRESS = 600
NOT_DISCLOSED = "---"

_Result = TypeVar("_Result")


class Outcome(StrEnum):
    REGISTERED = "registered"
    NOT_REGISTERED = "not_registered"
    NO_ANSWER = "no_answer"
    NOT_APPLICABLE = "not_applicable"


class Cause(StrEnum):
    """Why there is no answer, or why the register was not asked."""

    COUNTRY_DOWN = "country_down"
    SERVICE_DOWN = "service_down"
    TIMEOUT = "timeout"
    BUSY = "busy"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"
    OUR_FAULT = "our_fault"
    """The register takes us for somebody it does not serve: a setting is wrong."""
    RESTING = "resting"
    """It kept failing for this country, so it is left alone for a moment."""
    RATIONED = "rationed"
    """This person or partner has asked very often."""
    OTHER_COUNTRY = "other_country"
    """The register knows no numbers of this country."""


CAUSES = {
    "MS_UNAVAILABLE": Cause.COUNTRY_DOWN,
    "SERVICE_UNAVAILABLE": Cause.SERVICE_DOWN,
    "TIMEOUT": Cause.TIMEOUT,
    "SERVER_BUSY": Cause.BUSY,
    "VAT_BLOCKED": Cause.BLOCKED,
    "IP_BLOCKED": Cause.BLOCKED,
    "INVALID_REQUESTER_INFO": Cause.OUR_FAULT,
}
"""What the register calls its own troubles; besides these everything with `MAX_CONCURRENT_REQ` in it is BUSY."""

FINAL = {
    (True, "VALID"): Outcome.REGISTERED,
    (False, "INVALID"): Outcome.NOT_REGISTERED,
    (False, "INVALID_INPUT"): Outcome.NOT_REGISTERED,
}
"""`isValid` and `userError` as they have to agree for an answer to be one."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    outcome: Outcome
    asked_at: datetime
    cause: Cause | None = None
    """Of *no answer* and *not applicable*."""
    name: str = ""
    """The official name on one line, "" where it is not disclosed."""
    address: str = ""
    """The official address in lines, "" where it is not disclosed."""
    identifier: str = ""
    """The consultation number; "" where the question was asked without a VAT number of our own."""
    raw: str = ""
    """The answer as it came, less what a database cannot keep."""


def ask(number: VatNumber, *, url: str, limit: float, requester: VatNumber | None = None) -> Answer:
    """Ask about one number and return within `limit` seconds, whatever the other side does. Raises nothing.

    `requester` is our own VAT number: with it the register gives a consultation number.
    """
    asked_at = datetime.now(UTC)
    if not number.is_in_vies:
        return Answer(outcome=Outcome.NOT_APPLICABLE, cause=Cause.OTHER_COUNTRY, asked_at=asked_at)
    try:
        status, body = _within(limit, _get(_address(url, number, requester)))
    except TimeoutError:
        return no_answer(Cause.TIMEOUT, asked_at)
    except (httpx.HTTPError, httpx.InvalidURL, OSError):
        return no_answer(Cause.UNREACHABLE, asked_at)
    except Exception:  # nothing that a register does may stop a registration
        logger.exception("Asking the VAT register failed in a way nobody thought of.")
        return no_answer(Cause.UNKNOWN, asked_at)
    return understand(status, body, asked_at)


def understand(status: int, body: bytes, asked_at: datetime) -> Answer:
    """Return what an answer means, of which `body` holds at most a little more than MAX_BYTES."""
    raw = body[:MAX_BYTES].decode("utf-8", "replace").replace("\x00", "")
    said = _parsed(body)
    outcome = _outcome(said) if status == 200 else None
    if outcome is None:
        return no_answer(_cause(status, said), asked_at, raw)
    is_registered = outcome is Outcome.REGISTERED
    return Answer(
        outcome=outcome,
        asked_at=asked_at,
        name=_line(said.get("name"))[:MAX_NAME] if is_registered else "",
        address=_lines(said.get("address")) if is_registered else "",
        identifier=_line(said.get("requestIdentifier"))[:60],
        raw=raw,
    )


def no_answer(cause: Cause, asked_at: datetime, raw: str = "") -> Answer:
    return Answer(outcome=Outcome.NO_ANSWER, cause=cause, asked_at=asked_at, raw=raw)


def _address(url: str, number: VatNumber, requester: VatNumber | None) -> str:
    address = f"{url.rstrip('/')}/ms/{number.prefix}/vat/{number.body}"
    if requester is None:
        return address
    own = {"requesterMemberStateCode": requester.prefix, "requesterNumber": requester.body}
    return f"{address}?{urlencode(own)}"


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates believed in: reading them takes longer than an answer of the register."""
    return httpx.create_ssl_context()


async def _get(address: str) -> tuple[int, bytes]:
    body = b""
    async with (
        # One limit for everything together holds already: httpx would count each read anew.
        httpx.AsyncClient(verify=_trusted(), timeout=None) as client,  # noqa: S113
        client.stream("GET", address, headers={"Accept": "application/json", "Accept-Encoding": "identity"}) as reply,
    ):
        async for chunk in reply.aiter_raw():
            body += chunk
            if len(body) > MAX_BYTES:
                break
        return reply.status_code, body


def _within(limit: float, asking: Coroutine[Any, Any, _Result]) -> _Result:
    """Run to the end or to the limit. Raises TimeoutError.

    On a thread of its own, as the caller's may run a loop already, and a thread runs one only.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(_run, limit, asking).result()


def _run(limit: float, asking: Coroutine[Any, Any, _Result]) -> _Result:
    """Not `asyncio.run`, which waits for a name server that does not answer."""
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(asyncio.wait_for(asking, limit))
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


def _parsed(body: bytes) -> Mapping[str, Any]:
    """The JSON object of an answer; an empty one where it is none."""
    if len(body) > MAX_BYTES:
        return {}
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _outcome(said: Mapping[str, Any]) -> Outcome | None:
    is_valid, word = said.get("isValid"), said.get("userError")
    return FINAL.get((is_valid, word)) if isinstance(is_valid, bool) and isinstance(word, str) else None


def _cause(status: int, said: Mapping[str, Any]) -> Cause:
    for word in _words(said):
        if cause := CAUSES.get(word):
            return cause
        if "MAX_CONCURRENT_REQ" in word:
            return Cause.BUSY
    if status >= 500:
        return Cause.SERVICE_DOWN
    if status == 429:
        return Cause.BUSY
    return Cause.UNKNOWN if status == 200 and said else Cause.UNREADABLE


def _words(said: Mapping[str, Any]) -> Iterator[str]:
    """The register's own words for what went wrong: one in `userError`, or some in `errorWrappers`."""
    wrappers = said.get("errorWrappers")
    entries = (
        [entry.get("error") for entry in wrappers if isinstance(entry, dict)] if isinstance(wrappers, list) else []
    )
    for word in [said.get("userError"), *entries]:
        if isinstance(word, str):
            yield word


def _line(value: Any) -> str:
    """A text on one line, less what cannot be seen; "" for what is none or not disclosed."""
    if not isinstance(value, str):
        return ""
    visible = "".join(letter if letter.isprintable() else " " for letter in value)
    text = " ".join(visible.split())
    return "" if text == NOT_DISCLOSED else text


def _lines(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    return "\n".join(filter(None, map(_line, value.splitlines())))[:MAX_ADDRESS]
