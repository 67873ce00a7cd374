from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from contacts.policy import ROLE_POLICY, Role
from customers.models import Customer
from customers.row_history import KeptManager

from .contact import Contact


class RoleAssignment(models.Model):
    """This contact fills this role for this customer. `contacts.policy` says who may."""

    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="assignments", verbose_name=_("customer")
    )
    role = models.CharField(
        _("role"), max_length=20, choices=[(role.value, _(rule.label)) for role, rule in ROLE_POLICY.items()]
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("contact")
    )
    signing_authority = models.BooleanField(
        _("authority to sign declared"), default=False, help_text=_("Only for the Commercial contact.")
    )
    since = models.DateTimeField(_("since"), auto_now_add=True)
    history = HistoricalRecords(history_manager=KeptManager)

    class Meta:
        verbose_name = _("role assignment")
        verbose_name_plural = _("role assignments")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["customer", "role"],
                name="assignment_one_contact_per_role",
                violation_error_message=_("This role is already filled for this customer."),
            ),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="assignment_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.contact}"
