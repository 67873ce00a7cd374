"""However often and by however many a message is sent at the same moment, it is there once."""

import uuid
from functools import partial

import pytest

from approvals.models import Attachment, Message, Notification, RegistrationRequest, Thread, ThreadState
from approvals.workflow import State
from customers.models import Event, Partner
from portal.models import User
from tests.approvals import talk
from tests.approvals.conftest import files_in
from tests.approvals.test_parallel import at_once, fresh, kinds
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 5


def test_one_form_sent_six_times_is_one_message(partner: Partner, onboarder: User, store: object) -> None:
    for _round in range(ROUNDS):
        sent = make_request(partner, onboarder)
        token = uuid.uuid4()

        def send(sent: RegistrationRequest = sent, token: uuid.UUID = token) -> Message:
            request = RegistrationRequest.objects.get(pk=sent.pk)
            return talk.write(fresh(onboarder), request, "Once", token=token, files=[talk.pdf()])

        outcomes = at_once(*[send] * 6)

        assert kinds(outcomes) == {"Message": 6}
        assert len({message.pk for message in outcomes}) == 1
    assert Message.objects.count() == Attachment.objects.count() == Thread.objects.count() == ROUNDS
    assert len(files_in(store)) == ROUNDS
    assert Event.objects.filter(action="message.sent").count() == ROUNDS


def test_one_question_sent_six_times_is_one_conversation(onboarder: User) -> None:
    for _round in range(ROUNDS):
        token = uuid.uuid4()
        outcomes = at_once(*[lambda token=token: talk.ask(fresh(onboarder), token=token)] * 6)

        assert kinds(outcomes) == {"Message": 6}
    assert Message.objects.count() == Thread.objects.count() == ROUNDS


def test_both_sides_writing_first_share_one_conversation(
    partner: Partner, onboarder: User, colleague: User, approver: User, second_approver: User
) -> None:
    people = (onboarder, colleague, approver, second_approver)
    for _round in range(ROUNDS):
        sent = make_request(partner, onboarder)

        def send(user: User, sent: RegistrationRequest = sent) -> Message:
            return talk.write(fresh(user), RegistrationRequest.objects.get(pk=sent.pk), f"From {user.pk}")

        assert kinds(at_once(*[partial(send, user) for user in people])) == {"Message": 4}

        thread = Thread.objects.get(request=sent)
        said = list(thread.messages.order_by("pk"))
        last_is_ours = said[-1].is_staff
        assert thread.state == (ThreadState.AT_ASKER if last_is_ours else ThreadState.AT_ARXUS)
        assert thread.told_at == said[-1].sent_at
    assert Thread.objects.count() == ROUNDS
    assert Notification.objects.filter(recipient=onboarder).exists()
    assert RegistrationRequest.objects.filter(state=State.SUBMITTED).count() == ROUNDS
