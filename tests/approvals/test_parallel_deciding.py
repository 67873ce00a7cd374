"""Two approvers at the same moment, fifty rounds of it: always one outcome, and the other is told by name."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from approvals import bulk, holding
from approvals.bulk import Act, Chosen
from approvals.decision_refusals import HeldByOther
from approvals.decisions import decide
from approvals.models import Decision, FirstApproval, RegistrationRequest
from approvals.refusals import Refusal, WrongState
from approvals.workflow import Move, State
from customers.models import Event, Partner
from portal.models import User
from tests import builders
from tests.approvals.test_parallel import at_once, fresh, kinds
from tests.request_builders import days_ago, make_request

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 50
LIABILITY = "We have no such agreement. Brightcloud accepts all legal liability for this customer."
Press = Callable[[User], Any]


def now_of(request: RegistrationRequest) -> RegistrationRequest:
    return RegistrationRequest.objects.get(pk=request.pk)


def actions(request: RegistrationRequest) -> list[str]:
    events = Event.objects.filter(reference=request.reference).exclude(
        action__in=["request.started", "request.submitted"]
    )
    return list(events.order_by("pk").values_list("action", flat=True))


def refused(outcomes: list[Any]) -> Refusal:
    (found,) = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    return found


def test_of_two_who_take_one_gets_it(partner: Partner, onboarder: User, approver: User, second_approver: User) -> None:
    for _ in range(ROUNDS):
        request = make_request(partner, onboarder)
        outcomes = at_once(
            *[partial(holding.take, actor=fresh(actor), request=request) for actor in (approver, second_approver)]
        )

        assert kinds(outcomes) == {"RegistrationRequest": 1, "HeldByOther": 1}
        told = refused(outcomes)
        assert isinstance(told, HeldByOther)
        assert told.holder == now_of(request).held_by
        assert actions(request) == ["request.taken"]


def test_of_two_who_take_over_from_a_third_one_gets_it(
    partner: Partner, onboarder: User, approver: User, second_approver: User
) -> None:
    third = builders.make_user("approver3@arxus.example", is_staff=True, groups=("Approvers",))
    for _ in range(ROUNDS):
        request = make_request(partner, onboarder)
        holding.take(actor=third, request=request)
        take_over = partial(holding.take_over, request=request, expected_holder=third)
        outcomes = at_once(*[partial(take_over, actor=fresh(actor)) for actor in (approver, second_approver)])

        assert kinds(outcomes) == {"RegistrationRequest": 1, "HeldByOther": 1}
        told = refused(outcomes)
        assert isinstance(told, HeldByOther)
        assert told.holder == now_of(request).held_by != third
        assert actions(request) == ["request.taken", "request.taken_over"]


def test_deciding_and_taking_over_at_once_is_one_of_the_two(
    partner: Partner, onboarder: User, approver: User, second_approver: User
) -> None:
    for _ in range(ROUNDS):
        request = make_request(partner, onboarder)
        holding.take(actor=approver, request=request)
        outcomes = at_once(
            partial(decide, actor=fresh(approver), request=now_of(request), move=Move.APPROVE, version=1),
            partial(holding.take_over, actor=fresh(second_approver), request=request, expected_holder=approver),
        )

        told, current = refused(outcomes), now_of(request)
        if isinstance(told, HeldByOther):
            assert (told.holder, current.state, current.held_by) == (second_approver, State.SUBMITTED, second_approver)
            assert not Decision.objects.filter(submission__request=request).exists()
        else:
            assert isinstance(told, WrongState)
            assert (told.by, current.state, current.held_by) == ("Sofie Dhondt", State.APPROVED, None)


def test_of_two_who_decide_on_what_nobody_held_one_does(
    partner: Partner, onboarder: User, approver: User, second_approver: User
) -> None:
    for _ in range(ROUNDS):
        request = make_request(partner, onboarder)
        press = partial(decide, move=Move.REJECT, version=1, reason="Not a company.")
        outcomes = at_once(
            *[partial(press, actor=fresh(actor), request=now_of(request)) for actor in (approver, second_approver)]
        )

        assert kinds(outcomes) == {"Decision": 1, "WrongState": 1}
        assert actions(request) == ["request.taken", "request.rejected"]


def test_of_two_first_approvals_at_once_one_is_first_and_the_other_second(
    partner: Partner, onboarder: User, approver: User, second_approver: User
) -> None:
    for _ in range(ROUNDS):
        request = make_request(partner, onboarder, liability=LIABILITY)
        press = partial(decide, move=Move.APPROVE, version=1)
        outcomes = at_once(
            *[partial(press, actor=fresh(actor), request=now_of(request)) for actor in (approver, second_approver)]
        )

        assert kinds(outcomes) == {"FirstApproval": 1, "Decision": 1}
        decision = Decision.objects.get(submission__request=request)
        first = FirstApproval.objects.get(submission__request=request)
        assert {first.approved_by, decision.decided_by} == {approver, second_approver}
        assert decision.first_approved_by == first.approved_by


def test_one_person_pressing_six_times_is_never_both_approvers(
    partner: Partner, onboarder: User, approver: User
) -> None:
    for _ in range(ROUNDS // 5):
        request = make_request(partner, onboarder, liability=LIABILITY)
        press = partial(decide, move=Move.APPROVE, version=1)
        outcomes = at_once(*[partial(press, actor=fresh(approver), request=now_of(request)) for _press in range(6)])

        assert kinds(outcomes) == {"FirstApproval": 1, "SecondApproverNeeded": 5}
        assert now_of(request).state == State.SUBMITTED


def test_of_two_who_approve_many_each_request_is_approved_once(
    partner: Partner, onboarder: User, approver: User, second_approver: User
) -> None:
    requests = [make_request(partner, onboarder, submitted_at=days_ago(days)) for days in range(1, ROUNDS // 2)]
    chosen = [Chosen(reference=request.reference, version=1) for request in requests]
    outcomes = at_once(
        *[
            partial(bulk.act, actor=fresh(actor), act=Act.APPROVE, chosen=chosen)
            for actor in (approver, second_approver)
        ]
    )

    for lines in zip(*outcomes, strict=True):
        assert sorted(line.is_done for line in lines) == [False, True]
    assert Decision.objects.count() == len(requests)


def test_those_who_take_up_the_oldest_at_once_get_one_each(partner: Partner, onboarder: User) -> None:
    team = [builders.make_user(is_staff=True, groups=("Approvers",)) for _ in range(4)]
    for _ in range(ROUNDS // 5):
        requests = [make_request(partner, onboarder) for _request in team]
        outcomes = at_once(*[partial(holding.take_oldest, actor=fresh(actor)) for actor in team])

        assert sorted(outcome.pk for outcome in outcomes) == [request.pk for request in requests]
        RegistrationRequest.objects.update(state=State.WITHDRAWN, held_by=None, held_at=None, due_at=None)
