"""People write to each other: about a request, or to support. What is written stays as it is."""

import uuid
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from approvals import holding, notifications, storing
from approvals.conversations.message_refusals import MessageMissing, MessageTooLong, SubjectMissing, TooManyMessages
from approvals.conversations.voices import (
    answering_refusal,
    answers_for_arxus,
    asks_support,
    signature,
    writing_refusal,
)
from approvals.locking import lock
from approvals.models import Attachment, Message, Notification, Reading, RegistrationRequest, Thread, ThreadState
from approvals.prose import cleaned
from approvals.refusals import EvidenceRefused, NotAllowed
from customers.history import record
from customers.models import Customer, Event, Membership
from customers.one_line import LineFault, one_line

MAX_CHARACTERS = 5_000
MAX_SUBJECT = 120
MAX_PAGE = 300
MAX_FILES = 3
"""Of one message."""


@dataclass(frozen=True, kw_only=True)
class Written:
    """What somebody wants to send, checked."""

    body: str
    files: Sequence[storing.Taken]
    is_internal: bool
    token: uuid.UUID
    """The same for the same content out of the same form, so that a second press sends nothing; who goes back and
    writes something else sends something else."""


def write(
    *,
    actor: Any,
    request: RegistrationRequest | None = None,
    thread: Thread | None = None,
    body: str,
    internal: bool = False,
    files: Sequence[UploadedFile] = (),
    token: uuid.UUID,
) -> Message:
    """Write in the conversation of a request, or in an existing one. Sent twice, it is the message that is there.

    Raises NotAllowed, WrongState (a draft), RequestGone, MessageMissing, MessageTooLong, TooManyMessages,
    EvidenceRefused (codes of `storing.take`, and too_many); OSError where the disk does not take a file.
    """
    written = _checked(body, files, internal, token)
    with transaction.atomic(durable=True):
        current = _of_request(actor, request) if request is not None else _existing(actor, thread)
        if internal and not answers_for_arxus(actor):
            raise NotAllowed
        if current.request is not None:
            holding.renew(actor=actor, request=current.request)
        return _send(actor, current, written)


def start(
    *,
    actor: Any,
    subject: str,
    body: str,
    page: str = "",
    about_request: RegistrationRequest | None = None,
    about_customer: Customer | None = None,
    files: Sequence[UploadedFile] = (),
    token: uuid.UUID,
) -> Message:
    """Ask support something: a conversation with its first message. Sent twice, it is the one that is there.

    `page` is where the question came up. Raises NotAllowed (staff, and for what does not exist for this person),
    SubjectMissing, and what `write` raises of the message.
    """
    written = _checked(body, files, False, token)
    subject = _subject(subject)
    with transaction.atomic(durable=True):
        if not asks_support(actor):
            raise NotAllowed
        # One question of one person at a time: the second press finds what the first one wrote.
        membership = Membership.objects.select_for_update().get(pk=actor.membership.pk)
        for rows, about in ((RegistrationRequest, about_request), (Customer, about_customer)):
            if about is not None and not rows.objects.visible_to(actor).filter(pk=about.pk).exists():
                raise NotAllowed
        key = uuid.uuid5(written.token, subject)
        thread = Thread.objects.filter(started_by=actor, token=key).first()
        if thread is None:
            thread = Thread.objects.create(
                **_sides(membership),
                subject=subject,
                page=page[:MAX_PAGE],
                about_request=about_request,
                about_customer=about_customer,
                started_by=actor,
                token=key,
            )
        return _send(actor, thread, written)


@transaction.atomic(durable=True)
def close(*, actor: Any, thread: Thread) -> Thread:
    """Say that nothing is left to answer; whoever writes again opens it again. Closing twice changes nothing.

    The conversation of a request is closed by Arxus alone: to its partner it is always open. Raises NotAllowed.
    """
    current = _existing(actor, thread)
    if current.request is not None and not answers_for_arxus(actor):
        raise NotAllowed
    if current.state != ThreadState.CLOSED:
        current.state = ThreadState.CLOSED
        current.waiting_since = None
        current.save()
        _record(actor, "thread.closed", current)
    return current


def download(*, actor: Any, attachment: Attachment) -> bytes:
    """The file exactly as it was sent; who took it is on record.

    Raises NotAllowed for whom the message does not exist, EvidenceDamaged where the file is gone or altered.
    """
    if not Attachment.objects.visible_to(actor).filter(pk=attachment.pk).exists():
        raise NotAllowed
    content = storing.content_of(attachment)
    message = attachment.message
    action = "message.note_downloaded" if message.is_internal else "message.downloaded"
    _record(actor, action, message.thread, name=attachment.name)
    return content


def mark_read(*, actor: Any, thread: Thread) -> None:
    """Whoever writes in this conversation has now read its latest answer, and what the inbox tells of it."""
    told = Notification.objects.unread().filter(recipient=actor, message__thread=thread)
    told.update(read_at=timezone.now())
    if thread.answered_at is not None:
        behind = Reading.objects.filter(user=actor, thread=thread, read_at__lt=thread.answered_at)
        behind.update(read_at=thread.answered_at)


def unread_of(actor: Any, threads: Collection[Thread]) -> set[int]:
    """Those of these conversations whose latest answer this person, who writes in them, has not read: primary keys."""
    behind = Reading.objects.filter(user=actor, thread__in=threads, thread__answered_at__gt=F("read_at"))
    return set(behind.values_list("thread", flat=True)) if threads else set()


def _checked(body: str, files: Sequence[UploadedFile], internal: bool, token: uuid.UUID) -> Written:
    body = cleaned(body)
    if not body and not files:
        raise MessageMissing
    if len(body) > MAX_CHARACTERS:
        raise MessageTooLong(MAX_CHARACTERS, len(body))
    if len(files) > MAX_FILES:
        words = _("A message takes %(count)s files at most. Send the others with another message.")
        raise EvidenceRefused("too_many", words % {"count": MAX_FILES})
    taken = [storing.take(upload) for upload in files]
    content = "\n".join([str(internal), *(one.sha256 for one in taken), body])
    return Written(body=body, files=taken, is_internal=internal, token=uuid.uuid5(token, content))


def _subject(typed: str) -> str:
    try:
        subject = one_line(typed)[:MAX_SUBJECT].rstrip()
    except LineFault as fault:
        raise SubjectMissing from fault
    if not subject:
        raise SubjectMissing
    return subject


def _sides(membership: Membership) -> dict[str, Any]:
    """A customer's own people speak for themselves; their partner does not read along."""
    if membership.customer is None:
        return {"partner": membership.partner}
    return {"partner": membership.customer.partner, "customer": membership.customer}


def _of_request(actor: Any, request: RegistrationRequest) -> Thread:
    """The conversation of a request, opened by the first message; locked with its request."""
    current = lock(request)
    if found := writing_refusal(actor, request=current):
        raise found
    thread, _is_new = Thread.objects.select_for_update(of=("self",)).get_or_create(
        request=current, defaults={"partner": current.partner, "started_by": actor}
    )
    return thread


def _existing(actor: Any, thread: Thread | None) -> Thread:
    if thread is None:
        raise NotAllowed
    if thread.request is not None:
        lock(thread.request)
    current = Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)
    if found := answering_refusal(actor, current):
        raise found
    return current


def _send(actor: Any, thread: Thread, written: Written) -> Message:
    sent = thread.messages.filter(author=actor, token=written.token).first()
    if sent is not None:
        return sent
    an_hour_ago = timezone.now() - timedelta(hours=1)
    if Message.objects.filter(author=actor, sent_at__gt=an_hour_ago).count() >= settings.MESSAGES_PER_HOUR:
        raise TooManyMessages(settings.MESSAGES_PER_HOUR)
    message = Message.objects.create(
        thread=thread,
        author=actor,
        author_name=actor.get_full_name(),
        signed_as=signature(actor, thread),
        is_staff=actor.is_staff,
        is_internal=written.is_internal,
        body=written.body,
        token=written.token,
    )
    with ExitStack() as store:
        for taken in written.files:
            row = Attachment(message=message)
            store.enter_context(storing.kept(row, taken))
            row.save()
        if written.is_internal:
            event = _record(actor, "message.noted", thread)
        else:
            _turn(thread, message.sent_at, is_answer=actor.is_staff)
            if not actor.is_staff:
                Reading.objects.update_or_create(user=actor, thread=thread, defaults={"read_at": message.sent_at})
            event = _record(actor, "message.sent", thread)
        notifications.announce(event, message=message)
    return message


def _turn(thread: Thread, at: datetime, *, is_answer: bool) -> None:
    """The other side has the ball."""
    thread.told_at = at
    if is_answer:
        thread.state, thread.waiting_since, thread.answered_at = ThreadState.AT_ASKER, None, at
    else:
        thread.waiting_since = thread.waiting_since or at
        thread.state = ThreadState.AT_ARXUS
    thread.save()


def _record(actor: Any, action: str, thread: Thread, **facts: Any) -> Event:
    """What concerns a request stands on its timeline; a question to support on none but its own: a customer's own
    people may have asked it, and their partner reads the customer's history."""
    about = thread.request
    return record(
        actor=actor,
        action=action,
        partner=thread.partner,
        customer=about.customer if about is not None else None,
        reference=about.reference if about is not None else thread.reference,
        **facts,
    )
