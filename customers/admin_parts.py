"""What the admin pages of all apps are put together from."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from simple_history.admin import SimpleHistoryAdmin

COUNT_CAP = 10_000


class UncountedPaginator(Paginator):
    """Counts no further than COUNT_CAP rows: a full count of a large table takes longer than the page."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:COUNT_CAP].count()  # type: ignore[attr-defined]


class RecordedAdmin(SimpleHistoryAdmin):
    """With the history of each row, to read. The library would let whoever may look bring an old version back."""

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def history_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().history_view(request, self._key(object_id), *args, **kwargs)

    def history_form_view(self, request: HttpRequest, object_id: str, version_id: str, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return super().history_form_view(request, self._key(object_id), self._key(version_id), **kwargs)

    def _key(self, text: str) -> str:
        """What may be a key; the library asks the database for whatever stands in the address. Raises Http404."""
        if not (text.isascii() and text.isdigit()):
            raise Http404
        return text


class NoDelete:
    """Rows that others point at, or that history tells of, are retired or closed, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnly(NoDelete):
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
