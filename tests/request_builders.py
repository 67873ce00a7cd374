"""Registration requests for tests, in any state, with the rows that state needs: plain ORM, no verbs, quick."""

import hashlib
import itertools
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from approvals import snapshot as snapshots
from approvals.clock import due_at_of
from approvals.models import Decision, Evidence, RegistrationRequest, Submission
from approvals.workflow import Move, State
from contacts import search_rows
from contacts.models import Contact, RoleAssignment
from contacts.policy import EvidenceKind, Role
from customers import history
from customers.models import Customer, CustomerStatus, Partner
from customers.relationships import Relationship
from portal.models import User
from tests import builders

_serial = itertools.count(1)

STATUS = {
    State.SUBMITTED: CustomerStatus.PENDING,
    State.CHANGES_REQUESTED: CustomerStatus.PENDING,
    State.APPROVED: CustomerStatus.ACTIVE,
    State.REJECTED: CustomerStatus.REJECTED,
    State.WITHDRAWN: CustomerStatus.WITHDRAWN,
}
DECIDED_BY = {
    State.CHANGES_REQUESTED: Move.ASK_FOR_CHANGES,
    State.APPROVED: Move.APPROVE,
    State.REJECTED: Move.REJECT,
}
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"


def make_request(
    partner: Partner,
    actor: User,
    state: State = State.SUBMITTED,
    *,
    name: str | None = None,
    vat_number: str | None = None,
    relationship: Relationship = Relationship.RESELLER,
    uses_secwise_watch: bool = True,
    approver: User | None = None,
    reason: str = "The phone number of the customer is missing.",
    submitted_at: datetime | None = None,
    answers: dict[str, Any] | None = None,
    evidence: EvidenceKind | None = None,
    **snapshot: Any,
) -> RegistrationRequest:
    """A request of this partner, sent by `actor`, in this state, with customer, contacts, roles, submission, decision
    and history. `evidence` adds one document of that kind; what is left over replaces keys of the snapshot.
    """
    serial = next(_serial)
    name = name or f"Requested {serial} NV"
    vat_number = builders.belgian_vat(5_000_000 + serial) if vat_number is None else vat_number
    request = RegistrationRequest.objects.create(
        partner=partner,
        answers=answers or typed_answers(name, vat_number),
        company_name=name,
        vat_number=vat_number,
        created_by=actor,
        updated_by=actor,
    )
    history.record(actor=actor, action="request.started", partner=partner, reference=request.reference)
    if evidence is not None:
        make_evidence(request, actor, evidence)
    if state is State.DRAFT:
        return request

    customer = builders.make_customer(
        partner,
        name=name,
        vat_number=vat_number,
        status=STATUS[state],
        relationship=relationship,
        uses_secwise_watch=uses_secwise_watch,
    )
    fill_roles(customer)
    submission = submit(request, actor, customer, submitted_at or timezone.now(), **snapshot)
    if state in DECIDED_BY:
        decide(request, submission, approver or approver_of_tests(), DECIDED_BY[state], state, reason)
    elif state is State.WITHDRAWN:
        request.due_at = None
        move(request, state)
        record(request, actor, "request.withdrawn")
    return request


def fill_roles(customer: Customer) -> dict[Role, Contact]:
    """All five roles, each by a person of the right side: the customer's own in a Reseller relationship.

    Portal access and ServiceNow permissions of the Technical contact are confirmed.
    """
    organisation = customer if customer.relationship == Relationship.RESELLER else customer.partner
    people = dict(zip(Role, builders.make_contacts(organisation, [{} for _role in Role]), strict=True))
    confirmed = {"access_confirmed_at": timezone.now(), "access_confirmed_by": approver_of_tests()}
    Contact.objects.filter(pk=people[Role.TECHNICAL].pk).update(**confirmed)
    appointed = [
        RoleAssignment(customer=customer, role=role.value, contact=contact, signing_authority=role is Role.COMMERCIAL)
        for role, contact in people.items()
    ]
    bulk_create_with_history(appointed, RoleAssignment)
    search_rows.refresh([customer])
    return people


def submit(request: RegistrationRequest, actor: User, customer: Customer, at: datetime, **snapshot: Any) -> Submission:
    """One more submission, frozen from the rows."""
    if request.submitted_at is None:
        # Somebody took ten minutes to fill it in.
        RegistrationRequest.objects.filter(pk=request.pk).update(created_at=at - timedelta(minutes=10))
        request.refresh_from_db(fields=["created_at"])
    request.customer = customer
    request.submitted_by = actor
    request.submitted_at = request.submitted_at or at
    move(request, State.SUBMITTED)
    frozen = snapshots.freeze(
        customer=customer,
        signing_authority=True,
        liability="",
        evidence=request.evidence.current(),
        warnings=[],
    )
    submission = Submission.objects.create(
        request=request,
        version=request.submissions.count() + 1,
        submitted_by=actor,
        snapshot=frozen | snapshot,
        declarations=["The data are right."],
    )
    Submission.objects.filter(pk=submission.pk).update(submitted_at=at)
    submission.refresh_from_db()
    request.due_at = due_at_of(request)
    request.save(update_fields=["due_at"])
    record(request, actor, "request.submitted", version=submission.version)
    return submission


def decide(
    request: RegistrationRequest, submission: Submission, approver: User, how: Move, state: State, reason: str
) -> Decision:
    reason = "" if how is Move.APPROVE else reason
    decision = Decision.objects.create(submission=submission, move=how.value, decided_by=approver, reason=reason)
    request.reason = reason
    request.decided_at = decision.decided_at
    request.due_at = None
    move(request, state)
    record(request, approver, f"request.{state.value}", **({"reason": reason} if reason else {}))
    return decision


def move(request: RegistrationRequest, state: State) -> None:
    request.state = state.value
    request.save()


def record(request: RegistrationRequest, actor: User, action: str, **facts: Any) -> None:
    history.record(
        actor=actor,
        action=action,
        partner=request.partner,
        customer=request.customer,
        reference=request.reference,
        **facts,
    )


def approver_of_tests() -> User:
    return User.objects.filter(email="decides@arxus.example").first() or builders.make_user(
        "decides@arxus.example", is_staff=True, groups=("Approvers",), first_name="Sofie", last_name="Dhondt"
    )


def make_evidence(
    request: RegistrationRequest, actor: User, kind: EvidenceKind, name: str = "agreement.pdf", content: bytes = PDF
) -> Evidence:
    """A document in the store with its row."""
    return Evidence.objects.create(
        request=request,
        kind=kind.value,
        file=ContentFile(content, name=name),
        name=name,
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=actor,
    )


def typed_answers(name: str, vat_number: str) -> dict[str, Any]:
    """What somebody typed in the first two steps."""
    return {
        "steps": {
            "vat": {"vat_number": vat_number, "country": "BE"},
            "details": {"name": name, "city": "Turnhout", "country": "BE"},
        },
        "done": ["vat"],
        "people": {},
    }


def days_ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)
