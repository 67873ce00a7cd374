"""Arxus decides on what was submitted, and may let a customer go without its written approval."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from approvals import asking, duplicates, notifications
from approvals.asking import Asked
from approvals.locking import lock
from approvals.models import Decision, RegistrationRequest, Submission
from approvals.models.submission import DECISIONS
from approvals.prose import cleaned
from approvals.refusals import (
    DuplicateNumber,
    NotAllowed,
    OwnRequest,
    PolicyRefused,
    ReasonMissing,
    SecondApproverNeeded,
    StaleSubmission,
)
from approvals.standing import is_approver, refusal, submitted_by, wrong_state
from approvals.workflow import MOVES, OPEN, Move, State
from contacts import assignment
from contacts.models import RoleAssignment
from contacts.policy import EvidenceKind, Role
from contacts.roster import Roster
from contacts.violations import Severity
from customers import lifecycle
from customers.history import record
from customers.models import Customer, CustomerStatus
from customers.relationships import Relationship


@transaction.atomic(durable=True)
def decide(
    *,
    actor: Any,
    request: RegistrationRequest,
    move: Move,
    version: int,
    reason: str = "",
    asked: Sequence[Asked] = (),
) -> Decision:
    """Approve, ask for changes or reject. `version` is that of the submission which the approver read.

    `asked`: the changes asked for by field; a `reason` beside them is a remark about the whole.

    Approving asks the policy and the duplicates once more: people and settings change while a request waits.

    Raises ValueError for a move that is no decision, NotAllowed, WrongState (somebody was first), OwnRequest,
    StaleSubmission, NotAskable, ReasonMissing, and for an approval PolicyRefused, DuplicateNumber,
    SecondApproverNeeded.
    """
    if move not in DECISIONS:
        raise ValueError(move)
    current = lock(request)
    if found := refusal(move, current, actor):
        raise found
    submission = current.submissions.latest("version")
    if version != submission.version:
        raise StaleSubmission(version, submission.version)
    changes = asking.checked(asked, submission.snapshot) if move is Move.ASK_FOR_CHANGES else []
    remark = cleaned(reason) if changes else ""
    reason = asking.composed(changes, remark) if changes else cleaned(reason)
    if MOVES[move].needs_reason and not reason:
        raise ReasonMissing
    customer = _customer(current, actor)
    if move is Move.APPROVE:
        _ask_again(actor, current, customer, submission)
        lifecycle.activate(actor=actor, customer=customer)
    elif move is Move.REJECT:
        lifecycle.close(actor=actor, customer=customer, status=CustomerStatus.REJECTED)
    decision = Decision.objects.create(
        submission=submission, move=move.value, reason=reason, remark=remark, decided_by=actor
    )
    asking.keep(decision, changes)
    return _write(actor, current, decision, move)


@transaction.atomic
def grant_exception(*, actor: Any, request: RegistrationRequest, reason: str) -> RegistrationRequest:
    """Let a Value Add Partner's customer go without its written approval (settled question 10).

    Possible while the request is open; somebody else then has to approve it. Granting again changes nothing.

    Raises NotAllowed, OwnRequest, WrongState, ReasonMissing.
    """
    current = lock(request)
    if not is_approver(actor):
        raise NotAllowed
    if submitted_by(current, actor) or current.created_by_id == actor.pk:
        raise OwnRequest
    if current.state not in OPEN:
        raise wrong_state(current, actor)
    reason = cleaned(reason)
    if not reason:
        raise ReasonMissing
    if current.approval_exception:
        return current
    current.approval_exception = True
    current.exception_reason = reason
    current.exception_granted_by = actor
    current.save()
    record(
        actor=actor,
        action="request.exception_granted",
        partner=current.partner,
        customer=current.customer,
        reference=current.reference,
        reason=reason,
    )
    return current


def _customer(request: RegistrationRequest, actor: Any) -> Customer:
    if request.customer is None:
        raise wrong_state(request, actor)
    return request.customer


def _ask_again(actor: Any, request: RegistrationRequest, customer: Customer, submission: Submission) -> None:
    number = customer.vat_number or customer.national_number
    if found := duplicates.find(partner=request.partner, vat_number=number, exclude=request):
        raise DuplicateNumber(found)
    judged = assignment.judge(
        partner=request.partner,
        customer=customer,
        roster=_roster(customer, submission),
        evidence={EvidenceKind(document.kind) for document in request.evidence.current()},
        approval_exception=request.approval_exception,
    )
    blocking = [violation for violation in judged if violation.severity is Severity.BLOCK]
    if blocking:
        raise PolicyRefused(blocking)
    excepted = any(violation.code == "approval_exception" for violation in judged)
    if excepted and request.exception_granted_by_id == actor.pk:
        raise SecondApproverNeeded


def _roster(customer: Customer, submission: Submission) -> Roster:
    """Who fills the roles now, with what was declared in the submission."""
    held = RoleAssignment.objects.filter(customer=customer).select_related("contact")
    return Roster(
        relationship=Relationship(customer.relationship),
        uses_secwise_watch=customer.uses_secwise_watch,
        holders={Role(assigned.role): assigned.contact.number for assigned in held},
        signing_authority=submission.snapshot["signing_authority"],
        accepts_liability=bool(submission.snapshot["liability"]),
    )


def _write(actor: Any, request: RegistrationRequest, decision: Decision, move: Move) -> Decision:
    submission, reason = decision.submission, decision.reason
    target = MOVES[move].target or State(request.state)
    request.state = target.value
    request.reason = reason
    request.decided_at = decision.decided_at
    request.due_at = None
    request.save()
    facts: dict[str, Any] = {"reason": reason} if reason else {}
    if move is Move.ASK_FOR_CHANGES:
        facts["version"] = submission.version
    event = record(
        actor=actor,
        action=f"request.{target.value}",
        partner=request.partner,
        customer=request.customer,
        reference=request.reference,
        **facts,
    )
    notifications.announce(event, submission=submission)
    return decision
