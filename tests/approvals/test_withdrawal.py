"""The submitter's side takes a request back while it is undecided."""

import pytest

from approvals.models import Mailing
from approvals.refusals import NotAllowed, WrongState
from approvals.withdrawal import withdraw
from approvals.workflow import State
from customers.models import Customer, CustomerStatus, Event, Partner
from portal.models import User
from tests.approvals import filled
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CHANGES_REQUESTED])
def test_withdrawing_closes_the_customer_and_is_on_record(
    state: State, partner: Partner, onboarder: User, colleague: User
) -> None:
    request = make_request(partner, onboarder, state)

    withdraw(actor=colleague, request=request)

    request.refresh_from_db()
    assert request.state == State.WITHDRAWN
    assert Customer.objects.get().status == CustomerStatus.WITHDRAWN
    event = Event.objects.get(action="request.withdrawn")
    assert (event.actor, event.reference, event.customer) == (colleague, request.reference, request.customer)
    mailing = Mailing.objects.get()
    assert (mailing.kind, mailing.recipient, mailing.event.actor_name) == ("withdrawn", onboarder, "Pieter Maes")


def test_the_number_is_free_again(partner: Partner, onboarder: User) -> None:
    request = filled.sent(partner, onboarder)
    withdraw(actor=onboarder, request=request)
    filled.confirm(onboarder, filled.started(partner, onboarder))
    assert sorted(Customer.objects.values_list("status", flat=True)) == ["pending", "withdrawn"]


@pytest.mark.parametrize("state", [State.DRAFT, State.APPROVED, State.REJECTED, State.WITHDRAWN])
def test_what_was_not_sent_or_is_decided_is_not_withdrawn(state: State, partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, state)
    with pytest.raises(WrongState) as refusal:
        withdraw(actor=onboarder, request=request)
    assert refusal.value.state is state
    assert Mailing.objects.count() == 0


@pytest.mark.parametrize("persona", ["viewer", "stranger", "approver", "csm"])
def test_only_an_onboarder_of_the_partner_withdraws(
    persona: str, partner: Partner, onboarder: User, request: pytest.FixtureRequest
) -> None:
    registration = make_request(partner, onboarder)
    with pytest.raises(NotAllowed):
        withdraw(actor=request.getfixturevalue(persona), request=registration)
    registration.refresh_from_db()
    assert registration.state == State.SUBMITTED
