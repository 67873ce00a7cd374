from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.vies import Outcome

from .partner import Partner


class VatCheck(models.Model):
    """What the VAT register said about a number when one partner asked. Written by `customers.vat_checks`.

    Each partner has its own: what one of them asked, and when, must show to no other, not even in how long a page
    takes. An answer that was given stays when later tries get none.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="vat_checks", verbose_name=_("partner"))
    number = models.CharField(_("VAT number"), max_length=20)
    outcome = models.CharField(
        _("outcome"),
        max_length=20,
        choices=[
            (Outcome.REGISTERED.value, _("Registered")),
            (Outcome.NOT_REGISTERED.value, _("Not registered")),
            (Outcome.NO_ANSWER.value, _("No answer")),
            (Outcome.NOT_APPLICABLE.value, _("Not in the register’s reach")),
        ],
        help_text=_("The last answer, or that there never was one."),
    )
    cause = models.CharField(
        _("cause"), max_length=20, blank=True, help_text=_("Why the last try got no answer. Empty: it got one.")
    )
    name = models.CharField(_("official name"), max_length=400, blank=True)
    address = models.TextField(_("official address"), blank=True)
    identifier = models.CharField(
        _("consultation number"),
        max_length=60,
        blank=True,
        help_text=_("The register’s proof of the question. Empty: it was asked without a VAT number of our own."),
    )
    raw = models.TextField(_("answer as it came"), blank=True)
    asked_at = models.DateTimeField(_("asked"), help_text=_("When this answer was given."))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
        help_text=_("Who asked last; empty where the portal asked again by itself."),
    )
    tried_at = models.DateTimeField(_("last tried"))
    took = models.FloatField(_("seconds taken"), null=True, blank=True, help_text=_("Of the last try."))
    tries = models.PositiveSmallIntegerField(_("tries without an answer"), default=0)
    silent_since = models.DateTimeField(_("silent since"), null=True, blank=True)
    next_try_at = models.DateTimeField(
        _("next try"), null=True, blank=True, help_text=_("Of the background; empty where none is planned.")
    )

    class Meta:
        verbose_name = _("VAT check")
        verbose_name_plural = _("VAT checks")
        ordering: ClassVar = ["-tried_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["next_try_at"], name="vat_check_next_try"),
            models.Index(fields=["-tried_at"], name="vat_check_tried"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "number"], name="vat_check_once_per_partner"),
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in Outcome]), name="vat_check_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.outcome}"

    @property
    def is_answered(self) -> bool:
        """Whether the last try got an answer, or none can be got."""
        return not self.cause or self.outcome == Outcome.NOT_APPLICABLE
