"""Approvers decide on what they read, with a reason where the partner needs one, and never on their own requests."""

from typing import Any

import pytest

from approvals.decisions import decide
from approvals.models import Decision, Mailing, RegistrationRequest
from approvals.refusals import (
    NotAllowed,
    OwnRequest,
    PolicyRefused,
    ReasonMissing,
    StaleSubmission,
    WrongState,
)
from approvals.withdrawal import withdraw
from approvals.workflow import Move, State
from contacts.models import Contact, RoleAssignment
from contacts.policy import Role
from customers.models import Customer, CustomerStatus, Event, Membership, Partner
from customers.permissions import MembershipRole
from portal.models import User
from tests.approvals import filled
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

REASON = "Which Ines?\nThere are two."


def test_approving_puts_the_customer_into_the_table(partner: Partner, onboarder: User, approver: User) -> None:
    request = filled.sent(partner, onboarder)
    assert not Customer.objects.active().exists()

    decision = decide(actor=approver, request=request, move=Move.APPROVE, version=1, access_confirmed=True)

    request.refresh_from_db()
    customer = Customer.objects.active().get()
    assert (request.state, request.decided_at, request.reason) == (State.APPROVED, decision.decided_at, "")
    assert customer == request.customer
    assert customer.approved_at is not None
    assert (decision.submission.version, decision.decided_by, decision.move) == (1, approver, "approve")


def test_rejecting_closes_the_customer_and_frees_its_number(partner: Partner, onboarder: User, approver: User) -> None:
    request = filled.sent(partner, onboarder)
    decide(actor=approver, request=request, move=Move.REJECT, version=1, reason=REASON)

    request.refresh_from_db()
    assert (request.state, request.reason) == (State.REJECTED, REASON)
    assert Customer.objects.get().status == CustomerStatus.REJECTED
    filled.started(partner, onboarder)


def test_asking_for_changes_gives_the_request_back_with_the_reason(
    partner: Partner, onboarder: User, approver: User
) -> None:
    request = filled.sent(partner, onboarder)
    decide(actor=approver, request=request, move=Move.ASK_FOR_CHANGES, version=1, reason=REASON)

    request.refresh_from_db()
    assert (request.state, request.reason, request.is_editable) == (State.CHANGES_REQUESTED, REASON, True)
    assert Customer.objects.get().status == CustomerStatus.PENDING


@pytest.mark.parametrize(
    ("move", "action", "facts", "mail"),
    [
        (Move.APPROVE, "request.approved", {"version": 1}, "approved"),
        (Move.REJECT, "request.rejected", {"reason": REASON, "version": 1}, "rejected"),
        (
            Move.ASK_FOR_CHANGES,
            "request.changes_requested",
            {"reason": REASON, "version": 1},
            "changes_requested",
        ),
    ],
)
def test_a_decision_is_on_record_and_told_to_the_sender(
    move: Move, action: str, facts: dict[str, Any], mail: str, partner: Partner, onboarder: User, approver: User
) -> None:
    request = make_request(partner, onboarder)
    decide(actor=approver, request=request, move=move, version=1, reason=facts.get("reason", ""))

    event = Event.objects.get(action=action)
    assert (event.actor, event.actor_is_staff, event.reference) == (approver, True, request.reference)
    assert (event.customer, event.facts) == (request.customer, facts)
    assert [(mailing.kind, mailing.recipient) for mailing in Mailing.objects.all()] == [(mail, onboarder)]


@pytest.mark.parametrize("move", [Move.REJECT, Move.ASK_FOR_CHANGES])
@pytest.mark.parametrize("reason", ["", "   ", "\n\t", "\u200b\u200b", "\u202e", "\x00"])
def test_the_partner_is_never_refused_without_a_readable_reason(
    move: Move, reason: str, partner: Partner, onboarder: User, approver: User
) -> None:
    request = make_request(partner, onboarder)
    with pytest.raises(ReasonMissing):
        decide(actor=approver, request=request, move=move, version=1, reason=reason)
    assert Decision.objects.count() == 0


def test_a_reason_loses_what_is_invisible_and_keeps_its_lines(
    partner: Partner, onboarder: User, approver: User
) -> None:
    request = make_request(partner, onboarder)
    typed = "  Add the \u202eagreement.\r\nAnd\x00 the phone. "
    decision = decide(actor=approver, request=request, move=Move.REJECT, version=1, reason=typed)
    assert decision.reason == "Add the agreement.\nAnd the phone."


@pytest.mark.parametrize("move", [Move.SUBMIT, Move.WITHDRAW, Move.DISCARD])
def test_only_decisions_are_decided(move: Move, partner: Partner, onboarder: User, approver: User) -> None:
    with pytest.raises(ValueError, match=move.value):
        decide(actor=approver, request=make_request(partner, onboarder), move=move, version=1)


@pytest.mark.parametrize("persona", ["onboarder", "administrator", "csm", "stranger"])
def test_only_approvers_decide(persona: str, partner: Partner, onboarder: User, request: pytest.FixtureRequest) -> None:
    registration = make_request(partner, onboarder)
    with pytest.raises(NotAllowed):
        decide(actor=request.getfixturevalue(persona), request=registration, move=Move.APPROVE, version=1)


@pytest.mark.parametrize("is_superuser", [False, True])
def test_nobody_decides_on_what_they_sent(is_superuser: bool, partner: Partner, approver: User) -> None:
    Membership.objects.create(user=approver, partner=partner, role=MembershipRole.ONBOARDER.value)
    User.objects.filter(pk=approver.pk).update(is_superuser=is_superuser)
    request = make_request(partner, approver)
    with pytest.raises(OwnRequest):
        decide(actor=User.objects.get(pk=approver.pk), request=request, move=Move.APPROVE, version=1)
    assert not Customer.objects.active().exists()


def test_the_second_of_two_approvers_is_told_who_was_first(
    partner: Partner, onboarder: User, approver: User, second_approver: User
) -> None:
    request = make_request(partner, onboarder)
    decide(actor=approver, request=request, move=Move.APPROVE, version=1)
    with pytest.raises(WrongState) as refusal:
        decide(actor=second_approver, request=request, move=Move.REJECT, version=1, reason=REASON)
    assert (refusal.value.state, refusal.value.by) == (State.APPROVED, "Sofie Dhondt")
    assert Customer.objects.active().count() == Decision.objects.count() == 1


def test_an_approver_who_read_an_older_version_is_told_of_the_newer(
    partner: Partner, onboarder: User, approver: User, second_approver: User
) -> None:
    request = filled.sent(partner, onboarder)
    decide(actor=second_approver, request=request, move=Move.ASK_FOR_CHANGES, version=1, reason=REASON)
    filled.confirm(onboarder, request)

    with pytest.raises(StaleSubmission) as refusal:
        decide(actor=approver, request=request, move=Move.APPROVE, version=1)

    assert (refusal.value.seen, refusal.value.current) == (1, 2)
    decide(actor=approver, request=request, move=Move.APPROVE, version=2, access_confirmed=True)
    assert list(Decision.objects.order_by("pk").values_list("submission__version", "move")) == [
        (1, "ask_for_changes"),
        (2, "approve"),
    ]


def test_a_request_withdrawn_meanwhile_is_not_approved(partner: Partner, onboarder: User, approver: User) -> None:
    request = make_request(partner, onboarder)
    withdraw(actor=onboarder, request=RegistrationRequest.objects.get(pk=request.pk))
    with pytest.raises(WrongState) as refusal:
        decide(actor=approver, request=request, move=Move.APPROVE, version=1)
    assert refusal.value.state is State.WITHDRAWN
    assert Customer.objects.get().status == CustomerStatus.WITHDRAWN


class TestThePolicyIsAskedOnceMore:
    """People, contacts and settings change while a request waits."""

    def test_when_a_domain_was_banned_meanwhile(
        self, partner: Partner, onboarder: User, approver: User, settings: Any
    ) -> None:
        request = filled.sent(partner, onboarder)
        settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS = ["kempenvaart.example"]

        with pytest.raises(PolicyRefused) as refusal:
            decide(actor=approver, request=request, move=Move.APPROVE, version=1)

        assert [found.code for found in refusal.value.violations] == ["blocked_domain"]
        assert "kempenvaart.example" in refusal.value.words
        assert Decision.objects.count() == 0

    def test_when_a_person_lost_the_phone_number_their_role_needs(
        self, partner: Partner, onboarder: User, approver: User
    ) -> None:
        request = filled.sent(partner, onboarder)
        Contact.objects.update(phone="")
        with pytest.raises(PolicyRefused) as refusal:
            decide(actor=approver, request=request, move=Move.APPROVE, version=1)
        assert [(found.role, found.code) for found in refusal.value.violations] == [
            (Role.TECHNICAL, "phone_missing"),
            (Role.COMMERCIAL, "phone_missing"),
        ]

    def test_when_a_role_is_empty_by_now(self, partner: Partner, onboarder: User, approver: User) -> None:
        request = filled.sent(partner, onboarder)
        RoleAssignment.objects.filter(role=Role.DPO.value).delete()
        with pytest.raises(PolicyRefused):
            decide(actor=approver, request=request, move=Move.APPROVE, version=1)

    def test_but_it_does_not_stop_a_rejection(self, partner: Partner, onboarder: User, approver: User) -> None:
        request = filled.sent(partner, onboarder)
        Contact.objects.update(phone="")
        decide(actor=approver, request=request, move=Move.REJECT, version=1, reason=REASON)
        request.refresh_from_db()
        assert request.state == State.REJECTED

    def test_and_what_was_declared_still_counts(
        self, partner: Partner, onboarder: User, approver: User, second_approver: User
    ) -> None:
        own = filled.value_add_roster().people
        accepting = filled.roster(people=own, accepts_liability=True)
        request = filled.sent(partner, onboarder, roster=accepting, liability_wording="We are liable.")
        decide(actor=approver, request=request, move=Move.APPROVE, version=1, access_confirmed=True)
        decide(actor=second_approver, request=request, move=Move.APPROVE, version=1)
        assert Customer.objects.active().count() == 1
