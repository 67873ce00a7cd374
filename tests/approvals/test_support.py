"""A question to support is between whoever asked and Arxus: it waits, is answered, is closed, and opened again."""

import pytest

from approvals.conversations import conversation
from approvals.conversations.message_refusals import SubjectMissing
from approvals.conversations.thread_counts import unread_answers, waiting_for_arxus
from approvals.models import Notification, Reading, RegistrationRequest, Thread, ThreadState
from approvals.refusals import NotAllowed
from customers.models import Customer, Event, Membership, Partner
from customers.relationships import Relationship
from portal.models import User
from tests.approvals import talk
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db


def unread(user: User) -> int:
    return int(User.objects.annotate(unread=unread_answers()).get(pk=user.pk).unread)


@pytest.fixture
def sent(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder)


def test_a_question_carries_where_it_came_up(sent: RegistrationRequest, customer: Customer, viewer: User) -> None:
    message = talk.ask(
        viewer,
        subject=" Who  may\u200b sign? ",
        page=f"/requests/{sent.reference}/",
        about_request=sent,
        about_customer=customer,
    )

    thread = message.thread
    assert (thread.subject, thread.page) == ("Who may sign?", f"/requests/{sent.reference}/")
    assert (thread.about_request, thread.about_customer) == (sent, customer)
    assert (thread.partner, thread.customer, thread.request) == (sent.partner, None, None)
    assert talk.actions(thread.reference) == ["message.sent"]
    assert Event.objects.get(reference=thread.reference).customer is None


def test_a_customers_question_is_between_the_customer_and_arxus(customer: Customer, customer_user: User) -> None:
    thread = talk.ask(customer_user).thread

    assert (thread.partner, thread.customer) == (customer.partner, customer)


def test_one_asks_about_nothing_one_does_not_see(
    sent: RegistrationRequest, customer: Customer, stranger: User, customer_user: User
) -> None:
    for user, about in ((stranger, {"about_request": sent}), (stranger, {"about_customer": customer})):
        with pytest.raises(NotAllowed):
            talk.ask(user, **about)
    with pytest.raises(NotAllowed):
        talk.ask(customer_user, about_request=sent)
    assert Thread.objects.count() == 0


def test_staff_and_people_who_lost_access_ask_nothing(approver: User, customer: Customer, customer_user: User) -> None:
    Customer.objects.update(relationship=Relationship.VALUE_ADD_PARTNER)
    for user in (approver, customer_user):
        with pytest.raises(NotAllowed):
            talk.ask(User.objects.get(pk=user.pk))


@pytest.mark.parametrize("subject", ["", "\u200b", "two\nlines", "\x00"])
def test_a_question_has_a_subject(subject: str, onboarder: User) -> None:
    with pytest.raises(SubjectMissing):
        talk.ask(onboarder, subject)


def test_either_side_closes_and_writing_opens_again(onboarder: User, viewer: User, approver: User) -> None:
    thread = talk.ask(onboarder).thread
    for closes, writes, then in (
        (approver, viewer, ThreadState.AT_ARXUS),
        (viewer, approver, ThreadState.AT_ASKER),
    ):
        closed = conversation.close(actor=closes, thread=thread)
        assert (closed.state, closed.waiting_since) == (ThreadState.CLOSED, None)
        talk.note(approver, thread)
        assert Thread.objects.get().state == ThreadState.CLOSED
        assert talk.write(writes, thread).thread.state == then


def test_closing_twice_is_on_record_once(onboarder: User) -> None:
    thread = talk.ask(onboarder).thread
    for _ in range(2):
        conversation.close(actor=onboarder, thread=thread)

    assert talk.actions(thread.reference) == ["message.sent", "thread.closed"]


def test_the_conversation_of_a_request_is_closed_by_arxus_alone(
    sent: RegistrationRequest, onboarder: User, approver: User
) -> None:
    thread = talk.write(onboarder, sent).thread
    with pytest.raises(NotAllowed):
        conversation.close(actor=onboarder, thread=thread)
    assert conversation.close(actor=approver, thread=thread).state == ThreadState.CLOSED


@pytest.mark.parametrize("persona", ["stranger", "customer_user"])
def test_others_neither_write_nor_close(persona: str, onboarder: User, request: pytest.FixtureRequest) -> None:
    thread = talk.ask(onboarder).thread
    for verb in (talk.write, lambda user, thread: conversation.close(actor=user, thread=thread)):
        with pytest.raises(NotAllowed):
            verb(request.getfixturevalue(persona), thread)


def test_an_answer_is_unread_until_it_is_looked_at(
    onboarder: User, colleague: User, approver: User, sent: RegistrationRequest
) -> None:
    thread = talk.ask(onboarder).thread
    talk.write(onboarder, sent)
    talk.note(approver, thread)
    assert unread(onboarder) == 0

    for about in (thread, sent):
        talk.write(approver, about)
    thread.refresh_from_db()
    assert [unread(user) for user in (onboarder, colleague)] == [1, 0]

    conversation.mark_read(actor=onboarder, thread=thread)
    conversation.mark_read(actor=colleague, thread=thread)
    assert unread(onboarder) == 0
    assert Reading.objects.filter(user=colleague).count() == 0


def test_who_left_an_organisation_has_nothing_unread_there(
    onboarder: User, approver: User, other_partner: Partner
) -> None:
    talk.write(approver, talk.ask(onboarder).thread)
    assert unread(onboarder) == 1

    Membership.objects.filter(user=onboarder).update(partner=other_partner)
    assert unread(onboarder) == 0


def test_what_waits_for_arxus_is_counted_for_its_staff_alone(
    sent: RegistrationRequest, onboarder: User, customer_user: User, approver: User
) -> None:
    for user in (onboarder, customer_user):
        talk.ask(user)
    talk.write(onboarder, sent)
    talk.note(approver, make_request(sent.partner, onboarder))
    talk.write(approver, talk.ask(onboarder).thread)

    counted = User.objects.annotate(waiting=waiting_for_arxus())
    assert [counted.get(pk=user.pk).waiting for user in (approver, onboarder, customer_user)] == [3, 0, 0]


def test_who_reads_the_conversation_has_read_what_the_inbox_tells_of_it(
    onboarder: User, viewer: User, approver: User
) -> None:
    thread = talk.ask(onboarder).thread
    talk.write(viewer, thread, "For me too.")
    talk.write(approver, thread)
    thread.refresh_from_db()

    conversation.mark_read(actor=onboarder, thread=thread)

    unread_by = Notification.objects.unread().filter(recipient__in=(onboarder, viewer))
    assert set(unread_by.values_list("recipient", flat=True)) == {viewer.pk}
