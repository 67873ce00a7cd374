"""The history in Django admin: what happened, in sentences, looked through by filters. Nobody changes it."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from approvals.desk import history_words
from approvals.desk.history_filters import HistoryForm, page_of
from customers.admin_parts import ReadOnly, Uncounted
from customers.models import Event


@admin.register(Event)
class EventAdmin(ReadOnly, Uncounted, ModelAdmin):
    list_select_related = ("partner", "customer")
    fields = ("at", "action", "reference", "partner", "customer", "actor", "actor_name", "actor_is_staff", "facts")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return super().get_queryset(request).filter(pk__in=Event.objects.sent())

    @method_decorator(require_safe)
    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = HistoryForm(request.GET)
        events = form.events()
        page = page_of(events, before=request.GET.get("before", ""), after=request.GET.get("after", ""))
        query = request.GET.copy()
        for name in ("before", "after"):
            query.pop(name, None)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "form": form,
            "has_errors": bool(form.errors),
            "is_narrowed": any(request.GET.get(name, "").strip() for name in form.fields),
            "page": page,
            "lines": history_words.lines(page.rows, request.user),
            "query": query.urlencode(),
        }
        return render(request, "admin/customers/event/history.html", context)
