"""What is red, or rests on somebody's word, takes two approvers; an approval against a check takes a reason."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from approvals import two_persons
from approvals.checks.cases import Blocks, Level, Signal
from approvals.decision_refusals import (
    AccessNotConfirmed,
    ApprovalBlocked,
    NotAllGreen,
    OverrideReasonMissing,
    SecondApproverNeeded,
)
from approvals.decisions import decide
from approvals.models import Decision, FirstApproval, Mailing, RegistrationRequest
from approvals.refusals import PolicyRefused
from approvals.workflow import Move, State
from contacts.models import Contact
from customers.models import Customer, Event, Partner, VatCheck
from portal.models import User
from tests import builders
from tests.approvals import filled
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

LIABILITY = "We have no such agreement. Brightcloud accepts all legal liability for this customer."
WHY = "Registered last week: the register is behind."


def approve(actor: User, request: RegistrationRequest, why: str = "", version: int = 1, **fields: Any) -> Any:
    decided = {"move": Move.APPROVE, "version": version, "override_reason": why, **fields}
    return decide(actor=actor, request=request, **decided)


def register_says_no(request: RegistrationRequest) -> None:
    now = timezone.now()
    VatCheck.objects.update_or_create(
        partner=request.partner,
        number=request.vat_number,
        defaults={"outcome": "not_registered", "asked_at": now, "tried_at": now},
    )


@pytest.fixture(autouse=True)
def register_is_on(settings: Any) -> None:
    settings.VIES_URL = "http://127.0.0.1:9/rest-api"


@pytest.fixture
def liable(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder, liability=LIABILITY)


@pytest.fixture
def red(partner: Partner, onboarder: User) -> RegistrationRequest:
    request = make_request(partner, onboarder)
    register_says_no(request)
    return request


def test_one_approver_is_enough_where_nothing_speaks_against_it(
    partner: Partner, onboarder: User, approver: User
) -> None:
    decision = approve(approver, make_request(partner, onboarder))
    assert isinstance(decision, Decision)
    assert (decision.first_approved_by, decision.override_reason) == (None, "")


def test_a_first_approval_decides_nothing_and_tells_the_partner_nothing(
    liable: RegistrationRequest, approver: User
) -> None:
    first = approve(approver, liable)

    assert isinstance(first, FirstApproval)
    liable.refresh_from_db()
    assert (liable.state, liable.decided_at, liable.held_by) == (State.SUBMITTED, None, None)
    assert not Customer.objects.active().exists()
    assert not Decision.objects.exists()
    assert not Mailing.objects.exists()
    event = Event.objects.get(action="request.approved_first")
    assert (event.actor, event.facts) == (approver, {"version": 1})


def test_a_second_approver_decides_and_both_are_kept(
    liable: RegistrationRequest, approver: User, second_approver: User
) -> None:
    approve(approver, liable)
    decision = approve(second_approver, liable)

    assert isinstance(decision, Decision)
    assert (decision.decided_by, decision.first_approved_by) == (second_approver, approver)
    assert Customer.objects.active().get() == liable.customer
    assert {signal["code"]: signal["level"] for signal in decision.signals}["may_sign"] == "green"


def test_the_first_approver_is_not_the_second(liable: RegistrationRequest, approver: User) -> None:
    approve(approver, liable)
    with pytest.raises(SecondApproverNeeded) as refusal:
        approve(approver, liable)
    assert refusal.value.words == "You approved this request already. A second approver has to approve it as well."
    assert not Decision.objects.exists()


@pytest.mark.parametrize("lost", ["the account", "the right"])
def test_the_approval_of_somebody_who_may_no_more_is_no_first_one(
    lost: str, liable: RegistrationRequest, approver: User, second_approver: User
) -> None:
    approve(approver, liable)
    if lost == "the account":
        approver.is_active = False
        approver.save()
    else:
        approver.groups.clear()

    first = approve(second_approver, liable)

    assert isinstance(first, FirstApproval)
    assert first.approved_by == second_approver
    assert not Decision.objects.exists()


def test_superusers_are_one_person_too(liable: RegistrationRequest) -> None:
    root = User.objects.create_superuser("root@arxus.example", builders.PASSWORD)
    approve(root, liable)
    with pytest.raises(SecondApproverNeeded):
        approve(root, liable)


@pytest.mark.parametrize("move", [Move.ASK_FOR_CHANGES, Move.REJECT])
@pytest.mark.parametrize("who", ["approver", "second_approver"])
def test_one_approver_is_enough_to_turn_it_down_also_after_a_first_approval(
    move: Move, who: str, liable: RegistrationRequest, approver: User, request: pytest.FixtureRequest
) -> None:
    approve(approver, liable)
    decision = decide(
        actor=request.getfixturevalue(who), request=liable, move=move, version=1, reason="No agreement, no customer."
    )
    assert isinstance(decision, Decision)
    assert decision.first_approved_by is None


def test_a_new_version_needs_its_own_first_approval(
    partner: Partner, onboarder: User, approver: User, second_approver: User
) -> None:
    own = filled.roster(people=filled.value_add_roster().people, accepts_liability=True)
    sent = filled.sent(partner, onboarder, roster=own, liability_wording=LIABILITY)
    assert isinstance(approve(approver, sent, access_confirmed=True), FirstApproval)
    decide(actor=second_approver, request=sent, move=Move.ASK_FOR_CHANGES, version=1, reason="Which Ines?")
    kept = filled.roster_of(RegistrationRequest.objects.get(pk=sent.pk), accepts_liability=True)
    filled.confirm(onboarder, sent, roster=kept, liability_wording=LIABILITY)

    assert isinstance(approve(second_approver, sent, version=2), FirstApproval)
    assert isinstance(approve(approver, sent, version=2), Decision)


class TestRed:
    @pytest.mark.parametrize("why", ["", "  ", "\u200b", "\x00\n"])
    def test_without_a_readable_reason_it_is_refused(self, why: str, red: RegistrationRequest, approver: User) -> None:
        with pytest.raises(OverrideReasonMissing) as refusal:
            approve(approver, red, why)
        assert "vat_not_registered" in [signal.code for signal in refusal.value.signals]
        assert not FirstApproval.objects.exists()

    def test_the_reason_is_kept_and_a_second_approver_needs_none(
        self, red: RegistrationRequest, approver: User, second_approver: User
    ) -> None:
        first = approve(approver, red, f" {WHY} ")
        decision = approve(second_approver, red)

        assert (first.override_reason, decision.override_reason) == (WHY, "")
        assert "red" in {signal["level"] for signal in first.signals}

    def test_the_partner_never_reads_the_reason(
        self, red: RegistrationRequest, approver: User, second_approver: User, onboarder: User, signed_in: Any
    ) -> None:
        approve(approver, red, WHY)
        approve(second_approver, red, "Seen the letter of the tax office.")

        page = signed_in(onboarder).get(f"/requests/{red.reference}/").content.decode()
        history = signed_in(onboarder).get(f"/customers/{red.customer.number}/history/").content.decode()
        assert not any(words in page + history for words in (WHY, "letter of the tax office"))

    def test_a_check_that_turned_red_after_the_first_approval_takes_two_pairs_of_eyes(
        self, liable: RegistrationRequest, approver: User, second_approver: User
    ) -> None:
        approve(approver, liable)
        register_says_no(liable)

        with pytest.raises(OverrideReasonMissing):
            approve(second_approver, liable)
        again = approve(second_approver, liable, WHY)
        assert isinstance(again, FirstApproval)
        assert (again.approved_by, FirstApproval.objects.get()) == (second_approver, again)
        assert isinstance(approve(approver, liable), Decision)

    def test_a_check_that_forbids_approving_knows_no_reason(
        self, partner: Partner, onboarder: User, approver: User
    ) -> None:
        forbidden = make_request(partner, onboarder, signing_authority=False)
        with pytest.raises((ApprovalBlocked, PolicyRefused)):
            approve(approver, forbidden, WHY)
        assert not FirstApproval.objects.exists()


def test_approvals_forbidden_by_a_check_name_it() -> None:
    signal = Signal(
        code="x", level=Level.RED, title="Roles against the policy", fact="", at=timezone.now(), blocks=Blocks.APPROVAL
    )
    assert two_persons.blocking([signal]) == [signal]
    assert two_persons.overridden([signal]) == []
    assert ApprovalBlocked([signal]).words == (
        "This request cannot be approved as it is: Roles against the policy. Ask the partner for changes."
    )


class TestSetting:
    def test_grounds_that_are_not_named_need_one_approver(
        self, liable: RegistrationRequest, approver: User, settings: Any
    ) -> None:
        settings.SECOND_APPROVER_GROUNDS = ["red_signal", "exception", "override"]
        assert isinstance(approve(approver, liable), Decision)

    def test_a_red_check_still_needs_its_reason(self, red: RegistrationRequest, approver: User, settings: Any) -> None:
        settings.SECOND_APPROVER_GROUNDS = []
        with pytest.raises(OverrideReasonMissing):
            approve(approver, red)
        decision = approve(approver, red, WHY)
        assert isinstance(decision, Decision)
        assert decision.override_reason == WHY


class TestAccess:
    """The Technical contact needs portal access and ServiceNow permissions: the approver confirms both."""

    @pytest.fixture
    def unconfirmed(self, partner: Partner, onboarder: User) -> RegistrationRequest:
        sent = make_request(partner, onboarder)
        Contact.objects.update(access_confirmed_at=None, access_confirmed_by=None)
        return sent

    def test_without_the_tick_it_is_not_approved(self, unconfirmed: RegistrationRequest, approver: User) -> None:
        with pytest.raises(AccessNotConfirmed) as refusal:
            approve(approver, unconfirmed)
        (contact,) = refusal.value.contacts
        assert contact.full_name in refusal.value.words
        assert not Decision.objects.exists()

    def test_the_tick_is_on_record_with_who_and_when(self, unconfirmed: RegistrationRequest, approver: User) -> None:
        approve(approver, unconfirmed, access_confirmed=True)

        (contact,) = Contact.objects.filter(access_confirmed_by=approver)
        assert contact.access_confirmed_at is not None
        event = Event.objects.get(action="contact.access_confirmed")
        assert (event.actor, event.reference, event.customer) == (approver, contact.number, unconfirmed.customer)

    def test_once_confirmed_nobody_ticks_again_and_the_record_stays(
        self, unconfirmed: RegistrationRequest, approver: User, second_approver: User
    ) -> None:
        unconfirmed.submissions.update(snapshot=unconfirmed.submissions.get().snapshot | {"liability": LIABILITY})
        approve(approver, unconfirmed, access_confirmed=True)
        approve(second_approver, unconfirmed, access_confirmed=True)
        assert Contact.objects.filter(access_confirmed_by=approver).count() == 1
        assert Event.objects.filter(action="contact.access_confirmed").count() == 1

    def test_turning_it_down_needs_no_tick(self, unconfirmed: RegistrationRequest, approver: User) -> None:
        decide(actor=approver, request=unconfirmed, move=Move.REJECT, version=1, reason="Not a company.")


def test_only_what_is_all_green_is_approved_unread(liable: RegistrationRequest, approver: User) -> None:
    with pytest.raises(NotAllGreen):
        approve(approver, liable, only_if_green=True)


def test_the_database_knows_no_decision_of_one_person_twice(
    liable: RegistrationRequest, approver: User, second_approver: User
) -> None:
    approve(approver, liable)
    decision = approve(second_approver, liable)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(first_approved_by=second_approver)
