"""Whatever fails between an event and its mail, nothing of the two is lost or doubled, whatever the event."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from approvals import tasks
from approvals.models import Mailing, MailOutcome, Notification
from approvals.notices import inbox
from customers.models import Event, Partner
from portal.models import User
from tests.approvals.posted import outbox
from tests.approvals.told import AUDIENCE, Told
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db

TOLD = [action for action, (_by, told) in AUDIENCE.items() if told]


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)


@pytest.fixture
def keen(cast: dict[str, User]) -> dict[str, User]:
    """The cast, everybody of whom wants everything by mail."""
    for user in cast.values():
        inbox.choose(actor=user, by_mail=dict.fromkeys(inbox.kinds_of(user), True))
    return cast


def announced(action: str, cast: dict[str, User], partner: Partner) -> int:
    """Announce an event of this row; how many are told by mail."""
    by, told = AUDIENCE[action]
    Told(action, partner, cast["onboarder"], cast[by]).announce()
    return len(told)


@pytest.mark.parametrize("action", TOLD)
def test_with_the_mail_server_down_every_mail_waits_and_leaves_once(
    action: str, keen: dict[str, User], partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = announced(action, keen, partner)

    def down(letter: EmailMultiAlternatives, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr(EmailMultiAlternatives, "send", down)
        run_queued_tasks()
    assert (outbox(), Mailing.objects.filter(outcome=MailOutcome.WAITING).count()) == ([], count)

    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        run_queued_tasks()
        run_queued_tasks()
    assert (len(outbox()), Mailing.objects.filter(outcome=MailOutcome.SENT).count()) == (count, count)


@pytest.mark.parametrize("action", TOLD)
def test_a_worker_killed_before_it_sent_loses_nothing(action: str, keen: dict[str, User], partner: Partner) -> None:
    count = announced(action, keen, partner)
    Mailing.objects.update(tries=1, next_try_at=timezone.now() + tasks.CLAIM)
    DBTaskResult.objects.all().delete()
    with time_machine.travel(timezone.now() + 3 * tasks.CLAIM, tick=False):
        assert tasks.requeue_lost() == count
        run_queued_tasks()
    assert len(outbox()) == count


@pytest.mark.parametrize("action", [action for action in TOLD if not action.startswith("message.")])
def test_an_event_that_is_rolled_back_tells_nobody(action: str, keen: dict[str, User], partner: Partner) -> None:
    by, _told = AUDIENCE[action]
    one = Told(action, partner, keen["onboarder"], keen[by])
    with transaction.atomic():
        one.announce()
        transaction.set_rollback(True)
    run_queued_tasks()
    assert (outbox(), Mailing.objects.count(), Notification.objects.count()) == ([], 0, 0)
    assert Event.objects.filter(pk=one.event.pk).exists()
