"""Every state × every move × every kind of person, written out of the product's text and not out of the code.

Source: "What a registration request goes through" and "Two persons where it matters": `draft → submitted → approved`,
or `→ changes requested → submitted`, or `→ rejected`, or `→ withdrawn` by the submitter's side while undecided; an
approver takes a request, gives it back, takes it over; only the holder decides; nobody decides on what they sent; red
signals and liabilities take a second, different approver.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from approvals import drafts, holding, withdrawal
from approvals.decisions import decide
from approvals.models import Decision, FirstApproval, RegistrationRequest
from approvals.refusals import Refusal
from approvals.submission import submit
from approvals.workflow import Move, State
from contacts.roster import as_entry
from customers.models import Customer, Event, Membership, Partner
from customers.permissions import MembershipRole
from portal.models import User
from tests import builders
from tests.approvals import filled
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

LIABILITY = "We have no such agreement. Brightcloud accepts all legal liability for this customer."

# What each move does where it may be made, and the states it starts from.
PARTNERS = {
    "submit": {"draft": "submitted", "changes_requested": "submitted"},
    "discard": {"draft": "gone"},
    "withdraw": {"submitted": "withdrawn", "changes_requested": "withdrawn"},
}
STAFFS = {
    "approve": "approved",
    "ask_for_changes": "changes_requested",
    "reject": "rejected",
    "approve_first": "submitted",
    "take": "submitted",
    "give_back": "submitted",
    "take_over": "submitted",
}
DECISIONS = ("approve", "ask_for_changes", "reject", "approve_first")

ONBOARDERS = ("sender", "colleague")
NEITHER = ("viewer", "stranger", "csm")
FREE_TO_ACT = ("approver", "superuser")

# Who it is -> what becomes of the moves of Arxus on a request that waits; `...` for what the move itself comes to.
WAITING: dict[str, dict[str, Any]] = {
    # Nobody holds it: deciding takes it, and there is nothing to give back.
    "approver": dict.fromkeys(STAFFS, ...) | {"give_back": "NotHeld"},
    "superuser": dict.fromkeys(STAFFS, ...) | {"give_back": "NotHeld"},
    "holder": dict.fromkeys(STAFFS, ...),
    # Somebody else holds it: only the holder decides, and taking over is an act of its own.
    "approver beside a holder": dict.fromkeys(STAFFS, "HeldByOther") | {"take_over": ...},
    # The first of two approves no second time, and may still turn it down.
    "first approver": dict.fromkeys(STAFFS, ...)
    | {"give_back": "NotHeld", "approve": "SecondApproverNeeded", "approve_first": "SecondApproverNeeded"},
    # Nobody decides on what they sent, nor keeps it from whoever may.
    "approver who sent it": dict.fromkeys(STAFFS, "OwnRequest"),
    "superuser who sent it": dict.fromkeys(STAFFS, "OwnRequest"),
}


@pytest.fixture
def people(
    partner: Partner, onboarder: User, colleague: User, viewer: User, stranger: User, csm: User, approver: User
) -> dict[str, User]:
    def insider(**fields: Any) -> User:
        user = builders.make_user(is_staff=True, **fields)
        Membership.objects.create(user=user, partner=partner, role=MembershipRole.ONBOARDER.value)
        return user

    return {
        "sender": onboarder,
        "colleague": colleague,
        "viewer": viewer,
        "stranger": stranger,
        "csm": csm,
        "approver": approver,
        "superuser": builders.make_user(is_staff=True, is_superuser=True),
        "holder": approver,
        "approver beside a holder": approver,
        "first approver": approver,
        "approver who sent it": insider(groups=("Approvers",)),
        "superuser who sent it": insider(is_superuser=True),
    }


@pytest.fixture
def situation(
    partner: Partner, second_approver: User, people: dict[str, User]
) -> Callable[[State, str, str], RegistrationRequest]:
    """A request in this state, as this person meets it, on which this move makes sense."""

    def make(state: State, who: str, move: str) -> RegistrationRequest:
        actor = people[who]
        sender = actor if who.endswith("who sent it") else people["sender"]
        liable = {"liability": LIABILITY} if move == "approve_first" or who == "first approver" else {}
        request = make_request(partner, sender, state, approver=second_approver, **liable)
        if state is not State.SUBMITTED:
            return request
        held_by = {"holder": actor, "approver beside a holder": second_approver}.get(who)
        if held_by is not None:
            holding.take(actor=held_by, request=request)
        if who == "first approver":
            decide(actor=actor, request=request, move=Move.APPROVE, version=1)
        request.refresh_from_db()
        return request

    return make


def attempt(move: str, actor: User, request: RegistrationRequest, rival: User) -> str:
    """The state the move leads to, or the name of the refusal. `rival` is whom a page would name as the holder."""
    decision = {"version": 1, "reason": "Not a company."}
    verbs: dict[str, Callable[[], Any]] = {
        "submit": lambda: _submit(actor, request),
        "discard": lambda: drafts.discard(actor=actor, request=request),
        "withdraw": lambda: withdrawal.withdraw(actor=actor, request=request),
        "approve": partial(decide, actor=actor, request=request, move=Move.APPROVE, version=1),
        "approve_first": partial(decide, actor=actor, request=request, move=Move.APPROVE, version=1),
        "ask_for_changes": partial(decide, actor=actor, request=request, move=Move.ASK_FOR_CHANGES, **decision),
        "reject": partial(decide, actor=actor, request=request, move=Move.REJECT, **decision),
        "take": partial(holding.take, actor=actor, request=request),
        "give_back": partial(holding.give_back, actor=actor, request=request),
        "take_over": partial(holding.take_over, actor=actor, request=request, expected_holder=rival),
    }
    try:
        verbs[move]()
    except Refusal as refused:
        return type(refused).__name__
    found = RegistrationRequest.objects.filter(pk=request.pk).first()
    return found.state if found else "gone"


def _submit(actor: User, request: RegistrationRequest) -> None:
    if not request.answers.get("people"):
        people = {"new-1": as_entry(filled.person())}
        RegistrationRequest.objects.filter(pk=request.pk).update(answers=request.answers | {"people": people})
    submit(
        actor=actor,
        request=request,
        version=request.version,
        details=filled.details(vat_number=request.vat_number),
        roster=filled.roster(),
        declarations=filled.DECLARATIONS,
    )


def expected(state: State, move: str, who: str) -> str:
    if move in PARTNERS:
        if who not in ONBOARDERS and not who.endswith("who sent it"):
            return "NotAllowed"
        return PARTNERS[move].get(state, "WrongState")
    if who in (*ONBOARDERS, *NEITHER):
        return "NotAllowed"
    if state is not State.SUBMITTED:
        return "WrongState"
    outcome = WAITING[who][move]
    return STAFFS[move] if outcome is ... else outcome


@pytest.mark.parametrize("who", [*ONBOARDERS, *NEITHER, *WAITING])
@pytest.mark.parametrize("state", list(State))
def test_every_move_of_every_kind_of_person_ends_as_the_product_says(
    state: State,
    who: str,
    people: dict[str, User],
    situation: Callable[[State, str, str], RegistrationRequest],
    second_approver: User,
) -> None:
    found = {
        move: attempt(move, people[who], situation(state, who, move), second_approver) for move in (*PARTNERS, *STAFFS)
    }

    assert found == {move: expected(state, move, who) for move in (*PARTNERS, *STAFFS)}


def test_the_table_knows_every_move_and_no_other() -> None:
    assert {*PARTNERS, *STAFFS} == {move.value for move in Move}


@pytest.mark.parametrize("who", [*ONBOARDERS, *NEITHER, *WAITING])
@pytest.mark.parametrize("move", [*STAFFS])
def test_what_is_refused_writes_nothing(
    move: str,
    who: str,
    people: dict[str, User],
    situation: Callable[[State, str, str], RegistrationRequest],
    second_approver: User,
) -> None:
    request = situation(State.SUBMITTED, who, move)
    before = _rows(request)
    outcome = attempt(move, people[who], request, second_approver)

    assert (_rows(request) == before) is (outcome[0].isupper())


def _rows(request: RegistrationRequest) -> list[Any]:
    tables = (RegistrationRequest, Customer, Decision, FirstApproval, Event)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.mark.parametrize("move", DECISIONS)
def test_a_decision_on_what_nobody_held_is_on_record_as_taken_first(
    move: str, situation: Callable[[State, str, str], RegistrationRequest], approver: User, second_approver: User
) -> None:
    request = situation(State.SUBMITTED, "approver", move)
    attempt(move, approver, request, second_approver)

    actions = list(Event.objects.filter(reference=request.reference).order_by("pk").values_list("action", flat=True))
    last = {"approve": "approved", "approve_first": "approved_first", "reject": "rejected"}
    told = f"request.{last.get(move, 'changes_requested')}"
    invited = ["contact.to_be_invited"] if move == "approve" else []
    assert actions == ["request.started", "request.submitted", "request.taken", told, *invited]
    request.refresh_from_db()
    assert (request.held_by, request.held_at) == (None, None)
