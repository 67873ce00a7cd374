from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.querysets import IndustryQuerySet


class Industry(models.Model):
    """An entry of the list that a customer's industry is chosen from.

    Ships as the sections of NACE Rev. 2.1 (Commission Delegated Regulation (EU) 2023/137) under everyday names. Staff
    edit the list; an entry in use is retired, never deleted, and stays readable on the records that carry it.
    """

    code = models.CharField(_("code"), max_length=8, unique=True)
    name = models.CharField(_("name"), max_length=120)
    examples = models.CharField(
        _("examples"), max_length=250, blank=True, help_text=_("Everyday examples, shown beside the choice.")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    retired = models.BooleanField(
        _("retired"), default=False, help_text=_("No longer offered; stays on the customers that have it.")
    )

    objects = IndustryQuerySet.as_manager()

    class Meta:
        verbose_name = _("industry")
        verbose_name_plural = _("industries")
        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name
