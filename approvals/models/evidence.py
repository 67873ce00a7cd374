import uuid
from typing import ClassVar

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from approvals.querysets import EvidenceQuerySet
from contacts.policy import EvidenceKind

from .registration import RegistrationRequest

KIND_LABELS = {
    EvidenceKind.CUSTOMER_APPROVAL: _("Written approval of the customer"),
    EvidenceKind.LIABILITY_AGREEMENT: _("Signed agreement on liability"),
}


def evidence_storage() -> Storage:
    return storages["evidence"]


def random_name(evidence: "Evidence", filename: str) -> str:
    """Nothing of the name somebody gave a file reaches the disk."""
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}"


class Evidence(models.Model):
    """A document that proves an agreement or an approval; tied to its request from the moment it is uploaded."""

    key = models.UUIDField(_("key"), unique=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(RegistrationRequest, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(
        _("kind"), max_length=24, choices=[(kind.value, label) for kind, label in KIND_LABELS.items()]
    )
    file = models.FileField(_("file"), storage=evidence_storage, upload_to=random_name, max_length=120)
    name = models.CharField(_("name"), max_length=200, help_text=_("As it was called, cleaned; for the download."))
    content_type = models.CharField(_("type"), max_length=40)
    size = models.PositiveIntegerField(_("size"), help_text=_("Bytes."))
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    removed_at = models.DateTimeField(
        _("taken away"), null=True, blank=True, help_text=_("Kept where a submission carries it.")
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering: ClassVar = ["uploaded_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["sha256"], name="evidence_sha256")]

    def __str__(self) -> str:
        return self.name
