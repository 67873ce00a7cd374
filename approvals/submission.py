"""The one door in: a draft becomes a request that Arxus decides on."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from approvals import clock, duplicates, notifications, snapshot
from approvals.changes import asking
from approvals.changes.asking_refusals import NothingChanged
from approvals.changes.differences import differences
from approvals.locking import lock
from approvals.models import RegistrationRequest, Submission
from approvals.refusals import DeclarationsMissing, DuplicateNumber, StaleDraft
from approvals.standing import refusal
from approvals.workflow import Move, State
from contacts import assignment
from contacts.policy import EvidenceKind
from contacts.roster import Roster, as_sent
from contacts.violations import Severity
from customers import lifecycle, own_numbers
from customers.details import CustomerDetails
from customers.history import record
from customers.models import Customer


def submit(
    *,
    actor: Any,
    request: RegistrationRequest,
    version: int,
    details: CustomerDetails,
    roster: Roster,
    declarations: Sequence[str],
    liability_wording: str = "",
    register_reason: str = "",
    as_it_was: bool = False,
) -> Submission:
    """Send a draft, or a request that came back: customer, contacts, roles and frozen submission in one transaction.

    `version` is that of the page that was confirmed. `declarations` and `liability_wording` are the sentences as they
    were shown; liability is accepted only together with its sentence (settled questions 2 and 9). `register_reason` is
    why the VAT register may not know the number, a value of `UnknownToRegister`; kept where it does not. `as_it_was`:
    the partner says that nothing is to change in what came back. What it replied to single changes is taken along
    (`approvals.changes.asking`).

    Raises NotAllowed, WrongState (sent already: show its confirmation), RequestGone, StaleDraft, DeclarationsMissing,
    NothingChanged (a request that came back, exactly as it was, without a reply), OwnNumber, DuplicateNumber, and what
    `contacts.assignment.appoint` raises: PolicyBroken, UnknownContact, EmailTaken.
    """
    if not any(sentence.strip() for sentence in declarations):
        raise DeclarationsMissing
    liability = liability_wording.strip() if roster.accepts_liability else ""
    roster = replace(roster, accepts_liability=bool(liability))
    try:
        with transaction.atomic(durable=True):
            current = lock(request)
            if found := refusal(Move.SUBMIT, current, actor):
                raise found
            if version != current.version:
                raise StaleDraft(current)
            own_numbers.refuse(current.partner, details.vat_number or details.national_number)
            _refuse_duplicate(current, details)
            before = current.submissions.order_by("version").last()
            submission = _send(actor, current, details, roster, declarations, liability, register_reason)
            if before and not as_it_was and not _says_something(before, submission):
                raise NothingChanged
            return submission
    except IntegrityError:
        # A colleague took the number between the question and the answer.
        _refuse_duplicate(request, details)
        raise


def _refuse_duplicate(request: RegistrationRequest, details: CustomerDetails) -> None:
    number = details.vat_number or details.national_number
    if found := duplicates.find(partner=request.partner, vat_number=number, exclude=request):
        raise DuplicateNumber(found)


def _says_something(before: Submission, after: Submission) -> bool:
    return bool(after.replies or differences(before.snapshot, after.snapshot))


def _send(
    actor: Any,
    request: RegistrationRequest,
    details: CustomerDetails,
    roster: Roster,
    declarations: Sequence[str],
    liability: str,
    register_reason: str,
) -> Submission:
    documents = list(request.evidence.current())
    kinds = {EvidenceKind(document.kind) for document in documents}
    customer = _customer(actor, request, details, roster)
    people = assignment.appoint(
        actor=actor,
        customer=customer,
        roster=roster,
        evidence=kinds,
        approval_exception=request.approval_exception,
    )
    judged = assignment.judge(
        partner=request.partner,
        customer=customer,
        roster=roster,
        evidence=kinds,
        approval_exception=request.approval_exception,
    )
    submission = Submission.objects.create(
        request=request,
        version=request.submissions.count() + 1,
        submitted_by=actor,
        snapshot=snapshot.freeze(
            customer=customer,
            signing_authority=roster.signing_authority,
            liability=liability,
            evidence=documents,
            warnings=[found for found in judged if found.severity is Severity.WARN],
            register_reason=register_reason,
        ),
        declarations=list(declarations),
        replies=asking.replies_in(request),
    )
    _move(actor, request, customer, details, {key: contact.number for key, contact in people.items()})
    event = record(
        actor=actor,
        action="request.submitted",
        partner=request.partner,
        customer=customer,
        reference=request.reference,
        version=submission.version,
    )
    notifications.announce(event, submission=submission)
    return submission


def _customer(actor: Any, request: RegistrationRequest, details: CustomerDetails, roster: Roster) -> Customer:
    """Open the customer at the first submission, correct it at a later one."""
    facts: dict[str, Any] = {
        "actor": actor,
        "details": details,
        "relationship": roster.relationship,
        "uses_secwise_watch": roster.uses_secwise_watch,
    }
    if request.customer is None:
        return lifecycle.open_customer(partner=request.partner, **facts)
    return lifecycle.correct_details(customer=request.customer, **facts)


def _move(
    actor: Any, request: RegistrationRequest, customer: Customer, details: CustomerDetails, numbers: dict[str, str]
) -> None:
    people = request.answers.get("people", {})
    # A reopened request amends the contacts it made instead of making them again.
    people = {key: as_sent(entry, numbers[key]) if key in numbers else entry for key, entry in people.items()}
    request.answers = asking.without_replies(request.answers) | {"people": people}
    request.customer = customer
    request.company_name = details.name
    request.vat_number, request.national_number = details.vat_number, details.national_number
    request.state = State.SUBMITTED.value
    request.submitted_by = request.updated_by = actor
    request.submitted_at = request.submitted_at or timezone.now()
    request.decided_at = None
    request.due_at = clock.due_at_of(request)
    request.reason = ""
    request.version += 1
    request.save()
