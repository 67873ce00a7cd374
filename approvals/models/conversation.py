import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.querysets import AttachmentQuerySet, MessageQuerySet, ThreadQuerySet
from customers import numbers
from customers.models import Customer, Partner
from customers.querysets import AppendOnly

from .registration import RegistrationRequest
from .stored_file import StoredFile


def new_thread_reference() -> str:
    return numbers.new(numbers.MESSAGE)


class ThreadState(models.TextChoices):
    AT_ARXUS = "at_arxus", _("Waiting for Arxus")
    AT_ASKER = "at_asker", _("Answered")
    CLOSED = "closed", _("Closed")


class Thread(models.Model):
    """What an organisation and Arxus write to each other: about one request, or a question to support.

    It is between Arxus and the partner, or, where `customer` is set, between Arxus and that customer's own people: the
    partner does not read along. `state`, `waiting_since`, `told_at` and `answered_at` follow shared messages only.
    """

    reference = models.CharField(
        _("reference"), max_length=16, unique=True, default=new_thread_reference, editable=False
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="threads", verbose_name=_("partner"))
    customer = models.ForeignKey(
        Customer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="threads",
        verbose_name=_("customer"),
        help_text=_("Set where the customer’s own people write, not the partner’s."),
    )
    request = models.OneToOneField(
        RegistrationRequest,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="thread",
        verbose_name=_("request"),
        help_text=_("The request whose conversation this is; empty for a question to support."),
    )
    subject = models.CharField(_("subject"), max_length=120, blank=True)
    page = models.CharField(_("page"), max_length=300, blank=True, help_text=_("Where the question was asked."))
    about_request = models.ForeignKey(
        RegistrationRequest,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("about the request"),
    )
    about_customer = models.ForeignKey(
        Customer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("about the customer"),
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("started by")
    )
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    token = models.UUIDField(_("token"), default=uuid.uuid4, editable=False)

    state = models.CharField(_("state"), max_length=10, choices=ThreadState, default=ThreadState.CLOSED)
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True)
    told_at = models.DateTimeField(_("last message"), null=True, blank=True)
    answered_at = models.DateTimeField(_("last answer"), null=True, blank=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("messages")
        default_permissions = ("view",)
        permissions: ClassVar = [("answer_thread", "Can write to partners and customers")]
        ordering: ClassVar = ["-started_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["state", "waiting_since"], name="thread_state_waiting"),
            models.Index(fields=["partner", "-told_at"], name="thread_partner_told"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["started_by", "token"], name="thread_started_once"),
            models.CheckConstraint(condition=Q(state__in=ThreadState.values), name="thread_state_known"),
            models.CheckConstraint(
                condition=Q(request__isnull=True) | Q(customer__isnull=True), name="thread_of_request_is_the_partners"
            ),
            models.CheckConstraint(
                condition=Q(request__isnull=False) | ~Q(subject=""), name="thread_to_support_has_a_subject"
            ),
            models.CheckConstraint(
                condition=Q(state=ThreadState.AT_ARXUS, waiting_since__isnull=False)
                | ~Q(state=ThreadState.AT_ARXUS) & Q(waiting_since__isnull=True),
                name="thread_waits_since_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.subject}".strip()


class Message(models.Model):
    """One message. Never changed and never deleted, which the database sees to as well.

    An internal one is for Arxus staff alone: whoever is not of Arxus cannot tell that it exists.
    """

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(_("who"), max_length=254, help_text=_("The name as it was then."))
    signed_as = models.CharField(_("signed"), max_length=254, help_text=_("The name that the other side reads."))
    is_staff = models.BooleanField(_("from Arxus"), default=False)
    is_internal = models.BooleanField(_("only for Arxus"), default=False)
    body = models.TextField(_("message"), blank=True)
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    token = models.UUIDField(_("token"), default=uuid.uuid4, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        default_permissions = ("view",)
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["author", "-sent_at"], name="message_author_sent")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["thread", "author", "token"], name="message_sent_once"),
            models.CheckConstraint(condition=Q(is_internal=False) | Q(is_staff=True), name="message_internal_of_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.thread.reference} {self.author_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises AppendOnly for one that is sent already."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise AppendOnly


class Attachment(StoredFile):
    """A file sent with a message."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")

    objects = AttachmentQuerySet.as_manager()

    class Meta(StoredFile.Meta):
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        default_permissions = ()
        ordering: ClassVar = ["pk"]

    @property
    def belongs_to(self) -> str:
        return self.message.thread.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises AppendOnly for one that is sent already."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise AppendOnly


class Reading(models.Model):
    """Up to when somebody who writes in a conversation has read it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="readings")
    read_at = models.DateTimeField(_("read"))

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        default_permissions = ()
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "thread"], name="reading_one_per_person")]

    def __str__(self) -> str:
        return f"{self.thread.reference} {self.user}"
