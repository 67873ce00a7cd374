"""Documents of a request: added, taken away, handed out. What a file must be is in `documents`."""

import hashlib
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from approvals import documents
from approvals.locking import lock
from approvals.models import Evidence, RegistrationRequest
from approvals.models.evidence import evidence_storage, random_name
from approvals.refusals import EvidenceDamaged, EvidenceRefused, NotAllowed
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
    content = _read(upload)
    try:
        found = documents.inspect(upload.name or "", content)
    except documents.Unacceptable as fault:
        raise refused(fault.code) from fault
    with transaction.atomic(durable=True):
        current = lock(request)
        if refusal := editing_refusal(current, actor):
            raise refusal
        digest = hashlib.sha256(content).hexdigest()
        existing = list(current.evidence.current())
        for document in existing:
            if (document.kind, document.sha256) == (kind.value, digest):
                return document
        if len(existing) >= MAX_DOCUMENTS:
            raise refused("too_many")
        return _store(actor, current, kind, found, content, digest)


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


def download(*, actor: Any, evidence: Evidence) -> bytes:
    """The document exactly as it was uploaded; who took it is on record.

    Raises NotAllowed for whom the request does not exist, EvidenceDamaged where the file is gone or altered.
    """
    if not Evidence.objects.visible_to(actor).filter(pk=evidence.pk).exists():
        raise NotAllowed
    try:
        with evidence_storage().open(str(evidence.file.name)) as file:
            content = file.read()
    except OSError as error:
        raise EvidenceDamaged from error
    if hashlib.sha256(content).hexdigest() != evidence.sha256:
        raise EvidenceDamaged
    _record(actor, "evidence.downloaded", evidence.request, evidence)
    return content


def delete_all(request: RegistrationRequest) -> None:
    """Delete the documents of a request that is being deleted; the files follow when that is committed."""
    for document in request.evidence.all():
        _delete(document)


def refused(code: str) -> EvidenceRefused:
    """The refusal of a code, in words."""
    limit = filesizeformat(settings.EVIDENCE_MAX_BYTES)
    words = {
        "empty": _("This file is empty. Choose another one."),
        "too_large": _("This file is larger than %(limit)s. Make it smaller, or split it.") % {"limit": limit},
        "type": _(
            "This file is not a PDF, PNG or JPEG, whatever its name says. Save the document as a PDF and add that."
        ),
        "extension": _("The name of this file does not fit what is in it. Save it again as PDF, PNG or JPEG."),
        "damaged": _("This file is not complete. Open it, save it again and add that."),
        "encrypted": _("This PDF is protected by a password. Save it without one, so that we can read it."),
        "active": _("This PDF holds a program or other files. Print it to a new PDF and add that."),
        "too_many_pixels": _("This picture is too large to open. Save it smaller and add that."),
        "not_kept": _("We could not keep this file just now. Add it again in a few minutes."),
        "too_many": _("This request already has %(count)s documents. Take one away first.") % {"count": MAX_DOCUMENTS},
    }
    return EvidenceRefused(code, words[code])


def _read(upload: UploadedFile) -> bytes:
    """The content, never more than one byte beyond the limit."""
    content = upload.open("rb").read(settings.EVIDENCE_MAX_BYTES + 1)
    if len(content) > settings.EVIDENCE_MAX_BYTES:
        raise refused("too_large")
    return bytes(content)


def _store(
    actor: Any,
    request: RegistrationRequest,
    kind: EvidenceKind,
    found: documents.Document,
    content: bytes,
    digest: str,
) -> Evidence:
    document = Evidence(
        request=request,
        kind=kind.value,
        name=found.name,
        content_type=found.content_type,
        size=len(content),
        sha256=digest,
        uploaded_by=actor,
    )
    stored = evidence_storage().save(random_name(document, found.name), ContentFile(content))
    try:
        document.file.name = stored
        document.save()
        _record(actor, "evidence.added", request, document)
    except BaseException:
        # The transaction rolls back. Where the commit itself fails nobody knows whether the row is there: the file
        # stays, and `sweep_evidence` takes it if not.
        evidence_storage().delete(stored)
        raise
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
