"""How much one person exports, what is made while they wait, and what an Excel file holds."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from customers.models import Event
from portal.exports.refusals import TooManyExports
from portal.models import ExportFormat, User

HOUR = timedelta(hours=1)

MOST_ROWS: Mapping[str, int | None] = {ExportFormat.CSV: None, ExportFormat.XLSX: 50_000}
"""What a file may hold. An Excel file takes 100 µs a row of a processor that pages need, and cannot be streamed."""

ROWS_A_SECOND: Mapping[str, int] = {ExportFormat.CSV: 50_000, ExportFormat.XLSX: 6_000}
"""As measured for all columns on one of two busy processors (docs/decisions.md), rounded down."""

PATIENCE = timedelta(seconds=2)
WHILE_ONE_WAITS: Mapping[str, int] = {
    file_format: int(rows * PATIENCE.total_seconds()) for file_format, rows in ROWS_A_SECOND.items()
}
"""Rows up to which a file comes as the answer itself; what takes longer is made in the background."""

STREAM_SECONDS = 60
"""For which a request may keep the database busy, a slow reader included."""
JOB_SECONDS = 600

COUNTED = ("export.taken", "export.asked")
"""The records of which one person makes only so many within an hour."""


def admit(actor: Any) -> None:
    """Let one more export of this person through, in the transaction that puts it on record; the account is locked, so
    that twenty at once count like twenty one after another. Raises TooManyExports."""
    lock(actor)
    limit = settings.EXPORTS_PER_HOUR
    lately = Event.objects.filter(actor=actor, action__in=COUNTED, at__gt=timezone.now() - HOUR)
    moments = list(lately.order_by("-at", "-pk").values_list("at", flat=True)[:limit])
    if len(moments) >= limit:
        raise TooManyExports(limit, moments[-1] + HOUR)


def lock(actor: Any) -> None:
    User.objects.select_for_update(no_key=True).order_by().get(pk=actor.pk)


def seconds_for(rows: int, file_format: str) -> int:
    """How long so many rows take, about."""
    return max(round(rows / ROWS_A_SECOND[file_format]), 1)
