from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from approvals.workflow import MOVES, Move

from .registration import RegistrationRequest

if TYPE_CHECKING:
    from .first_approval import FirstApproval

DECISIONS = (Move.APPROVE, Move.ASK_FOR_CHANGES, Move.REJECT)


class Submission(models.Model):
    """One version of a request, as it was sent. Never changed afterwards: what was decided on stays readable."""

    request = models.ForeignKey(RegistrationRequest, on_delete=models.PROTECT, related_name="submissions")
    version = models.PositiveSmallIntegerField(_("version"))
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("sent"), auto_now_add=True)
    snapshot = models.JSONField(_("as sent"))
    declarations = models.JSONField(
        _("declarations"), default=list, help_text=_("The sentences that were ticked, as they were shown.")
    )
    replies = models.JSONField(
        _("replies"), default=dict, help_text=_("What the partner said to a change that was asked for, by field.")
    )

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering: ClassVar = ["request", "version"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["request", "version"], name="submission_version_once")]

    def __str__(self) -> str:
        return f"{self.request.reference} v{self.version}"

    @property
    def first_of_two(self) -> "FirstApproval | None":
        """The first of the two approvals that this version needs, if somebody gave it."""
        return getattr(self, "first_approval", None)


class Decision(models.Model):
    """What an approver decided on one submission, and the reason the partner reads."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="decision")
    move = models.CharField(
        _("decision"), max_length=20, choices=[(move.value, _(MOVES[move].label)) for move in DECISIONS]
    )
    reason = models.TextField(_("reason"), blank=True, help_text=_("All of it as one text."))
    remark = models.TextField(
        _("remark"), blank=True, help_text=_("What was written beside the changes asked for by field.")
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"), auto_now_add=True)
    first_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("first approved by"),
        help_text=_("Where two persons had to approve: the other one."),
    )
    signals = models.JSONField(_("checks as seen"), default=list)
    override_reason = models.TextField(
        _("reason for approving all the same"), blank=True, help_text=_("For staff; the partner never reads it.")
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(move=Move.APPROVE.value) | ~Q(reason=""), name="decision_reason_given"),
            models.CheckConstraint(
                condition=Q(move__in=[move.value for move in DECISIONS]), name="decision_move_known"
            ),
            models.CheckConstraint(
                condition=Q(first_approved_by__isnull=True) | ~Q(first_approved_by=F("decided_by")),
                name="decision_by_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.get_move_display()}"
