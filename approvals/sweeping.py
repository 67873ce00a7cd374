"""Brings the store of evidence and its rows back together after a crash between the two."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from approvals.models import Evidence
from approvals.models.evidence import evidence_storage

GRACE = timedelta(hours=1)
"""A file younger than this may belong to an upload that is under way."""


def sweep() -> list[str]:
    """Delete files that no document has, unfinished ones included; return their names in the store."""
    storage = evidence_storage()
    before = (timezone.now() - GRACE).timestamp()
    root = Path(storage.path(""))
    old = {
        path.relative_to(root).as_posix(): path
        for path in root.glob("**/*")
        if path.is_file() and path.stat().st_mtime < before
    }
    kept = set(Evidence.objects.values_list("file", flat=True))
    orphans = sorted(old.keys() - kept)
    for name in orphans:
        old[name].unlink(missing_ok=True)
    return orphans


def missing() -> Iterator[Evidence]:
    """Documents whose file is gone or has another size than it had."""
    storage = evidence_storage()
    for document in Evidence.objects.select_related("request").order_by("pk").iterator():
        name = str(document.file.name)
        if not storage.exists(name) or storage.size(name) != document.size:
            yield document
