"""By when we answer, in words for the partner."""

import math
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from approvals.clock import HOUR, target
from approvals.models import RegistrationRequest
from approvals.workflow import State

QUARTER = timedelta(minutes=15)


def promised(due_at: datetime) -> datetime:
    """The moment we name: the next quarter of an hour, on the local clock."""
    local = timezone.localtime(due_at)
    past = timedelta(minutes=local.minute % 15, seconds=local.second, microseconds=local.microsecond)
    return local + (QUARTER - past if past else timedelta())


def is_late(request: RegistrationRequest, now: datetime | None = None) -> bool:
    """Whether the moment that was named to the partner has passed without an answer."""
    if request.state != State.SUBMITTED or request.due_at is None:
        return False
    return promised(request.due_at) < (now or timezone.now())


def moment(due_at: datetime) -> str:
    """`Tuesday 24 November, 14:00`."""
    return date_format(promised(due_at), "l j F, H:i")


def usually() -> str:
    """How soon we answer as a rule, for the middle of a sentence."""
    hours, day = target(), settings.OFFICE.hours_a_day
    if hours == day:
        return _("within one working day")
    days, rest = divmod(hours, day)
    if not rest:
        return ngettext("within %(count)d working day", "within %(count)d working days", days) % {"count": days}
    whole = math.ceil(hours / HOUR)
    return ngettext("within %(count)d working hour", "within %(count)d working hours", whole) % {"count": whole}


def sentence(request: RegistrationRequest, now: datetime | None = None) -> str:
    """What the partner reads of the answer to come; "" where none is due."""
    if request.state != State.SUBMITTED or request.due_at is None:
        return ""
    when = {"moment": moment(request.due_at)}
    if is_late(request, now):
        return _("Our answer is late: we said %(moment)s. We are on it, and there is nothing to do for you.") % when
    return _("We answer by %(moment)s.") % when


def short(request: RegistrationRequest, now: datetime | None = None) -> str:
    """The same for a line of a list; "" where none is due."""
    if request.state != State.SUBMITTED or request.due_at is None:
        return ""
    if is_late(request, now):
        return _("Our answer is late")
    return _("Answer by %(moment)s") % {"moment": date_format(promised(request.due_at), "D j M, H:i")}
