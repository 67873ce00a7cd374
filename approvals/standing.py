"""Who may do which move on which request: the workflow table, asked about one person."""

from typing import Any

from approvals.decision_refusals import HeldByOther, NotHeld
from approvals.models import RegistrationRequest
from approvals.refusals import NotAllowed, OwnRequest, Refusal, WrongState
from approvals.workflow import MOVES, Move, State, Who, is_possible
from customers.models import Event, Partner
from customers.permissions import Ability

DECIDE = "approvals.decide_registrationrequest"
STAFFS = (Who.APPROVER, Who.HOLDER)


def is_onboarder(user: Any, partner: Partner) -> bool:
    """Whether the user is a member of this partner who may start, continue, send and withdraw its requests."""
    membership = getattr(user, "membership", None)
    return bool(
        user.is_active
        and membership is not None
        and membership.partner_id == partner.pk
        and membership.may(Ability.ONBOARD)
    )


def is_approver(user: Any) -> bool:
    """Whether the user is Arxus staff with the right to decide."""
    return bool(user.is_active and user.is_staff and user.has_perm(DECIDE))


def submitted_by(request: RegistrationRequest, user: Any) -> bool:
    """Whether the user sent any version of the request."""
    return user.pk in {request.submitted_by_id, *(sent.submitted_by_id for sent in request.submissions.all())}


def refusal(move: Move, request: RegistrationRequest, user: Any) -> Refusal | None:
    """Why this person may not make this move now, or None where they may.

    NotAllowed before WrongState: who has no business here does not learn what became of the request. Nobody decides on
    a request they submitted, superusers included, nor keeps it from whoever may. HeldByOther comes last.
    """
    rule = MOVES[move]
    if rule.who is Who.ONBOARDER and not is_onboarder(user, request.partner):
        return NotAllowed()
    if rule.who in STAFFS and not is_approver(user):
        return NotAllowed()
    if not is_possible(move, request.state):
        return wrong_state(request, user)
    if rule.who in STAFFS and submitted_by(request, user):
        return OwnRequest()
    return _not_the_holder(move, request, user)


def _not_the_holder(move: Move, request: RegistrationRequest, user: Any) -> Refusal | None:
    rule = MOVES[move]
    holder = request.holder()
    if holder is None:
        return NotHeld() if rule.who is Who.HOLDER and not rule.takes else None
    is_holders = rule.who is Who.HOLDER or rule.takes
    if is_holders and holder != user and request.held_at is not None:
        return HeldByOther(holder, request.held_at)
    return None


def may(move: Move, request: RegistrationRequest, user: Any) -> bool:
    """Whether this person may make this move now."""
    return refusal(move, request, user) is None


def editing_refusal(request: RegistrationRequest, user: Any) -> Refusal | None:
    """Why this person may not change the answers or the documents now, or None where they may."""
    if not is_onboarder(user, request.partner):
        return NotAllowed()
    return None if request.is_editable else wrong_state(request, user)


def wrong_state(request: RegistrationRequest, user: Any) -> WrongState:
    """The error that tells this person where a request is, who brought it there and when.

    Partners read “Arxus” where its staff acted, as on every timeline (`approvals.timeline`).
    """
    event = Event.objects.filter(reference=request.reference, action__in=_ARRIVALS[State(request.state)]).first()
    if event is None:
        return WrongState(State(request.state))
    by = "Arxus" if event.actor_is_staff and not user.is_staff else event.actor_name
    return WrongState(State(request.state), by, event.at)


_ARRIVALS = {
    State.DRAFT: ("request.started", "request.copied"),
    State.SUBMITTED: ("request.submitted",),
    State.CHANGES_REQUESTED: ("request.changes_requested",),
    State.APPROVED: ("request.approved",),
    State.REJECTED: ("request.rejected",),
    State.WITHDRAWN: ("request.withdrawn",),
}
