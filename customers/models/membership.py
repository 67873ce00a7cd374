from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from customers import permissions
from customers.permissions import ROLE_LABELS, Ability, MembershipRole
from customers.row_history import KeptManager

from .customer import Customer
from .partner import Partner


class Membership(models.Model):
    """Ties a user to one partner or to one customer, with what they may do there (`customers.permissions`)."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="membership", verbose_name=_("user")
    )
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("partner")
    )
    customer = models.ForeignKey(
        Customer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("customer"),
    )
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=[(role.value, _(ROLE_LABELS[role])) for role in MembershipRole],
        default=MembershipRole.VIEWER.value,
    )
    created_at = models.DateTimeField(_("since"), auto_now_add=True)
    history = HistoricalRecords(history_manager=KeptManager)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(partner__isnull=True) ^ Q(customer__isnull=True),
                name="membership_partner_xor_customer",
                violation_error_message=_("Choose a partner or a customer, not both."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in MembershipRole]), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.partner or self.customer})"

    @property
    def is_live(self) -> bool:
        """Whether the organisation still works with us; a member of one that does not may do nothing."""
        if self.partner is not None:
            return self.partner.is_active
        return self.customer is not None and self.customer.admits_users

    def may(self, ability: Ability) -> bool:
        return self.is_live and permissions.may(self.role, ability)
