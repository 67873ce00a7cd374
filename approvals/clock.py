"""How long Arxus has had a request, in working hours: the clock runs while Arxus has to act and stands still while the
partner has."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from approvals.models import RegistrationRequest, Submission
from approvals.workflow import State
from approvals.working_time import ZERO, after, between

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


class Haste(StrEnum):
    """How near the answer is due; the value is the class that colours it."""

    CALM = "good"
    SOON = "warn"
    LATE = "bad"


@dataclass(frozen=True, kw_only=True)
class Clock:
    used: timedelta
    """Working time that Arxus has had the request, in all its versions."""
    due_at: datetime | None
    """When the time for an answer is, or was, used up; None unless the request waits for Arxus."""
    is_paused: bool

    @property
    def left(self) -> timedelta:
        """Working time left for the answer; less than none once it is late."""
        return target() - self.used

    @property
    def haste(self) -> Haste:
        if self.left <= timedelta(hours=settings.ANSWER_RED_HOURS):
            return Haste.LATE
        return Haste.SOON if self.left <= timedelta(hours=settings.ANSWER_AMBER_HOURS) else Haste.CALM

    @property
    def words(self) -> str:
        """The countdown, as staff read it: `3 h left`, `25 min left`, `2 h late`."""
        if self.is_paused:
            return _("Paused, %(time)s used") % {"time": duration(self.used)}
        if self.left >= ZERO:
            return _("%(time)s left") % {"time": duration(self.left)}
        return _("%(time)s late") % {"time": duration(-self.left)}


def target() -> timedelta:
    """The working time within which we answer."""
    return timedelta(hours=settings.ANSWER_TARGET_HOURS)


def clock_of(request: RegistrationRequest, submissions: Iterable[Submission], now: datetime | None = None) -> Clock:
    """The clock of a request. `submissions` are all of its versions, each with its decision; no query."""
    now = now or timezone.now()
    runs = request.state == State.SUBMITTED
    used, due_at = ZERO, None
    for start, end in _turns(request, submissions, now):
        worked = between(settings.OFFICE, start, end)
        if due_at is None and used + worked > target():
            due_at = after(settings.OFFICE, start, target() - used)
        used += worked
    if due_at is None:
        due_at = after(settings.OFFICE, now, max(target() - used, ZERO))
    return Clock(used=used, due_at=due_at if runs else None, is_paused=not runs)


def due_at_of(request: RegistrationRequest) -> datetime | None:
    """When the answer to a request is due, as it stands now: what `due_at` of its row is set to."""
    return clock_of(request, list(request.submissions.select_related("decision").order_by("version"))).due_at


def _turns(
    request: RegistrationRequest, submissions: Iterable[Submission], now: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """From when to when Arxus had the request: from each version that was sent to the decision on it."""
    for submission in sorted(submissions, key=lambda one: one.version):
        decision = getattr(submission, "decision", None)
        if decision is not None:
            yield submission.submitted_at, decision.decided_at
        else:
            # Undecided: it waits, or its partner took it back.
            yield submission.submitted_at, now if request.state == State.SUBMITTED else request.updated_at


def duration(time: timedelta) -> str:
    """Working time in its largest parts: `25 min`, `2 h 10 min`, `5 h`, `3 working days`."""
    minutes = int(time / MINUTE)
    hours, minutes = divmod(minutes, 60)
    days = int(time / settings.OFFICE.hours_a_day)
    if days >= 2:
        return ngettext("%(count)d working day", "%(count)d working days", days) % {"count": days}
    if hours >= 3 or (hours and not minutes):
        return _("%(hours)d h") % {"hours": hours}
    if hours:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    return _("%(minutes)d min") % {"minutes": minutes}
