from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from approvals.changes.reasons import OTHER
from approvals.querysets import SnippetQuerySet

from .submission import Decision

LONGEST_TEXT = 2000
LONGEST_TITLE = 80


class AskedChange(models.Model):
    """One field that a decision asks to be changed: why, as a code of the table, and in the approver's own words."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="asked")
    position = models.PositiveSmallIntegerField(_("position"))
    field = models.CharField(_("field"), max_length=48, help_text=_("Its path in the table of fields."))
    code = models.CharField(_("reason"), max_length=32)
    text = models.TextField(_("in other words"), blank=True)

    class Meta:
        verbose_name = _("asked change")
        verbose_name_plural = _("asked changes")
        ordering: ClassVar = ["decision", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "field"], name="asked_change_field_once"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(field=""), name="asked_change_field_and_reason"),
            models.CheckConstraint(condition=~Q(code=OTHER) | ~Q(text=""), name="asked_change_other_explained"),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.code}"


class Snippet(models.Model):
    """A text that approvers write often: one person's own, or everybody's."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("whose"),
        help_text=_("Empty: every approver’s."),
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    changed_at = models.DateTimeField(_("last change"), auto_now=True)

    objects = SnippetQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved text")
        verbose_name_plural = _("saved texts")
        ordering: ClassVar = ["title", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "title"], name="snippet_title_once_per_owner"),
            # A missing owner is equal to no other, as databases see it.
            models.UniqueConstraint(
                fields=["title"], condition=Q(owner__isnull=True), name="snippet_title_once_shared"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="snippet_not_empty"),
        ]

    def __str__(self) -> str:
        return self.title
