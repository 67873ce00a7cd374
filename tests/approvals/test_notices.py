"""Who is told of what, for every row of the table and every kind of person; and that nobody else ever is."""

from typing import Any

import pytest
from django.utils import timezone

from approvals import inbox, notifications, tasks, telling
from approvals.audiences import people
from approvals.models import Mailing, MailOutcome, Message, Notification, NotificationKind, Submission
from approvals.notices import NOTICES, Audience, Notice, kinds_for
from approvals.workflow import State
from customers.history import record
from customers.models import Customer, CustomerStatus, Event, Membership, Partner
from customers.permissions import MembershipRole
from customers.relationships import Relationship
from portal.models import User
from tests import builders
from tests.approvals import talk
from tests.approvals.posted import outbox
from tests.request_builders import approver_of_tests, make_request
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db

PERSONAS = (
    "onboarder",
    "colleague",
    "administrator",
    "viewer",
    "stranger",
    "customer_user",
    "approver",
    "second_approver",
    "csm",
)


class Told:
    """One event of a row of the table, about one request or conversation, announced or about to be."""

    def __init__(self, action: str, partner: Partner, sender: User, actor: User, **fields: Any) -> None:
        self.request = make_request(
            partner, sender, State.APPROVED if action == "request.approved" else State.SUBMITTED, **fields
        )
        self.submission: Submission | None = self.request.submissions.get()
        self.message: Message | None = None
        if action.startswith("message."):
            write = talk.note if action == "message.noted" else talk.write
            self.message, self.submission = write(actor, self.request), None
            self.event = Event.objects.filter(action=action).latest("pk")
            return
        again = action == "request.resubmitted"
        self.event = record(
            actor=actor,
            action="request.submitted" if again else action,
            partner=partner,
            customer=self.request.customer,
            reference=self.request.reference,
            version=2 if again else 1,
        )

    def announce(self) -> None:
        notifications.announce(self.event, submission=self.submission, message=self.message)


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> dict[str, User]:
    """The personas, and the approver whom the builders of requests bring along."""
    return {name: request.getfixturevalue(name) for name in PERSONAS} | {"third_approver": approver_of_tests()}


# By whom, and who is told: with the sender an onboarder of the partner, and nobody of Arxus involved before.
APPROVERS = {"approver", "second_approver", "third_approver"}
AUDIENCE: dict[str, tuple[str, set[str]]] = {
    "request.submitted": ("onboarder", {"onboarder", *APPROVERS}),
    "request.resubmitted": ("onboarder", {"onboarder", *APPROVERS}),
    "request.changes_requested": ("approver", {"onboarder"}),
    "request.approved": ("approver", {"onboarder"}),
    "request.rejected": ("approver", {"onboarder"}),
    "request.withdrawn": ("colleague", {"onboarder"}),
    "request.approved_first": ("approver", APPROVERS - {"approver"}),
    "request.late": ("csm", {"onboarder", *APPROVERS}),
    "message.sent": ("onboarder", {"csm"}),
    "message.noted": ("approver", set()),
}


def test_every_row_of_the_table_is_tested() -> None:
    assert AUDIENCE.keys() == NOTICES.keys()


@pytest.mark.parametrize("action", AUDIENCE)
def test_these_are_told_and_nobody_else(action: str, cast: dict[str, User], partner: Partner) -> None:
    by, expected = AUDIENCE[action]
    Told(action, partner, cast["onboarder"], cast[by]).announce()
    told = set(Notification.objects.values_list("recipient", flat=True))
    assert {name for name, user in cast.items() if user.pk in told} == expected
    assert len(told) == len(expected)


@pytest.mark.parametrize("gone", ["left", "moved", "disabled", "demoted", "partner closed"])
@pytest.mark.parametrize("action", [action for action, (_by, told) in AUDIENCE.items() if "onboarder" in told])
def test_whoever_left_is_told_no_more_and_an_administrator_is(
    action: str, gone: str, cast: dict[str, User], partner: Partner, other_partner: Partner
) -> None:
    one = Told(action, partner, cast["onboarder"], cast["approver"])
    membership = Membership.objects.filter(user=cast["onboarder"])
    if gone == "left":
        membership.delete()
    elif gone == "moved":
        membership.update(partner=other_partner)
    elif gone == "disabled":
        User.objects.filter(pk=cast["onboarder"].pk).update(is_active=False)
    elif gone == "demoted":
        membership.update(role=MembershipRole.VIEWER)
    else:
        Partner.objects.filter(pk=partner.pk).update(is_active=False)
    one.submission = Submission.objects.get(pk=one.submission.pk)
    one.announce()
    told = set(Notification.objects.filter(recipient__is_staff=False).values_list("recipient", flat=True))
    assert told == (set() if gone == "partner closed" else {cast["administrator"].pk})


class TestConversations:
    """Who wrote, or is asked, is told; of an internal note only staff, and nobody of what they wrote themselves."""

    def told_of(self, message: Message) -> set[str]:
        return set(Notification.objects.filter(message=message).values_list("recipient__email", flat=True))

    def test_an_answer_goes_to_whoever_asked_and_whoever_sent(self, cast: dict[str, User], partner: Partner) -> None:
        request = make_request(partner, cast["onboarder"])
        talk.write(cast["colleague"], request)
        answer = talk.write(cast["approver"], request, "Today.")
        assert self.told_of(answer) == {cast["onboarder"].email, cast["colleague"].email}

    def test_a_further_question_goes_to_whoever_answered(self, cast: dict[str, User], partner: Partner) -> None:
        request = make_request(partner, cast["onboarder"])
        talk.write(cast["approver"], request, "May we call you?")
        question = talk.write(cast["onboarder"], request, "Yes.")
        assert self.told_of(question) == {cast["approver"].email}

    def test_a_note_goes_to_the_staff_who_take_part(self, cast: dict[str, User], partner: Partner) -> None:
        request = make_request(partner, cast["onboarder"])
        talk.write(cast["approver"], request, "May we call you?")
        note = talk.note(cast["second_approver"], request)
        assert self.told_of(note) == {cast["approver"].email}

    def test_a_question_to_support_goes_to_the_csm(self, cast: dict[str, User], partner: Partner) -> None:
        assert self.told_of(talk.ask(cast["viewer"])) == {cast["csm"].email}

    def test_a_customers_question_is_between_them_and_arxus(self, cast: dict[str, User], partner: Partner) -> None:
        question = talk.ask(cast["customer_user"])
        answer = talk.write(cast["csm"], question.thread, "Try now.")
        assert self.told_of(question) == {cast["csm"].email}
        assert self.told_of(answer) == {cast["customer_user"].email}

    def test_a_mail_quotes_a_message_but_never_a_note(self, cast: dict[str, User], partner: Partner) -> None:
        request = make_request(partner, cast["onboarder"])
        talk.write(cast["approver"], request, "May we call you?")
        talk.note(cast["second_approver"], request, "Smells of fish.")
        run_queued_tasks()
        said = {letter.to[0]: letter.body + str(letter.alternatives[0][0]) for letter in outbox()}
        assert "May we call you?" in said[cast["onboarder"].email]
        assert "note" in said[cast["approver"].email]
        assert not any("fish" in body for body in said.values())

    def test_partners_read_the_name_arxus_signs_with(self, cast: dict[str, User], partner: Partner) -> None:
        answer = talk.write(cast["approver"], make_request(partner, cast["onboarder"]), "Today.")
        told = Notification.objects.get(message=answer)
        assert telling.line_of(told).startswith(answer.signed_as)


class TestChoices:
    @pytest.mark.parametrize("wanted", [True, False])
    @pytest.mark.parametrize("action", AUDIENCE)
    def test_mails_follow_the_choice_and_the_portal_tells_in_any_case(
        self, action: str, wanted: bool, cast: dict[str, User], partner: Partner
    ) -> None:
        by, expected = AUDIENCE[action]
        for name in expected:
            inbox.choose(actor=cast[name], by_mail=dict.fromkeys(inbox.kinds_of(cast[name]), wanted))
        Told(action, partner, cast["onboarder"], cast[by]).announce()
        recipients = sorted(cast[name].pk for name in expected)
        assert sorted(Notification.objects.values_list("recipient", flat=True)) == recipients
        assert sorted(Mailing.objects.values_list("recipient", flat=True)) == (recipients if wanted else [])

    def test_a_kind_one_is_never_told_of_cannot_be_chosen(self, onboarder: User) -> None:
        with pytest.raises(KeyError):
            inbox.choose(actor=onboarder, by_mail={NotificationKind.DIGEST: True})

    def test_every_kind_has_somebody_who_is_told(self) -> None:
        assert {*kinds_for(staff=True), *kinds_for(staff=False)} == set(NotificationKind)


def notices() -> list[Any]:
    return [
        pytest.param(action, notice, id=f"{action} {notice.audience}")
        for action, found in NOTICES.items()
        for notice in found
    ]


class TestSending:
    """The one function that sends, with every notice and data that could leak or break a mail."""

    HOSTILE = "Acme\r\nBcc: victim@evil.example\x00 %(reference)s {{ 7|add:7 }} <b>&"

    def mailing(self, action: str, notice: Notice, cast: dict[str, User], partner: Partner, **fields: Any) -> Mailing:
        by = "approver" if notice.audience in (Audience.THEIR_WRITERS, Audience.SENDER) else AUDIENCE[action][0]
        one = Told(action, partner, cast["onboarder"], cast[by], **fields)
        version = 1 if one.submission is not None else None
        request = one.request
        (reader, *_others) = people(notice.audience, one.event, one.submission, one.message) or [cast["approver"]]
        Mailing.objects.all().delete()
        return Mailing.objects.create(
            event=one.event, request=request, message=one.message, version=version, kind=notice.kind, recipient=reader
        )

    @pytest.mark.parametrize("reader", ["stranger", "customer_user", "member_of_this_customer", "outsider"])
    @pytest.mark.parametrize("relationship", Relationship)
    @pytest.mark.parametrize(("action", "notice"), notices())
    def test_no_notice_reaches_anybody_outside_the_partner_and_arxus(
        self,
        action: str,
        notice: Notice,
        relationship: Relationship,
        reader: str,
        cast: dict[str, User],
        partner: Partner,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        mailing = self.mailing(action, notice, cast, partner, relationship=relationship)
        if reader == "member_of_this_customer":
            Customer.objects.filter(pk=mailing.request.customer_id).update(
                status=CustomerStatus.ACTIVE, approved_at=timezone.now()
            )
            mailing.recipient = builders.make_member(mailing.request.customer, MembershipRole.ADMINISTRATOR)
        else:
            mailing.recipient = builders.make_user() if reader == "outsider" else cast[reader]
        mailing.save()
        with pytest.raises(tasks.Confidential):
            tasks.send(mailing)
        assert outbox() == []

    @pytest.mark.parametrize(("action", "notice"), notices())
    def test_no_name_breaks_a_mail(self, action: str, notice: Notice, cast: dict[str, User], partner: Partner) -> None:
        Partner.objects.filter(pk=partner.pk).update(name=f"Bright {self.HOSTILE}"[:200])
        partner.refresh_from_db()
        User.objects.exclude(email="").update(first_name="Eve\r\nBcc: victim@evil.example", last_name="%s")
        mailing = self.mailing(
            action, notice, {n: User.objects.get(pk=u.pk) for n, u in cast.items()}, partner, name=self.HOSTILE
        )
        tasks.send(mailing)
        (letter,) = outbox()
        message = letter.message()
        assert (message["Bcc"], message["Cc"]) == (None, None)
        assert letter.recipients() == [mailing.recipient.email]
        assert "\n" not in letter.subject
        assert letter.subject.startswith(mailing.request.reference)
        assert "14" not in letter.subject.replace(mailing.request.reference, "")
        html = str(letter.alternatives[0][0])
        assert "<b>&" not in html
        assert html.count("href=") == 1
        assert letter.body.count("http") == 1

    @pytest.mark.parametrize(("action", "notice"), notices())
    def test_nothing_personal_stands_in_a_subject(
        self, action: str, notice: Notice, cast: dict[str, User], partner: Partner
    ) -> None:
        mailing = self.mailing(action, notice, cast, partner)
        tasks.send(mailing)
        (letter,) = outbox()
        people_named = [*cast.values(), *mailing.request.customer.contacts.all()]
        assert not any(
            name in letter.subject for one in people_named for name in (one.first_name, one.last_name) if name
        )
        assert "@" not in letter.subject

    def test_one_event_has_one_mail_for_each_reader_and_every_mail_its_event(
        self, cast: dict[str, User], partner: Partner
    ) -> None:
        for action, (by, _told) in AUDIENCE.items():
            one = Told(action, partner, cast["onboarder"], cast[by])
            one.announce()
            one.announce()
        run_queued_tasks()
        assert set(Mailing.objects.values_list("outcome", flat=True)) == {MailOutcome.SENT.value}
        pairs = list(Mailing.objects.values_list("event", "recipient"))
        assert len(pairs) == len(set(pairs)) == len(outbox())
        assert set(pairs) <= set(Notification.objects.values_list("event", "recipient"))


def test_what_waited_for_staff_is_read_once_somebody_decided(cast: dict[str, User], partner: Partner) -> None:
    one = Told("request.submitted", partner, cast["onboarder"], cast["onboarder"])
    one.announce()
    other = Told("request.submitted", partner, cast["onboarder"], cast["onboarder"])
    other.announce()
    decided = record(
        actor=cast["approver"], action="request.rejected", partner=partner, reference=one.request.reference
    )
    notifications.announce(decided, submission=one.submission)
    left = Notification.objects.unread().filter(recipient__is_staff=True)
    assert set(left.values_list("request", flat=True)) == {other.request.pk}
    assert Notification.objects.unread().filter(recipient=cast["onboarder"]).count() == 3
