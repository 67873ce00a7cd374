from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers import numbers
from customers.models import Partner
from portal.querysets import SavedViewQuerySet

LONGEST_NAME = 60
LONGEST_ADDRESS = 3000
"""Servers take addresses of some 4,000 characters; what stands around this one needs room too."""


def new_view_number() -> str:
    return numbers.new(numbers.VIEW)


class SavedView(models.Model):
    """What somebody made of the table of customers, kept under a name: query, filters, sort and columns.

    `address` is a listing's canonical query string. It is read again with the rights of whoever opens it, each time,
    so a view never shows more than its reader may see.
    """

    number = models.CharField(_("number"), max_length=16, unique=True, default=new_view_number, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views", verbose_name=_("whose")
    )
    partner = models.ForeignKey(
        Partner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("partner"),
        help_text=_("Within which it can be shared; empty for Arxus staff."),
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    name_key = models.CharField(
        max_length=4 * LONGEST_NAME, editable=False, help_text=_("The name by which two are the same: without case.")
    )
    address = models.TextField(_("what it shows"), max_length=LONGEST_ADDRESS, blank=True)
    is_shared = models.BooleanField(_("shared"), default=False)
    is_default = models.BooleanField(_("opens first"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering: ClassVar = ["position", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["partner"], condition=Q(is_shared=True), name="saved_view_shared"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "partner", "name_key"], name="saved_view_name_once"),
            # A missing partner is equal to no other, as databases see it.
            models.UniqueConstraint(
                fields=["owner", "name_key"], condition=Q(partner__isnull=True), name="saved_view_name_once_at_arxus"
            ),
            models.UniqueConstraint(fields=["owner"], condition=Q(is_default=True), name="saved_view_default_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(name_key=""), name="saved_view_named"),
        ]

    def __str__(self) -> str:
        return self.name
