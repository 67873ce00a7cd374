"""Files of exports are kept for a day, and the rows about them for a month; what a crash left behind goes too."""

from datetime import timedelta
from pathlib import Path

from django.db.models import Q
from django.utils import timezone

from portal.exports.tasks import drop_file
from portal.models import Export
from portal.models.export import export_storage

GRACE = timedelta(hours=1)
"""A file younger than this may be one that is being written."""
ROWS_KEPT = timedelta(days=30)


def sweep() -> int:
    """Delete what nobody can fetch any more; return how many files that were. Harmless at any time."""
    now = timezone.now()
    names = list(Export.objects.filter(expires_at__lte=now).exclude(file="").values_list("file", flat=True))
    Export.objects.filter(file__in=names).update(file="")
    old = Export.objects.settled().filter(asked_at__lt=now - ROWS_KEPT)
    names += old.exclude(file="").values_list("file", flat=True)
    old.delete()
    for name in names:
        drop_file(name)
    return len(names) + _sweep_orphans()


def _sweep_orphans() -> int:
    """Files that no row has: of a worker that was killed, or of an account that was deleted."""
    before = (timezone.now() - GRACE).timestamp()
    old = [path for path in Path(export_storage().path("")).glob("*") if path.stat().st_mtime < before]
    kept = set(Export.objects.filter(~Q(file="")).values_list("file", flat=True))
    orphans = [path for path in old if path.name not in kept]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
