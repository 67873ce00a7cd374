"""Who sees which requests, as querysets."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from approvals.workflow import STATES, Ball, State
from customers.permissions import Ability
from customers.querysets import AppendOnlyQuerySet

if TYPE_CHECKING:
    from approvals.models import Attachment, Evidence, Message, Notification, RegistrationRequest, Snippet, Thread


NONE = Q(pk__in=[])


def visible_requests(user: Any, prefix: str = "") -> Q:
    """The condition by which a request exists for this user; `prefix` leads to the request (`request__`).

    Arxus staff with the right to see requests: what has been sent, never a partner's draft. A partner's member: the
    partner's, drafts of colleagues included. Anybody else: none.
    """
    if user.is_active and user.is_staff and user.has_perm("approvals.view_registrationrequest"):
        return ~Q(**{f"{prefix}state": State.DRAFT.value})
    membership = getattr(user, "membership", None)
    if membership is None or not user.is_active or not membership.may(Ability.LOOK):
        return NONE
    if membership.partner_id is None:
        return NONE
    return Q(**{f"{prefix}partner_id": membership.partner_id})


class RegistrationRequestQuerySet(models.QuerySet["RegistrationRequest"]):
    def visible_to(self, user: Any) -> "RegistrationRequestQuerySet":
        return self.filter(visible_requests(user))

    def with_ball(self, *balls: Ball) -> "RegistrationRequestQuerySet":
        """Requests in which one of these has to act next."""
        return self.filter(state__in=[state.value for state, facts in STATES.items() if facts.ball in balls])

    def in_progress(self) -> "RegistrationRequestQuerySet":
        """Neither decided nor withdrawn."""
        return self.with_ball(Ball.PARTNER, Ball.ARXUS)

    def oldest_first(self) -> "RegistrationRequestQuerySet":
        """By the first submission: a request that comes back keeps its place."""
        return self.order_by("submitted_at", "pk")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: Any) -> "EvidenceQuerySet":
        """The documents of the requests that exist for this user."""
        return self.filter(visible_requests(user, "request__"))

    def current(self) -> "EvidenceQuerySet":
        """Documents that count now: those not taken away again."""
        return self.filter(removed_at__isnull=True)


def visible_threads(user: Any, prefix: str = "") -> Q:
    """The condition by which a conversation exists for this user; `prefix` leads to the thread (`thread__`).

    Arxus staff with the right to see conversations: questions to support, and those of the requests they see. A
    partner's member: the partner's questions, and the conversations of its requests once something was said to it. A
    customer's member: their own company's questions. Anybody else: none.
    """
    if reads_internal(user):
        of_requests = visible_requests(user, f"{prefix}request__")
        return Q(**{f"{prefix}request__isnull": True}) | Q(**{f"{prefix}request__isnull": False}) & of_requests
    membership = getattr(user, "membership", None)
    if membership is None or not user.is_active or not membership.may(Ability.LOOK):
        return NONE
    told = Q(**{f"{prefix}told_at__isnull": False})
    if membership.partner_id is not None:
        return told & Q(**{f"{prefix}partner_id": membership.partner_id, f"{prefix}customer__isnull": True})
    return told & Q(**{f"{prefix}customer_id": membership.customer_id})


def reads_internal(user: Any) -> bool:
    """Whether the user is Arxus staff with the right to see conversations, internal messages included."""
    return bool(user.is_active and user.is_staff and user.has_perm("approvals.view_thread"))


def visible_messages(user: Any, prefix: str = "") -> Q:
    """The condition by which a message exists for this user; an internal one does for Arxus staff alone."""
    threads = visible_threads(user, f"{prefix}thread__")
    return threads if reads_internal(user) else threads & Q(**{f"{prefix}is_internal": False})


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, user: Any) -> "ThreadQuerySet":
        return self.filter(visible_threads(user))

    def to_support(self) -> "ThreadQuerySet":
        """Questions to support: not the conversations of requests."""
        return self.filter(request__isnull=True)


class MessageQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: Any) -> "MessageQuerySet":
        return self.filter(visible_messages(user))


class AttachmentQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user: Any) -> "AttachmentQuerySet":
        return self.filter(visible_messages(user, "message__"))


class SnippetQuerySet(models.QuerySet["Snippet"]):
    def visible_to(self, user: Any) -> "SnippetQuerySet":
        """Everybody's saved texts and one's own, for whoever may decide on requests."""
        if not (user.is_active and user.is_staff and user.has_perm("approvals.decide_registrationrequest")):
            return self.none()
        return self.filter(Q(owner__isnull=True) | Q(owner=user))


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: Any) -> "NotificationQuerySet":
        """What this person was told, while what it is about exists for them: who changed partners reads nothing old."""
        request, message = visible_requests(user, "request__"), visible_messages(user, "message__")
        return self.filter(Q(request__isnull=True) | request, Q(message__isnull=True) | message, recipient=user)

    def unread(self) -> "NotificationQuerySet":
        return self.filter(read_at__isnull=True)
