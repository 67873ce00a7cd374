from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .submission import Submission


class FirstApproval(models.Model):
    """The first of the two approvals that a submission needs. A second approver's approval then decides.

    It counts for its submission alone: a new version needs a new one.
    """

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="first_approval")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("approved"), auto_now_add=True)
    signals = models.JSONField(_("checks as seen"), default=list)
    override_reason = models.TextField(_("reason for approving all the same"), blank=True)

    class Meta:
        verbose_name = _("first approval")
        verbose_name_plural = _("first approvals")

    def __str__(self) -> str:
        return f"{self.submission}: {self.approved_by}"
