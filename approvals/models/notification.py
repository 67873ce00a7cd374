import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.querysets import NotificationQuerySet
from customers.models import Event, Partner

from .conversation import Message
from .registration import RegistrationRequest


class NotificationKind(models.TextChoices):
    """What somebody is told of. The words of each are in `approvals.notices.table`."""

    SUBMITTED = "submitted", _("Request sent")
    CHANGES_REQUESTED = "changes_requested", _("Changes asked for")
    RESUBMITTED = "resubmitted", _("Request sent again")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MESSAGE = "message", _("Message")
    SECOND_APPROVAL = "second_approval", _("Waits for a second approver")
    LATE = "late", _("Waits too long")
    DIGEST = "digest", _("What waits too long, once a day")


class Notification(models.Model):
    """One person told of one event, in the portal. Written with the event it tells of, in the same transaction."""

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="notifications")
    kind = models.CharField(_("kind"), max_length=20, choices=NotificationKind)
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, related_name="+", help_text=_("Whose matter it is: nobody else's to read.")
    )
    request = models.ForeignKey(
        RegistrationRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="notifications"
    )
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, blank=True, related_name="notifications")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notification_latest"),
            models.Index(fields=["recipient"], condition=Q(read_at__isnull=True), name="notification_unread"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "recipient"], name="notification_once"),
            models.CheckConstraint(condition=Q(kind__in=NotificationKind.values), name="notification_kind_known"),
            models.CheckConstraint(
                condition=Q(request__isnull=False) | Q(message__isnull=False), name="notification_about_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event.reference}".strip()


class NotificationChoice(models.Model):
    """Whether somebody also gets one kind by mail. Without a row, what the table of notices says."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_choices")
    kind = models.CharField(_("kind"), max_length=20, choices=NotificationKind)
    by_mail = models.BooleanField(_("by mail"))

    class Meta:
        verbose_name = _("choice of notification")
        verbose_name_plural = _("choices of notification")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "kind"], name="notification_choice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"
