from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from simple_history.models import HistoricalRecords

from customers.row_history import KeptManager


class Partner(models.Model):
    """A reseller's organisation. What it has is a secret to every other partner."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    country = CountryField(_("country"))
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    csm = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="partners",
        limit_choices_to={"is_staff": True},
        verbose_name=_("customer success manager"),
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("The members of an inactive partner cannot do anything in the portal.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    history = HistoricalRecords(history_manager=KeptManager)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
