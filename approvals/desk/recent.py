"""What somebody decided a moment ago: it stays in sight, and one press never decides twice."""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from approvals.models import Decision, FirstApproval, RegistrationRequest, Submission
from approvals.refusals import Unread

PAUSE = timedelta(seconds=1.5)
"""Nobody reads a request in less: a press that comes sooner was meant for the page before."""
IN_SIGHT = timedelta(minutes=10)
SHOWN = 5


def lately(user: Any) -> list[Decision]:
    """What this person decided in the last ten minutes, the latest first; without what was sent again since."""
    later = Submission.objects.filter(
        request=OuterRef("submission__request"), version__gt=OuterRef("submission__version")
    )
    made = Decision.objects.filter(~Exists(later), decided_by=user, decided_at__gt=timezone.now() - IN_SIGHT)
    return list(made.select_related("submission__request").order_by("-decided_at", "-pk")[:SHOWN])


def ensure_read(user: Any, request: RegistrationRequest) -> None:
    """Raise Unread where this person decided on another request, if only as the first of two, less than a PAUSE ago."""
    since = timezone.now() - PAUSE
    for made in (
        Decision.objects.filter(decided_by=user, decided_at__gt=since),
        FirstApproval.objects.filter(approved_by=user, approved_at__gt=since),
    ):
        latest = made.exclude(submission__request=request).select_related("submission__request").last()
        if latest is not None:
            raise Unread(latest.submission.request.company_name)
