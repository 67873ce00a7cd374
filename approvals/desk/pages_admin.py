"""Rows that Django admin shows on pages of ours: the stock list, form, delete and history addresses do not exist."""

from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse


class OwnPagesAdmin(admin.ModelAdmin):
    """Nothing is added, edited or deleted by hand; `get_urls` names the pages, each wrapped in `behind_the_door`."""

    def behind_the_door(self, view: Any) -> Any:
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            return self.admin_site.admin_view(view)(request, admin_site=self.admin_site, **kwargs)

        return update_wrapper(guarded, view)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
