"""Exports made in the background: by one worker at a time, which tells how far it is and stops when it is told to."""

import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.base import File
from django.db import OperationalError, connection, transaction
from django.db.models import F, Q
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from customers.history import record
from portal.directory.listing import Listing
from portal.exports import csv_file, letters, xlsx_file
from portal.exports.limits import JOB_SECONDS, MOST_ROWS
from portal.exports.rows import Piece, Table, table_of
from portal.models import Export, ExportFault, ExportFormat, ExportState, User
from portal.models.export import export_storage, random_name

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=2)
"""How long a worker has an export for itself from the last time it told how far it is."""
TELLING = timedelta(seconds=1)
MOST_TRIES = 3
KEPT = timedelta(hours=24)
MOST_KEPT = 5
"""Files of one person: the latest. A file of all customers is of a hundred megabytes and more."""
LEFT = timedelta(minutes=2)
"""Whoever has not fetched a file so long after it was ready has left, and is told by mail."""
MAIL_PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 20, 60)]


class Stopped(Exception):
    """The export is not this worker's any more: cancelled, or taken over."""


class Refused(Exception):
    """There will be no file, however often it is tried."""

    def __init__(self, fault: ExportFault) -> None:
        super().__init__(fault)
        self.fault = fault


@task
def make(number: str) -> str:
    """Make the file of one export if that waits to be made; return what became of it.

    Run twice, or by two workers at once, one makes it. Killed, it is found by `requeue_lost`.
    """
    export = _claim(number)
    if export is None:
        return "nothing to do"
    try:
        if export.tries > MOST_TRIES:
            raise Refused(ExportFault.INTERRUPTED)
        return _finish(export, *_write(export))
    except Stopped:
        return "stopped"
    except Refused as refusal:
        return _fail(export, refusal.fault)
    except Exception:  # whatever went wrong, whoever waits is told and can try again
        logger.exception("Export %s failed.", number)
        return _fail(export, ExportFault.TROUBLE)


@task
def tell(number: str, tries: int = 0) -> str:
    """Mail the owner that the file is ready, unless it was fetched, is gone, or is not theirs to see any more."""
    export = Export.objects.select_related("owner").filter(number=number).first()
    if export is None or not letters.is_wanted(export, _owner(export)):
        return "nothing to do"
    try:
        letters.compose(export).send()
    except Exception:  # the mail server may take it later; the file does not depend on it
        logger.warning("The mail about export %s was not taken.", number, exc_info=True)
        if tries < len(MAIL_PAUSES):
            tell.using(run_after=timezone.now() + MAIL_PAUSES[tries]).enqueue(number, tries + 1)
        return "not sent"
    return "sent"


def requeue_lost() -> int:
    """Put exports back in the queue whose worker died or whose task was lost; return how many. Harmless at any time."""
    now = timezone.now()
    lost = Export.objects.under_way().filter(claimed_until__lt=now)
    for export in lost:
        with transaction.atomic():
            waiting = Export.objects.filter(pk=export.pk, state=export.state, claimed_until=export.claimed_until)
            if waiting.update(state=ExportState.WAITING, claimed_until=now + CLAIM):
                make.enqueue(export.number)
    return len(lost)


def drop_file(name: str) -> None:
    """Delete a file of the store; nothing happens where there is none."""
    if name:
        export_storage().delete(name)


def _claim(number: str) -> Export | None:
    now = timezone.now()
    free = Q(state=ExportState.WAITING) | Q(state=ExportState.RUNNING, claimed_until__lt=now)
    claimed = Export.objects.filter(free, number=number).update(
        state=ExportState.RUNNING,
        tries=F("tries") + 1,
        claim=secrets.token_hex(16),
        claimed_until=now + CLAIM,
        written=0,
        total=None,
    )
    return Export.objects.select_related("partner").get(number=number) if claimed else None


def _owner(export: Export) -> User:
    """The owner with the rights they have now."""
    return User.objects.select_related("membership__partner", "membership__customer").get(pk=export.owner_id)


def _write(export: Export) -> tuple[str, int, int]:
    """Write the file; its name in the store, its rows and its bytes. Raises Refused and Stopped."""
    owner = _owner(export)
    if not Export.objects.visible_to(owner).filter(pk=export.pk).exists():
        raise Refused(ExportFault.NO_ACCESS)
    with translation.override(export.language):
        table = table_of(Listing.read(owner, QueryDict(export.address)), owner)
        total, most = table.count(), MOST_ROWS[export.format]
        if most is not None and total > most:
            raise Refused(ExportFault.TOO_MANY)
        if not _mine(export).update(total=total):
            raise Stopped
        with closing(_Progress(export, pieces_of(export.format, table, seconds=JOB_SECONDS))) as progress:
            name = export_storage().save(random_name(), progress)
    return name, progress.rows, progress.bytes


def pieces_of(file_format: str, table: Table, *, seconds: int) -> Iterator[Piece]:
    """The file of a format."""
    if file_format == ExportFormat.CSV:
        return csv_file.pieces(table, seconds=seconds)
    return xlsx_file.pieces(table, title=_("Customers"), seconds=seconds)


def _mine(export: Export) -> Any:
    """The row, as long as it is this worker's."""
    return Export.objects.filter(pk=export.pk, state=ExportState.RUNNING, claim=export.claim)


class _Progress(File):
    """The pieces of a file on their way into the store. Now and then the row is told how many rows are written.

    That takes a connection of its own: the other one is busy giving rows.
    """

    def __init__(self, export: Export, pieces: Iterator[Piece]) -> None:
        super().__init__(None)
        self.export = export
        self.pieces = pieces
        self.rows = self.bytes = 0
        self._told_at = time.monotonic()
        self._connection: Any = None

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        for piece in self.pieces:
            self.rows += piece.rows
            self.bytes += len(piece.content)
            if time.monotonic() - self._told_at >= TELLING.total_seconds():
                try:
                    self._tell()
                except OperationalError:  # somebody else holds the row; the claim lasts for many more tries
                    logger.warning("Export %s could not tell how far it is.", self.export.number)
                self._told_at = time.monotonic()
            if piece.content:
                yield piece.content

    def close(self) -> None:
        self.pieces.close()  # type: ignore[attr-defined]  # a generator, which may be in the middle of a statement
        if self._connection is not None:
            self._connection.close()

    def _tell(self) -> None:
        if self._connection is None:
            self._connection = connection.copy()
        until = connection.ops.adapt_datetimefield_value(timezone.now() + CLAIM)
        with self._connection.cursor() as cursor:
            cursor.execute(
                "UPDATE portal_export SET written = %s, claimed_until = %s WHERE id = %s AND state = %s AND claim = %s",
                [self.rows, until, self.export.pk, ExportState.RUNNING.value, self.export.claim],
            )
            if not cursor.rowcount:
                raise Stopped


def _finish(export: Export, name: str, rows: int, size: int) -> str:
    now = timezone.now()
    with transaction.atomic():
        kept = _mine(export).update(
            state=ExportState.READY,
            file=name,
            size=size,
            total=rows,
            written=rows,
            finished_at=now,
            expires_at=now + KEPT,
            claimed_until=None,
        )
        if kept:
            _record(export, "export.made", rows=rows)
            _drop_surplus(export)
            tell.using(run_after=now + LEFT).enqueue(export.number)
    if not kept:
        drop_file(name)
        return "stopped"
    return "made"


def _drop_surplus(export: Export) -> None:
    """The oldest files of the owner, beyond what is kept of one person."""
    kept = Export.objects.kept().filter(owner=export.owner_id).order_by("-finished_at", "-pk")
    for surplus in kept[MOST_KEPT:]:
        Export.objects.filter(pk=surplus.pk).update(file="")
        transaction.on_commit(partial(drop_file, surplus.file))


def _fail(export: Export, fault: ExportFault) -> str:
    with transaction.atomic():
        failed = _mine(export).update(
            state=ExportState.FAILED, fault=fault, finished_at=timezone.now(), claimed_until=None
        )
        if failed:
            _record(export, "export.failed", fault=fault.value)
    return "failed" if failed else "stopped"


def _record(export: Export, action: str, **facts: Any) -> None:
    """What the portal did for the owner."""
    record(
        actor=None,
        action=action,
        partner=export.partner,
        reference=export.number,
        format=export.format,
        address=export.address,
        **facts,
    )
