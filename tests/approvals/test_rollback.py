"""All or nothing: a failure after any write leaves no row, no file and no mail."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django_tasks_db.models import DBTaskResult

from approvals import drafts, evidence
from approvals.decisions import decide, grant_exception
from approvals.models import Decision, Evidence, Mailing, RegistrationRequest, Submission
from approvals.withdrawal import withdraw
from approvals.workflow import Move, State
from contacts.models import Contact, RoleAssignment
from contacts.policy import EvidenceKind
from customers.models import Customer, CustomerSearch, Event, Partner
from portal.models import User
from tests.approvals import filled
from tests.approvals.conftest import files_in
from tests.request_builders import PDF, make_request
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db(transaction=True)

TABLES: tuple[Any, ...] = (
    Contact,
    Customer,
    CustomerSearch,
    DBTaskResult,
    Decision,
    Event,
    Evidence,
    Mailing,
    RegistrationRequest,
    RoleAssignment,
    Submission,
    Customer.history.model,
    Contact.history.model,
)
WRITES = ("INSERT", "UPDATE", "DELETE")


class Cut(Exception):
    """The connection is cut here."""


@contextmanager
def cut_after(writes: int) -> Iterator[list[str]]:
    """Raise Cut after so many statements that write; yields those that were made."""
    made: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if sql.startswith(WRITES):
            made.append(sql)
            if len(made) == writes:
                raise Cut(sql)
        return result

    with connection.execute_wrapper(watch):
        yield made


def everything(store: Path) -> dict[str, Any]:
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}
    return rows | {"files": files_in(store)}


def fails_at_every_write(act: Callable[[], Any], store: Path) -> int:
    """Let the act fail after its first write, its second, …, until it goes through; how many writes that took."""
    before = everything(store)
    for writes in range(1, 200):
        with cut_after(writes) as made:
            try:
                act()
            except Cut:
                pass
            else:
                assert len(made) == writes - 1
                return len(made)
        assert everything(store) == before, made[-1]
    raise AssertionError("the act never ended")


def reload(request: RegistrationRequest) -> RegistrationRequest:
    return RegistrationRequest.objects.get(pk=request.pk)


def test_sending(partner: Partner, onboarder: User, store: Path) -> None:
    request = filled.started(partner, onboarder)
    filled.details()
    assert fails_at_every_write(lambda: filled.confirm(onboarder, reload(request)), store) > 15
    assert reload(request).state == State.SUBMITTED
    run_queued_tasks()
    assert len(mail.outbox) == 1


def test_sending_again(partner: Partner, onboarder: User, approver: User, store: Path) -> None:
    request = filled.sent(partner, onboarder)
    decide(actor=approver, request=request, move=Move.ASK_FOR_CHANGES, version=1, reason="Which Ines?")
    assert fails_at_every_write(lambda: filled.confirm(onboarder, reload(request)), store) > 5
    assert Submission.objects.count() == 2


@pytest.mark.parametrize("move", [Move.APPROVE, Move.ASK_FOR_CHANGES, Move.REJECT])
def test_deciding(move: Move, partner: Partner, onboarder: User, approver: User, store: Path) -> None:
    request = filled.sent(partner, onboarder)

    def act() -> None:
        decided: dict[str, Any] = {"move": move, "version": 1, "reason": "Which Ines?", "access_confirmed": True}
        decide(actor=approver, request=reload(request), **decided)

    assert fails_at_every_write(act, store) >= 5
    assert Decision.objects.count() == 1


def test_withdrawing(partner: Partner, onboarder: User, store: Path) -> None:
    request = make_request(partner, onboarder)
    assert fails_at_every_write(lambda: withdraw(actor=onboarder, request=reload(request)), store) >= 5


def test_drafts(partner: Partner, onboarder: User, store: Path) -> None:
    assert fails_at_every_write(lambda: filled.started(partner, onboarder), store) == 2
    request = RegistrationRequest.objects.get()

    def save() -> None:
        drafts.save_step(
            actor=onboarder, request=request, version=1, step="details", answer={"city": "Geel"}, done=True
        )

    assert fails_at_every_write(save, store) == 1


def test_documents(partner: Partner, onboarder: User, store: Path) -> None:
    request = filled.started(partner, onboarder)

    def add() -> None:
        upload = SimpleUploadedFile("agreement.pdf", PDF)
        evidence.add(actor=onboarder, request=request, kind=EvidenceKind.LIABILITY_AGREEMENT, upload=upload)

    assert fails_at_every_write(add, store) == 2
    assert len(files_in(store)) == 1
    document = Evidence.objects.get()
    assert fails_at_every_write(lambda: evidence.remove(actor=onboarder, evidence=document), store) == 2
    assert files_in(store) == []


def test_deleting_a_draft_with_a_document(partner: Partner, onboarder: User, store: Path) -> None:
    request = filled.started(partner, onboarder)
    upload = SimpleUploadedFile("agreement.pdf", PDF)
    evidence.add(actor=onboarder, request=request, kind=EvidenceKind.LIABILITY_AGREEMENT, upload=upload)

    fails_at_every_write(lambda: drafts.discard(actor=onboarder, request=reload(request)), store)

    assert (files_in(store), RegistrationRequest.objects.count()) == ([], 0)


def test_granting_an_exception(partner: Partner, onboarder: User, approver: User, store: Path) -> None:
    request = filled.started(partner, onboarder)

    def grant() -> None:
        grant_exception(actor=approver, request=request, reason="On paper.")

    assert fails_at_every_write(grant, store) == 2
