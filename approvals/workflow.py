"""What a registration request goes through: the one table of states and moves. Pure.

Source: the product's "What a registration request goes through". Code, pages and tests all read from here.
"""

from dataclasses import dataclass
from enum import StrEnum


def _(message: str) -> str:
    """Mark a text for translation; whoever shows it translates it."""
    return message


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Ball(StrEnum):
    """Who has to act next."""

    PARTNER = "partner"
    ARXUS = "arxus"
    NOBODY = "nobody"


@dataclass(frozen=True, kw_only=True)
class StateFacts:
    partner_label: str
    staff_label: str
    onlooker_label: str = ""
    """For a partner's member who may only look; empty where it is the partner's."""
    ball: Ball
    shape: str
    """The shape and colour of the state on pages: `draft`, `arxus`, `you`, `approved`, `rejected`, `withdrawn`."""
    editable: bool = False
    """Whether the wizard may change the answers."""


STATES: dict[State, StateFacts] = {
    State.DRAFT: StateFacts(
        partner_label=_("Draft"), staff_label=_("Draft"), ball=Ball.PARTNER, shape="draft", editable=True
    ),
    State.SUBMITTED: StateFacts(
        partner_label=_("Waiting for Arxus"), staff_label=_("Waiting for us"), ball=Ball.ARXUS, shape="arxus"
    ),
    State.CHANGES_REQUESTED: StateFacts(
        partner_label=_("Waiting for you"),
        staff_label=_("Waiting for the partner"),
        onlooker_label=_("Waiting for your colleagues"),
        ball=Ball.PARTNER,
        shape="you",
        editable=True,
    ),
    State.APPROVED: StateFacts(
        partner_label=_("Approved"), staff_label=_("Approved"), ball=Ball.NOBODY, shape="approved"
    ),
    State.REJECTED: StateFacts(
        partner_label=_("Rejected"), staff_label=_("Rejected"), ball=Ball.NOBODY, shape="rejected"
    ),
    State.WITHDRAWN: StateFacts(
        partner_label=_("Withdrawn"), staff_label=_("Withdrawn"), ball=Ball.NOBODY, shape="withdrawn"
    ),
}

OPEN = (State.DRAFT.value, State.SUBMITTED.value, State.CHANGES_REQUESTED.value)
"""States in which a request occupies its VAT number at its partner."""

RESTARTABLE = (State.REJECTED.value, State.WITHDRAWN.value)
"""States in which a request came to nothing: its answers may begin a new draft (`approvals.copies`)."""


class Who(StrEnum):
    ONBOARDER = "onboarder"
    """A member of the request's partner with the ability to onboard."""
    APPROVER = "approver"
    """Arxus staff with the right to decide, and not who submitted the request."""
    HOLDER = "holder"
    """The approver who holds the request: while one does, nobody else decides."""


class Move(StrEnum):
    SUBMIT = "submit"
    DISCARD = "discard"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    ASK_FOR_CHANGES = "ask_for_changes"
    REJECT = "reject"
    APPROVE_FIRST = "approve_first"
    TAKE = "take"
    GIVE_BACK = "give_back"
    TAKE_OVER = "take_over"


@dataclass(frozen=True, kw_only=True)
class MoveRule:
    label: str
    sources: frozenset[State]
    target: State | None
    """None: the request is deleted."""
    who: Who
    needs_reason: bool = False
    takes: bool = False
    """Whether making the move on a request that nobody holds takes it first."""


MOVES: dict[Move, MoveRule] = {
    Move.SUBMIT: MoveRule(
        label=_("Confirm"),
        sources=frozenset({State.DRAFT, State.CHANGES_REQUESTED}),
        target=State.SUBMITTED,
        who=Who.ONBOARDER,
    ),
    Move.DISCARD: MoveRule(label=_("Delete draft"), sources=frozenset({State.DRAFT}), target=None, who=Who.ONBOARDER),
    Move.WITHDRAW: MoveRule(
        label=_("Withdraw"),
        sources=frozenset({State.SUBMITTED, State.CHANGES_REQUESTED}),
        target=State.WITHDRAWN,
        who=Who.ONBOARDER,
    ),
    Move.APPROVE: MoveRule(
        label=_("Approve"), sources=frozenset({State.SUBMITTED}), target=State.APPROVED, who=Who.HOLDER, takes=True
    ),
    Move.ASK_FOR_CHANGES: MoveRule(
        label=_("Ask for changes"),
        sources=frozenset({State.SUBMITTED}),
        target=State.CHANGES_REQUESTED,
        who=Who.HOLDER,
        needs_reason=True,
        takes=True,
    ),
    Move.REJECT: MoveRule(
        label=_("Reject"),
        sources=frozenset({State.SUBMITTED}),
        target=State.REJECTED,
        who=Who.HOLDER,
        needs_reason=True,
        takes=True,
    ),
    # The first of the two approvals that some requests need: the request goes on waiting, for a second approver.
    Move.APPROVE_FIRST: MoveRule(
        label=_("Approve as the first of two"),
        sources=frozenset({State.SUBMITTED}),
        target=State.SUBMITTED,
        who=Who.HOLDER,
        takes=True,
    ),
    Move.TAKE: MoveRule(
        label=_("Take"), sources=frozenset({State.SUBMITTED}), target=State.SUBMITTED, who=Who.APPROVER, takes=True
    ),
    Move.GIVE_BACK: MoveRule(
        label=_("Give back"), sources=frozenset({State.SUBMITTED}), target=State.SUBMITTED, who=Who.HOLDER
    ),
    Move.TAKE_OVER: MoveRule(
        label=_("Take over"), sources=frozenset({State.SUBMITTED}), target=State.SUBMITTED, who=Who.APPROVER
    ),
}


def is_possible(move: Move, state: str) -> bool:
    """Whether the move starts from this state."""
    return state in MOVES[move].sources
