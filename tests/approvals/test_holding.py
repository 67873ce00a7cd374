"""Taking a request, giving it back, taking it over: everybody sees who is on it, and only they decide."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from approvals import holding, timeline
from approvals.decision_refusals import HeldByOther, NotHeld
from approvals.decisions import decide
from approvals.models import RegistrationRequest
from approvals.refusals import OwnRequest, RequestGone, WrongState
from approvals.withdrawal import withdraw
from approvals.workflow import Move, State
from customers.models import Event, Partner
from portal.models import User
from tests.approvals import filled, talk
from tests.portal.reading import text_of
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

LAPSES = timedelta(minutes=30)
SignIn = Callable[[User], Client]


@pytest.fixture
def sent(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder)


def held(request: RegistrationRequest) -> User | None:
    return RegistrationRequest.objects.get(pk=request.pk).holder()


def told(request: RegistrationRequest) -> list[tuple[str, dict[str, Any]]]:
    events = Event.objects.filter(reference=request.reference, action__contains="request.").order_by("pk")
    return [(event.action, event.facts) for event in events if event.action.split(".")[1] in HOLDS]


HOLDS = ("taken", "given_back", "taken_over")


def test_whoever_takes_it_holds_it_and_gives_it_back(sent: RegistrationRequest, approver: User) -> None:
    holding.take(actor=approver, request=sent)
    assert held(sent) == approver

    holding.give_back(actor=approver, request=sent)
    assert held(sent) is None
    assert told(sent) == [("request.taken", {}), ("request.given_back", {})]


def test_taking_over_says_from_whom(sent: RegistrationRequest, approver: User, second_approver: User) -> None:
    holding.take(actor=approver, request=sent)
    holding.take_over(actor=second_approver, request=sent, expected_holder=approver)

    assert held(sent) == second_approver
    assert told(sent)[-1] == ("request.taken_over", {"from": "Sofie Dhondt"})
    with pytest.raises(HeldByOther) as refusal:
        decide(actor=approver, request=sent, move=Move.APPROVE, version=1)
    assert refusal.value.holder == second_approver
    assert "Karim Benali holds this request since" in refusal.value.words


def test_taking_over_from_somebody_who_no_longer_has_it_takes_it_from_nobody_else(
    sent: RegistrationRequest, approver: User, second_approver: User, csm: User
) -> None:
    holding.take(actor=second_approver, request=sent)

    with pytest.raises(HeldByOther) as refusal:
        holding.take_over(actor=approver, request=sent, expected_holder=csm)

    assert (refusal.value.holder, held(sent)) == (second_approver, second_approver)


@pytest.mark.parametrize("mine", [False, True])
def test_taking_over_what_nobody_or_oneself_holds_takes_it(
    mine: bool, sent: RegistrationRequest, approver: User, second_approver: User
) -> None:
    if mine:
        holding.take(actor=approver, request=sent)
    holding.take_over(actor=approver, request=sent, expected_holder=second_approver)

    assert held(sent) == approver
    assert told(sent) == [("request.taken", {})]


def test_an_idle_hold_lapses_and_anybody_takes_it_then(
    sent: RegistrationRequest, approver: User, second_approver: User
) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        holding.take(actor=approver, request=sent)
        clock.shift(LAPSES - timedelta(seconds=1))
        with pytest.raises(HeldByOther):
            holding.take(actor=second_approver, request=sent)
        clock.shift(timedelta(seconds=1))
        assert held(sent) is None
        holding.take(actor=second_approver, request=sent)
        assert held(sent) == second_approver


def test_what_the_holder_does_begins_the_time_anew_and_what_others_do_does_not(
    sent: RegistrationRequest, approver: User, second_approver: User
) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        holding.take(actor=approver, request=sent)
        clock.shift(LAPSES / 2)
        holding.renew(actor=approver, request=sent)
        clock.shift(LAPSES / 2)
        holding.take(actor=approver, request=sent)
        holding.renew(actor=second_approver, request=sent)
        clock.shift(LAPSES - timedelta(seconds=1))
        assert held(sent) == approver
        clock.shift(timedelta(seconds=1))
        holding.renew(actor=approver, request=sent)
        assert held(sent) is None
    assert told(sent) == [("request.taken", {})]


def test_how_long_a_hold_lasts_is_a_setting(sent: RegistrationRequest, approver: User, settings: Any) -> None:
    settings.HOLD_MINUTES = 5
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        holding.take(actor=approver, request=sent)
        clock.shift(timedelta(minutes=5))
        assert held(sent) is None


def test_writing_about_it_is_an_act_of_the_holder(sent: RegistrationRequest, approver: User) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        holding.take(actor=approver, request=sent)
        clock.shift(LAPSES - timedelta(seconds=1))
        talk.note(approver, sent, "Called them.")
        clock.shift(LAPSES - timedelta(seconds=1))
        assert held(sent) == approver


@pytest.mark.parametrize("after", ["never", "given back", "lapsed and taken by another"])
def test_what_one_does_not_hold_one_does_not_give_back(
    after: str, sent: RegistrationRequest, approver: User, second_approver: User
) -> None:
    start = timezone.now()
    expected: type[Exception] = NotHeld
    with time_machine.travel(start, tick=False) as clock:
        if after != "never":
            holding.take(actor=approver, request=sent)
        if after == "given back":
            holding.give_back(actor=approver, request=sent)
        if after.startswith("lapsed"):
            clock.shift(LAPSES)
            holding.take(actor=second_approver, request=sent)
            expected = HeldByOther
        with pytest.raises(expected):
            holding.give_back(actor=approver, request=sent)


def test_a_withdrawn_request_is_nobodys_to_hold(sent: RegistrationRequest, approver: User, onboarder: User) -> None:
    holding.take(actor=approver, request=sent)
    withdraw(actor=onboarder, request=RegistrationRequest.objects.get(pk=sent.pk))

    assert held(sent) is None
    with pytest.raises(WrongState):
        holding.take(actor=approver, request=sent)


def test_a_request_that_comes_back_is_free(partner: Partner, onboarder: User, approver: User) -> None:
    sent = filled.sent(partner, onboarder)
    holding.take(actor=approver, request=sent)
    decide(actor=approver, request=sent, move=Move.ASK_FOR_CHANGES, version=1, reason="Which Ines?")
    filled.confirm(onboarder, sent)

    assert held(sent) is None


def test_a_draft_that_was_deleted_is_not_taken(partner: Partner, onboarder: User, approver: User) -> None:
    draft = make_request(partner, onboarder, State.DRAFT)
    gone = RegistrationRequest.objects.get(pk=draft.pk)
    draft.delete()
    with pytest.raises(RequestGone):
        holding.take(actor=approver, request=gone)


@pytest.mark.parametrize(
    "fields",
    [{"held_by": None}, {"held_at": None}, {"state": State.APPROVED.value}],
    ids=["nobody", "no time", "decided"],
)
def test_the_database_knows_no_half_a_hold_and_none_on_what_is_decided(
    fields: dict[str, Any], sent: RegistrationRequest, approver: User
) -> None:
    holding.take(actor=approver, request=sent)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegistrationRequest.objects.filter(pk=sent.pk).update(**fields)


class TestTheOldest:
    def test_is_the_first_that_one_could_decide_on(
        self, partner: Partner, onboarder: User, approver: User, second_approver: User
    ) -> None:
        held_by_another, own, first_of_two, granted, mine, wanted = (make_request(partner, onboarder) for _ in range(6))
        holding.take(actor=second_approver, request=held_by_another)
        own.submissions.update(submitted_by=approver)
        first_of_two.submissions.update(snapshot=first_of_two.submissions.get().snapshot | {"liability": "We are."})
        decide(actor=approver, request=first_of_two, move=Move.APPROVE, version=1)
        RegistrationRequest.objects.filter(pk=granted.pk).update(
            approval_exception=True, exception_granted_by=approver, exception_reason="On paper."
        )
        holding.take(actor=approver, request=mine)

        assert holding.take_oldest(actor=approver) == wanted
        assert held(wanted) == approver
        assert holding.take_oldest(actor=approver) is None

    def test_of_a_colleagues_lapsed_hold_counts_as_free(
        self, sent: RegistrationRequest, approver: User, second_approver: User
    ) -> None:
        start = timezone.now()
        with time_machine.travel(start, tick=False) as clock:
            holding.take(actor=second_approver, request=sent)
            assert holding.take_oldest(actor=approver) is None
            clock.shift(LAPSES)
            assert holding.take_oldest(actor=approver) == sent


def test_partners_read_nothing_of_holds_and_first_approvals(
    partner: Partner, onboarder: User, approver: User, second_approver: User, signed_in: SignIn
) -> None:
    sent = make_request(partner, onboarder, liability="We are liable.")
    page = f"/requests/{sent.reference}/"
    with time_machine.travel(timezone.now(), tick=False):
        before = text_of(signed_in(onboarder).get(page))
        holding.take(actor=approver, request=sent)
        holding.take_over(actor=second_approver, request=sent, expected_holder=approver)
        holding.give_back(actor=second_approver, request=sent)
        decide(actor=approver, request=sent, move=Move.APPROVE, version=1)
        holding.take(actor=second_approver, request=sent)
        after = text_of(signed_in(onboarder).get(page))
    events = Event.objects.filter(reference=sent.reference)

    assert after == before
    assert [entry.text for entry in timeline.entries(timeline.told_to(events, onboarder), onboarder)] == [
        "You sent the request",
        "You started the request",
    ]
    assert len(timeline.told_to(events, approver)) == len(events) > 6


def test_nobody_takes_what_they_sent(partner: Partner, approver: User) -> None:
    own = make_request(partner, approver)
    with pytest.raises(OwnRequest):
        holding.take(actor=approver, request=own)
