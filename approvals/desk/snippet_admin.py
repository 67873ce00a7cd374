"""Saved texts in Django admin: everybody's, and each approver's own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from approvals.models import Snippet
from approvals.standing import is_approver
from customers.admin_parts import Uncounted


class SnippetForm(forms.ModelForm):
    is_shared = forms.BooleanField(
        label=_("For every approver"), required=False, help_text=_("Otherwise it is yours alone.")
    )
    author: Any = None
    """Whoever has the form open; set by the admin."""

    class Meta:
        model = Snippet
        fields = ("title", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_shared"].initial = self.instance.pk is not None and self.instance.owner_id is None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.instance.owner = None if cleaned.get("is_shared") else self.author
        same = Snippet.objects.filter(owner=self.instance.owner, title=cleaned.get("title", ""))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("title", ValidationError(_("There is a saved text with this title already."), code="taken"))
        return cleaned


@admin.register(Snippet)
class SnippetAdmin(Uncounted, admin.ModelAdmin):
    """For whoever decides on requests; of the own texts of others nobody knows."""

    form = SnippetForm
    list_display = ("title", "belongs_to", "text", "changed_at")
    search_fields = ("title", "text")
    ordering = ("title",)
    list_per_page = 50
    actions = None

    @admin.display(description=_("for"))
    def belongs_to(self, snippet: Snippet) -> Any:
        return _("You") if snippet.owner_id else _("Every approver")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snippet]:
        return super().get_queryset(request).filter(pk__in=Snippet.objects.visible_to(request.user))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"author": request.user})

    def save_model(self, request: HttpRequest, obj: Snippet, form: Any, change: bool) -> None:
        if not change:
            obj.created_by_id = request.user.pk
        super().save_model(request, obj, form, change)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return is_approver(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_approver(request.user)

    has_add_permission = has_view_permission
    has_change_permission = has_view_permission
    has_delete_permission = has_view_permission
