"""Evidence on disk: whole and private or not there, and what a crash leaves behind is cleared up."""

import os
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from approvals.models import Evidence
from approvals.models.evidence import evidence_storage
from approvals.sweeping import GRACE, sweep
from contacts.policy import EvidenceKind
from customers.models import Partner
from portal.models import User
from tests.approvals import filled
from tests.approvals.conftest import files_in
from tests.request_builders import PDF, make_evidence


def test_a_file_is_kept_whole_and_for_our_eyes_only(store: Path) -> None:
    name = evidence_storage().save("ab/abcdef", ContentFile(PDF))

    path = store / name
    assert (name, path.read_bytes(), files_in(store)) == ("ab/abcdef", PDF, ["ab/abcdef"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == stat.S_IMODE(store.stat().st_mode) == 0o700


class CutOff(ContentFile):
    """An upload whose disk is full half-way."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"half of it"
        raise OSError(28, "No space left on device")


def test_a_full_disk_leaves_nothing_behind(store: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        evidence_storage().save("ab/abcdef", CutOff(PDF))
    assert files_in(store) == []


def test_a_disk_that_fails_to_sync_leaves_nothing_behind(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output error"):
        evidence_storage().save("ab/abcdef", ContentFile(PDF))
    assert files_in(store) == []


def age(store: Path, name: str) -> None:
    path = store / name
    then = path.stat().st_mtime - (GRACE + timedelta(minutes=1)).total_seconds()
    os.utime(path, (then, then))


@pytest.mark.django_db
def test_the_sweep_takes_old_files_without_a_document_and_nothing_else(
    store: Path, partner: Partner, onboarder: User
) -> None:
    document = make_evidence(filled.started(partner, onboarder), onboarder, EvidenceKind.LIABILITY_AGREEMENT)
    kept = str(document.file.name)
    orphan = evidence_storage().save("aa/orphan", ContentFile(PDF))
    unfinished = evidence_storage().save("aa/tmp123.part", ContentFile(b"half"))
    under_way = evidence_storage().save("aa/under-way", ContentFile(PDF))
    for name in (kept, orphan, unfinished):
        age(store, name)

    assert sweep() == [orphan, unfinished]
    assert files_in(store) == sorted([kept, under_way])
    assert sweep() == []


@pytest.mark.django_db
def test_the_command_names_documents_whose_file_is_gone(
    store: Path, partner: Partner, onboarder: User, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("sweep_evidence")
    assert capsys.readouterr().out == "0 files without a document deleted.\n"

    document = make_evidence(filled.started(partner, onboarder), onboarder, EvidenceKind.LIABILITY_AGREEMENT)
    evidence_storage().delete(str(document.file.name))
    with pytest.raises(CommandError, match=str(document.key)):
        call_command("sweep_evidence")
    assert Evidence.objects.get() == document
