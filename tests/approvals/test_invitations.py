"""At the approval it is on record who is to be invited into the portal; nothing is sent to them."""

import pytest

from approvals.decisions import decide
from approvals.models import FirstApproval
from approvals.workflow import Move, State
from contacts.models import Contact
from contacts.policy import Role
from customers.models import Event, Partner
from customers.relationships import Relationship
from portal.models import User
from tests.approvals.posted import outbox
from tests.request_builders import make_request
from tests.worker import run_queued_tasks

pytestmark = pytest.mark.django_db


def invited() -> list[tuple[str, str]]:
    events = Event.objects.filter(action="contact.to_be_invited")
    return [(event.reference, event.facts["contact"]) for event in events]


@pytest.mark.parametrize("relationship", Relationship)
def test_whoever_needs_portal_access_is_put_on_record(
    relationship: Relationship, partner: Partner, onboarder: User, approver: User, second_approver: User
) -> None:
    request = make_request(partner, onboarder, relationship=relationship)
    request.approval_exception = relationship is Relationship.VALUE_ADD_PARTNER
    if request.approval_exception:
        request.exception_reason, request.exception_granted_by = "In receivership.", second_approver
    request.save()
    decided = decide(
        actor=approver, request=request, move=Move.APPROVE, version=1, access_confirmed=True, override_reason="Known."
    )
    if isinstance(decided, FirstApproval):
        assert invited() == []
        decide(actor=second_approver, request=request, move=Move.APPROVE, version=1, access_confirmed=True)
    technical = Contact.objects.get(assignments__customer__request=request, assignments__role=Role.TECHNICAL.value)
    assert invited() == [(request.reference, technical.number)]
    run_queued_tasks()
    assert technical.email not in {address for letter in outbox() for address in letter.recipients()}


@pytest.mark.parametrize("move", [Move.REJECT, Move.ASK_FOR_CHANGES])
def test_nobody_is_without_an_approval(move: Move, partner: Partner, onboarder: User, approver: User) -> None:
    request = make_request(partner, onboarder, State.SUBMITTED)
    decide(actor=approver, request=request, move=move, version=1, reason="Not yet.")
    assert invited() == []
