"""Which people an audience (`approvals.notices.notice`) means for one event.

Always people of the partner or of Arxus. Nobody of a customer's is told of a request, whatever the relationship; and of
a conversation only those of its own two sides.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from approvals.models import Message, RegistrationRequest, Submission
from approvals.notices.notice import Audience
from approvals.standing import DECIDE, is_approver, is_onboarder
from customers.models import Event
from customers.permissions import MembershipRole

WORK = ("request.taken", "request.taken_over", "request.approved_first", "request.changes_requested")


def people(audience: Audience, event: Event, submission: Submission | None, message: Message | None) -> list[Any]:
    """Whoever is told; of what somebody did themselves, only the partner's sender is told, as a confirmation."""
    if audience is Audience.SENDER:
        return sender(_submission(submission).request)
    if audience is Audience.ASKER:
        found = asker(_submission(submission)) or approvers()
    elif audience is Audience.HANDLER:
        found = handler(_submission(submission).request)
    elif audience is Audience.APPROVERS:
        found = approvers()
    else:
        found = correspondents(_message(message), staff=audience is Audience.ARXUS_WRITERS)
    return [one for one in found if one.pk != event.actor_id]


def sender(request: RegistrationRequest) -> list[Any]:
    """Whoever sent the latest version; after they left, the partner's administrators."""
    latest = request.submitted_by
    if latest is not None and is_onboarder(latest, request.partner):
        return [latest]
    administrators = _active().filter(
        membership__partner=request.partner,
        membership__partner__is_active=True,
        membership__role=MembershipRole.ADMINISTRATOR.value,
    )
    return list(administrators.order_by("pk"))


def asker(submission: Submission) -> list[Any]:
    """Whoever decided on the version before this one; nobody after they left."""
    before = submission.request.submissions.filter(version__lt=submission.version)
    latest = before.select_related("decision__decided_by").order_by("-version").first()
    decision = getattr(latest, "decision", None)
    return [decision.decided_by] if decision is not None and is_approver(decision.decided_by) else []


def handler(request: RegistrationRequest) -> list[Any]:
    """Whoever of Arxus last took the request or decided on it; nobody after they left."""
    worked = Event.objects.filter(reference=request.reference, action__in=WORK).select_related("actor")
    latest = worked.exclude(actor=None).first()
    return [latest.actor] if latest is not None and is_approver(latest.actor) else []


def approvers() -> list[Any]:
    """Who was given the right to decide; superusers have every right, and are not told for that."""
    return list(_given(DECIDE).order_by("pk"))


def correspondents(message: Message, *, staff: bool) -> list[Any]:
    """Who wrote in the conversation or is asked in it, on one of its sides, and may still read the message.

    Of Arxus, where nobody is involved yet: the partner's customer success manager; where there is none, whoever decides
    on the request, or whoever answers questions to support.
    """
    thread = message.thread
    wrote = Message.objects.filter(thread=thread).exclude(author=None).order_by().values("author")
    involved = Q(pk__in=wrote) | Q(pk__in=[pk for pk in (thread.started_by_id, _sent_by(thread.request)) if pk])
    found = list(_active().filter(involved, is_staff=staff).select_related("membership__partner").order_by("pk"))
    if staff and not found:
        csm = thread.partner.csm
        found = [csm] if csm is not None else list(_given(DECIDE if thread.request_id else ANSWER).order_by("pk"))
    return [one for one in found if Message.objects.visible_to(one).filter(pk=message.pk).exists()]


ANSWER = "approvals.answer_thread"


def _sent_by(request: RegistrationRequest | None) -> int | None:
    return request.submitted_by_id if request is not None else None


def _active() -> QuerySet[Any]:
    return get_user_model().objects.filter(is_active=True)


def _given(permission: str) -> QuerySet[Any]:
    app, codename = permission.split(".")
    conditions: Iterable[Q] = (
        Q(**{f"{path}__content_type__app_label": app, f"{path}__codename": codename})
        for path in ("user_permissions", "groups__permissions")
    )
    by_user, by_group = conditions
    return _active().filter(by_user | by_group, is_staff=True).distinct()


def _submission(submission: Submission | None) -> Submission:
    assert submission is not None, "This event is announced with its submission."
    return submission


def _message(message: Message | None) -> Message:
    assert message is not None, "This event is announced with its message."
    return message
