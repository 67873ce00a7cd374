from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from approvals.querysets import EvidenceQuerySet
from contacts.policy import EvidenceKind

from .registration import RegistrationRequest
from .stored_file import StoredFile, evidence_storage, random_name

# The first migration finds the two functions here.
__all__ = ["KIND_LABELS", "Evidence", "evidence_storage", "random_name"]

KIND_LABELS = {
    EvidenceKind.CUSTOMER_APPROVAL: _("Written approval of the customer"),
    EvidenceKind.LIABILITY_AGREEMENT: _("Signed agreement on liability"),
}


class Evidence(StoredFile):
    """A document that proves an agreement or an approval; tied to its request from the moment it is uploaded."""

    request = models.ForeignKey(RegistrationRequest, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(
        _("kind"), max_length=24, choices=[(kind.value, label) for kind, label in KIND_LABELS.items()]
    )
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(
        _("taken away"), null=True, blank=True, help_text=_("Kept where a submission carries it.")
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta(StoredFile.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        indexes: ClassVar = [models.Index(fields=["sha256"], name="evidence_sha256")]

    @property
    def belongs_to(self) -> str:
        return self.request.reference
