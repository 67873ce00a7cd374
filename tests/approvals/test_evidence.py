"""Documents are added by who may edit the request, kept whole, and handed out to who may see it."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import DatabaseError

from approvals import evidence
from approvals.decisions import decide
from approvals.models import Evidence, RegistrationRequest
from approvals.refusals import EvidenceDamaged, EvidenceRefused, NotAllowed, WrongState
from approvals.workflow import Move, State
from contacts.policy import EvidenceKind
from customers.models import Event, Partner
from portal.models import User
from tests.approvals import filled
from tests.approvals.conftest import files_in
from tests.request_builders import PDF, make_evidence, make_request

pytestmark = pytest.mark.django_db

AGREEMENT = EvidenceKind.LIABILITY_AGREEMENT


@pytest.fixture
def draft(partner: Partner, onboarder: User) -> RegistrationRequest:
    return filled.started(partner, onboarder)


def add(
    actor: User, request: RegistrationRequest, name: str = "agreement.pdf", content: bytes = PDF, **fields: Any
) -> Evidence:
    upload = fields.pop("upload", SimpleUploadedFile(name or "x", content, content_type="text/html"))
    return evidence.add(actor=actor, request=request, upload=upload, **{"kind": AGREEMENT} | fields)


def pdf(number: int) -> bytes:
    return PDF.replace(b"%PDF-1.4\n", b"%%PDF-1.4\n%%%d\n" % number)


def test_a_document_is_kept_under_a_random_name_with_what_identifies_it(
    draft: RegistrationRequest, onboarder: User, store: Path
) -> None:
    document = add(onboarder, draft, "../Overeenkomst Pieter.pdf")

    document.refresh_from_db()
    assert (document.request, document.kind, document.uploaded_by) == (draft, AGREEMENT, onboarder)
    assert (document.name, document.content_type) == ("Overeenkomst Pieter.pdf", "application/pdf")
    assert (document.size, document.sha256) == (len(PDF), hashlib.sha256(PDF).hexdigest())
    (name,) = files_in(store)
    path = store / name
    assert path.read_bytes() == PDF
    assert path.name == Path(str(document.file.name)).name
    assert set(path.name) <= set("0123456789abcdef")


def test_a_large_upload_from_disk_is_read_the_same(draft: RegistrationRequest, onboarder: User) -> None:
    upload = TemporaryUploadedFile("agreement.pdf", "application/pdf", len(PDF), None)
    upload.write(PDF)
    upload.seek(0)
    assert add(onboarder, draft, upload=upload).sha256 == hashlib.sha256(PDF).hexdigest()
    upload.close()


def test_adding_is_on_record(draft: RegistrationRequest, onboarder: User) -> None:
    add(onboarder, draft)
    event = Event.objects.get(action="evidence.added")
    assert (event.actor, event.reference) == (onboarder, draft.reference)
    assert event.facts == {"name": "agreement.pdf", "kind": "liability_agreement"}


def test_the_same_file_twice_is_one_document(draft: RegistrationRequest, onboarder: User, store: Path) -> None:
    first = add(onboarder, draft)
    assert add(onboarder, draft, "another name.pdf") == first
    assert len(files_in(store)) == Evidence.objects.count() == 1


def test_the_same_file_may_prove_two_things(draft: RegistrationRequest, onboarder: User) -> None:
    add(onboarder, draft)
    add(onboarder, draft, kind=EvidenceKind.CUSTOMER_APPROVAL)
    assert sorted(Evidence.objects.values_list("kind", flat=True)) == ["customer_approval", "liability_agreement"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("agreement.pdf", b"", "empty"),
        ("agreement.pdf", b"<html></html>", "type"),
        ("agreement.exe", PDF, "extension"),
        ("agreement.pdf", PDF[:-10], "damaged"),
        ("agreement.pdf", PDF.replace(b"/Root", b"/Encrypt 3 0 R /Root"), "encrypted"),
        ("agreement.pdf", PDF.replace(b"/Root", b"/JavaScript 3 0 R /Root"), "active"),
    ],
)
def test_what_is_no_document_is_refused_in_words_and_nothing_is_kept(
    name: str, content: bytes, code: str, draft: RegistrationRequest, onboarder: User, store: Path
) -> None:
    with pytest.raises(EvidenceRefused) as refusal:
        add(onboarder, draft, name, content)
    assert refusal.value.code == code
    assert refusal.value.words.endswith(".")
    assert (files_in(store), Evidence.objects.count()) == ([], 0)


def test_every_refusal_has_words() -> None:
    codes = ["empty", "too_large", "type", "extension", "damaged", "encrypted", "active", "too_many_pixels", "too_many"]
    assert len({evidence.refused(code).words for code in codes}) == len(codes)


def test_the_limit_of_size_is_exact(draft: RegistrationRequest, onboarder: User, settings: Any) -> None:
    settings.EVIDENCE_MAX_BYTES = len(PDF)
    add(onboarder, draft)
    with pytest.raises(EvidenceRefused) as refusal:
        add(onboarder, draft, content=PDF + b"\n")
    assert refusal.value.code == "too_large"


def test_a_request_has_ten_documents_at_most(draft: RegistrationRequest, onboarder: User) -> None:
    documents = [add(onboarder, draft, content=pdf(number)) for number in range(10)]
    with pytest.raises(EvidenceRefused) as refusal:
        add(onboarder, draft, content=pdf(10))
    assert refusal.value.code == "too_many"

    evidence.remove(actor=onboarder, evidence=documents[0])
    add(onboarder, draft, content=pdf(10))


@pytest.mark.parametrize("persona", ["viewer", "stranger", "approver"])
def test_only_an_onboarder_of_the_partner_adds_and_removes(
    persona: str, draft: RegistrationRequest, onboarder: User, request: pytest.FixtureRequest, store: Path
) -> None:
    document = add(onboarder, draft)
    person = request.getfixturevalue(persona)
    with pytest.raises(NotAllowed):
        add(person, draft, content=pdf(1))
    with pytest.raises(NotAllowed):
        evidence.remove(actor=person, evidence=document)
    assert len(files_in(store)) == Evidence.objects.current().count() == 1


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.REJECTED, State.WITHDRAWN])
def test_documents_stay_as_they_were_sent(state: State, partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, state, evidence=AGREEMENT)
    with pytest.raises(WrongState):
        add(onboarder, request, content=pdf(1))
    with pytest.raises(WrongState):
        evidence.remove(actor=onboarder, evidence=request.evidence.get())
    assert request.evidence.current().count() == 1


def test_a_document_that_was_never_sent_is_deleted_with_its_file(
    draft: RegistrationRequest, onboarder: User, store: Path, django_capture_on_commit_callbacks: Any
) -> None:
    document = add(onboarder, draft)
    with django_capture_on_commit_callbacks(execute=True):
        evidence.remove(actor=onboarder, evidence=document)
    assert (Evidence.objects.count(), files_in(store)) == (0, [])
    event = Event.objects.get(action="evidence.removed")
    assert (event.actor, event.reference, event.facts["name"]) == (onboarder, draft.reference, "agreement.pdf")


def test_a_document_that_a_submission_carries_is_kept_and_no_longer_counts(
    partner: Partner, onboarder: User, approver: User, store: Path, django_capture_on_commit_callbacks: Any
) -> None:
    request = filled.started(partner, onboarder)
    document = add(onboarder, request)
    filled.confirm(onboarder, request)
    decide(actor=approver, request=request, move=Move.ASK_FOR_CHANGES, version=1, reason="Which Ines?")

    with django_capture_on_commit_callbacks(execute=True):
        evidence.remove(actor=onboarder, evidence=document)

    document.refresh_from_db()
    assert document.removed_at is not None
    assert request.evidence.current().count() == 0
    assert len(files_in(store)) == 1
    assert evidence.download(actor=approver, evidence=document) == PDF


def test_removing_twice_is_removing_once(draft: RegistrationRequest, onboarder: User) -> None:
    document = add(onboarder, draft)
    gone = Evidence.objects.get(pk=document.pk)
    evidence.remove(actor=onboarder, evidence=document)
    evidence.remove(actor=onboarder, evidence=gone)
    assert Event.objects.filter(action="evidence.removed").count() == 1


def test_a_file_does_not_outlive_a_row_that_could_not_be_written(
    draft: RegistrationRequest, onboarder: User, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_facts: Any) -> None:
        raise DatabaseError("the database went away")

    monkeypatch.setattr(evidence, "record", fail)
    with pytest.raises(DatabaseError):
        add(onboarder, draft)
    assert (files_in(store), Evidence.objects.count()) == ([], 0)


class TestDownload:
    """Who may see the request gets its documents, unaltered, and that is on record."""

    @pytest.mark.parametrize("persona", ["onboarder", "viewer", "approver"])
    def test_who_may_see_the_request_gets_them(
        self, persona: str, partner: Partner, onboarder: User, request: pytest.FixtureRequest
    ) -> None:
        document = make_request(partner, onboarder, evidence=AGREEMENT).evidence.get()
        reader = request.getfixturevalue(persona)
        assert evidence.download(actor=reader, evidence=document) == PDF
        event = Event.objects.get(action="evidence.downloaded")
        assert (event.actor, event.reference) == (reader, document.request.reference)

    @pytest.mark.parametrize("persona", ["stranger", "customer_user"])
    def test_nobody_else_does(
        self, persona: str, partner: Partner, onboarder: User, request: pytest.FixtureRequest
    ) -> None:
        document = make_request(partner, onboarder, evidence=AGREEMENT).evidence.get()
        with pytest.raises(NotAllowed):
            evidence.download(actor=request.getfixturevalue(persona), evidence=document)

    def test_staff_do_not_get_documents_of_a_draft(
        self, draft: RegistrationRequest, onboarder: User, approver: User
    ) -> None:
        with pytest.raises(NotAllowed):
            evidence.download(actor=approver, evidence=add(onboarder, draft))

    def test_a_file_that_is_gone_or_altered_is_not_handed_out(
        self, draft: RegistrationRequest, onboarder: User, store: Path
    ) -> None:
        document = make_evidence(draft, onboarder, AGREEMENT)
        (name,) = files_in(store)
        (store / name).write_bytes(PDF.replace(b"Catalog", b"Catalox"))
        with pytest.raises(EvidenceDamaged):
            evidence.download(actor=onboarder, evidence=document)
        storages["evidence"].delete(str(document.file.name))
        with pytest.raises(EvidenceDamaged):
            evidence.download(actor=onboarder, evidence=document)
        assert not Event.objects.filter(action="evidence.downloaded").exists()
