"""What the admin pages of all apps are put together from."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from simple_history.admin import SimpleHistoryAdmin

from customers.admin_fields import named_field
from customers.history import change

COUNT_CAP = 10_000
KEY_DIGITS = 18
"""No key has more, and SQLite takes no more."""


class UncountedPaginator(Paginator):
    """Counts no further than COUNT_CAP rows: a full count of a large table takes longer than the page."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:COUNT_CAP].count()  # type: ignore[attr-defined]


def on_record(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """The values of these fields as they go on record: ticks as such, everything else in words."""
    values = {name: getattr(row, name) for name in names}
    return {name: value if isinstance(value, bool) else str(value or "") for name, value in values.items()}


def changed_from(before: models.Model, after: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """The facts of a change of a row: see `history.change`."""
    fields = tuple(names)
    return change(on_record(before, fields), on_record(after, fields))


def stored(row: models.Model) -> models.Model:
    """The row as the database has it, before it is saved."""
    return type(row)._base_manager.get(pk=row.pk)


class Uncounted:
    """Lists that stay quick however long they get."""

    show_full_result_count = False
    paginator: Any = UncountedPaginator


class Named:
    """Rows of long tables are chosen by typing their names (`admin_fields`), never out of a list of everything."""

    named_fields: tuple[str, ...] = ()
    """Foreign keys that are chosen so."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name not in self.named_fields:
            return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        offered = db_field.remote_field.model._default_manager.all()
        return named_field(db_field, offered.complex_filter(db_field.get_limit_choices_to()))


class RecordedAdmin(Uncounted, Named, SimpleHistoryAdmin):
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
        if not (text.isascii() and text.isdigit() and len(text) <= KEY_DIGITS):
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
