"""The documents of a request that is started again: files of their own, and no other customer's."""

from pathlib import Path
from typing import Any

import pytest

from approvals import copies, drafts, evidence
from approvals.checks import signals
from approvals.models import RegistrationRequest
from approvals.workflow import State
from contacts.policy import EvidenceKind
from customers.models import Partner
from portal.models import User
from tests.approvals.conftest import files_in
from tests.request_builders import PDF, make_evidence, make_request

# The verbs commit by themselves.
pytestmark = pytest.mark.django_db(transaction=True)


def start_again(actor: User, request: RegistrationRequest) -> RegistrationRequest:
    return copies.start_again(actor=actor, request=request).draft


def test_the_documents_go_along_as_files_of_their_own(partner: Partner, onboarder: User, store: Path) -> None:
    closed = make_request(partner, onboarder, State.REJECTED, evidence=EvidenceKind.LIABILITY_AGREEMENT)
    original = closed.evidence.get()

    draft = start_again(onboarder, closed)

    copied = draft.evidence.get()
    assert (copied.kind, copied.name, copied.sha256, copied.size) == (
        original.kind,
        original.name,
        original.sha256,
        original.size,
    )
    assert (copied.key != original.key, copied.file.name != original.file.name) == (True, True)
    assert evidence.download(actor=onboarder, evidence=copied) == PDF
    drafts.discard(actor=onboarder, request=draft)
    assert files_in(store) == [original.file.name]


def test_what_was_taken_away_before_stays_away(partner: Partner, onboarder: User) -> None:
    closed = make_request(partner, onboarder, State.REJECTED, evidence=EvidenceKind.LIABILITY_AGREEMENT)
    closed.evidence.update(removed_at=closed.submitted_at)

    assert not start_again(onboarder, closed).evidence.exists()


def test_a_damaged_document_is_left_out_and_named(partner: Partner, onboarder: User, store: Path) -> None:
    closed = make_request(partner, onboarder, State.REJECTED, evidence=EvidenceKind.LIABILITY_AGREEMENT)
    sound = make_evidence(closed, onboarder, EvidenceKind.LIABILITY_AGREEMENT, "sound.pdf", PDF + b"\n")
    (store / str(closed.evidence.exclude(pk=sound.pk).get().file.name)).write_bytes(b"Altered")

    restart = copies.start_again(actor=onboarder, request=closed)

    assert restart.left_out == ("agreement.pdf",)
    assert [document.name for document in restart.draft.evidence.all()] == ["sound.pdf"]


def test_a_start_that_fails_leaves_no_file_behind(
    partner: Partner, onboarder: User, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = make_request(partner, onboarder, State.REJECTED, evidence=EvidenceKind.LIABILITY_AGREEMENT)
    make_evidence(closed, onboarder, EvidenceKind.LIABILITY_AGREEMENT, "second.pdf", PDF + b"\n")
    before = files_in(store)
    keep = evidence.copy
    kept: list[Any] = []

    def fails(**arguments: Any) -> Any:
        if kept:
            raise OSError("The disk is full.")
        kept.append(keep(**arguments))
        return kept[-1]

    monkeypatch.setattr(copies.evidence, "copy", fails)
    with pytest.raises(OSError, match="disk"):
        copies.start_again(actor=onboarder, request=closed)

    assert files_in(store) == before
    assert not closed.copies.exists()


def codes(request: RegistrationRequest) -> set[str]:
    return {signal.code for signal in signals(request, request.submissions.latest("version"))}


def test_the_same_file_is_no_other_customers_where_the_number_was_put_right(
    partner: Partner, onboarder: User, store: Path
) -> None:
    first = make_request(partner, onboarder, State.REJECTED, evidence=EvidenceKind.CUSTOMER_APPROVAL)
    second = make_request(partner, onboarder, State.REJECTED, evidence=EvidenceKind.CUSTOMER_APPROVAL)
    third = make_request(partner, onboarder, State.SUBMITTED, evidence=EvidenceKind.CUSTOMER_APPROVAL)
    assert "document_reused" in codes(third)

    RegistrationRequest.objects.filter(pk=second.pk).update(copied_from=first)
    RegistrationRequest.objects.filter(pk=third.pk).update(copied_from=second)
    third.refresh_from_db()

    assert codes(third) & {"document_reused", "document_new"} == {"document_new"}
    stranger = make_request(partner, onboarder, State.APPROVED, evidence=EvidenceKind.CUSTOMER_APPROVAL)
    assert "document_reused" in codes(third)
    assert stranger.copied_from is None
