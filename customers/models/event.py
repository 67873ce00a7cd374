from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .customer import Customer
from .partner import Partner


class Event(models.Model):
    """One thing that happened: who, what, when, to which customer or partner. Written by `customers.history.record`
    in the transaction of the change itself; never changed afterwards."""

    at = models.DateTimeField(_("at"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    actor_name = models.CharField(_("who"), max_length=254, help_text=_("The name as it was then."))
    actor_is_staff = models.BooleanField(_("Arxus staff"), default=False)
    action = models.CharField(_("what"), max_length=60)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="events")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    reference = models.CharField(
        _("reference"), max_length=16, blank=True, help_text=_("The public number of what it is about.")
    )
    facts = models.JSONField(_("facts"), default=dict, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("history")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["reference", "-at"], name="event_reference_at"),
            models.Index(fields=["customer", "-at"], name="event_customer_at"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.reference}".strip()
