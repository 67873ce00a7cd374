"""Asking the VAT register again in the background, until there is an answer or nobody waits for one."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from approvals import vat_rechecks
from approvals.models import RegistrationRequest
from approvals.workflow import State
from customers import circuit, vat, vat_checks, vies
from customers.models import Partner, VatCheck
from customers.vies import Cause, Outcome
from portal.demo.register import Register
from portal.models import User
from tests.builders import belgian_vat
from tests.request_builders import make_request
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db

NUMBER = "BE0999123457"
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def silent(vat_register: Register) -> Register:
    vat_register.behaviour.says = "MS_UNAVAILABLE"
    return vat_register


@pytest.fixture
def waiting(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder, vat_number=NUMBER)


@pytest.fixture
def check(clock: time_machine.Traveller, silent: Register, waiting: RegistrationRequest, onboarder: User) -> VatCheck:
    """A number that was asked about in vain, and is planned to be asked about again."""
    check = vat_checks.ask(actor=onboarder, partner=waiting.partner, number=vat.parse(NUMBER))
    assert check is not None
    vat_rechecks.plan(check)
    return check


def planned() -> int:
    return DBTaskResult.objects.ready().count() + DBTaskResult.objects.filter(run_after__gt=datetime.now(UTC)).count()


def test_it_is_asked_again_until_it_answers(check: VatCheck, clock: time_machine.Traveller, silent: Register) -> None:
    run_queued_tasks()
    assert len(silent.asked) == 1
    clock.shift(timedelta(minutes=1))
    run_queued_tasks()
    check.refresh_from_db()
    assert (len(silent.asked), check.tries, check.cause) == (2, 2, Cause.COUNTRY_DOWN)

    silent.behaviour.says = ""
    clock.shift(timedelta(minutes=1))
    run_queued_tasks()
    check.refresh_from_db()
    assert (check.outcome, check.tries, check.next_try_at) == (Outcome.REGISTERED, 0, None)
    clock.shift(timedelta(days=1))
    run_queued_tasks()
    assert len(silent.asked) == 3


def test_pauses_grow_and_end_after_a_week(check: VatCheck, clock: time_machine.Traveller) -> None:
    pauses = []
    while check.next_try_at is not None:
        pauses.append(check.next_try_at - datetime.now(UTC))
        clock.move_to(check.next_try_at)
        run_queued_tasks()
        check.refresh_from_db()
    minutes = [round(pause.total_seconds() / 60) for pause in pauses]
    assert minutes[:9] == [1, 1, 2, 4, 8, 16, 32, 64, 128]
    assert set(minutes[11:]) == {360}
    assert timedelta(days=7) < datetime.now(UTC) - START < timedelta(days=7, hours=7)
    assert (check.outcome, planned()) == (Outcome.NO_ANSWER, 0)


@pytest.mark.parametrize("state", [State.APPROVED, State.REJECTED, State.WITHDRAWN])
def test_once_decided_nobody_is_asked(
    check: VatCheck, clock: time_machine.Traveller, silent: Register, waiting: RegistrationRequest, state: State
) -> None:
    RegistrationRequest.objects.update(state=state.value, reason="Over.", due_at=None)
    clock.shift(timedelta(minutes=1))
    run_queued_tasks()
    check.refresh_from_db()
    assert (len(silent.asked), check.next_try_at, planned()) == (1, None, 0)


def test_however_often_it_is_planned_or_run_it_asks_once(
    check: VatCheck, clock: time_machine.Traveller, silent: Register
) -> None:
    for _time in range(3):
        vat_rechecks.plan(VatCheck.objects.get())
        vat_rechecks.ask_again.enqueue(check.pk)
    run_queued_tasks()
    assert len(silent.asked) == 1
    clock.shift(timedelta(minutes=1))
    vat_rechecks.ask_again.enqueue(check.pk)
    run_queued_tasks()
    assert len(silent.asked) == 2


def test_a_number_whose_worker_was_killed_is_asked_about_again_once(
    check: VatCheck, clock: time_machine.Traveller, silent: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.shift(timedelta(minutes=1))
    claimed = vat_rechecks._claim(check.pk)
    DBTaskResult.objects.all().delete()
    assert claimed is not None
    call_command("requeue_vat_checks")
    run_queued_tasks()
    assert len(silent.asked) == 1

    clock.shift(2 * vat_rechecks.CLAIM)
    call_command("requeue_vat_checks")
    call_command("requeue_vat_checks")
    run_queued_tasks()
    assert len(silent.asked) == 2
    assert capsys.readouterr().out.splitlines()[1:] == ["VAT numbers queued again: 1."] * 2


def test_a_country_that_is_down_is_asked_now_and_then_however_many_numbers_wait(
    clock: time_machine.Traveller, silent: Register, partner: Partner, onboarder: User
) -> None:
    for serial in range(20):
        number = vat.parse(belgian_vat(8_100_000 + serial))
        make_request(partner, onboarder, vat_number=str(number))
        check = vat_checks.ask(actor=onboarder, partner=partner, number=number)
        assert check is not None
        vat_rechecks.plan(check)
    assert len(silent.asked) == circuit.FAILURES
    for _minute in range(60):
        clock.shift(timedelta(minutes=1))
        run_queued_tasks()
    assert len(silent.asked) <= circuit.FAILURES + 10
    assert VatCheck.objects.filter(next_try_at__gt=datetime.now(UTC)).count() == 20

    silent.behaviour.says = ""
    for _minute in range(120):
        clock.shift(timedelta(minutes=1))
        run_queued_tasks()
    assert set(VatCheck.objects.values_list("outcome", flat=True)) == {Outcome.NOT_REGISTERED}
    assert len(set(silent.asked)) == 20


def test_while_a_country_rests_nobody_forgets_why_its_numbers_got_no_answer(
    check: VatCheck, clock: time_machine.Traveller, silent: Register
) -> None:
    for _time in range(circuit.FAILURES):
        circuit.failed("BE")
    clock.shift(timedelta(seconds=59))
    VatCheck.objects.update(next_try_at=datetime.now(UTC))
    assert vat_rechecks.ask_again.func(check.pk) == "left alone"
    check.refresh_from_db()
    assert (check.cause, check.tries, len(silent.asked)) == (Cause.COUNTRY_DOWN, 1, 1)


def test_what_was_answered_meanwhile_is_not_lost_to_a_try_that_got_none(
    check: VatCheck, clock: time_machine.Traveller, silent: Register, onboarder: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = vat.parse(NUMBER)
    clock.shift(timedelta(minutes=1))

    def asks_in_vain_while_somebody_is_answered(*_args: Any, **_options: Any) -> vies.Answer:
        monkeypatch.undo()
        silent.behaviour.says = ""
        clock.shift(timedelta(seconds=1))
        vat_checks.ask_anew(actor=onboarder, partner=check.partner, number=number)
        return vies.no_answer(Cause.TIMEOUT, datetime.now(UTC))

    monkeypatch.setattr(vies, "ask", asks_in_vain_while_somebody_is_answered)
    run_queued_tasks()
    check.refresh_from_db()
    assert (check.outcome, check.cause, check.next_try_at) == (Outcome.REGISTERED, "", None)


def test_a_number_whose_try_was_lost_is_planned_anew_when_somebody_asks(
    check: VatCheck, clock: time_machine.Traveller
) -> None:
    DBTaskResult.objects.all().delete()
    clock.shift(timedelta(minutes=5))
    vat_rechecks.plan(check)
    assert planned() == 0
    clock.shift(timedelta(minutes=2))
    vat_rechecks.plan(check)
    assert planned() == 1


def test_switched_off_it_stops(check: VatCheck, clock: time_machine.Traveller, settings: Settings) -> None:
    settings.VIES_URL = ""
    clock.shift(timedelta(minutes=1))
    run_queued_tasks()
    check.refresh_from_db()
    assert check.next_try_at is None
