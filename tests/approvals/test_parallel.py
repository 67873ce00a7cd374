"""Whatever is pressed at the same moment by whoever: it happens once, and everybody else is told by name."""

import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from approvals import drafts, evidence, withdrawal
from approvals.decisions import decide
from approvals.models import Decision, Evidence, FirstApproval, Mailing, RegistrationRequest, Submission
from approvals.refusals import DuplicateNumber, StaleDraft, WrongState
from approvals.submission import submit
from approvals.workflow import Move, State
from contacts.models import Contact, RoleAssignment
from contacts.policy import EvidenceKind, Role
from customers.models import Customer, CustomerStatus, Event, Partner
from portal.models import User
from tests import builders
from tests.approvals import filled
from tests.approvals.conftest import files_in
from tests.request_builders import PDF, make_request

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 10


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make all calls at the same moment, each with a connection of its own; what each returned or raised."""
    barrier = threading.Barrier(len(calls))
    outcomes: list[Any] = [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            outcomes[place] = call()
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def kinds(outcomes: list[Any]) -> Counter[str]:
    return Counter(type(outcome).__name__ for outcome in outcomes)


def vat(number: int) -> str:
    return builders.belgian_vat(9_200_000 + number)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_six_confirms_of_one_draft_make_one_request(partner: Partner, onboarder: User, colleague: User) -> None:
    for number in range(ROUNDS):
        request = filled.started(partner, onboarder, vat(number))
        details = filled.details(vat_number=vat(number))

        def confirm(actor: User, request: RegistrationRequest = request, details: Any = details) -> Submission:
            return submit(
                actor=fresh(actor),
                request=RegistrationRequest.objects.get(pk=request.pk),
                version=1,
                details=details,
                roster=filled.roster(),
                declarations=filled.DECLARATIONS,
            )

        outcomes = at_once(*[partial(confirm, actor) for actor in (onboarder, colleague) * 3])

        assert kinds(outcomes) == {"Submission": 1, "WrongState": 5}
        assert {error.state for error in outcomes if isinstance(error, WrongState)} == {State.SUBMITTED}

    assert RegistrationRequest.objects.count() == Submission.objects.count() == Customer.objects.count() == ROUNDS
    assert Contact.objects.count() == Mailing.objects.count() == ROUNDS
    assert RoleAssignment.objects.count() == ROUNDS * len(Role)
    assert Event.objects.filter(action="request.submitted").count() == ROUNDS


def test_of_two_approvers_one_decides_and_the_other_is_told(
    partner: Partner, onboarder: User, approver: User, second_approver: User
) -> None:
    for number in range(ROUNDS):
        request = filled.started(partner, onboarder, vat(number))
        filled.confirm(onboarder, request, details=filled.details(vat_number=vat(number)))

        def press(actor: User, move: Move, request: RegistrationRequest = request) -> Decision | FirstApproval:
            found = RegistrationRequest.objects.get(pk=request.pk)
            return decide(
                actor=fresh(actor), request=found, move=move, version=1, reason="Not a company.", access_confirmed=True
            )

        outcomes = at_once(partial(press, approver, Move.APPROVE), partial(press, second_approver, Move.REJECT))

        assert kinds(outcomes) == {"Decision": 1, "WrongState": 1}
        decision = Decision.objects.get(submission__request=request)
        request.refresh_from_db()
        (refusal,) = [outcome for outcome in outcomes if isinstance(outcome, WrongState)]
        assert refusal.by == decision.decided_by.get_full_name()
        assert request.state == refusal.state == (State.APPROVED if decision.move == "approve" else State.REJECTED)
        assert request.customer is not None
        expected = CustomerStatus.ACTIVE if decision.move == "approve" else CustomerStatus.REJECTED
        assert request.customer.status == expected
    assert Mailing.objects.exclude(kind="submitted").count() == ROUNDS


def test_approving_and_withdrawing_at_once_is_one_of_the_two(partner: Partner, onboarder: User, approver: User) -> None:
    for _ in range(ROUNDS):
        request = make_request(partner, onboarder)

        reject = partial(decide, actor=fresh(approver), move=Move.REJECT, version=1, reason="Not a company.")
        outcomes = at_once(
            partial(reject, request=RegistrationRequest.objects.get(pk=request.pk)),
            partial(withdrawal.withdraw, actor=fresh(onboarder), request=request),
        )

        assert kinds(outcomes)["WrongState"] == 1
        request.refresh_from_db()
        customer = Customer.objects.get(request=request)
        assert (request.state, customer.status) in [("rejected", "rejected"), ("withdrawn", "withdrawn")]


def test_six_first_steps_with_one_number_make_one_draft(partner: Partner, onboarder: User, colleague: User) -> None:
    for number in range(ROUNDS):
        outcomes = at_once(
            *[partial(filled.started, partner, fresh(actor), vat(number)) for actor in (onboarder, colleague) * 3]
        )
        assert kinds(outcomes) == {"RegistrationRequest": 1, "DuplicateNumber": 5}
        (draft,) = [outcome for outcome in outcomes if isinstance(outcome, RegistrationRequest)]
        assert {error.found.request for error in outcomes if isinstance(error, DuplicateNumber)} == {draft}


def test_two_drafts_corrected_to_one_number_do_not_both_get_it(
    partner: Partner, onboarder: User, colleague: User
) -> None:
    for number in range(0, ROUNDS * 3, 3):
        first, second = (filled.started(partner, onboarder, vat(number + place)) for place in (0, 1))
        wanted = vat(number + 2)

        def correct(request: RegistrationRequest, wanted: str = wanted) -> RegistrationRequest:
            return drafts.save_step(
                actor=fresh(colleague),
                request=request,
                version=1,
                step="vat",
                answer={"vat_number": wanted},
                done=True,
                vat_number=wanted,
            )

        outcomes = at_once(partial(correct, first), partial(correct, second))

        assert kinds(outcomes) == {"RegistrationRequest": 1, "DuplicateNumber": 1}


def test_of_two_tabs_saving_at_once_one_is_told_what_the_other_wrote(
    partner: Partner, onboarder: User, colleague: User
) -> None:
    for number in range(ROUNDS):
        request = filled.started(partner, onboarder, vat(number))

        def save(actor: User, city: str, request: RegistrationRequest = request) -> RegistrationRequest:
            return drafts.save_step(
                actor=fresh(actor), request=request, version=1, step="details", answer={"city": city}, done=True
            )

        outcomes = at_once(partial(save, onboarder, "Geel"), partial(save, colleague, "Turnhout"))

        assert kinds(outcomes) == {"RegistrationRequest": 1, "StaleDraft": 1}
        (stale,) = [outcome for outcome in outcomes if isinstance(outcome, StaleDraft)]
        assert stale.fields == ("city",)
        request.refresh_from_db()
        assert stale.request.answers == request.answers


def test_one_document_added_six_times_at_once_is_one(partner: Partner, onboarder: User, store: Any) -> None:
    request = filled.started(partner, onboarder)

    def add() -> Evidence:
        upload = SimpleUploadedFile("agreement.pdf", PDF)
        kind = EvidenceKind.LIABILITY_AGREEMENT
        return evidence.add(actor=fresh(onboarder), request=request, kind=kind, upload=upload)

    assert kinds(at_once(*[add] * 6)) == {"Evidence": 6}
    assert len(files_in(store)) == Evidence.objects.count() == 1
