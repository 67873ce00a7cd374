import uuid
from typing import ClassVar

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers import numbers
from customers.models import Partner
from portal.querysets import UNDER_WAY, ExportQuerySet


class ExportFormat(models.TextChoices):
    XLSX = "xlsx", _("Excel")
    CSV = "csv", _("CSV")


class ExportState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Under way")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class ExportFault(models.TextChoices):
    """Why there is no file."""

    NO_ACCESS = "no_access", _("You may no longer see these customers.")
    TOO_MANY = "too_many", _("Meanwhile there are more customers than an Excel file of ours holds. Export them as CSV.")
    INTERRUPTED = "interrupted", _("Something kept stopping our work on this file.")
    TROUBLE = "trouble", _("Something went wrong on our side.")


def export_storage() -> Storage:
    return storages["exports"]


def new_export_number() -> str:
    return numbers.new(numbers.EXPORT)


def random_name() -> str:
    """Nothing of what is in the file is in its name on the disk."""
    return uuid.uuid4().hex


class Export(models.Model):
    """A list of customers that is made into a file in the background, for the one person who asked.

    `address` is a listing's canonical query string. It is read with the rights of its owner when the file is made, and
    the file is handed out only while the owner still looks at the customers of the same organisation.
    """

    number = models.CharField(_("number"), max_length=16, unique=True, default=new_export_number, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports", verbose_name=_("whose")
    )
    partner = models.ForeignKey(
        Partner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("partner"),
        help_text=_("Whose customers they are; empty for Arxus staff."),
    )
    format = models.CharField(_("format"), max_length=4, choices=ExportFormat)
    address = models.TextField(_("what it holds"), blank=True)
    language = models.CharField(_("language"), max_length=10, help_text=_("Of the words in the file."))
    state = models.CharField(_("state"), max_length=12, choices=ExportState, default=ExportState.WAITING)
    fault = models.CharField(_("why it failed"), max_length=12, choices=ExportFault, blank=True)
    total = models.PositiveIntegerField(_("customers"), null=True, help_text=_("Empty until they are counted."))
    written = models.PositiveIntegerField(_("written"), default=0)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    claim = models.CharField(_("claim"), max_length=40, blank=True, help_text=_("Drawn by the worker that makes it."))
    claimed_until = models.DateTimeField(
        _("claimed until"), null=True, help_text=_("Beyond this, whoever was to make the file is gone.")
    )
    file = models.CharField(_("file"), max_length=40, blank=True, help_text=_("Its name in the private store."))
    size = models.PositiveBigIntegerField(_("size"), default=0, help_text=_("Bytes."))
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    finished_at = models.DateTimeField(_("finished"), null=True)
    expires_at = models.DateTimeField(_("kept until"), null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering: ClassVar = ["-asked_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["owner", "-asked_at", "-id"], name="export_latest"),
            models.Index(fields=["claimed_until"], condition=Q(state__in=UNDER_WAY), name="export_under_way"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="export_state_known"),
            models.CheckConstraint(condition=Q(format__in=ExportFormat.values), name="export_format_known"),
            models.CheckConstraint(
                condition=~Q(state=ExportState.READY) | Q(finished_at__isnull=False, expires_at__isnull=False),
                name="export_ready_is_kept",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def is_interrupted(self) -> bool:
        """Whether whoever was to make the file is gone."""
        return self.is_under_way and self.claimed_until is not None and self.claimed_until < timezone.now()

    @property
    def can_be_fetched(self) -> bool:
        kept = self.expires_at is not None and self.expires_at > timezone.now()
        return self.state == ExportState.READY and bool(self.file) and kept
