"""Who at a customer accepted the Microsoft agreement, and when: put on record by staff, never overwritten."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail

from approvals.models import Mailing
from contacts.acceptance import Accepted, MayNotRecord, OutOfTime, may_record, record_acceptance
from contacts.models import Acceptance
from customers.models import Customer, CustomerStatus, Event, Partner
from customers.relationships import Relationship
from portal.models import User
from tests import builders

pytestmark = pytest.mark.django_db

ELS = Accepted(
    first_name="Els",
    last_name="Janssens",
    email="els@atelier-janssens.example",
    phone="+32470550117",
    accepted_on=date(2026, 3, 2),
)


@pytest.mark.parametrize("who", ["approver", "csm"])
def test_staff_put_it_on_record(who: str, customer: Customer, request: pytest.FixtureRequest) -> None:
    actor = request.getfixturevalue(who)

    made = record_acceptance(actor=actor, customer=customer, accepted=ELS)

    assert (made.customer, made.full_name, made.accepted_on, made.recorded_by) == (
        customer,
        "Els Janssens",
        date(2026, 3, 2),
        actor,
    )
    event = Event.objects.get()
    assert (event.action, event.actor, event.customer, event.reference) == (
        "agreement.recorded",
        actor,
        customer,
        customer.number,
    )
    assert event.facts["after"]["accepted_on"] == "2026-03-02"


@pytest.mark.parametrize("who", ["onboarder", "administrator", "viewer", "stranger", "customer_user"])
def test_nobody_but_staff_does(who: str, customer: Customer, request: pytest.FixtureRequest) -> None:
    actor = request.getfixturevalue(who)

    with pytest.raises(MayNotRecord):
        record_acceptance(actor=actor, customer=customer, accepted=ELS)

    assert not may_record(actor, customer)
    assert (Acceptance.objects.count(), Event.objects.count()) == (0, 0)


def test_staff_without_the_right_do_not(customer: Customer) -> None:
    with pytest.raises(MayNotRecord):
        record_acceptance(actor=builders.make_user(is_staff=True), customer=customer, accepted=ELS)


@pytest.mark.parametrize("status", CustomerStatus)
def test_before_the_approval_and_after_it_but_not_for_what_came_to_nothing(
    status: CustomerStatus, partner: Partner, approver: User
) -> None:
    customer = builders.make_customer(partner, status=status, approved_at=datetime(2026, 1, 1, tzinfo=UTC))
    is_open = status not in (CustomerStatus.REJECTED, CustomerStatus.WITHDRAWN)

    assert may_record(approver, customer) is is_open
    if is_open:
        assert record_acceptance(actor=approver, customer=customer, accepted=ELS)
    else:
        with pytest.raises(MayNotRecord):
            record_acceptance(actor=approver, customer=customer, accepted=ELS)


def test_a_correction_is_a_new_record_and_the_old_one_stays(customer: Customer, approver: User, csm: User) -> None:
    first = record_acceptance(actor=csm, customer=customer, accepted=ELS)
    second = record_acceptance(
        actor=approver, customer=customer, accepted=replace(ELS, last_name="Jansen", accepted_on=date(2026, 3, 3))
    )

    assert list(customer.acceptances.all()) == [second, first]
    event = Event.objects.get(action="agreement.corrected")
    assert (event.facts["before"], event.facts["after"]) == (
        {"last_name": "Janssens", "accepted_on": "2026-03-02"},
        {"last_name": "Jansen", "accepted_on": "2026-03-03"},
    )


def test_the_same_once_more_is_one_record(customer: Customer, approver: User, csm: User) -> None:
    first = record_acceptance(actor=approver, customer=customer, accepted=ELS)

    assert record_acceptance(actor=csm, customer=customer, accepted=ELS) == first
    assert (Acceptance.objects.count(), Event.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("day", "is_taken"),
    [
        (date(2009, 12, 31), False),
        (date(2010, 1, 1), True),
        (date(2026, 11, 23), True),
        (date(2026, 11, 24), False),
        (date(9999, 12, 31), False),
    ],
)
def test_the_day_is_past_in_belgium(day: date, is_taken: bool, customer: Customer, approver: User) -> None:
    # In Belgium it is half an hour past midnight, the 23rd.
    with time_machine.travel(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), tick=False):
        if is_taken:
            assert record_acceptance(actor=approver, customer=customer, accepted=replace(ELS, accepted_on=day))
            return
        with pytest.raises(OutOfTime):
            record_acceptance(actor=approver, customer=customer, accepted=replace(ELS, accepted_on=day))


@pytest.mark.parametrize("relationship", Relationship)
def test_nobody_is_written_to(relationship: Relationship, partner: Partner, approver: User) -> None:
    customer = builders.make_customer(partner, relationship=relationship)

    record_acceptance(actor=approver, customer=customer, accepted=ELS)

    assert (mail.outbox, Mailing.objects.count()) == ([], 0)
