"""Mails leave after the commit, once, only to people for whom the request exists."""

import logging
import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from approvals import tasks
from approvals.decisions import decide
from approvals.models import Mailing, MailOutcome, RegistrationRequest
from approvals.withdrawal import withdraw
from approvals.workflow import Move
from customers.models import Partner
from portal.models import User
from tests.approvals import filled
from tests.approvals.posted import announce_sent, announced, outbox
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db


class TestWords:
    """Each mail says in its subject what happened to which request, and first what to do."""

    def sent(self, request: RegistrationRequest) -> EmailMultiAlternatives:
        run_queued_tasks()
        return [one for one in outbox() if request.reference in one.subject][-1]

    def test_a_request_that_was_sent(self, partner: Partner, onboarder: User) -> None:
        request = filled.sent(partner, onboarder)
        letter = self.sent(request)
        assert "Sent on " in letter.body
        assert "by Lotte Verlinden." in letter.body
        assert letter.subject == f"{request.reference}: sent for Kempenvaart Logistiek NV"
        assert letter.to == ["reseller@brightcloud.example"]
        assert (letter.cc, letter.bcc) == ([], [])
        assert letter.body.splitlines()[0] == "We have your request. There is nothing to do for you now."
        assert letter.body.count("http") == 1
        assert f"http://127.0.0.1:8000/requests/{request.reference}/" in letter.body

    def test_changes_that_are_asked_for_come_with_the_reason(
        self, partner: Partner, onboarder: User, approver: User
    ) -> None:
        request = filled.sent(partner, onboarder)
        reason = "Which <Ines>?\nThere are two."
        decide(actor=approver, request=request, move=Move.ASK_FOR_CHANGES, version=1, reason=reason)
        letter = self.sent(request)
        html = str(letter.alternatives[0][0])
        assert letter.subject == f"{request.reference}: changes needed for Kempenvaart Logistiek NV"
        assert letter.body.splitlines()[0] == "Change your request and send it back"
        assert reason in letter.body
        assert "Which &lt;Ines&gt;?<br>There are two." in html
        assert html.count("href=") == 1

    def test_an_approval_leads_to_the_customer(self, partner: Partner, onboarder: User, approver: User) -> None:
        request = filled.sent(partner, onboarder)
        decide(actor=approver, request=request, move=Move.APPROVE, version=1, access_confirmed=True)
        letter = self.sent(request)
        assert request.customer is not None
        assert letter.subject == f"{request.reference}: Kempenvaart Logistiek NV is approved"
        assert f"/customers/{request.customer.number}/" in letter.body

    def test_a_rejection_comes_with_the_reason(self, partner: Partner, onboarder: User, approver: User) -> None:
        request = filled.sent(partner, onboarder)
        decide(actor=approver, request=request, move=Move.REJECT, version=1, reason="Not a company.")
        letter = self.sent(request)
        assert letter.subject == f"{request.reference}: Kempenvaart Logistiek NV is rejected"
        assert letter.body.splitlines()[0] == "Read why we rejected your request"
        assert "Not a company." in letter.body

    def test_a_withdrawal_says_who_did_it(self, partner: Partner, onboarder: User, colleague: User) -> None:
        request = filled.sent(partner, onboarder)
        withdraw(actor=colleague, request=request)
        letter = self.sent(request)
        assert letter.subject == f"{request.reference}: withdrawn for Kempenvaart Logistiek NV"
        assert "Pieter Maes withdrew Kempenvaart Logistiek NV" in letter.body

    def test_answers_go_to_the_csm_who_is_named(self, partner: Partner, onboarder: User, csm: User) -> None:
        letter = self.sent(filled.sent(partner, onboarder))
        assert letter.reply_to == ["csm@arxus.example"]
        assert "Hanne Wouters" in letter.body

    def test_without_a_csm_the_service_desk_is(self, other_partner: Partner, stranger: User) -> None:
        letter = self.sent(filled.sent(other_partner, stranger))
        assert letter.reply_to == []
        assert "service desk" in letter.body

    @pytest.mark.parametrize(
        "name",
        ["Acme\r\nBcc: victim@evil.example", "Acme {{ 7|add:7 }} {% now 'Y' %} %(reference)s", "N" * 307, "a & <b>"],
    )
    def test_no_company_name_breaks_a_mail(self, name: str, partner: Partner, onboarder: User) -> None:
        mailing = announced(partner, onboarder, name=name)
        run_queued_tasks()
        (letter,) = outbox()
        assert letter.message()["Bcc"] is None
        assert len(letter.recipients()) == 1
        assert len(letter.subject) < 130
        assert name.splitlines()[0] in letter.body
        assert letter.subject.startswith(mailing.request.reference)

    def test_both_forms_say_the_same(self, partner: Partner, onboarder: User) -> None:
        letter = self.sent(filled.sent(partner, onboarder))
        html, kind = str(letter.alternatives[0][0]), letter.alternatives[0][1]
        assert kind == "text/html"
        for words in ("We have your request.", "Kempenvaart Logistiek NV", "Follow the request", "We answer by "):
            assert words in letter.body
            assert words in html


class TestOnce:
    """A mail is written with the change it tells of, and leaves once."""

    def test_nothing_leaves_before_the_worker_runs(self, partner: Partner, onboarder: User) -> None:
        filled.sent(partner, onboarder)
        assert outbox() == []
        run_queued_tasks()
        assert len(outbox()) == 1
        mailing = Mailing.objects.get()
        assert (mailing.outcome, mailing.tries) == (MailOutcome.SENT, 1)
        assert mailing.sent_at is not None

    def test_running_the_task_again_sends_nothing(self, partner: Partner, onboarder: User) -> None:
        mailing = announced(partner, onboarder)
        for _ in range(3):
            tasks.deliver.enqueue(str(mailing.key))
        run_queued_tasks()
        run_queued_tasks()
        assert len(outbox()) == 1

    def test_announcing_again_sends_nothing(self, partner: Partner, onboarder: User) -> None:
        mailing = announced(partner, onboarder)
        announce_sent(mailing.request)
        run_queued_tasks()
        assert (len(outbox()), Mailing.objects.count()) == (1, 1)

    def test_every_try_carries_the_same_message_id(self, partner: Partner, onboarder: User) -> None:
        mailing = announced(partner, onboarder)
        run_queued_tasks()
        assert outbox()[0].message()["Message-ID"] == f"<{mailing.key}@127.0.0.1>"


class TestMailServerDown:
    """The mail server may be down, slow or unwilling: nothing is lost, and it is not tried for ever."""

    @pytest.fixture(autouse=True)
    def quiet(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.CRITICAL)

    @pytest.fixture
    def refusing(self, monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
        """Errors that the mail server answers with, one for each try; then it takes mails."""
        errors: list[Exception] = []
        deliver = EmailMultiAlternatives.send

        def send(letter: EmailMultiAlternatives, fail_silently: bool = False) -> int:
            if errors:
                raise errors.pop(0)
            return deliver(letter, fail_silently)

        monkeypatch.setattr(EmailMultiAlternatives, "send", send)
        return errors

    @pytest.mark.parametrize(
        "error",
        [
            ConnectionRefusedError(),
            TimeoutError(),
            smtplib.SMTPServerDisconnected(),
            smtplib.SMTPRecipientsRefused({}),
            smtplib.SMTPDataError(451, b"later"),
            UnicodeError(),
        ],
    )
    def test_it_is_tried_again_later(
        self, error: Exception, refusing: list[Exception], partner: Partner, onboarder: User
    ) -> None:
        mailing = announced(partner, onboarder)
        refusing.append(error)
        run_queued_tasks()
        mailing.refresh_from_db()
        assert (mailing.outcome, mailing.tries, outbox()) == (MailOutcome.WAITING, 1, [])

        run_queued_tasks()
        assert outbox() == []
        with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
            run_queued_tasks()
        mailing.refresh_from_db()
        assert (mailing.outcome, mailing.tries, len(outbox())) == (MailOutcome.SENT, 2, 1)

    def test_it_is_given_up_in_the_end(self, refusing: list[Exception], partner: Partner, onboarder: User) -> None:
        mailing = announced(partner, onboarder)
        refusing.extend(ConnectionRefusedError() for _ in range(50))
        now = timezone.now()
        for day in range(15):
            with time_machine.travel(now + timedelta(days=day), tick=False):
                run_queued_tasks()
        mailing.refresh_from_db()
        assert (mailing.outcome, mailing.tries) == (MailOutcome.GIVEN_UP, 8)
        assert not DBTaskResult.objects.ready().exists()

    def test_a_worker_that_was_killed_does_not_lose_a_mail(self, partner: Partner, onboarder: User) -> None:
        announced(partner, onboarder)
        Mailing.objects.update(tries=1, next_try_at=timezone.now() + tasks.CLAIM)
        DBTaskResult.objects.all().delete()

        call_command("requeue_mail", verbosity=0)
        run_queued_tasks()
        assert outbox() == []  # another worker may still have it

        with time_machine.travel(timezone.now() + 3 * tasks.CLAIM, tick=False):
            assert tasks.requeue_lost() == 1
            run_queued_tasks()
        assert len(outbox()) == 1
        with time_machine.travel(timezone.now() + 9 * tasks.CLAIM, tick=False):
            assert tasks.requeue_lost() == 0
