"""Deciding on the decision page: what happens, and what is told where it does not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from approvals.decisions import decide
from approvals.desk.recent import PAUSE
from approvals.models import Decision, RegistrationRequest
from approvals.workflow import Move, State
from customers.models import CustomerStatus, Partner
from portal.models import User
from tests import builders, request_builders
from tests.portal.reading import text_of
from tests.request_builders import days_ago, make_request

pytestmark = pytest.mark.django_db

QUEUE = "/admin/approvals/registrationrequest/"
REASON = "Which Ines?\n<b>There</b> are {{ two }}."
SignIn = Callable[[User], Client]


def page_of(request: RegistrationRequest) -> str:
    return f"{QUEUE}{request.reference}/change/"


def send(client: Client, request: RegistrationRequest, move: str, **data: Any) -> Any:
    return client.post(f"{QUEUE}{request.reference}/decide/{move}/", {"version": "1", **data})


@pytest.fixture
def staff(approver: User, signed_in: SignIn) -> Client:
    return signed_in(approver)


@pytest.fixture
def sent(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder, name="Kempenvaart Logistiek NV", submitted_at=days_ago(2))


def test_approving_makes_the_customer_active_and_leads_to_the_next_request(
    staff: Client, sent: RegistrationRequest, partner: Partner, onboarder: User
) -> None:
    make_request(partner, onboarder, submitted_at=days_ago(3))
    following = make_request(partner, onboarder, submitted_at=days_ago(1))

    response = send(staff, sent, "approve")

    assert (response.status_code, response["Location"]) == (302, page_of(following))
    sent.refresh_from_db()
    assert sent.customer is not None
    assert (sent.state, sent.customer.status) == (State.APPROVED, CustomerStatus.ACTIVE)
    told = f"Kempenvaart Logistiek NV ({sent.reference}) is approved. Brightcloud is told."
    assert told in text_of(staff.get(response["Location"]))


def test_after_the_last_of_the_queue_comes_its_oldest(
    staff: Client, sent: RegistrationRequest, partner: Partner, onboarder: User
) -> None:
    oldest = make_request(partner, onboarder, submitted_at=days_ago(9))

    assert send(staff, sent, "approve")["Location"] == page_of(oldest)


def test_after_the_only_request_comes_the_empty_queue(staff: Client, sent: RegistrationRequest) -> None:
    response = send(staff, sent, "approve")

    assert response["Location"] == QUEUE
    assert "Nothing waits for us" in text_of(staff.get(QUEUE))


@pytest.mark.parametrize(("move", "state"), [("ask_for_changes", State.CHANGES_REQUESTED), ("reject", State.REJECTED)])
def test_the_other_decisions_carry_the_reason_the_partner_reads(
    move: str, state: State, staff: Client, sent: RegistrationRequest
) -> None:
    assert send(staff, sent, move, reason=f"  {REASON}\r\n").status_code == 302

    sent.refresh_from_db()
    assert (sent.state, sent.reason) == (state, REASON)


@pytest.mark.parametrize(
    ("move", "words"),
    [("ask_for_changes", "Pick at least one field, or write what should change."), ("reject", "Write down why")],
)
@pytest.mark.parametrize("reason", ["", "  \r\n ", "\u200b\u200b"])
def test_a_decision_without_its_reason_is_not_made_and_says_so(
    move: str, words: str, reason: str, staff: Client, sent: RegistrationRequest
) -> None:
    response = send(staff, sent, move, reason=reason)

    assert words in text_of(response)
    assert response.context["opened"] == move
    assert not Decision.objects.exists()


def test_a_reason_that_is_too_long_is_kept_for_shortening(staff: Client, sent: RegistrationRequest) -> None:
    response = send(staff, sent, "reject", reason="x" * 4001)

    assert "Keep it under 4000 characters; this is 4001." in text_of(response)
    assert "x" * 4001 in response.content.decode()
    assert b"<title>Error:" in response.content
    assert not Decision.objects.exists()


@pytest.mark.parametrize("move", ["approve", "ask_for_changes", "reject"])
def test_nothing_is_decided_by_a_get(move: str, staff: Client, sent: RegistrationRequest) -> None:
    response = staff.get(f"{QUEUE}{sent.reference}/decide/{move}/?version=1&reason=x")

    assert (response.status_code, response["Location"]) == (302, page_of(sent))
    assert not Decision.objects.exists()


@pytest.mark.parametrize("move", ["submit", "withdraw", "discard", "nonsense"])
def test_moves_that_are_no_decisions_have_no_address(move: str, staff: Client, sent: RegistrationRequest) -> None:
    assert send(staff, sent, move, reason="x").status_code == 404


@pytest.mark.parametrize("version", ["", "abc", "0", "-1", "99999999999999999999"])
def test_a_decision_on_no_version_is_not_made(version: str, staff: Client, sent: RegistrationRequest) -> None:
    response = send(staff, sent, "approve", version=version)

    assert response.status_code == 200
    assert not Decision.objects.exists()


def test_the_second_of_two_approvers_is_told_who_was_first_and_keeps_the_reason(
    staff: Client, sent: RegistrationRequest, second_approver: User
) -> None:
    decide(actor=second_approver, request=sent, move=Move.APPROVE, version=1)

    response = send(staff, sent, "reject", reason=REASON)

    assert response.status_code == 409
    words = text_of(response)
    assert "Karim Benali approved this request on" in words
    assert "Your reason was not sent: Which Ines?" in words
    assert "&lt;b&gt;There&lt;/b&gt; are {{ two }}." in response.content.decode()
    assert Decision.objects.count() == 1


def test_a_page_that_is_older_than_the_partners_answer_is_told_so_and_keeps_the_reason(
    staff: Client, sent: RegistrationRequest, second_approver: User, onboarder: User
) -> None:
    decide(actor=second_approver, request=sent, move=Move.ASK_FOR_CHANGES, version=1, reason="Which Ines?")
    sent.refresh_from_db()
    assert sent.customer is not None
    request_builders.submit(sent, onboarder, sent.customer, days_ago(0))

    response = send(staff, sent, "reject", reason=REASON)

    assert response.status_code == 409
    assert "The partner sent version 2 while you read version 1. Read it, then decide." in text_of(response)
    assert response.context["reject_form"].initial == {"version": 2, "reason": REASON}
    assert response.context["opened"] == Move.REJECT
    assert Decision.objects.count() == 1


def test_nobody_decides_on_a_request_they_sent(
    staff: Client, approver: User, partner: Partner, onboarder: User
) -> None:
    own = make_request(partner, onboarder)
    own.submissions.update(submitted_by=approver)
    RegistrationRequest.objects.filter(pk=own.pk).update(submitted_by=approver)

    page = staff.get(page_of(own))
    answer = send(staff, own, "approve")

    words = "You sent this request yourself, so somebody else has to decide on it."
    assert words in text_of(page)
    assert page.context["may_decide"] is False
    assert (answer.status_code, words in text_of(answer)) == (409, True)
    assert not Decision.objects.exists()


def test_superusers_do_not_decide_on_what_they_sent_either(
    partner: Partner, onboarder: User, signed_in: SignIn
) -> None:
    root = User.objects.create_superuser("root@arxus.example", builders.PASSWORD)
    own = make_request(partner, onboarder)
    own.submissions.update(submitted_by=root)

    assert send(signed_in(root), own, "approve").status_code == 409
    assert not Decision.objects.exists()


def test_somebody_who_may_only_look_sees_no_buttons_and_reads_who_decides(
    csm: User, sent: RegistrationRequest, signed_in: SignIn
) -> None:
    client = signed_in(csm)
    page = client.get(page_of(sent))

    assert page.context["may_decide"] is False
    assert "/decide/" not in page.content.decode()
    assert page.context["bar"].why_not == "Approvers decide on requests. You may read them."
    assert "Take up the oldest" not in text_of(client.get(QUEUE))


def test_who_comes_second_goes_on_to_the_next_request(
    staff: Client, sent: RegistrationRequest, second_approver: User, partner: Partner, onboarder: User
) -> None:
    following = make_request(partner, onboarder, submitted_at=days_ago(1))
    decide(actor=second_approver, request=sent, move=Move.APPROVE, version=1)

    response = send(staff, sent, "approve")

    assert (response.status_code, response.context["following"]) == (409, following.reference)
    assert f'rel="next" aria-keyshortcuts="j"\n           href="{page_of(following)}"' in response.content.decode()


def test_an_approval_within_a_moment_of_another_is_refused_and_then_taken(
    staff: Client, sent: RegistrationRequest, partner: Partner, onboarder: User
) -> None:
    following = make_request(partner, onboarder, name="Second NV", submitted_at=days_ago(1))
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        send(staff, sent, "approve")
        clock.shift(PAUSE - timedelta(milliseconds=1))
        hasty = send(staff, following, "approve")
        clock.shift(timedelta(milliseconds=1))
        later = send(staff, following, "approve")

    assert hasty.status_code == 409
    assert "You decided on Kempenvaart Logistiek NV a moment ago. Nothing is decided here yet" in text_of(hasty)
    assert later.status_code == 302


def test_another_approver_or_a_decision_with_a_reason_is_not_held_up(
    staff: Client,
    sent: RegistrationRequest,
    partner: Partner,
    onboarder: User,
    second_approver: User,
    signed_in: SignIn,
) -> None:
    second, third = (make_request(partner, onboarder, submitted_at=days_ago(1)) for _number in range(2))

    with time_machine.travel(timezone.now(), tick=False):
        send(staff, sent, "approve")
        assert send(staff, second, "reject", reason=REASON).status_code == 302
        assert send(signed_in(second_approver), third, "approve").status_code == 302


def test_what_one_decided_stays_in_sight_for_ten_minutes(
    staff: Client, sent: RegistrationRequest, partner: Partner, onboarder: User
) -> None:
    other = make_request(partner, onboarder, submitted_at=days_ago(1))
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        send(staff, sent, "approve")
        clock.shift(timedelta(minutes=1))
        send(staff, other, "reject", reason=REASON)
        seen = [one.submission.request for one in staff.get(QUEUE).context["lately"]]
        clock.shift(timedelta(minutes=9))
        later = [one.submission.request for one in staff.get(page_of(sent)).context["lately"]]

    assert (seen, later) == ([other, sent], [other])


def test_what_was_sent_again_is_no_more_what_one_decided(
    staff: Client, sent: RegistrationRequest, onboarder: User, approver: User
) -> None:
    send(staff, sent, "ask_for_changes", reason=REASON)
    assert [one.submission.version for one in staff.get(QUEUE).context["lately"]] == [1]

    sent.refresh_from_db()
    assert sent.customer is not None
    request_builders.submit(sent, onboarder, sent.customer, timezone.now())
    request_builders.move(sent, State.SUBMITTED)
    assert staff.get(page_of(sent)).context["lately"] == []

    decide(actor=approver, request=sent, move=Move.REJECT, version=2, reason=REASON)
    assert [one.submission.version for one in staff.get(QUEUE).context["lately"]] == [2]
