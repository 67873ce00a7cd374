"""Tells people of answers that are late: at once, and whoever wants it in one mail a working day."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from approvals import notifications, promise, tasks
from approvals.locking import lock
from approvals.models import Mailing, NotificationKind, RegistrationRequest
from approvals.notices.audiences import approvers
from approvals.notices.inbox import choices_of
from approvals.querysets import RegistrationRequestQuerySet
from approvals.refusals import RequestGone
from approvals.workflow import State
from customers.history import record
from customers.models import Event

LATE = "request.late"


def late() -> RegistrationRequestQuerySet:
    """What waits for us although its answer was due."""
    return RegistrationRequest.objects.filter(state=State.SUBMITTED.value, due_at__lt=timezone.now())


def announce_late() -> int:
    """Tell of every answer that has become late, once for each moment it was due at; return how many.

    Harmless at any time, and while another process does the same.
    """
    return sum(announce(request) for request in untold())


def untold() -> RegistrationRequestQuerySet:
    """What is late and nobody has been told of, the longest late first."""
    waiting = late().filter(~Exists(_told(OuterRef("reference"), OuterRef("due_at"))))
    return waiting.select_related("partner").order_by("due_at", "pk")


def _told(reference: Any, due_at: Any) -> Any:
    return Event.objects.filter(reference=reference, action=LATE, at__gte=due_at)


@transaction.atomic(durable=True)
def announce(request: RegistrationRequest) -> bool:
    """Tell that the answer to this request has become late; False where it is not late or has been told of."""
    try:
        current = lock(request)
    except RequestGone:
        return False
    if not promise.is_late(current) or _told(current.reference, current.due_at).exists():
        return False
    submission = current.submissions.latest("version")
    event = record(
        actor=None,
        action=LATE,
        partner=current.partner,
        customer=current.customer,
        reference=current.reference,
        version=submission.version,
    )
    notifications.announce(event, submission=submission)
    return True


@transaction.atomic(durable=True)
def write_digests() -> int:
    """Write today's digest to whoever of the approvers wants one; return how many were written.

    Once a working day, after the office has opened: the row of the day is unique, so running this again, or twice at
    the same moment, writes nothing more. Whether anything waits is looked at when the mail leaves.
    """
    now, office = timezone.now(), settings.OFFICE
    today = office.day_of(now)
    if not office.works_on(today) or now.astimezone(office.zone).time() < office.opens:
        return 0
    written = 0
    for reader in approvers():
        if not choices_of(reader)[NotificationKind.DIGEST]:
            continue
        mailing, is_new = Mailing.objects.get_or_create(
            day=today, recipient=reader, defaults={"kind": NotificationKind.DIGEST}
        )
        if is_new:
            tasks.deliver.enqueue(str(mailing.key))
            written += 1
    return written
