"""Tells people of what happened. Who is told of what is in `notices`, whom that means in `audiences`, what a mail looks
like in `letters`, when it leaves in `tasks`."""

from typing import Any

from django.utils import timezone

from approvals import tasks
from approvals.models import Mailing, Message, Notification, NotificationChoice, RegistrationRequest, Submission
from approvals.notices.audiences import people
from approvals.notices.notice import Notice
from approvals.notices.table import NOTICES, action_of
from customers.models import Event


def announce(event: Event, *, submission: Submission | None = None, message: Message | None = None) -> None:
    """Tell people of an event, in the transaction that recorded it: in the portal, and by mail where they want it.

    An event about a request comes with the submission it is about, one about a conversation with its message. Mails
    leave once it is committed. Telling somebody twice of the same event is impossible: the rows are unique.

    Raises KeyError for an action that the table of notices does not know.
    """
    for notice in NOTICES[action_of(event)]:
        if notice.settles and submission is not None:
            _settle(submission.request)
        for recipient in people(notice.audience, event, submission, message):
            _tell(notice, recipient, event, submission, message)


def _tell(notice: Notice, recipient: Any, event: Event, submission: Submission | None, message: Message | None) -> None:
    request = submission.request if submission is not None else message.thread.request if message is not None else None
    subject = {"kind": notice.kind, "request": request, "message": message}
    # What somebody did themselves is in their inbox to be found again, not as news.
    read_at = timezone.now() if event.actor_id == recipient.pk else None
    _notification, is_new = Notification.objects.get_or_create(
        event=event, recipient=recipient, defaults=subject | {"partner_id": event.partner_id, "read_at": read_at}
    )
    if is_new and wants_mail(recipient, notice):
        version = submission.version if submission is not None else None
        mailing = Mailing.objects.create(event=event, recipient=recipient, version=version, **subject)
        tasks.deliver.enqueue(str(mailing.key))


def wants_mail(user: Any, notice: Notice) -> bool:
    """What the user chose for this kind; without a choice, what the table says."""
    chosen = NotificationChoice.objects.filter(user=user, kind=notice.kind).values_list("by_mail", flat=True).first()
    return notice.by_mail if chosen is None else chosen


def _settle(request: RegistrationRequest) -> None:
    """What waited for staff no longer does: it counts as read."""
    told = Notification.objects.unread().filter(request=request, message=None, recipient__is_staff=True)
    told.update(read_at=timezone.now())
