"""One question to the register: whatever it does, the answer is typed, in time, and never a *no* that was not said."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_django import Settings

from customers import vat, vies
from customers.vat import VatNumber
from customers.vies import Answer, Cause, Outcome
from portal.demo.register import TEST_CODES, Register

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
NUMBER = vat.parse("BE0999123457")
VALID: dict[str, Any] = {
    "isValid": True,
    "requestDate": "2026-11-22T14:00:00.000Z",
    "userError": "VALID",
    "name": "NV Kempenvaart",
    "address": "Kanaalkade 14\n2300 Turnhout",
    "requestIdentifier": "WAPI123",
    "vatNumber": "0999123457",
}


def understood(content: Any, status: int = 200) -> Answer:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return vies.understand(status, body, NOW)


def saying(code: str, **more: Any) -> dict[str, Any]:
    return {"isValid": code == "VALID", "userError": code, "name": "---", "address": "---"} | more


def asked(settings: Settings, number: VatNumber = NUMBER, limit: float = 2) -> Answer:
    return vies.ask(number, url=settings.VIES_URL, limit=limit)


def test_a_registered_company_comes_with_all_that_was_said() -> None:
    raw = json.dumps(VALID)
    assert understood(VALID) == Answer(
        outcome=Outcome.REGISTERED,
        asked_at=NOW,
        name="NV Kempenvaart",
        address="Kanaalkade 14\n2300 Turnhout",
        identifier="WAPI123",
        raw=raw,
    )


def test_dashes_mean_that_nothing_is_disclosed() -> None:
    answer = understood(VALID | {"name": "---", "address": "---"})
    assert (answer.outcome, answer.name, answer.address) == (Outcome.REGISTERED, "", "")


@pytest.mark.parametrize("code", ["INVALID", "INVALID_INPUT"])
def test_only_what_says_no_in_full_is_a_no(code: str) -> None:
    answer = understood(saying(code))
    assert (answer.outcome, answer.cause) == (Outcome.NOT_REGISTERED, None)


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("MS_UNAVAILABLE", Cause.COUNTRY_DOWN),
        ("SERVICE_UNAVAILABLE", Cause.SERVICE_DOWN),
        ("TIMEOUT", Cause.TIMEOUT),
        ("SERVER_BUSY", Cause.BUSY),
        ("GLOBAL_MAX_CONCURRENT_REQ", Cause.BUSY),
        ("GLOBAL_MAX_CONCURRENT_REQ_TIME", Cause.BUSY),
        ("MS_MAX_CONCURRENT_REQ", Cause.BUSY),
        ("MS_MAX_CONCURRENT_REQ_TIME", Cause.BUSY),
        ("VAT_BLOCKED", Cause.BLOCKED),
        ("IP_BLOCKED", Cause.BLOCKED),
        ("INVALID_REQUESTER_INFO", Cause.OUR_FAULT),
        ("SOMETHING_NEW", Cause.UNKNOWN),
        ("", Cause.UNKNOWN),
    ],
)
@pytest.mark.parametrize("shape", ["userError", "errorWrappers"])
def test_every_trouble_of_the_register_is_no_answer(code: str, cause: Cause, shape: str) -> None:
    said = saying(code) if shape == "userError" else {"actionSucceed": False, "errorWrappers": [{"error": code}]}
    answer = understood(said)
    assert (answer.outcome, answer.cause, answer.name) == (Outcome.NO_ANSWER, cause, "")


@pytest.mark.parametrize(
    ("content", "status", "cause"),
    [
        (b"<!doctype html><h1>Maintenance</h1>", 200, Cause.UNREADABLE),
        (b'{"isValid": fal', 200, Cause.UNREADABLE),
        (b"", 200, Cause.UNREADABLE),
        (b"null", 200, Cause.UNREADABLE),
        (b"[]", 200, Cause.UNREADABLE),
        (b"\xff\xfe\x00", 200, Cause.UNREADABLE),
        (b"[" * 15_000, 200, Cause.UNREADABLE),
        (VALID | {"name": "x" * vies.MAX_BYTES}, 200, Cause.UNREADABLE),
        ({"isValid": False}, 200, Cause.UNKNOWN),
        ({"userError": "INVALID"}, 200, Cause.UNKNOWN),
        (VALID | {"isValid": False}, 200, Cause.UNKNOWN),
        (saying("INVALID") | {"isValid": True}, 200, Cause.UNKNOWN),
        (VALID | {"isValid": "true"}, 200, Cause.UNKNOWN),
        (VALID | {"isValid": 1}, 200, Cause.UNKNOWN),
        (VALID | {"userError": ["VALID"]}, 200, Cause.UNKNOWN),
        ({"errorWrappers": "MS_UNAVAILABLE"}, 200, Cause.UNKNOWN),
        (VALID, 500, Cause.SERVICE_DOWN),
        (saying("INVALID"), 500, Cause.SERVICE_DOWN),
        (saying("MS_UNAVAILABLE"), 500, Cause.COUNTRY_DOWN),
        (b"<h1>Bad gateway</h1>", 502, Cause.SERVICE_DOWN),
        (b"", 429, Cause.BUSY),
        (b"", 302, Cause.UNREADABLE),
        (saying("INVALID"), 404, Cause.UNREADABLE),
        (saying("INVALID"), 201, Cause.UNREADABLE),
    ],
)
def test_whatever_is_no_answer_is_never_a_no(content: Any, status: int, cause: Cause) -> None:
    answer = understood(content, status)
    assert (answer.outcome, answer.cause) == (Outcome.NO_ANSWER, cause)


def test_what_the_register_writes_is_cut_and_cleaned() -> None:
    dirty = "A\x00B \u202e\tC\n" + "D" * 500
    answer = understood(VALID | {"name": dirty, "address": " \n\x00Kade  1\r\n\n2300\u2028Turnhout\n" + "E" * 900})
    assert answer.name == ("A B C " + "D" * 500)[: vies.MAX_NAME]
    assert answer.address.splitlines()[:3] == ["Kade 1", "2300", "Turnhout"]
    assert len(answer.address) == vies.MAX_ADDRESS


def test_texts_that_are_none_are_empty() -> None:
    answer = understood(VALID | {"name": None, "address": {"street": 1}, "requestIdentifier": 7})
    assert (answer.name, answer.address, answer.identifier) == ("", "", "")


# --- Over the wire ---------------------------------------------------------------------------------------------------


def test_the_register_is_asked_by_its_own_prefix(vat_register: Register, settings: Settings) -> None:
    answer = asked(settings)
    assert (answer.outcome, answer.name) == (Outcome.REGISTERED, "ZEILMAKERIJ NOORDSTER BV")
    asked(settings, vat.parse("GR094259216"))
    assert vat_register.asked == ["BE0999123457", "EL094259216"]


def test_whoever_asks_under_a_number_of_their_own_gets_a_consultation_number(
    vat_register: Register, settings: Settings
) -> None:
    answer = vies.ask(NUMBER, url=settings.VIES_URL, limit=2, requester=vat.parse("GR 094259216"))
    assert (answer.outcome, answer.identifier) == (Outcome.REGISTERED, "WAPI000000000001")
    assert vat_register.requesters == ["EL094259216"]
    assert (asked(settings).identifier, vat_register.requesters) == ("", ["EL094259216"])


@pytest.mark.parametrize(("body", "code"), TEST_CODES.items())
def test_each_code_of_the_official_test_service_is_understood(
    vat_register: Register, settings: Settings, body: str, code: str
) -> None:
    answer = asked(settings, VatNumber("BE", "BE", body))
    expected = {"VALID": Outcome.REGISTERED, "INVALID": Outcome.NOT_REGISTERED, "INVALID_INPUT": Outcome.NOT_REGISTERED}
    assert answer.outcome == expected.get(code, Outcome.NO_ANSWER)


@pytest.mark.parametrize("country", vat.COUNTRIES)
def test_the_valid_number_of_the_test_service_is_a_vat_number_nowhere(country: str) -> None:
    for text in ("100", f"{vat.COUNTRIES[country].prefix}100"):
        with pytest.raises(vat.VatFault):
            vat.parse(text, country)


@pytest.mark.parametrize("text", ["GB980780684", "CHE107787577MWST", "NO974760673MVA"])
def test_countries_outside_of_the_register_are_not_asked(vat_register: Register, settings: Settings, text: str) -> None:
    answer = asked(settings, vat.parse(text))
    assert (answer.outcome, answer.cause) == (Outcome.NOT_APPLICABLE, Cause.OTHER_COUNTRY)
    assert vat_register.asked == []


@pytest.mark.parametrize(("says", "cause"), [("html", Cause.UNREADABLE), ("broken", Cause.UNREADABLE)])
def test_a_page_instead_of_an_answer_is_no_answer(
    vat_register: Register, settings: Settings, says: str, cause: Cause
) -> None:
    vat_register.behaviour.says = says
    assert asked(settings).cause == cause


def test_a_register_that_is_down_gives_no_answer(vat_register: Register, settings: Settings) -> None:
    vat_register.behaviour.down = True
    assert asked(settings).cause == Cause.SERVICE_DOWN


def test_a_register_that_refuses_connections_gives_no_answer(refusing: Register, settings: Settings) -> None:
    assert asked(settings).cause == Cause.UNREACHABLE


@pytest.mark.parametrize("url", ["http://", "http://[", "nonsense", "http://host.invalid:99999"])
def test_an_address_that_is_none_is_no_answer(url: str) -> None:
    assert vies.ask(NUMBER, url=url, limit=1).outcome == Outcome.NO_ANSWER


def test_nobody_waits_longer_than_the_limit(vat_register: Register, settings: Settings) -> None:
    vat_register.behaviour.slow = 30
    began = time.monotonic()
    assert asked(settings, limit=0.3).cause == Cause.TIMEOUT
    assert time.monotonic() - began < 2


@pytest.fixture(params=[b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"])
def dripping(request: pytest.FixtureRequest) -> Iterator[str]:
    """A server that sends one byte at a time for ever: in its head, or in its body."""
    stop = threading.Event()

    def drip(listening: socket.socket) -> None:
        connection, _address = listening.accept()
        with connection:
            connection.sendall(request.param)
            while not stop.wait(0.02):
                try:
                    connection.sendall(b"x")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=drip, args=[listening])
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        stop.set()
        # On a busy machine the limit may have passed before anybody called.
        with suppress(OSError):
            socket.create_connection(listening.getsockname()).close()
        thread.join()


def test_a_trickle_does_not_stretch_the_limit(dripping: str) -> None:
    began = time.monotonic()
    assert vies.ask(NUMBER, url=dripping, limit=0.3).outcome == Outcome.NO_ANSWER
    assert time.monotonic() - began < 2
