"""Arxus decides on what was submitted, and may let a customer go without its written approval."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from approvals import duplicates, holding, invitations, notifications, two_persons
from approvals.changes import asking
from approvals.changes.asking import Asked
from approvals.checks import frozen, signals
from approvals.checks.cases import Signal
from approvals.decision_refusals import AccessNotConfirmed
from approvals.locking import lock
from approvals.models import Decision, FirstApproval, RegistrationRequest, Submission
from approvals.models.submission import DECISIONS
from approvals.prose import cleaned
from approvals.refusals import DuplicateNumber, NotAllowed, OwnRequest, PolicyRefused, ReasonMissing, StaleSubmission
from approvals.standing import is_approver, refusal, submitted_by, wrong_state
from approvals.workflow import MOVES, OPEN, Move, State
from contacts import access, assignment
from contacts.models import RoleAssignment
from contacts.policy import EvidenceKind, Role
from contacts.roster import Roster
from contacts.violations import Severity
from customers import lifecycle
from customers.history import record
from customers.models import Customer, CustomerStatus, Event
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
    override_reason: str = "",
    access_confirmed: bool = False,
    only_if_green: bool = False,
) -> Decision | FirstApproval:
    """Approve, ask for changes or reject. `version` is that of the submission which the approver read.

    `asked`: the changes asked for by field; a `reason` beside them is a remark about the whole. Only the holder
    decides; a request that nobody holds is taken by deciding on it.

    Approving asks the policy, the duplicates and the checks once more: people and settings change while a request
    waits. Where two persons have to approve, the first one's is returned as a FirstApproval, and the request waits for
    the second. `only_if_green` is for approving unread.

    Raises ValueError for a move that is no decision, RequestGone, NotAllowed, WrongState (somebody was first),
    OwnRequest, HeldByOther, StaleSubmission, NotAskable, ReasonMissing, and for an approval PolicyRefused,
    DuplicateNumber, ApprovalBlocked, SecondApproverNeeded, NotAllGreen, OverrideReasonMissing, AccessNotConfirmed.
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
    holding.hold(actor, current)
    seen = signals(current, submission)
    written: dict[str, Any] = {"reason": reason, "remark": remark}
    if move is Move.APPROVE:
        written = {"override_reason": cleaned(override_reason)}
        if only_if_green and (not_green := two_persons.not_to_be_approved_unread(current, submission, seen)):
            raise not_green
        _ask_again(current, customer, submission)
        first, is_first = two_persons.ensure_approvable(actor, current, submission, seen, **written)
        _confirm_access(actor, customer, access_confirmed)
        if is_first:
            return _write_first(actor, current, submission, seen, **written)
        written["first_approved_by"] = first.approved_by if first else None
        lifecycle.activate(actor=actor, customer=customer)
    elif move is Move.REJECT:
        lifecycle.close(actor=actor, customer=customer, status=CustomerStatus.REJECTED)
    decision = Decision.objects.create(
        submission=submission, move=move.value, decided_by=actor, signals=frozen(seen), **written
    )
    asking.keep(decision, changes)
    _write(actor, current, decision, move)
    if move is Move.APPROVE:
        invitations.invite_on_approval(actor=actor, request=current)
    return decision


@transaction.atomic(durable=True)
def grant_exception(*, actor: Any, request: RegistrationRequest, reason: str) -> RegistrationRequest:
    """Let a Value Add Partner's customer go without its written approval (settled question 10).

    Possible while the request is open; somebody else then has to approve it. Granting again changes nothing.

    Raises RequestGone, NotAllowed, OwnRequest, WrongState, ReasonMissing.
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
    _record(actor, current, "request.exception_granted", reason=reason)
    return current


def _customer(request: RegistrationRequest, actor: Any) -> Customer:
    if request.customer is None:
        raise wrong_state(request, actor)
    return request.customer


def _ask_again(request: RegistrationRequest, customer: Customer, submission: Submission) -> None:
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


def _confirm_access(actor: Any, customer: Customer, is_confirmed: bool) -> None:
    if is_confirmed:
        access.confirm(actor=actor, customer=customer)
    elif waiting := access.unconfirmed(customer):
        raise AccessNotConfirmed(waiting)


def _write_first(
    actor: Any, request: RegistrationRequest, submission: Submission, seen: Sequence[Signal], override_reason: str
) -> FirstApproval:
    # One that was given before a check turned red counts no more; the record keeps that it was given.
    FirstApproval.objects.filter(submission=submission).delete()
    first = FirstApproval.objects.create(
        submission=submission, approved_by=actor, signals=frozen(seen), override_reason=override_reason
    )
    holding.let_go(request)
    request.save(update_fields=["held_by", "held_at"])
    facts: dict[str, Any] = {"reason": override_reason} if override_reason else {}
    event = _record(actor, request, "request.approved_first", version=submission.version, **facts)
    notifications.announce(event, submission=submission)
    return first


def _write(actor: Any, request: RegistrationRequest, decision: Decision, move: Move) -> None:
    submission, reason = decision.submission, decision.reason
    target = MOVES[move].target or State(request.state)
    request.state = target.value
    request.reason = reason
    request.decided_at = decision.decided_at
    holding.let_go(request)
    request.due_at = None
    request.save()
    facts: dict[str, Any] = {"reason": reason} if reason else {}
    event = _record(actor, request, f"request.{target.value}", version=submission.version, **facts)
    notifications.announce(event, submission=submission)


def _record(actor: Any, request: RegistrationRequest, action: str, **facts: Any) -> Event:
    return record(
        actor=actor,
        action=action,
        partner=request.partner,
        customer=request.customer,
        reference=request.reference,
        **facts,
    )
