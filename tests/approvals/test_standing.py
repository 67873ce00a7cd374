"""Who may do what in which state: the table of the product, written here a second time."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from approvals.decision_refusals import NotHeld
from approvals.models import RegistrationRequest
from approvals.refusals import NotAllowed, OwnRequest, WrongState
from approvals.standing import editing_refusal, may, refusal
from approvals.workflow import Move, State
from customers.models import Membership, Partner
from customers.permissions import MembershipRole
from portal.models import User
from tests import builders
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

# "draft → submitted → approved", or "→ changes requested → submitted …", or "→ rejected", or "→ withdrawn by the
# submitter's side while undecided"; a draft that was never sent can be deleted.
POSSIBLE = {
    "submit": {"draft", "changes_requested"},
    "discard": {"draft"},
    "withdraw": {"submitted", "changes_requested"},
    "approve": {"submitted"},
    "ask_for_changes": {"submitted"},
    "reject": {"submitted"},
    "approve_first": {"submitted"},
    "take": {"submitted"},
    "give_back": {"submitted"},
    "take_over": {"submitted"},
}
EDITABLE = {"draft", "changes_requested"}
PARTNERS_MOVES = {"submit", "discard", "withdraw"}

# Who may make the partner's moves, who may decide, and who may do neither.
PARTNERS_SIDE = ("sender", "colleague", "administrator")
DECIDERS = ("approver", "second_approver", "root")
NOBODY = (
    "viewer",
    "stranger",
    "csm",
    "customer_user",
    "plain_staff",
    "anonymous",
    "disabled_colleague",
    "disabled_approver",
    "permission_without_staff",
)


@pytest.fixture
def people(
    partner: Partner,
    onboarder: User,
    colleague: User,
    administrator: User,
    viewer: User,
    stranger: User,
    approver: User,
    second_approver: User,
    csm: User,
    customer_user: User,
) -> dict[str, User | AnonymousUser]:
    decide = Permission.objects.get(codename="decide_registrationrequest")
    without_staff = builders.make_user()
    without_staff.user_permissions.add(decide)
    return {
        "sender": onboarder,
        "colleague": colleague,
        "administrator": administrator,
        "viewer": viewer,
        "stranger": stranger,
        "approver": approver,
        "second_approver": second_approver,
        "root": builders.make_user(is_staff=True, is_superuser=True),
        "csm": csm,
        "customer_user": customer_user,
        "plain_staff": builders.make_user(is_staff=True),
        "anonymous": AnonymousUser(),
        "disabled_colleague": builders.make_member(partner, MembershipRole.ONBOARDER, is_active=False),
        "disabled_approver": builders.make_user(is_staff=True, groups=("Approvers",), is_active=False),
        "permission_without_staff": without_staff,
    }


@pytest.mark.parametrize("state", State)
def test_every_move_in_every_state_by_every_kind_of_person(
    state: State, people: dict[str, User], partner: Partner
) -> None:
    request = make_request(partner, people["sender"], state)
    found = {(move.value, name): type(refusal(move, request, user)) for move, (name, user) in _moves_by_people(people)}

    expected: dict[tuple[str, str], type] = {}
    for move, (name, _user) in _moves_by_people(people):
        entitled = PARTNERS_SIDE if move in PARTNERS_MOVES else DECIDERS
        if name not in entitled:
            expected[move.value, name] = NotAllowed
        else:
            expected[move.value, name] = type(None) if state in POSSIBLE[move] else WrongState
            if move is Move.GIVE_BACK and state in POSSIBLE[move]:
                expected[move.value, name] = NotHeld
    assert found == expected


def _moves_by_people(people: dict[str, User]) -> "itertools.product[tuple[Move, tuple[str, User]]]":
    return itertools.product(Move, people.items())


@pytest.mark.parametrize("state", State)
def test_answers_and_documents_change_only_while_the_partner_has_the_request(
    state: State, people: dict[str, User], partner: Partner
) -> None:
    request = make_request(partner, people["sender"], state)
    found = {name: type(editing_refusal(request, user)) for name, user in people.items()}
    expected: dict[str, type] = dict.fromkeys(people, NotAllowed)
    expected |= dict.fromkeys(PARTNERS_SIDE, type(None) if state in EDITABLE else WrongState)
    assert found == expected


@pytest.mark.parametrize("move", [Move.APPROVE, Move.ASK_FOR_CHANGES, Move.REJECT])
@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_decides_on_a_request_they_sent(
    move: Move, superuser: bool, partner: Partner, approver: User, second_approver: User
) -> None:
    approver.is_superuser = superuser
    approver.save()
    Membership.objects.create(user=approver, partner=partner, role=MembershipRole.ONBOARDER.value)
    request = make_request(partner, approver)

    assert isinstance(refusal(move, request, approver), OwnRequest)
    assert may(move, request, second_approver)


def test_sending_an_earlier_version_counts_too(
    partner: Partner, approver: User, onboarder: User, second_approver: User
) -> None:
    request = make_request(partner, approver)
    RegistrationRequest.objects.update(submitted_by=onboarder)
    request.refresh_from_db()

    assert isinstance(refusal(Move.APPROVE, request, approver), OwnRequest)
    assert may(Move.APPROVE, request, second_approver)


def test_a_right_taken_away_counts_at_once(partner: Partner, onboarder: User, approver: User) -> None:
    request = make_request(partner, onboarder)
    Membership.objects.filter(user=onboarder).update(role=MembershipRole.VIEWER.value)
    approver.groups.clear()

    assert not may(Move.WITHDRAW, request, User.objects.get(pk=onboarder.pk))
    assert not may(Move.APPROVE, request, User.objects.get(pk=approver.pk))


def test_nobody_of_a_partner_that_stopped_may_do_anything(partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, State.DRAFT)
    Partner.objects.filter(pk=partner.pk).update(is_active=False)
    assert not may(Move.SUBMIT, RegistrationRequest.objects.get(pk=request.pk), User.objects.get(pk=onboarder.pk))


@pytest.mark.parametrize(
    ("state", "by", "words"),
    [
        (State.SUBMITTED, "Lotte Verlinden", "Lotte Verlinden sent this request on"),
        (State.CHANGES_REQUESTED, "Sofie Dhondt", "Sofie Dhondt asked for changes in this request on"),
        (State.APPROVED, "Sofie Dhondt", "Sofie Dhondt approved this request on"),
        (State.REJECTED, "Sofie Dhondt", "Sofie Dhondt rejected this request on"),
        (State.WITHDRAWN, "Lotte Verlinden", "Lotte Verlinden withdrew this request on"),
    ],
)
def test_a_move_that_comes_too_late_is_told_who_was_first(
    state: State, by: str, words: str, partner: Partner, onboarder: User, approver: User
) -> None:
    request = make_request(partner, onboarder, state, approver=approver)
    move, person = (Move.APPROVE, approver) if state is not State.SUBMITTED else (Move.SUBMIT, onboarder)

    found = refusal(move, request, person)

    assert isinstance(found, WrongState)
    assert (found.state, found.by) == (state, by)
    assert found.words.startswith(words)
