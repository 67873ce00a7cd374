"""What the admin pages of all apps are put together from."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property

COUNT_CAP = 10_000


class UncountedPaginator(Paginator):
    """Counts no further than COUNT_CAP rows: a full count of a large table takes longer than the page."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:COUNT_CAP].count()  # type: ignore[attr-defined]


class NoDelete:
    """Rows that others point at, or that history tells of, are retired or closed, never deleted."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        """An old version is for reading: bringing it back would go past the verbs that write."""
        return True


class ReadOnly(NoDelete):
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
