"""Files that people bring along, evidence and attachments: read, checked, kept, handed out again.

What a file must be is in `documents`, where it lies in `storage`; the verbs that take files are in `evidence` and
`conversation`.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from approvals import documents
from approvals.models.stored_file import StoredFile, evidence_storage, random_name
from approvals.refusals import EvidenceDamaged, EvidenceRefused


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A file that is acceptable, with its content."""

    name: str
    content_type: str
    content: bytes
    sha256: str


def take(upload: UploadedFile) -> Taken:
    """Read and check a file. Raises EvidenceRefused: empty, too_large, type, extension, damaged, encrypted, active,
    too_many_pixels."""
    # Never more than one byte beyond the limit.
    content = bytes(upload.open("rb").read(settings.EVIDENCE_MAX_BYTES + 1))
    if len(content) > settings.EVIDENCE_MAX_BYTES:
        raise refused("too_large")
    try:
        found = documents.inspect(upload.name or "", content)
    except documents.Unacceptable as fault:
        raise refused(fault.code) from fault
    return Taken(
        name=found.name,
        content_type=found.content_type,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )


@contextmanager
def kept(row: StoredFile, taken: Taken) -> Iterator[None]:
    """The file is in the store while the body saves the row and whatever belongs to it; where that fails, it is not."""
    row.name, row.content_type = taken.name, taken.content_type
    row.size, row.sha256 = len(taken.content), taken.sha256
    stored = evidence_storage().save(random_name(row, taken.name), ContentFile(taken.content))
    try:
        row.file.name = stored
        yield
    except BaseException:
        # The transaction rolls back. Where the commit itself fails nobody knows whether the row is there: the file
        # stays, and `sweep_evidence` takes it if not.
        evidence_storage().delete(stored)
        raise


def content_of(row: StoredFile) -> bytes:
    """The file exactly as it was uploaded. Raises EvidenceDamaged where it is gone or altered."""
    try:
        with evidence_storage().open(str(row.file.name)) as file:
            content: bytes = file.read()
    except OSError as error:
        raise EvidenceDamaged from error
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise EvidenceDamaged
    return content


def refused(code: str) -> EvidenceRefused:
    """The refusal of a code that is about the file itself, in words."""
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
    }
    return EvidenceRefused(code, words[code])
