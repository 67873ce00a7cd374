"""Brings the store of evidence and attachments and its rows back together after a crash between the two."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from approvals.models import Attachment, Evidence
from approvals.models.stored_file import StoredFile, evidence_storage

GRACE = timedelta(hours=1)
"""A file younger than this may belong to an upload that is under way."""


def sweep() -> list[str]:
    """Delete files that no row has, unfinished ones included; return their names in the store."""
    storage = evidence_storage()
    before = (timezone.now() - GRACE).timestamp()
    root = Path(storage.path(""))
    old = {
        path.relative_to(root).as_posix(): path
        for path in root.glob("**/*")
        if path.is_file() and path.stat().st_mtime < before
    }
    kept = {name for rows in (Evidence, Attachment) for name in rows.objects.values_list("file", flat=True)}
    orphans = sorted(old.keys() - kept)
    for name in orphans:
        old[name].unlink(missing_ok=True)
    return orphans


def missing() -> Iterator[StoredFile]:
    """Documents and attachments whose file is gone or has another size than it had."""
    storage = evidence_storage()
    evidence = Evidence.objects.select_related("request").order_by("pk")
    attachments = Attachment.objects.select_related("message__thread").order_by("pk")
    for rows in (evidence, attachments):
        for row in rows.iterator():
            name = str(row.file.name)
            if not storage.exists(name) or storage.size(name) != row.size:
                yield row
