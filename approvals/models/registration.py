from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.querysets import RegistrationRequestQuerySet
from approvals.workflow import OPEN, STATES, State, StateFacts
from customers import numbers
from customers.models import Customer, Partner
from customers.querysets import COMPANY

SENT = tuple(state.value for state in State if state is not State.DRAFT)
WITH_REASON = (State.CHANGES_REQUESTED.value, State.REJECTED.value)


def new_reference() -> str:
    return numbers.new(numbers.REQUEST)


def hold_lasts() -> timedelta:
    """How long a hold counts after the holder's last act."""
    return timedelta(minutes=settings.HOLD_MINUTES)


class RegistrationRequest(models.Model):
    """One row, one life: the draft, the submission, the queue entry and the record.

    `answers` holds what was typed in the wizard, raw, per step; `version` grows with every save, so that a page that
    was opened before somebody else saved is recognised as stale.
    """

    reference = models.CharField(_("reference"), max_length=16, unique=True, default=new_reference, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="requests", verbose_name=_("partner"))
    customer = models.OneToOneField(
        Customer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="request",
        verbose_name=_("customer"),
        help_text=_("Opened by the first submission."),
    )
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=[(state.value, _(facts.staff_label)) for state, facts in STATES.items()],
        default=State.DRAFT.value,
        editable=False,
    )
    answers = models.JSONField(_("answers"), default=dict, editable=False)
    version = models.PositiveIntegerField(_("version of the answers"), default=1, editable=False)

    # What lists show and duplicates are found by, kept in step with the answers.
    company_name = models.CharField(_("company"), max_length=400, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    national_number = models.CharField(_("national registration number"), max_length=60, blank=True)

    copied_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="copies",
        verbose_name=_("started again from"),
        help_text=_("The rejected or withdrawn request whose answers it began with."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("started by")
    )
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("last saved by")
    )
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent by"),
        help_text=_("Who sent the latest version."),
    )
    submitted_at = models.DateTimeField(
        _("first sent"), null=True, blank=True, help_text=_("Its place in the queue: kept when it comes back.")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    due_at = models.DateTimeField(
        _("answer due"), null=True, blank=True, help_text=_("While it waits for us: by when we want to answer.")
    )
    reason = models.TextField(_("reason"), blank=True, help_text=_("Of the latest decision, as the partner reads it."))
    approval_exception = models.BooleanField(
        _("goes without written approval"),
        default=False,
        help_text=_("Granted by staff, for a Value Add Partner’s customer."),
    )
    exception_reason = models.TextField(_("reason for going without"), blank=True, editable=False)
    exception_granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("let go without by"),
        help_text=_("Somebody else has to approve the request."),
    )
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("held by"),
        help_text=_("The approver who works on it; counts while it has not lapsed."),
    )
    held_at = models.DateTimeField(_("held since"), null=True, blank=True, editable=False)

    objects = RegistrationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration request")
        verbose_name_plural = _("registration requests")
        ordering: ClassVar = ["-created_at", "-pk"]
        permissions: ClassVar = [("decide_registrationrequest", "Can decide on registration requests")]
        indexes: ClassVar = [
            models.Index(fields=["state", "submitted_at"], name="request_state_submitted"),
            models.Index(fields=["partner", "state"], name="request_partner_state"),
            models.Index(fields=["partner", "submitted_at"], name="request_partner_submitted"),
            models.Index(fields=["vat_number"], name="request_vat"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="request_due"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "partner",
                COMPANY,
                condition=Q(state__in=OPEN) & ~Q(vat_number="", national_number=""),
                name="request_one_open_per_partner_and_number",
            ),
            models.CheckConstraint(
                condition=Q(vat_number="") | Q(national_number=""), name="request_number_of_one_kind"
            ),
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="request_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=SENT)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False, customer__isnull=False),
                name="request_sent_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(state=State.SUBMITTED.value),
                name="request_due_only_while_submitted",
            ),
            models.CheckConstraint(condition=~Q(state__in=WITH_REASON) | ~Q(reason=""), name="request_reason_given"),
            models.CheckConstraint(
                condition=Q(approval_exception=False) | Q(exception_granted_by__isnull=False) & ~Q(exception_reason=""),
                name="request_exception_granted_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(held_by__isnull=True, held_at__isnull=True)
                | Q(held_by__isnull=False, held_at__isnull=False),
                name="request_held_by_somebody_since",
            ),
            models.CheckConstraint(
                condition=Q(held_by__isnull=True) | Q(state=State.SUBMITTED.value),
                name="request_held_only_while_submitted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.company_name}".strip()

    @property
    def facts(self) -> StateFacts:
        return STATES[State(self.state)]

    @property
    def is_editable(self) -> bool:
        """Whether the wizard may change the answers now."""
        return self.facts.editable

    def holder(self, now: datetime | None = None) -> Any:
        """The approver who holds the request, or None; a hold that was left idle has lapsed."""
        if self.held_at is None or self.held_at <= (now or timezone.now()) - hold_lasts():
            return None
        return self.held_by
