"""A rejected or withdrawn request is started again with its answers, its people and its documents."""

from functools import partial as call

import pytest

from approvals import copies, decisions, drafts, withdrawal
from approvals.models import RegistrationRequest
from approvals.refusals import DuplicateNumber, NotAllowed, WrongState
from approvals.workflow import Move, State
from contacts.models import Contact
from contacts.policy import EvidenceKind, Side
from contacts.roster import as_entry
from customers.models import Customer, CustomerStatus, Event, Partner
from customers.own_numbers import OwnNumber
from portal.models import User
from tests import builders
from tests.approvals import filled
from tests.approvals.test_parallel import at_once, fresh, kinds
from tests.request_builders import approver_of_tests, make_evidence, make_request

# The verbs commit by themselves.
pytestmark = pytest.mark.django_db(transaction=True)

CLOSED = (State.REJECTED, State.WITHDRAWN)


def close(request: RegistrationRequest, how: State = State.REJECTED) -> RegistrationRequest:
    """The request comes to nothing through the verbs."""
    if how is State.WITHDRAWN:
        withdrawal.withdraw(actor=request.created_by, request=request)
    else:
        version = request.submissions.count()
        actor = approver_of_tests()
        decisions.decide(actor=actor, request=request, move=Move.REJECT, version=version, reason="It has stopped.")
    request.refresh_from_db()
    return request


def start_again(actor: User, request: RegistrationRequest) -> RegistrationRequest:
    return copies.start_again(actor=fresh(actor), request=request).draft


@pytest.mark.parametrize("state", CLOSED)
def test_the_draft_has_the_answers_and_knows_where_they_are_from(
    state: State, partner: Partner, onboarder: User, colleague: User
) -> None:
    answers = {"steps": {"vat": {"vat_number": "x"}, "asked": {"vat.number": "Said"}}, "done": ["vat"], "people": {}}
    closed = make_request(partner, onboarder, state, answers=answers)

    draft = start_again(colleague, closed)

    assert (draft.state, draft.customer, draft.copied_from, draft.created_by) == (
        State.DRAFT.value,
        None,
        closed,
        colleague,
    )
    assert draft.answers["steps"]["vat"] == {"vat_number": "x"}
    assert (draft.company_name, draft.vat_number, draft.version) == (closed.company_name, closed.vat_number, 1)
    assert list(closed.copies.all()) == [draft]
    event = Event.objects.get(reference=draft.reference)
    assert (event.action, event.actor, event.facts) == ("request.copied", colleague, {"from": closed.reference})


def test_nothing_of_the_decision_goes_along(partner: Partner, onboarder: User, approver: User) -> None:
    closed = make_request(partner, onboarder, State.REJECTED)
    RegistrationRequest.objects.filter(pk=closed.pk).update(
        approval_exception=True, exception_reason="Receivership", exception_granted_by=approver
    )

    draft = start_again(onboarder, closed)

    assert (draft.reason, draft.approval_exception, draft.submitted_at, draft.decided_at) == ("", False, None, None)
    closed.refresh_from_db()
    assert closed.state == State.REJECTED


@pytest.mark.parametrize("state", [state for state in State if state not in CLOSED])
def test_only_what_came_to_nothing_is_started_again(state: State, partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, state)

    with pytest.raises(WrongState) as refusal:
        start_again(onboarder, request)

    assert refusal.value.state == state
    assert RegistrationRequest.objects.count() == 1


@pytest.mark.parametrize("who", ["viewer", "stranger", "approver", "csm", "customer_user"])
def test_only_who_may_onboard_for_the_partner_starts_again(
    who: str, partner: Partner, onboarder: User, request: pytest.FixtureRequest
) -> None:
    closed = make_request(partner, onboarder, State.REJECTED)

    with pytest.raises(NotAllowed):
        start_again(request.getfixturevalue(who), closed)

    assert RegistrationRequest.objects.count() == 1


def test_started_twice_it_is_one_draft(partner: Partner, onboarder: User, colleague: User) -> None:
    closed = make_request(partner, onboarder, State.REJECTED)

    assert start_again(onboarder, closed) == start_again(colleague, closed)
    assert Event.objects.filter(action="request.copied").count() == 1


def test_five_presses_at_once_make_one_draft(partner: Partner, onboarder: User, colleague: User) -> None:
    for _round in range(5):
        closed = make_request(partner, onboarder, State.WITHDRAWN)
        make_evidence(closed, onboarder, EvidenceKind.LIABILITY_AGREEMENT)

        made = at_once(*(call(start_again, actor, closed) for actor in (onboarder, colleague) * 2))

        assert kinds(made) == {"RegistrationRequest": 4}
        assert [draft.evidence.count() for draft in closed.copies.all()] == [1]


def test_a_deleted_copy_can_be_made_anew(partner: Partner, onboarder: User) -> None:
    closed = make_request(partner, onboarder, State.REJECTED)
    drafts.discard(actor=onboarder, request=start_again(onboarder, closed))

    assert start_again(onboarder, closed).state == State.DRAFT


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.CHANGES_REQUESTED, State.APPROVED])
def test_a_number_the_partner_has_again_is_not_requested_twice(state: State, partner: Partner, onboarder: User) -> None:
    closed = make_request(partner, onboarder, State.REJECTED)
    make_request(partner, onboarder, state, vat_number=closed.vat_number)

    with pytest.raises(DuplicateNumber):
        start_again(onboarder, closed)

    assert not closed.copies.exists()


def test_a_number_that_turned_out_to_be_the_partners_own_is_refused(partner: Partner, onboarder: User) -> None:
    closed = make_request(partner, onboarder, State.REJECTED)
    Partner.objects.filter(pk=partner.pk).update(vat_number=closed.vat_number)
    closed.partner.refresh_from_db()

    with pytest.raises(OwnNumber):
        start_again(onboarder, closed)


def test_other_partners_requests_of_the_company_are_nobodys_business(
    partner: Partner, other_partner: Partner, onboarder: User, stranger: User
) -> None:
    closed = make_request(partner, onboarder, State.REJECTED)
    make_request(other_partner, stranger, vat_number=closed.vat_number)

    assert start_again(onboarder, closed).state == State.DRAFT


# --- People ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", CLOSED)
def test_the_customers_own_people_are_written_for_the_new_customer(
    state: State, partner: Partner, onboarder: User
) -> None:
    closed = close(filled.sent(partner, onboarder), state)
    first = Contact.objects.get()

    draft = start_again(onboarder, closed)
    filled.confirm(onboarder, draft)

    draft.refresh_from_db()
    second = Contact.objects.exclude(pk=first.pk).get()
    assert (first.customer, second.customer) == (closed.customer, draft.customer)
    assert (second.full_name, second.email) == (first.full_name, first.email)
    assert Customer.objects.filter(status=CustomerStatus.PENDING).get() == draft.customer


def test_the_partners_own_people_live_on_and_are_the_same(partner: Partner, onboarder: User) -> None:
    pieter = filled.person(Side.OWN, first_name="Pieter", last_name="Maes", email="pieter.maes@brightcloud.example")
    closed = close(
        filled.sent(
            partner,
            onboarder,
            roster=filled.roster(people={"new-1": pieter}, accepts_liability=True),
            liability_wording="We assume the liability.",
        )
    )
    own = Contact.objects.get()

    draft = start_again(onboarder, closed)

    assert draft.answers["people"]["new-1"]["contact"] == own.number


def test_somebody_chosen_among_the_customers_contacts_is_somebody_new(partner: Partner, onboarder: User) -> None:
    closed = close(filled.sent(partner, onboarder))
    assert closed.customer is not None
    standing = Contact.objects.get()
    own = builders.make_contact(partner)
    chosen = {"technical": standing.number, "dpo": own.number, "watch_list": "", "technical-edit-key": standing.number}
    RegistrationRequest.objects.filter(pk=closed.pk).update(
        answers={"steps": {"contacts": {"relationship": "reseller"} | chosen}, "done": ["vat"], "people": {}}
    )
    closed.refresh_from_db()

    draft = start_again(onboarder, closed)

    entry = draft.answers["people"]["new-1"]
    assert (entry["contact"], entry["email"], entry["side"]) == ("", standing.email, Side.CUSTOMER.value)
    assert draft.answers["steps"]["contacts"] == {
        "relationship": "reseller",
        "technical": "new-1",
        "dpo": own.number,
        "watch_list": "",
        "technical-edit-key": "new-1",
    }


def test_what_staff_corrected_in_a_contact_meanwhile_goes_along(partner: Partner, onboarder: User) -> None:
    closed = close(filled.sent(partner, onboarder))
    Contact.objects.update(phone="+32470550199")

    entry = start_again(onboarder, closed).answers["people"]["new-1"]

    assert (entry["phone"], entry["contact"]) == ("+32470550199", "")


def test_an_amendment_of_an_own_contact_stays_one(partner: Partner, onboarder: User) -> None:
    own = builders.make_contact(partner)
    person = filled.person(Side.OWN, contact=own.number)
    answers = {"steps": {}, "done": [], "people": {own.number: as_entry(person)}}
    closed = make_request(partner, onboarder, State.REJECTED, answers=answers)

    assert start_again(onboarder, closed).answers["people"] == answers["people"]
