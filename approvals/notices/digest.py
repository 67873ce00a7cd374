"""The mail of the day about what waits too long."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives
from django.db.models import Prefetch
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from approvals.clock import clock_of
from approvals.models import Mailing, RegistrationRequest, Submission
from approvals.notices.letters import build
from approvals.notices.telling import language_of
from approvals.workflow import State

MOST = 50


class NothingToTell(Exception):
    """Nothing waits too long any more."""


@dataclass(frozen=True, kw_only=True)
class Line:
    company: str
    partner: str
    reference: str
    late: str


def compose(mailing: Mailing) -> EmailMultiAlternatives:
    """The digest as things stand now, the longest due first. Raises NothingToTell where nothing is late."""
    with translation.override(language_of(mailing.recipient)):
        lines = lines_for(mailing)
        if not lines:
            raise NothingToTell
        shown = lines[:MOST]
        count = len(shown)
        # The number in the subject is that of the lines: one query reads no more than it shows.
        subject = ngettext("%(count)d answer is late", "%(count)d answers are late", count) % {"count": count}
        more = _("There are more: the queue has them all.") if len(lines) > MOST else ""
        return build(mailing, subject=subject, template="mail/digest", context={"lines": shown, "more": more})


def lines_for(mailing: Mailing) -> Sequence[Line]:
    """What its reader may see of what is late; one more than is shown, if there are more."""
    now = timezone.now()
    visible = RegistrationRequest.objects.visible_to(mailing.recipient)
    late = visible.filter(state=State.SUBMITTED.value, due_at__lt=now).select_related("partner")
    versions = Prefetch("submissions", queryset=Submission.objects.order_by("version").select_related("decision"))
    return [
        Line(
            company=request.company_name,
            partner=request.partner.name,
            reference=request.reference,
            late=clock_of(request, request.submissions.all(), now).words,
        )
        for request in late.prefetch_related(versions).order_by("due_at", "pk")[: MOST + 1]
    ]
