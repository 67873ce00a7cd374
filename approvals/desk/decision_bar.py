"""What may be decided on the page of a request: by whom, with what, and why not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from approvals import two_persons
from approvals.checks.cases import Signal
from approvals.decision_refusals import ApprovalBlocked, HeldByOther, SecondApproverNeeded
from approvals.models import FirstApproval, RegistrationRequest, Submission
from approvals.refusals import Refusal
from approvals.standing import is_approver, refusal
from approvals.workflow import Move
from contacts import access
from contacts.models import Contact


@dataclass(frozen=True, kw_only=True)
class Approval:
    """What approving asks of this person, and whether they may."""

    why_not: str = ""
    is_first: bool = False
    """Whether a second approver decides after this one."""
    grounds: Sequence[str] = ()
    first: FirstApproval | None = None
    """The first approval of this version, whether or not it still counts."""
    first_counts: bool = False
    overridden: Sequence[Signal] = ()
    """What speaks against approving, where going on takes a reason."""
    invited: Sequence[Contact] = ()
    """Who gets portal access and ServiceNow permissions, each with `has_account`."""
    unconfirmed: Sequence[Contact] = ()


@dataclass(frozen=True, kw_only=True)
class Bar:
    may_decide: bool
    why_not: str
    holder: Any = None
    since: datetime | None = None
    is_mine: bool = False
    may_take: bool = False
    may_take_over: bool = False
    approval: Approval = field(default_factory=Approval)


def bar_of(user: Any, registration: RegistrationRequest, submission: Submission, found: Sequence[Signal]) -> Bar:
    """What this person may do with the latest submission, whose checks say what is `found`."""
    why_not = refusal(Move.REJECT, registration, user)
    holder = registration.holder()
    return Bar(
        may_decide=why_not is None,
        why_not=_words(is_approver(user), why_not),
        holder=holder,
        since=registration.held_at if holder else None,
        is_mine=holder is not None and holder == user,
        may_take=why_not is None and holder is None,
        may_take_over=isinstance(why_not, HeldByOther),
        approval=_approval(user, registration, submission, found) if why_not is None else Approval(),
    )


def _words(approves: bool, found: Refusal | None) -> str:
    if found is None:
        return ""
    return found.words if approves else _("Approvers decide on requests. You may read them.")


def _approval(
    user: Any, registration: RegistrationRequest, submission: Submission, found: Sequence[Signal]
) -> Approval:
    overridden = two_persons.overridden(found)
    # As if the reason were given that the panel asks for: with it come the grounds.
    given = "given" if overridden else ""
    first, is_first, why_not = None, False, ""
    try:
        first, is_first = two_persons.ensure_approvable(user, registration, submission, found, given)
    except (ApprovalBlocked, SecondApproverNeeded) as refused:
        why_not = refused.words
    invited = access.invited(registration.customer) if registration.customer else []
    return Approval(
        why_not=why_not,
        is_first=is_first,
        grounds=[ground.words for ground in two_persons.grounds(registration, submission, found, given)],
        first=submission.first_of_two,
        first_counts=first is not None,
        overridden=[] if first and first.override_reason else overridden,
        invited=invited,
        unconfirmed=[contact for contact in invited if contact.access_confirmed_at is None],
    )
