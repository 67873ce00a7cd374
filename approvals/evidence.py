"""Documents of a request: added, taken away, handed out. What a file must be is in `documents`."""

from contextlib import ExitStack
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from approvals import storing
from approvals.locking import lock
from approvals.models import Evidence, RegistrationRequest
from approvals.models.stored_file import evidence_storage
from approvals.refusals import EvidenceRefused, NotAllowed
from approvals.standing import editing_refusal
from contacts.policy import EvidenceKind
from customers.history import record

MAX_DOCUMENTS = 10
"""Of one request, at a time."""


def add(*, actor: Any, request: RegistrationRequest, kind: EvidenceKind, upload: UploadedFile) -> Evidence:
    """Keep a document with its request. The same file a second time is the document that is there already.

    Raises EvidenceRefused (codes: empty, too_large, type, extension, damaged, encrypted, active, too_many_pixels,
    too_many), NotAllowed, WrongState, RequestGone; OSError where the disk does not take it. Then nothing is kept.
    """
    kind = EvidenceKind(kind)
    taken = storing.take(upload)
    with transaction.atomic(durable=True):
        current = lock(request)
        if refusal := editing_refusal(current, actor):
            raise refusal
        existing = list(current.evidence.current())
        for document in existing:
            if (document.kind, document.sha256) == (kind.value, taken.sha256):
                return document
        if len(existing) >= MAX_DOCUMENTS:
            raise refused("too_many")
        return _store(actor, current, kind, taken)


def remove(*, actor: Any, evidence: Evidence) -> None:
    """Take a document away: deleted with its file, or, where a submission carries it, marked and kept.

    Taking away what is gone already is no error. Raises NotAllowed, WrongState, RequestGone.
    """
    with transaction.atomic(durable=True):
        current = lock(evidence.request)
        if refusal := editing_refusal(current, actor):
            raise refusal
        document = current.evidence.current().filter(pk=evidence.pk).first()
        if document is None:
            return
        if _is_carried(current, document):
            document.removed_at = timezone.now()
            document.save(update_fields=["removed_at"])
        else:
            _delete(document)
        _record(actor, "evidence.removed", current, document)


def copy(*, actor: Any, document: Evidence, to: RegistrationRequest, files: ExitStack) -> Evidence:
    """The same document with another request, as a file of its own: each goes with its request. Part of a verb's
    transaction, to whose end `files` keeps the new file. Raises EvidenceDamaged where it is gone or altered."""
    taken = storing.Taken(
        name=document.name,
        content_type=document.content_type,
        content=storing.content_of(document),
        sha256=document.sha256,
    )
    row = Evidence(request=to, kind=document.kind, uploaded_by=actor)
    files.enter_context(storing.kept(row, taken))
    row.save()
    _record(actor, "evidence.added", to, row)
    return row


def download(*, actor: Any, evidence: Evidence) -> bytes:
    """The document exactly as it was uploaded; who took it is on record.

    Raises NotAllowed for whom the request does not exist, EvidenceDamaged where the file is gone or altered.
    """
    if not Evidence.objects.visible_to(actor).filter(pk=evidence.pk).exists():
        raise NotAllowed
    content = storing.content_of(evidence)
    _record(actor, "evidence.downloaded", evidence.request, evidence)
    return content


def delete_all(request: RegistrationRequest) -> None:
    """Delete the documents of a request that is being deleted; the files follow when that is committed."""
    for document in request.evidence.all():
        _delete(document)


def refused(code: str) -> EvidenceRefused:
    """The refusal of a code, in words."""
    if code == "too_many":
        words = _("This request already has %(count)s documents. Take one away first.")
        return EvidenceRefused(code, words % {"count": MAX_DOCUMENTS})
    return storing.refused(code)


def _store(actor: Any, request: RegistrationRequest, kind: EvidenceKind, taken: storing.Taken) -> Evidence:
    document = Evidence(request=request, kind=kind.value, uploaded_by=actor)
    with storing.kept(document, taken):
        document.save()
        _record(actor, "evidence.added", request, document)
    return document


def _delete(document: Evidence) -> None:
    name = str(document.file.name)
    Evidence.objects.filter(pk=document.pk).delete()
    transaction.on_commit(partial(evidence_storage().delete, name), robust=True)


def _is_carried(request: RegistrationRequest, document: Evidence) -> bool:
    frozen = request.submissions.values_list("snapshot", flat=True)
    return any(entry["key"] == str(document.key) for snapshot in frozen for entry in snapshot["evidence"])


def _record(actor: Any, action: str, request: RegistrationRequest, document: Evidence) -> None:
    record(
        actor=actor,
        action=action,
        partner=request.partner,
        customer=request.customer,
        reference=request.reference,
        name=document.name,
        kind=str(document.kind),
    )
