from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from customers.querysets import AppendOnly, AppendOnlyQuerySet


class Acceptance(models.Model):
    """Who at the customer accepted the Microsoft agreement, and when: data about the customer's signatory.

    Not the Commercial contact, and not the partner's declarations at Confirm (settled question 9). A correction is a
    new row; the latest holds. Nobody is ever written to because of it.
    """

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="acceptances", verbose_name=_("customer")
    )
    first_name = models.CharField(_("first name"), max_length=120)
    last_name = models.CharField(_("last name"), max_length=120)
    email = models.EmailField(_("e-mail address"), max_length=254)
    phone = models.CharField(_("phone number"), max_length=20, blank=True, help_text=_("E.164"))
    phone_extension = models.CharField(_("extension"), max_length=10, blank=True)
    accepted_on = models.DateField(_("accepted on"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("acceptance of the Microsoft agreement")
        verbose_name_plural = _("acceptances of the Microsoft agreement")
        ordering: ClassVar = ["-recorded_at", "-pk"]
        default_permissions = ("add", "view")
        indexes: ClassVar = [models.Index(fields=["customer", "-recorded_at"], name="acceptance_customer_at")]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises AppendOnly for a record that is written already."""
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise AppendOnly

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"
