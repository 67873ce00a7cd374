"""Who is told of what, for every row of the table and every kind of person; and that nobody else ever is."""

import pytest

from approvals import notifications
from approvals.models import Mailing, Message, Notification, NotificationKind, Submission
from approvals.notices import inbox, telling
from approvals.notices.table import NOTICES, kinds_for
from customers.history import record
from customers.models import Membership, Partner
from customers.permissions import MembershipRole
from portal.models import User
from tests.approvals import talk
from tests.approvals.posted import outbox
from tests.approvals.told import AUDIENCE, Told
from tests.request_builders import make_request
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db


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

    def test_mails_of_a_question_to_support_lead_to_its_conversation(
        self, cast: dict[str, User], partner: Partner
    ) -> None:
        question = talk.ask(cast["viewer"])
        talk.write(cast["csm"], question.thread, "Try now.")
        run_queued_tasks()
        reference = question.thread.reference
        said = {letter.to[0]: letter for letter in outbox()}
        assert f"/admin/approvals/thread/{reference}/change/" in said[cast["csm"].email].body
        assert f"/help/messages/{reference}/" in said[cast["viewer"].email].body
        assert {letter.subject for letter in said.values()} == {
            f"{reference}: a message from Brightcloud",
            f"{reference}: a message for you",
        }

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
    news = Notification.objects.unread().filter(recipient=cast["onboarder"])
    assert [one.event for one in news] == [decided]


@pytest.mark.parametrize("action", [action for action, (_by, told) in AUDIENCE.items() if "onboarder" in told])
def test_a_sender_who_is_of_arxus_and_of_the_partner_is_told_too(
    action: str, cast: dict[str, User], partner: Partner
) -> None:
    cast["onboarder"].is_staff = cast["onboarder"].is_superuser = True
    cast["onboarder"].save()
    Told(action, partner, cast["onboarder"], cast["approver"]).announce()
    for told in Notification.objects.filter(recipient=cast["onboarder"]):
        assert telling.line_of(told)
        assert telling.landing_of(told).number
    run_queued_tasks()
    assert cast["onboarder"].email in [address for letter in outbox() for address in letter.recipients()]
