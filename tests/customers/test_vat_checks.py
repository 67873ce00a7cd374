"""What is remembered of the register's answers, and when it is left alone."""

import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.test import override_settings
from pytest_django import Settings

from customers import circuit, vat, vat_checks
from customers.models import Partner, VatCheck
from customers.vies import Cause, Outcome
from portal.demo.register import Register
from portal.models import User
from tests import builders

NUMBER = vat.parse("BE0999123457")
UNKNOWN = vat.parse("BE0123456749")


@pytest.fixture
def ask(onboarder: User, partner: Partner) -> Any:
    def asked(number: vat.VatNumber = NUMBER, actor: User = onboarder, of: Partner = partner) -> VatCheck:
        check = vat_checks.ask(actor=actor, partner=of, number=number)
        assert check is not None
        return check

    return asked


def test_off_nothing_is_asked_kept_or_known(
    vat_register: Register, settings: Settings, ask: Any, onboarder: User, partner: Partner
) -> None:
    ask()
    settings.VIES_URL = ""
    assert vat_checks.ask(actor=onboarder, partner=partner, number=NUMBER) is None
    assert vat_checks.known(partner=partner, number=str(NUMBER)) is None


def test_an_answer_is_kept_in_full(vat_register: Register, ask: Any, partner: Partner, onboarder: User) -> None:
    before = datetime.now(UTC)
    ask()
    check = vat_checks.known(partner=partner, number="BE0999123457")
    assert check is not None
    assert (check.outcome, check.cause, check.tries) == (Outcome.REGISTERED, "", 0)
    assert (check.name, check.address) == ("ZEILMAKERIJ NOORDSTER BV", "Zeildoekstraat 8\n2000 Antwerpen")
    assert (check.identifier, '"isValid": true' in check.raw) == ("", True)
    assert (check.asked_by, check.took is not None and 0 < check.took < 2) == (onboarder, True)
    assert before <= check.asked_at <= datetime.now(UTC)


def test_under_a_vat_number_of_our_own_there_is_a_consultation_number(
    vat_register: Register, ask: Any, settings: Settings
) -> None:
    settings.VIES_REQUESTER = "BE 0123.456.749"
    assert ask().identifier == "WAPI000000000001"
    assert vat_register.requesters == ["BE0123456749"]


def test_a_requester_that_is_not_accepted_is_our_own_fault(
    vat_register: Register, ask: Any, caplog: pytest.LogCaptureFixture
) -> None:
    vat_register.behaviour.says = "INVALID_REQUESTER_INFO"
    for text in ("BE0999123457", "BE0123456749", "BE0477472701", "BE0202239951"):
        check = ask(vat.parse(text))
        assert (check.outcome, check.cause) == (Outcome.NO_ANSWER, Cause.OUR_FAULT)
    assert (len(vat_register.asked), circuit.lets_through("BE")) == (4, True)
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 4
    assert "VIES_REQUESTER" in caplog.text
    assert "0999123457" not in caplog.text


def test_what_was_not_asked_does_not_hide_why_the_last_try_was_in_vain(vat_register: Register, ask: Any) -> None:
    vat_register.behaviour.says = "MS_UNAVAILABLE"
    with time_machine.travel(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), tick=False) as clock:
        ask()
        clock.shift(timedelta(minutes=6))
        for _time in range(circuit.FAILURES):
            circuit.failed("BE")
        check = ask()
    assert (check.cause, check.tried_at) == (Cause.COUNTRY_DOWN, datetime(2026, 11, 22, 9, 0, tzinfo=UTC))
    assert len(vat_register.asked) == 1


def test_words_on_numbers_that_came_to_no_customer_are_deleted_after_a_month(
    vat_register: Register, ask: Any, partner: Partner, other_partner: Partner, capsys: pytest.CaptureFixture[str]
) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), tick=False) as clock:
        for number in (NUMBER, UNKNOWN):
            ask(number)
        builders.make_customer(partner, vat_number=str(NUMBER))
        builders.make_customer(other_partner, vat_number=str(UNKNOWN))
        clock.shift(timedelta(days=29))
        call_command("sweep_vat_checks")
        clock.shift(timedelta(days=2))
        call_command("sweep_vat_checks")
    assert list(VatCheck.objects.values_list("number", flat=True)) == [str(NUMBER)]
    assert capsys.readouterr().out.splitlines() == ["0 VAT checks deleted.", "1 VAT checks deleted."]


def test_an_answer_is_remembered_for_a_day(vat_register: Register, ask: Any) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), tick=False) as clock:
        ask()
        clock.shift(timedelta(hours=23, minutes=59))
        ask()
        assert len(vat_register.asked) == 1
        clock.shift(timedelta(minutes=2))
        ask()
    assert len(vat_register.asked) == 2
    assert VatCheck.objects.count() == 1


def test_a_no_is_remembered_too(vat_register: Register, ask: Any) -> None:
    assert ask(UNKNOWN).outcome == Outcome.NOT_REGISTERED
    ask(UNKNOWN)
    assert vat_register.asked == ["BE0123456749"]


def test_each_partner_asks_for_itself(vat_register: Register, ask: Any, other_partner: Partner, stranger: User) -> None:
    """What another partner asked must not show, not even in how quickly an answer comes."""
    ask()
    ask(actor=stranger, of=other_partner)
    assert len(vat_register.asked) == 2


def test_silence_is_not_waited_for_again_at_once(vat_register: Register, ask: Any) -> None:
    vat_register.behaviour.says = "MS_UNAVAILABLE"
    with time_machine.travel(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), tick=False) as clock:
        check = ask()
        assert (check.outcome, check.cause, check.tries) == (Outcome.NO_ANSWER, Cause.COUNTRY_DOWN, 1)
        ask()
        assert len(vat_register.asked) == 1
        clock.shift(timedelta(minutes=6))
        vat_register.behaviour.says = ""
        check = ask()
    assert (check.outcome, check.cause, check.tries) == (Outcome.REGISTERED, "", 0)


def test_an_answer_that_was_given_outlives_later_silence(vat_register: Register, ask: Any) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), tick=False) as clock:
        given = ask()
        clock.shift(timedelta(hours=25))
        vat_register.behaviour.down = True
        check = ask()
    assert (check.outcome, check.cause, check.tries) == (Outcome.REGISTERED, Cause.SERVICE_DOWN, 1)
    assert (check.name, check.asked_at) == (given.name, given.asked_at)
    assert check.tried_at == given.asked_at + timedelta(hours=25)


def test_a_register_that_changes_its_mind_is_believed(vat_register: Register, ask: Any) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), tick=False) as clock:
        ask()
        clock.shift(timedelta(hours=25))
        vat_register.behaviour.says = "INVALID"
        check = ask()
    assert (check.outcome, check.name, check.address) == (Outcome.NOT_REGISTERED, "", "")


def test_countries_without_a_register_are_noted_without_asking(vat_register: Register, ask: Any) -> None:
    check = ask(vat.parse("GB980780684"))
    assert (check.outcome, check.cause) == (Outcome.NOT_APPLICABLE, Cause.OTHER_COUNTRY)
    ask(vat.parse("GB980780684"))
    assert vat_register.asked == []


@pytest.mark.parametrize("limit", ["PER_USER", "PER_PARTNER"])
def test_whoever_asks_very_often_goes_on_without_an_answer(
    vat_register: Register, ask: Any, colleague: User, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(vat_checks, limit, 1)
    ask()
    check = ask(UNKNOWN)
    assert (check.outcome, check.cause, check.tries) == (Outcome.NO_ANSWER, Cause.RATIONED, 0)
    assert ask(UNKNOWN, colleague).cause == ("" if limit == "PER_USER" else Cause.RATIONED)


def test_questions_are_counted_for_the_hour_also_by_a_cache_in_the_database(
    vat_register: Register, ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vat_checks, "PER_USER", 1)
    in_database = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}
    nine = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    with override_settings(CACHES={"default": in_database}), time_machine.travel(nine, tick=False) as clock:
        call_command("createcachetable", verbosity=0)
        ask()
        clock.shift(timedelta(minutes=59))
        assert ask(UNKNOWN).cause == Cause.RATIONED
        clock.shift(timedelta(minutes=1))
        assert ask(UNKNOWN).cause == ""


def test_after_repeated_failures_nobody_waits(
    vat_register: Register, ask: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VIES_TIMEOUT = 1
    vat_register.behaviour.slow = 30
    for text in ("BE0999123457", "BE0123456749", "BE0477472701"):
        assert ask(vat.parse(text)).cause == Cause.TIMEOUT
    began = time.monotonic()
    check = ask(vat.parse("BE0202239951"))
    assert (check.outcome, check.cause) == (Outcome.NO_ANSWER, Cause.RESTING)
    assert time.monotonic() - began < settings.VIES_TIMEOUT
    assert "BE0202239951" not in vat_register.asked


def test_another_country_is_asked_all_the_same(vat_register: Register, ask: Any) -> None:
    for _time in range(circuit.FAILURES):
        circuit.failed("BE")
    assert ask().cause == Cause.RESTING
    assert ask(vat.parse("NL999124001B83")).outcome == Outcome.REGISTERED


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    cache.clear()
    with time_machine.travel(datetime(2026, 11, 22, 9, 0, tzinfo=UTC), tick=False) as clock:
        yield clock
    cache.clear()


def test_after_a_pause_one_question_is_let_through_and_closes_the_circuit(clock: time_machine.Traveller) -> None:
    for _time in range(circuit.FAILURES):
        assert circuit.lets_through("BE")
        circuit.failed("BE")
    assert not circuit.lets_through("BE")
    assert circuit.resting_until("BE") == datetime(2026, 11, 22, 9, 1, tzinfo=UTC)
    clock.shift(circuit.PAUSE + 1)
    assert [circuit.lets_through("BE") for _time in range(3)] == [True, False, False]
    circuit.answered("BE")
    assert [circuit.lets_through("BE") for _time in range(3)] == [True, True, True]
    assert circuit.resting_until("BE") is None


def test_each_trial_that_fails_lengthens_the_pause(clock: time_machine.Traveller) -> None:
    pauses = []
    for _time in range(circuit.FAILURES - 1):
        circuit.failed("BE")
    for _trial in range(6):
        assert circuit.lets_through("BE")
        circuit.failed("BE")
        until = circuit.resting_until("BE")
        assert until is not None
        pauses.append((until - datetime.now(UTC)).total_seconds())
        clock.shift(pauses[-1] + 1)
    assert pauses == [60, 120, 240, 480, 600, 600]


def test_many_failures_at_the_same_moment_open_it_for_the_shortest_pause(clock: time_machine.Traveller) -> None:
    for _time in range(20):
        circuit.failed("BE")
    assert circuit.resting(["BE", "NL"]) == {"BE": datetime(2026, 11, 22, 9, 1, tzinfo=UTC)}


def test_an_answer_in_between_forgives_failures() -> None:
    cache.clear()
    for _time in range(3):
        for _failure in range(circuit.FAILURES - 1):
            circuit.failed("BE")
        circuit.answered("BE")
    assert circuit.lets_through("BE")
    cache.clear()
