"""When mails leave: in the worker, after the commit, tried again with growing pauses, each at most once."""

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task

from approvals.models import Mailing, MailOutcome, Message, NotificationKind, RegistrationRequest
from approvals.notices import digest, letters
from approvals.standing import is_approver

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=10)
"""How long a worker has a mail for itself: far longer than all time-outs of the mail server together."""
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 240, 720, 1440)]
"""Between tries; after the last one the mail is given up."""


class Confidential(Exception):
    """The mail would reach somebody for whom what it is about does not exist."""


@task
def deliver(key: str) -> str:
    """Send one mailing if it is this worker's turn; return what became of it.

    Killed between sending and writing that down, the mail is sent again once (with the same Message-ID): better twice
    than never. In all other cases it leaves at most once, however often this runs.
    """
    mailing = _claim(key)
    if mailing is None:
        return "nothing to do"
    try:
        send(mailing)
    except Confidential:
        logger.error("Mail %s refused: its reader may not see %s.", key, mailing)
        return _finish(mailing, MailOutcome.REFUSED)
    except digest.NothingToTell:
        return _finish(mailing, MailOutcome.SETTLED)
    except Exception as error:  # whatever went wrong, the mail is neither lost nor tried for ever
        return _try_later(mailing, error)
    return _finish(mailing, MailOutcome.SENT)


def send(mailing: Mailing) -> None:
    """Hand one mail to the mail server: the only place from which mails about requests and conversations leave.

    The reader must be somebody for whom the request exists: of its partner, or Arxus staff; and the message, if it is
    about one. So no mail about a Value Add Partner's customer can reach anybody of that customer (settled question 5).

    Raises Confidential, NothingToTell for a digest of nothing, and what Django's mail backend raises where the mail
    server does not take it.
    """
    reader = mailing.recipient
    if not _may_read(mailing):
        raise Confidential(reader.pk)
    try:
        validate_email(reader.email)  # one address: a comma would make two readers of it
    except ValidationError as error:
        raise Confidential(reader.pk) from error
    (digest if mailing.kind == NotificationKind.DIGEST else letters).compose(mailing).send()


def _may_read(mailing: Mailing) -> bool:
    """Whether what the mail is about exists for its reader now: the request, and the message, if it is about one."""
    reader, message = mailing.recipient, mailing.message
    if mailing.kind == NotificationKind.DIGEST:
        return is_approver(reader)  # What it tells is narrowed to what the reader sees.
    if mailing.request_id is None and message is None:
        return False
    about = [RegistrationRequest.objects.visible_to(reader).filter(pk=mailing.request_id)] if mailing.request_id else []
    said = [Message.objects.visible_to(reader).filter(pk=message.pk)] if message is not None else []
    return all(found.exists() for found in [*about, *said])


def _claim(key: str) -> Mailing | None:
    now = timezone.now()
    waiting = Mailing.objects.filter(key=key, outcome=MailOutcome.WAITING)
    due = waiting.filter(Q(next_try_at__isnull=True) | Q(next_try_at__lte=now))
    if not due.update(tries=F("tries") + 1, next_try_at=now + CLAIM):
        return None
    about = ("event__partner", "request__partner__csm", "request__customer", "message__thread", "recipient")
    return Mailing.objects.select_related(*about).get(key=key)


def _finish(mailing: Mailing, outcome: MailOutcome) -> str:
    mailing.outcome = outcome
    mailing.sent_at = timezone.now() if outcome == MailOutcome.SENT else None
    mailing.next_try_at = None
    mailing.save(update_fields=["outcome", "sent_at", "next_try_at"])
    return outcome.value


def _try_later(mailing: Mailing, error: Exception) -> str:
    if mailing.tries > len(PAUSES):
        logger.error("Mail %s given up after %s tries.", mailing.key, mailing.tries, exc_info=error)
        return _finish(mailing, MailOutcome.GIVEN_UP)
    logger.warning("Mail %s not taken, try %s: %s", mailing.key, mailing.tries, error)
    mailing.next_try_at = timezone.now() + PAUSES[mailing.tries - 1]
    mailing.save(update_fields=["next_try_at"])
    deliver.using(run_after=mailing.next_try_at).enqueue(str(mailing.key))
    return mailing.outcome


def requeue_lost() -> int:
    """Put mails back in the queue whose worker died or whose task was lost; return how many. Harmless at any time."""
    late = timezone.now() - CLAIM
    lost = Mailing.objects.filter(outcome=MailOutcome.WAITING).filter(
        Q(next_try_at__lte=late) | Q(next_try_at__isnull=True, created_at__lte=late)
    )
    keys = [str(key) for key in lost.values_list("key", flat=True)]
    for key in keys:
        deliver.enqueue(key)
    return len(keys)
