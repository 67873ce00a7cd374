"""Exports on record, and those made in the background: asked for, cancelled, tried again, fetched, deleted.

What a file holds is decided anew by the rights of its owner when it is made (`tasks`) and when it is fetched.
"""

from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone, translation

from approvals.refusals import NotAllowed
from customers.history import record
from customers.models import Event
from portal.directory.listing import Listing
from portal.exports import tasks
from portal.exports.limits import admit, lock
from portal.exports.refusals import ExportGone, FileGone, TooManyAtOnce
from portal.models import Export, ExportState
from portal.models.export import export_storage
from portal.querysets import organisation_of


@transaction.atomic
def take(*, actor: Any, listing: Listing, file_format: str, rows: int) -> Event:
    """Put on record that somebody takes so many rows along at once. Raises NotAllowed and TooManyExports."""
    _organisation_id(actor)
    admit(actor)
    return record(
        actor=actor,
        action="export.taken",
        partner=_partner(actor),
        rows=rows,
        format=file_format,
        address=listing.address(),
    )


@transaction.atomic
def ask(*, actor: Any, listing: Listing, file_format: str) -> Export:
    """Have a file made in the background. Asked for twice while it is under way, it is made once.

    Raises NotAllowed, TooManyAtOnce and TooManyExports.
    """
    partner_id = _organisation_id(actor)
    lock(actor)
    address = listing.address()
    under_way = list(Export.objects.visible_to(actor).under_way())
    for export in under_way:
        if (export.format, export.address) == (file_format, address):
            return export
    if len(under_way) >= settings.EXPORTS_AT_ONCE:
        raise TooManyAtOnce(settings.EXPORTS_AT_ONCE)
    admit(actor)
    export = Export.objects.create(
        owner=actor,
        partner_id=partner_id,
        format=file_format,
        address=address,
        language=translation.get_language() or settings.LANGUAGE_CODE,
        claimed_until=timezone.now() + tasks.CLAIM,
    )
    _record(actor, "export.asked", export)
    tasks.make.enqueue(export.number)
    return export


@transaction.atomic
def cancel(*, actor: Any, export: Export) -> None:
    """Stop making the file: a worker at it notices within a second or so. Raises ExportGone once it is settled."""
    current = _locked(actor, export)
    if not current.is_under_way:
        raise ExportGone
    _settle(current, ExportState.CANCELLED)
    _record(actor, "export.cancelled", current)


@transaction.atomic
def try_again(*, actor: Any, export: Export) -> None:
    """Begin anew with an export that failed, was cancelled, was left by its worker, or whose file is gone.

    Raises ExportGone, TooManyAtOnce and TooManyExports.
    """
    current = _locked(actor, export)
    if (current.is_under_way and not current.is_interrupted) or current.can_be_fetched:
        raise ExportGone
    others = Export.objects.visible_to(actor).under_way().exclude(pk=current.pk)
    if others.count() >= settings.EXPORTS_AT_ONCE:
        raise TooManyAtOnce(settings.EXPORTS_AT_ONCE)
    admit(actor)
    tasks.drop_file(current.file)
    current.state, current.fault, current.file, current.size = ExportState.WAITING, "", "", 0
    current.total, current.written, current.tries = None, 0, 0
    current.finished_at = current.expires_at = None
    current.claimed_until = timezone.now() + tasks.CLAIM
    current.save()
    _record(actor, "export.asked", current)
    tasks.make.enqueue(current.number)


def fetch(*, actor: Any, export: Export) -> File:
    """The file, on record as fetched. Raises FileGone; a lost file is forgotten, so that it can be made again."""
    current = Export.objects.visible_to(actor).filter(pk=export.pk).first()
    if current is None or not current.can_be_fetched:
        raise FileGone
    try:
        file = export_storage().open(current.file)
    except FileNotFoundError as error:
        Export.objects.filter(pk=current.pk, file=current.file).update(file="")
        raise FileGone from error
    except OSError as error:
        raise FileGone from error
    with transaction.atomic():
        _record(actor, "export.fetched", current, rows=current.written)
    return file


@transaction.atomic
def delete(*, actor: Any, export: Export) -> None:
    """Forget an export that is settled, with its file. Raises ExportGone while it is under way."""
    current = _locked(actor, export)
    if current.is_under_way:
        raise ExportGone
    current.delete()
    transaction.on_commit(lambda: tasks.drop_file(current.file))


def _organisation_id(actor: Any) -> int | None:
    organisation = organisation_of(actor)
    if organisation is None:
        raise NotAllowed
    return organisation.partner_id


def _partner(actor: Any) -> Any:
    membership = getattr(actor, "membership", None)
    return membership.partner if membership is not None and not actor.is_staff else None


def _locked(actor: Any, export: Export) -> Export:
    lock(actor)
    current = Export.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=export.pk).first()
    if current is None:
        raise ExportGone
    return current


def _settle(export: Export, state: ExportState) -> None:
    export.state, export.finished_at, export.claimed_until = state, timezone.now(), None
    export.save(update_fields=["state", "finished_at", "claimed_until"])


def _record(actor: Any, action: str, export: Export, **facts: Any) -> None:
    record(
        actor=actor,
        action=action,
        partner=export.partner,
        reference=export.number,
        format=export.format,
        address=export.address,
        **facts,
    )
