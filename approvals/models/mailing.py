import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.models import Event

from .conversation import Message
from .notification import NotificationKind
from .registration import RegistrationRequest


class MailOutcome(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Not sent: the reader may no longer see what it is about")
    SETTLED = "settled", _("Not sent: nothing was left to tell")
    GIVEN_UP = "given_up", _("Given up: the mail server did not take it")


class Mailing(models.Model):
    """One mail to one person about one event, or the digest of one day: written with what it tells of, sent afterwards.

    The row is what makes a mail go out at most once however often its task runs: a worker claims it before sending.
    """

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, blank=True, related_name="mailings")
    day = models.DateField(_("day"), null=True, blank=True, help_text=_("Of a digest, which is about no one event."))
    request = models.ForeignKey(
        RegistrationRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="mailings"
    )
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, blank=True, related_name="mailings")
    kind = models.CharField(_("kind"), max_length=20, choices=NotificationKind)
    version = models.PositiveSmallIntegerField(
        _("version"), null=True, blank=True, help_text=_("Of the submission it is about.")
    )
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=MailOutcome, default=MailOutcome.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(
        _("not before"), null=True, blank=True, help_text=_("While a worker has it, and between two tries.")
    )
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering: ClassVar = ["created_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["outcome", "next_try_at"], name="mailing_outcome_next_try")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "recipient"], name="mailing_once"),
            models.UniqueConstraint(fields=["day", "recipient"], name="mailing_one_digest_a_day"),
            models.CheckConstraint(condition=Q(event__isnull=True) ^ Q(day__isnull=True), name="mailing_event_xor_day"),
            models.CheckConstraint(condition=Q(outcome__in=MailOutcome.values), name="mailing_outcome_known"),
            models.CheckConstraint(
                condition=~Q(outcome=MailOutcome.SENT) | Q(sent_at__isnull=False), name="mailing_sent_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event.reference if self.event else self.day}"
