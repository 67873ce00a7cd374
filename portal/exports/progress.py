"""How far an export is, in words, and when a page that shows it asks again."""

from dataclasses import dataclass

from django.utils import timezone

from portal.exports.limits import seconds_for
from portal.models import Export, ExportState

SOON, PATIENT, LATE = 2, 5, 15
"""Seconds until the page asks again: growing with the time somebody waits."""
LEFT_ALONE = "left"
"""Under way, but whoever was to make the file is gone."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    state: str
    """That of the export, or LEFT_ALONE: what a page that asks again compares."""
    written: int
    total: int
    percent: int
    seconds_left: int
    """About; 0 where nobody knows yet."""
    ask_again_in: int
    """Seconds; 0 where nothing changes any more."""


def of(export: Export) -> Progress:
    total = export.total or 0
    written = min(export.written, total)
    is_running = export.state == ExportState.RUNNING and total > 0
    return Progress(
        state=LEFT_ALONE if export.is_interrupted else export.state,
        written=written,
        total=total,
        percent=100 * written // total if total else 0,
        seconds_left=seconds_for(total - written, export.format) if is_running else 0,
        ask_again_in=_pause(export) if export.is_under_way else 0,
    )


def _pause(export: Export) -> int:
    waited = (timezone.now() - export.asked_at).total_seconds()
    return SOON if waited < 30 else PATIENT if waited < 180 else LATE
