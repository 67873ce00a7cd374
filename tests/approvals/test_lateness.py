"""Answers that are late are told of once; the digest goes out once a working day to whoever wants it."""

import pytest
import time_machine
from django.core.management import call_command

from approvals.decisions import decide
from approvals.models import Mailing, MailOutcome, Notification, NotificationKind, RegistrationRequest
from approvals.notices import inbox
from approvals.notices.lateness import announce_late, write_digests
from approvals.workflow import Move, State
from customers.models import Event, Partner
from portal.models import User
from tests import builders
from tests.approvals import filled
from tests.approvals.posted import outbox
from tests.approvals.test_parallel import at_once, vat
from tests.approvals.test_working_time import at
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db

SENT, DUE = "2026-11-23 10:00", "2026-11-24 10:00"
TUESDAY, WEDNESDAY = "2026-11-24 11:00", "2026-11-25 09:30"


def sent(partner: Partner, actor: User, number: int = 1, moment: str = SENT) -> RegistrationRequest:
    with time_machine.travel(at(moment), tick=False):
        request = filled.started(partner, actor, vat(number))
        filled.confirm(actor, request, details=filled.details(vat_number=vat(number)))
        run_queued_tasks()
    return RegistrationRequest.objects.get(pk=request.pk)


def wants_digest(user: User) -> User:
    inbox.choose(actor=user, by_mail={NotificationKind.DIGEST: True})
    return user


def announce_late_at(moment: str) -> int:
    with time_machine.travel(at(moment), tick=False):
        return announce_late()


def told(request: RegistrationRequest) -> list[str]:
    late = Notification.objects.filter(request=request, kind=NotificationKind.LATE)
    return sorted(late.values_list("recipient__email", flat=True))


class TestLateAnswers:
    @pytest.mark.parametrize(("moment", "count"), [("2026-11-24 09:59", 0), (DUE, 0), ("2026-11-24 10:01", 1)])
    def test_it_is_told_once_the_promised_moment_has_passed(
        self, moment: str, count: int, partner: Partner, onboarder: User
    ) -> None:
        sent(partner, onboarder)
        assert announce_late_at(moment) == count

    def test_the_sender_and_the_approvers_are_told_and_the_timeline_says_so(
        self, partner: Partner, onboarder: User, colleague: User, approver: User, csm: User
    ) -> None:
        request = sent(partner, onboarder)
        with time_machine.travel(at(TUESDAY), tick=False):
            call_command("send_digest", verbosity=0)
            run_queued_tasks()
        assert told(request) == [approver.email, onboarder.email]
        event = Event.objects.get(action="request.late")
        assert (event.reference, event.actor, event.actor_name) == (request.reference, None, "")
        letter = outbox()[-1]
        assert letter.to == [onboarder.email]
        assert letter.subject == f"{request.reference}: our answer is late, {request.company_name}"
        assert "we said Tuesday 24 November, 10:00" in letter.body

    def test_it_is_told_once_however_often_it_is_looked_at(self, partner: Partner, onboarder: User) -> None:
        sent(partner, onboarder)
        assert [announce_late_at(moment) for moment in (TUESDAY, TUESDAY, WEDNESDAY)] == [1, 0, 0]

    def test_what_comes_back_is_told_of_when_it_is_late_anew_and_not_for_the_old_moment(
        self, partner: Partner, onboarder: User, approver: User
    ) -> None:
        with time_machine.travel(at(SENT), tick=False):
            request = filled.sent(partner, onboarder)
        with time_machine.travel(at("2026-11-23 12:00"), tick=False):
            decide(actor=approver, request=request, move=Move.ASK_FOR_CHANGES, version=1, reason="Which Ines?")
        assert announce_late_at(WEDNESDAY) == 0
        with time_machine.travel(at("2026-11-26 09:00"), tick=False):
            filled.confirm(onboarder, request)
        assert announce_late_at("2026-11-26 15:00") == 0
        assert [announce_late_at("2026-11-26 15:01"), announce_late_at("2026-11-26 15:11")] == [1, 0]

    @pytest.mark.parametrize("state", [state for state in State if state is not State.SUBMITTED])
    def test_what_does_not_wait_for_us_is_never_late(self, state: State, partner: Partner, onboarder: User) -> None:
        request = sent(partner, onboarder)
        reason = "Why." if state in (State.CHANGES_REQUESTED, State.REJECTED) else ""
        RegistrationRequest.objects.filter(pk=request.pk).update(state=state, due_at=None, reason=reason)
        assert announce_late_at(WEDNESDAY) == 0


class TestDigest:
    def digests(self, moment: str) -> int:
        with time_machine.travel(at(moment), tick=False):
            written = write_digests()
            run_queued_tasks()
        return written

    def test_it_names_what_is_late_the_longest_due_first(
        self, partner: Partner, onboarder: User, approver: User, second_approver: User
    ) -> None:
        wants_digest(approver)
        late = [sent(partner, onboarder, 1), sent(partner, onboarder, 2, "2026-11-23 10:30")]
        sent(partner, onboarder, 3, "2026-11-24 10:00")
        before = len(outbox())
        assert self.digests(TUESDAY) == 1
        (letter,) = outbox()[before:]
        assert (letter.to, letter.subject) == ([approver.email], "2 answers are late")
        lines = [line for line in letter.body.splitlines() if line.startswith("- ")]
        assert lines == [
            f"- {late[0].company_name} (Brightcloud, {late[0].reference}): 1 h late",
            f"- {late[1].company_name} (Brightcloud, {late[1].reference}): 30 min late",
        ]
        assert str(letter.alternatives[0][0]).count("href=") == 1

    def test_once_a_day_however_often_it_runs(self, partner: Partner, onboarder: User, approver: User) -> None:
        wants_digest(approver)
        sent(partner, onboarder)
        moments = (TUESDAY, TUESDAY, "2026-11-24 16:00", WEDNESDAY, WEDNESDAY)
        assert [self.digests(moment) for moment in moments] == [1, 0, 0, 1, 0]

    @pytest.mark.parametrize(
        "moment",
        ["2026-11-24 08:59", "2026-11-24 00:05", "2026-11-28 11:00", "2026-11-29 11:00", "2026-12-25 11:00"],
    )
    def test_none_before_the_office_opens_and_none_on_a_free_day(
        self, moment: str, partner: Partner, onboarder: User, approver: User
    ) -> None:
        wants_digest(approver)
        sent(partner, onboarder)
        assert self.digests(moment) == 0
        assert not Mailing.objects.filter(kind=NotificationKind.DIGEST).exists()

    def test_none_where_nothing_is_late(self, partner: Partner, onboarder: User, approver: User) -> None:
        wants_digest(approver)
        sent(partner, onboarder, moment="2026-11-24 09:00")
        before = len(outbox())
        self.digests(TUESDAY)
        assert len(outbox()) == before
        assert Mailing.objects.get(kind=NotificationKind.DIGEST).outcome == MailOutcome.SETTLED

    @pytest.mark.parametrize("persona", ["approver", "csm", "onboarder"])
    def test_nobody_gets_it_who_did_not_choose_it(
        self, persona: str, partner: Partner, onboarder: User, request: pytest.FixtureRequest
    ) -> None:
        request.getfixturevalue(persona)
        sent(partner, onboarder)
        assert self.digests(TUESDAY) == 0

    def test_whoever_may_no_longer_decide_gets_none(self, partner: Partner, onboarder: User, approver: User) -> None:
        wants_digest(approver)
        sent(partner, onboarder)
        before = len(outbox())
        with time_machine.travel(at(TUESDAY), tick=False):
            write_digests()
            approver.groups.clear()
            run_queued_tasks()
        assert len(outbox()) == before
        assert Mailing.objects.get(kind=NotificationKind.DIGEST).outcome == MailOutcome.REFUSED

    def test_more_than_fifty_are_cut_and_it_says_so(self, partner: Partner, onboarder: User, approver: User) -> None:
        wants_digest(approver)
        first = sent(partner, onboarder)
        copies(first, 55)
        self.digests(TUESDAY)
        body = outbox()[-1].body
        assert body.count("\n- ") == 50
        assert "There are more" in body


def copies(request: RegistrationRequest, count: int) -> None:
    """More late requests of the same partner, each with its submission."""
    submission = request.submissions.get()
    for number in range(count):
        customer = builders.make_customer(request.partner, vat_number=vat(100 + number), status="pending")
        request.pk, request.reference, request.customer = None, f"REQ-{number:04}-TEST", customer
        request.vat_number = customer.vat_number
        request._state.adding = True
        request.save()
        submitted_at = submission.submitted_at
        submission.pk, submission.request = None, request
        submission._state.adding = True
        submission.save()
        type(submission).objects.filter(pk=submission.pk).update(submitted_at=submitted_at)
        submission.submitted_at = submitted_at


@pytest.mark.django_db(transaction=True)
def test_six_runs_at_once_tell_once_and_write_one_digest(
    partner: Partner, onboarder: User, approver: User, second_approver: User
) -> None:
    wants_digest(approver)
    wants_digest(second_approver)
    for number in range(3):
        sent(partner, onboarder, number)
    with time_machine.travel(at(WEDNESDAY), tick=False):
        outcomes = at_once(*[announce_late, write_digests] * 3)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert (sum(outcomes[::2]), sum(outcomes[1::2])) == (3, 2)
    assert Event.objects.filter(action="request.late").count() == 3
    assert Mailing.objects.filter(kind=NotificationKind.DIGEST).count() == 2
    assert Notification.objects.filter(kind=NotificationKind.LATE).count() == 3 * 3
