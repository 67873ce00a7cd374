"""Staff let one Value Add Partner’s customer go without its written approval (settled question 10)."""

import pytest
from django.db import IntegrityError

from approvals.decision_refusals import SecondApproverNeeded
from approvals.decisions import decide, grant_exception
from approvals.models import RegistrationRequest
from approvals.refusals import (
    NotAllowed,
    OwnRequest,
    ReasonMissing,
    WrongState,
)
from approvals.workflow import Move, State
from contacts.refusals import PolicyBroken
from customers.models import Customer, Event, Membership, Partner
from customers.permissions import MembershipRole
from customers.relationships import Relationship
from portal.models import User
from tests.approvals import filled
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

REASON = "They signed on paper."


class TestException:
    """Staff let one Value Add Partner's customer go without its written approval (settled question 10)."""

    @pytest.fixture
    def draft(self, partner: Partner, onboarder: User) -> RegistrationRequest:
        return filled.started(partner, onboarder)

    def test_it_lets_the_request_through_and_a_second_approver_decides(
        self, draft: RegistrationRequest, onboarder: User, approver: User, second_approver: User
    ) -> None:
        with pytest.raises(PolicyBroken):
            filled.confirm(onboarder, draft, roster=filled.value_add_roster())
        granted = grant_exception(actor=approver, request=draft, reason=" They signed on paper. ")
        assert (granted.approval_exception, granted.exception_granted_by) == (True, approver)
        assert granted.exception_reason == "They signed on paper."

        filled.confirm(onboarder, draft, roster=filled.value_add_roster())
        with pytest.raises(SecondApproverNeeded):
            decide(actor=approver, request=draft, move=Move.APPROVE, version=1, access_confirmed=True)
        decide(actor=second_approver, request=draft, move=Move.APPROVE, version=1, access_confirmed=True)

        assert Customer.objects.active().get().relationship == Relationship.VALUE_ADD_PARTNER

    def test_who_granted_it_may_still_ask_for_changes(
        self, draft: RegistrationRequest, onboarder: User, approver: User
    ) -> None:
        grant_exception(actor=approver, request=draft, reason=REASON)
        filled.confirm(onboarder, draft, roster=filled.value_add_roster())
        decide(actor=approver, request=draft, move=Move.ASK_FOR_CHANGES, version=1, reason=REASON)

    def test_it_changes_nothing_where_no_approval_is_needed(
        self, draft: RegistrationRequest, onboarder: User, approver: User
    ) -> None:
        grant_exception(actor=approver, request=draft, reason=REASON)
        filled.confirm(onboarder, draft)
        decide(actor=approver, request=draft, move=Move.APPROVE, version=1, access_confirmed=True)

    def test_it_is_on_record(self, draft: RegistrationRequest, approver: User) -> None:
        grant_exception(actor=approver, request=draft, reason=REASON)
        event = Event.objects.get(action="request.exception_granted")
        assert (event.actor, event.reference, event.facts) == (approver, draft.reference, {"reason": REASON})

    def test_granting_again_changes_nothing(
        self, draft: RegistrationRequest, approver: User, second_approver: User
    ) -> None:
        grant_exception(actor=approver, request=draft, reason=REASON)
        again = grant_exception(actor=second_approver, request=draft, reason="Another reason")
        assert (again.exception_granted_by, again.exception_reason) == (approver, REASON)

    def test_it_needs_a_reason(self, draft: RegistrationRequest, approver: User) -> None:
        with pytest.raises(ReasonMissing):
            grant_exception(actor=approver, request=draft, reason=" \u200b")

    @pytest.mark.parametrize("persona", ["onboarder", "administrator", "csm"])
    def test_only_approvers_grant_it(
        self, persona: str, draft: RegistrationRequest, request: pytest.FixtureRequest
    ) -> None:
        with pytest.raises(NotAllowed):
            grant_exception(actor=request.getfixturevalue(persona), request=draft, reason=REASON)

    def test_not_for_ones_own_request(self, partner: Partner, approver: User) -> None:
        Membership.objects.create(user=approver, partner=partner, role=MembershipRole.ONBOARDER.value)
        with pytest.raises(OwnRequest):
            grant_exception(actor=approver, request=filled.started(partner, approver), reason=REASON)

    @pytest.mark.parametrize("state", [State.APPROVED, State.REJECTED, State.WITHDRAWN])
    def test_not_once_the_request_is_closed(
        self, state: State, partner: Partner, onboarder: User, approver: User
    ) -> None:
        request = make_request(partner, onboarder, state)
        with pytest.raises(WrongState):
            grant_exception(actor=approver, request=request, reason=REASON)

    def test_the_database_knows_no_exception_without_who_and_why(self, draft: RegistrationRequest) -> None:
        with pytest.raises(IntegrityError, match="request_exception_granted_with_reason"):
            RegistrationRequest.objects.update(approval_exception=True)
