from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.querysets import AppendOnly, EventQuerySet

from .customer import Customer
from .partner import Partner


class Event(models.Model):
    """One thing that happened: who, what, when, to which customer or partner. Written by `customers.history.record`
    in the transaction of the change itself; never changed afterwards, which the database sees to as well."""

    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    actor_name = models.CharField(_("who"), max_length=254, help_text=_("The name as it was then."))
    actor_is_staff = models.BooleanField(_("Arxus staff"), default=False)
    action = models.CharField(_("what"), max_length=60)
    partner = models.ForeignKey(
        Partner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        help_text=_("Empty for what is of no partner: the list of industries, an account of staff."),
    )
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    reference = models.CharField(
        _("reference"), max_length=16, blank=True, help_text=_("The public number of what it is about.")
    )
    facts = models.JSONField(_("facts"), default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("history")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["reference", "-at"], name="event_reference_at"),
            models.Index(fields=["customer", "-at"], name="event_customer_at"),
            models.Index(fields=["-at", "-id"], name="event_at"),
            models.Index(fields=["partner", "-at"], name="event_partner_at"),
            models.Index(fields=["actor", "-at"], name="event_actor_at"),
            models.Index(fields=["actor_name", "-at"], name="event_actor_name_at"),
            models.Index(fields=["action", "-at"], name="event_action_at"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.reference}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises AppendOnly for an event that is written already."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise AppendOnly
