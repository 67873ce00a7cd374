"""What is written is kept, once, for whom it is meant; and the other side has the ball."""

import uuid
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from pytest_django import Settings

from approvals.conversations import conversation
from approvals.conversations.message_refusals import MessageMissing, MessageTooLong, TooManyMessages
from approvals.models import Attachment, Message, RegistrationRequest, Thread, ThreadState
from approvals.refusals import EvidenceDamaged, EvidenceRefused, NotAllowed, WrongState
from approvals.workflow import State
from customers.models import Partner
from customers.querysets import AppendOnly
from portal.models import User
from tests.approvals import talk
from tests.approvals.conftest import files_in
from tests.request_builders import PDF, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder)


class TestWriting:
    def test_a_partner_writes_and_arxus_has_the_ball(self, sent: RegistrationRequest, onboarder: User) -> None:
        message = talk.write(onboarder, sent, "When do you answer?\r\n\r\n\r\nLotte\x00")

        assert (message.body, message.author_name, message.signed_as) == (
            "When do you answer?\n\nLotte",
            "Lotte Verlinden",
            "Lotte Verlinden",
        )
        assert (message.is_staff, message.is_internal) == (False, False)
        thread = sent.thread
        assert (thread.state, thread.waiting_since) == (ThreadState.AT_ARXUS, message.sent_at)
        assert (thread.told_at, thread.answered_at, thread.partner) == (message.sent_at, None, sent.partner)
        assert talk.actions(sent.reference)[-1] == "message.sent"

    def test_a_second_question_waits_since_the_first(self, sent: RegistrationRequest, onboarder: User) -> None:
        first = talk.write(onboarder, sent)
        talk.write(onboarder, sent, "Hello?")

        sent.thread.refresh_from_db()
        assert sent.thread.waiting_since == first.sent_at

    def test_an_answer_gives_the_ball_back(self, sent: RegistrationRequest, onboarder: User, approver: User) -> None:
        talk.write(onboarder, sent)
        answer = talk.write(approver, sent, "Today.")

        thread = Thread.objects.get()
        assert (thread.state, thread.waiting_since) == (ThreadState.AT_ASKER, None)
        assert (thread.told_at, thread.answered_at) == (answer.sent_at, answer.sent_at)

    def test_an_internal_note_moves_nothing_that_anybody_else_sees(
        self, sent: RegistrationRequest, onboarder: User, approver: User
    ) -> None:
        talk.write(onboarder, sent)
        before = Thread.objects.values().get()

        note = talk.note(approver, sent)

        assert (note.is_internal, note.is_staff) == (True, True)
        assert Thread.objects.values().get() == before
        assert talk.actions(sent.reference)[-1] == "message.noted"

    @pytest.mark.parametrize("state", [state for state in State if state is not State.DRAFT])
    def test_one_may_write_whatever_became_of_the_request(
        self, state: State, partner: Partner, onboarder: User, approver: User
    ) -> None:
        request = make_request(partner, onboarder, state)
        talk.write(onboarder, request)
        talk.write(approver, request)

        assert Message.objects.count() == 2

    def test_staff_sign_as_arxus_and_the_partners_own_csm_by_name(
        self, sent: RegistrationRequest, approver: User, csm: User, stranger: User, other_partner: Partner
    ) -> None:
        theirs = make_request(other_partner, stranger)

        assert [talk.write(user, sent).signed_as for user in (approver, csm)] == ["Arxus", "Hanne Wouters"]
        assert talk.write(csm, theirs).signed_as == "Arxus"
        assert set(Message.objects.values_list("author_name", flat=True)) == {"Sofie Dhondt", "Hanne Wouters"}

    def test_a_message_outlives_its_author(self, sent: RegistrationRequest, approver: User) -> None:
        talk.write(approver, sent)
        approver.delete()

        assert (Message.objects.get().author, Message.objects.get().author_name) == (None, "Sofie Dhondt")

    def test_nobody_changes_or_deletes_what_was_sent(self, sent: RegistrationRequest, onboarder: User) -> None:
        message = talk.write(onboarder, sent, "As it was", files=[talk.pdf()])
        for row in (message, message.attachments.get()):
            for change in (row.save, row.delete, type(row).objects.all().delete):
                with pytest.raises(AppendOnly):
                    change()
            past_the_model: QuerySet[Any] = QuerySet(type(row))
            for change in (
                partial(past_the_model._raw_delete, "default"),
                partial(past_the_model.update, id=F("id") + 1),
            ):
                with pytest.raises(DatabaseError), transaction.atomic():
                    change()
        assert Message.objects.get().body == "As it was"


class TestRefusals:
    @pytest.mark.parametrize("persona", ["viewer", "stranger", "customer_user"])
    def test_others_may_not_write_about_a_request(
        self, persona: str, sent: RegistrationRequest, request: pytest.FixtureRequest
    ) -> None:
        with pytest.raises(NotAllowed):
            talk.write(request.getfixturevalue(persona), sent)
        assert Thread.objects.count() == Message.objects.count() == 0

    def test_staff_without_the_right_may_not(self, sent: RegistrationRequest, csm: User) -> None:
        csm.groups.clear()
        with pytest.raises(NotAllowed):
            talk.write(User.objects.get(pk=csm.pk), sent)

    def test_nobody_writes_about_a_draft(self, partner: Partner, onboarder: User, approver: User) -> None:
        draft = make_request(partner, onboarder, State.DRAFT)
        with pytest.raises(WrongState):
            talk.write(onboarder, draft)
        with pytest.raises(NotAllowed):
            talk.write(approver, draft)

    def test_a_partner_writes_no_internal_note(self, sent: RegistrationRequest, onboarder: User) -> None:
        with pytest.raises(NotAllowed):
            talk.note(onboarder, sent)
        thread = talk.write(onboarder, sent).thread
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.create(thread=thread, author=onboarder, author_name="x", signed_as="x", is_internal=True)

    @pytest.mark.parametrize("body", ["", " \n ", "\x00\u200b", "\u202e", "\u200d"])
    def test_nothing_readable_is_no_message(self, body: str, sent: RegistrationRequest, onboarder: User) -> None:
        with pytest.raises(MessageMissing):
            talk.write(onboarder, sent, body)

    def test_a_message_has_a_length(self, sent: RegistrationRequest, onboarder: User) -> None:
        talk.write(onboarder, sent, "x" * conversation.MAX_CHARACTERS)
        with pytest.raises(MessageTooLong) as refusal:
            talk.write(onboarder, sent, "x" * (conversation.MAX_CHARACTERS + 1))
        assert (refusal.value.limit, refusal.value.length) == (5_000, 5_001)

    def test_who_writes_too_much_within_an_hour_has_to_wait(
        self, sent: RegistrationRequest, onboarder: User, colleague: User, settings: Settings
    ) -> None:
        settings.MESSAGES_PER_HOUR = 2
        talk.write(onboarder, sent, "One")
        talk.ask(onboarder, body="Two")
        with pytest.raises(TooManyMessages):
            talk.write(onboarder, sent, "Three")
        with pytest.raises(TooManyMessages):
            talk.ask(onboarder, body="Three")
        assert Thread.objects.count() == 2
        talk.write(colleague, sent, "Somebody else may.")
        with time_machine.travel(timezone.now() + timedelta(minutes=61)):
            talk.write(onboarder, sent, "Three")


class TestOnce:
    def test_the_same_form_sent_twice_is_one_message(
        self, sent: RegistrationRequest, onboarder: User, store: Path
    ) -> None:
        token = uuid.uuid4()
        first, second = (talk.write(onboarder, sent, "Once", token=token, files=[talk.pdf()]) for _ in range(2))

        assert first == second
        assert Message.objects.count() == Attachment.objects.count() == len(files_in(store)) == 1
        assert talk.actions(sent.reference).count("message.sent") == 1

    def test_going_back_and_writing_something_else_is_another_message(
        self, sent: RegistrationRequest, approver: User
    ) -> None:
        token = uuid.uuid4()
        talk.write(approver, sent, "Once", token=token)
        talk.write(approver, sent, "Twice", token=token)
        talk.note(approver, sent, "Once", token=token)

        assert Message.objects.count() == 3

    def test_somebody_elses_token_hides_nothing(
        self, sent: RegistrationRequest, onboarder: User, colleague: User
    ) -> None:
        token = uuid.uuid4()
        for user in (onboarder, colleague):
            talk.write(user, sent, "Same words", token=token)

        assert Message.objects.count() == 2

    def test_a_question_sent_twice_is_one_conversation(self, onboarder: User) -> None:
        token = uuid.uuid4()
        first, second = (talk.ask(onboarder, token=token) for _ in range(2))

        assert first == second
        assert Thread.objects.count() == 1


class TestFiles:
    def test_files_are_kept_as_evidence_is(self, sent: RegistrationRequest, onboarder: User, store: Path) -> None:
        message = talk.write(onboarder, sent, "", files=[talk.pdf("../../Ünter\u202e schrift.PDF")])

        row = message.attachments.get()
        assert (row.name, row.content_type, row.size) == ("Ünter schrift.PDF", "application/pdf", len(PDF))
        assert files_in(store) == [row.file.name]
        assert "schrift" not in str(row.file.name)

    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("page.html", b"<script>alert(1)</script>", "type"),
            ("a.pdf", b"", "empty"),
            ("a.png", PDF, "extension"),
            ("a.pdf", PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript >>"), "active"),
        ],
    )
    def test_what_is_no_evidence_is_no_attachment(
        self, name: str, content: bytes, code: str, sent: RegistrationRequest, onboarder: User, store: Path
    ) -> None:
        with pytest.raises(EvidenceRefused) as refusal:
            talk.write(onboarder, sent, files=[talk.pdf(), talk.pdf(name, content)])
        assert refusal.value.code == code
        assert Message.objects.count() == 0
        assert files_in(store) == []

    def test_a_message_takes_so_many_files(self, sent: RegistrationRequest, onboarder: User) -> None:
        with pytest.raises(EvidenceRefused, match="3 files"):
            talk.write(onboarder, sent, files=[talk.pdf() for _ in range(4)])

    def test_where_the_message_is_not_kept_its_files_are_not_either(
        self, sent: RegistrationRequest, onboarder: User, store: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_arguments: object, **_facts: object) -> None:
            raise DatabaseError

        monkeypatch.setattr(conversation, "record", fail)
        with pytest.raises(DatabaseError):
            talk.write(onboarder, sent, files=[talk.pdf("a.pdf"), talk.pdf("b.pdf", PDF + b"\n")])
        assert files_in(store) == []
        assert Message.objects.count() == Attachment.objects.count() == 0

    def test_who_takes_a_file_is_on_record(self, sent: RegistrationRequest, onboarder: User, approver: User) -> None:
        told = talk.write(onboarder, sent, files=[talk.pdf()]).attachments.get()
        noted = talk.note(approver, sent, files=[talk.pdf()]).attachments.get()

        assert conversation.download(actor=approver, attachment=told) == PDF
        assert conversation.download(actor=approver, attachment=noted) == PDF
        assert talk.actions(sent.reference)[-2:] == ["message.downloaded", "message.note_downloaded"]
        with pytest.raises(NotAllowed):
            conversation.download(actor=onboarder, attachment=noted)

    def test_a_file_that_was_altered_is_not_handed_out(
        self, sent: RegistrationRequest, onboarder: User, store: Path
    ) -> None:
        row = talk.write(onboarder, sent, files=[talk.pdf()]).attachments.get()
        (store / str(row.file.name)).chmod(0o600)
        (store / str(row.file.name)).write_bytes(b"other")
        with pytest.raises(EvidenceDamaged):
            conversation.download(actor=onboarder, attachment=row)
