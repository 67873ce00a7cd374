"""The clock of a request: it runs while Arxus has to act and stands still while the partner has."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from pytest_django import Settings

from approvals import promise
from approvals.clock import Clock, Haste, clock_of, due_at_of, duration
from approvals.decisions import decide
from approvals.models import RegistrationRequest, Submission
from approvals.withdrawal import withdraw
from approvals.workflow import Move, State
from customers.models import Partner
from portal.models import User
from tests.approvals import filled
from tests.approvals.test_working_time import at, hours
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

MONDAY = "2026-11-23 10:00"


def clock_at(request: RegistrationRequest, moment: str) -> Clock:
    request.refresh_from_db()
    return clock_of(request, list(request.submissions.select_related("decision")), at(moment))


def sent_at(moment: str, partner: Partner, actor: User) -> RegistrationRequest:
    with time_machine.travel(at(moment), tick=False):
        return filled.sent(partner, actor)


def asked_at(moment: str, request: RegistrationRequest, actor: User, version: int = 1) -> None:
    with time_machine.travel(at(moment), tick=False):
        decide(actor=actor, request=request, move=Move.ASK_FOR_CHANGES, version=version, reason="Which Ines?")


def sent_again_at(moment: str, request: RegistrationRequest, actor: User) -> Submission:
    with time_machine.travel(at(moment), tick=False):
        return filled.confirm(actor, request)


class TestRunning:
    @pytest.mark.parametrize(
        ("moment", "used", "haste", "words"),
        [
            (MONDAY, 0, Haste.CALM, "8 h left"),
            ("2026-11-23 10:20", 1 / 3, Haste.CALM, "7 h left"),
            ("2026-11-23 16:00", 6, Haste.SOON, "2 h left"),
            ("2026-11-24 09:35", 7 + 35 / 60, Haste.SOON, "25 min left"),
            ("2026-11-24 10:00", 8, Haste.LATE, "0 min left"),
            ("2026-11-24 11:10", 9 + 1 / 6, Haste.LATE, "1 h 10 min late"),
            ("2026-11-24 23:00", 15, Haste.LATE, "7 h late"),
            ("2026-11-27 10:00", 32, Haste.LATE, "3 working days late"),
        ],
    )
    def test_it_counts_working_hours_since_it_was_sent(
        self, moment: str, used: float, haste: Haste, words: str, partner: Partner, onboarder: User
    ) -> None:
        clock = clock_at(sent_at(MONDAY, partner, onboarder), moment)
        assert (clock.used, clock.haste, clock.words, clock.is_paused) == (hours(used), haste, words, False)

    def test_the_answer_is_due_after_a_working_day(self, partner: Partner, onboarder: User) -> None:
        request = sent_at("2026-11-20 14:00", partner, onboarder)
        assert request.due_at == at("2026-11-23 14:00")
        assert clock_at(request, "2026-11-20 14:00").due_at == request.due_at
        assert clock_at(request, "2026-11-26 09:00").due_at == request.due_at

    def test_target_and_limits_are_settings(self, settings: Settings, partner: Partner, onboarder: User) -> None:
        settings.ANSWER_TARGET_HOURS, settings.ANSWER_AMBER_HOURS, settings.ANSWER_RED_HOURS = 4, 3, 1
        request = sent_at(MONDAY, partner, onboarder)
        assert request.due_at == at("2026-11-23 14:00")
        found = [clock_at(request, f"2026-11-23 {hour}:00").haste for hour in (10, 11, 13)]
        assert found == [Haste.CALM, Haste.SOON, Haste.LATE]


class TestPaused:
    def test_it_stands_still_while_the_partner_has_it(self, partner: Partner, onboarder: User, approver: User) -> None:
        request = sent_at(MONDAY, partner, onboarder)
        asked_at("2026-11-23 13:00", request, approver)
        clock = clock_at(request, "2026-11-27 17:00")
        assert (clock.used, clock.due_at, clock.is_paused, clock.words) == (hours(3), None, True, "Paused, 3 h used")
        assert request.due_at is None

    def test_it_goes_on_where_it_stopped(self, partner: Partner, onboarder: User, approver: User) -> None:
        request = sent_at(MONDAY, partner, onboarder)
        asked_at("2026-11-23 13:00", request, approver)
        sent_again_at("2026-11-25 09:00", request, onboarder)
        clock = clock_at(request, "2026-11-25 11:00")
        assert (clock.used, clock.left, clock.due_at) == (hours(5), hours(3), at("2026-11-25 14:00"))
        assert request.due_at == at("2026-11-25 14:00")

    def test_three_versions_add_up(self, partner: Partner, onboarder: User, approver: User) -> None:
        request = sent_at(MONDAY, partner, onboarder)
        asked_at("2026-11-23 12:00", request, approver)
        sent_again_at("2026-11-24 16:00", request, onboarder)
        asked_at("2026-11-25 10:00", request, approver, version=2)
        sent_again_at("2026-11-30 20:00", request, onboarder)
        assert clock_at(request, "2026-12-01 10:00").used == hours(2 + 2 + 1)
        assert request.due_at == at("2026-12-01 13:00")

    def test_what_was_late_before_is_late_at_once_when_it_comes_back(
        self, partner: Partner, onboarder: User, approver: User
    ) -> None:
        request = sent_at(MONDAY, partner, onboarder)
        asked_at("2026-11-24 12:00", request, approver)
        sent_again_at("2026-11-26 09:00", request, onboarder)
        clock = clock_at(request, "2026-11-26 10:00")
        assert (clock.words, clock.due_at) == ("3 h late", at("2026-11-24 10:00"))

    def test_nothing_is_due_once_it_is_decided(self, partner: Partner, onboarder: User, approver: User) -> None:
        request = sent_at(MONDAY, partner, onboarder)
        with time_machine.travel(at("2026-11-23 15:00"), tick=False):
            decide(actor=approver, request=request, move=Move.REJECT, version=1, reason="Not a company.")
        assert (clock_at(request, "2026-12-23 15:00").used, request.due_at) == (hours(5), None)

    def test_nothing_is_due_once_it_is_withdrawn(self, partner: Partner, onboarder: User) -> None:
        request = sent_at(MONDAY, partner, onboarder)
        with time_machine.travel(at("2026-11-23 11:00"), tick=False):
            withdraw(actor=onboarder, request=request)
        assert (clock_at(request, "2026-12-23 15:00").used, request.due_at) == (hours(1), None)

    def test_a_draft_has_used_nothing(self, partner: Partner, onboarder: User) -> None:
        request = make_request(partner, onboarder, State.DRAFT)
        assert (clock_of(request, []).used, due_at_of(request)) == (timedelta(), None)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 min"),
        (59.9, "59 min"),
        (60, "1 h"),
        (130, "2 h 10 min"),
        (200, "3 h"),
        (15.9 * 60, "15 h"),
        (16 * 60, "2 working days"),
        (47 * 60, "5 working days"),
    ],
)
def test_working_time_in_words(minutes: float, words: str) -> None:
    assert duration(timedelta(minutes=minutes)) == words


class TestPromise:
    """What the partner reads: a moment, on a quarter of an hour, never sooner than the answer is due."""

    @pytest.mark.parametrize(
        ("due", "named"),
        [
            ("2026-11-24 14:00", "Tuesday 24 November, 14:00"),
            ("2026-11-24 14:00:01", "Tuesday 24 November, 14:15"),
            ("2026-11-24 14:46", "Tuesday 24 November, 15:00"),
            ("2026-11-24 17:00", "Tuesday 24 November, 17:00"),
        ],
    )
    def test_the_moment_that_is_named(self, due: str, named: str) -> None:
        assert promise.moment(at(due)) == named

    def test_a_moment_is_named_on_the_clock_of_brussels(self) -> None:
        assert promise.moment(datetime(2026, 7, 1, 10, tzinfo=ZoneInfo("UTC"))) == "Wednesday 1 July, 12:00"

    def test_before_and_after_it_has_passed(self, partner: Partner, onboarder: User) -> None:
        request = sent_at("2026-11-23 13:50", partner, onboarder)
        before, after = at("2026-11-24 14:00"), at("2026-11-24 14:01")
        assert promise.sentence(request, before) == "We answer by Tuesday 24 November, 14:00."
        assert promise.short(request, before) == "Answer by Tue 24 Nov, 14:00"
        assert promise.sentence(request, after) == (
            "Our answer is late: we said Tuesday 24 November, 14:00. We are on it, and there is nothing to do for you."
        )
        assert promise.short(request, after) == "Our answer is late"

    @pytest.mark.parametrize("state", [state for state in State if state is not State.SUBMITTED])
    def test_nothing_is_promised_where_nothing_is_due(self, state: State, partner: Partner, onboarder: User) -> None:
        request = make_request(partner, onboarder, state)
        assert (promise.sentence(request), promise.short(request)) == ("", "")
