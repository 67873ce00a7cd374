"""What an appointment refuses, and what it leaves as it was."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from contacts.assignment import appoint, judge
from contacts.models import Contact
from contacts.nominees import nominee_from, nominee_of
from contacts.policy import ContactKind, EvidenceKind, Role, Side
from contacts.refusals import EmailTaken, PolicyBroken, UnknownContact
from customers.models import Customer, CustomerSearch, CustomerStatus, Event, Partner
from customers.relationships import Relationship
from portal.models import User
from tests.builders import assign, make_contact, make_customer
from tests.contacts.rosters import NEEDED, holders_of, person, roster

pytestmark = pytest.mark.django_db


def test_a_value_add_partners_customer_never_gets_people_of_its_own(
    onboarder: User, partner: Partner, pending: Customer
) -> None:
    """Source: settled question 5 of the product."""
    Customer.objects.filter(pk=pending.pk).update(relationship=Relationship.VALUE_ADD_PARTNER)
    earlier = make_contact(pending)
    els = make_contact(partner)
    chosen = roster(els.number, relationship=Relationship.VALUE_ADD_PARTNER, people={"new-1": person()})

    appoint(actor=onboarder, customer=pending, roster=chosen, evidence={EvidenceKind.CUSTOMER_APPROVAL})

    assert not Contact.objects.filter(customer=pending).exists()
    assert holders_of(pending) == dict.fromkeys((role.value for role in NEEDED), els.number)
    assert Event.objects.get(action="contact.deleted").reference == earlier.number


def test_a_person_of_the_customer_is_refused_in_a_value_add_relationship(onboarder: User, pending: Customer) -> None:
    Customer.objects.filter(pk=pending.pk).update(relationship=Relationship.VALUE_ADD_PARTNER)
    chosen = roster(relationship=Relationship.VALUE_ADD_PARTNER, people={"new-1": person()})

    with pytest.raises(PolicyBroken) as refusal:
        appoint(actor=onboarder, customer=pending, roster=chosen, evidence={EvidenceKind.CUSTOMER_APPROVAL})

    assert [(found.role, found.code) for found in refusal.value.violations] == [(role, "wrong_side") for role in NEEDED]
    assert not Contact.objects.exists()
    assert holders_of(pending) == {}


@pytest.mark.parametrize("whose", ["another partner's", "its customer's", "another own customer's", "nobody's"])
def test_a_contact_out_of_reach_is_unknown(
    whose: str, onboarder: User, partner: Partner, other_partner: Partner, pending: Customer
) -> None:
    foreign = {
        "another partner's": lambda: make_contact(other_partner).number,
        "its customer's": lambda: make_contact(make_customer(other_partner)).number,
        "another own customer's": lambda: make_contact(make_customer(partner)).number,
        "nobody's": lambda: "CON-0000-0000",
    }[whose]()

    with pytest.raises(UnknownContact) as refusal:
        appoint(actor=onboarder, customer=pending, roster=roster(foreign), evidence=())
    assert refusal.value.key == foreign

    disguised = roster(foreign, people={foreign: person(contact=foreign)})
    with pytest.raises(UnknownContact):
        appoint(actor=onboarder, customer=pending, roster=disguised, evidence=())
    assert holders_of(pending) == {}


def test_an_amendment_cannot_move_a_contact_to_the_other_side(
    onboarder: User, partner: Partner, pending: Customer
) -> None:
    els = make_contact(partner)

    with pytest.raises(UnknownContact):
        appoint(
            actor=onboarder,
            customer=pending,
            roster=roster(els.number, people={els.number: person(contact=els.number)}),
            evidence=(),
        )


@pytest.mark.parametrize("spelling", ["els.goossens@brightcloud.example", "ELS.Goossens@brightcloud.example"])
def test_an_address_of_an_own_contact_makes_no_second_one(
    spelling: str, onboarder: User, partner: Partner, pending: Customer
) -> None:
    make_contact(partner, first_name="Els", last_name="Goossens", email="els.goossens@brightcloud.example")
    twin = person(side=Side.OWN, email=spelling)

    with pytest.raises(EmailTaken) as refusal:
        appoint(
            actor=onboarder,
            customer=pending,
            roster=roster(people={"new-1": twin}, accepts_liability=True),
            evidence=(),
        )

    assert (refusal.value.key, refusal.value.existing) == ("new-1", "Els Goossens")
    assert Contact.objects.count() == 1


def test_two_new_people_cannot_share_an_address(onboarder: User, pending: Customer) -> None:
    both = roster(people={"new-1": person(), "new-2": person(first_name="Ruben")})
    both.holders[Role.DPO] = "new-2"  # type: ignore[index]

    with pytest.raises(EmailTaken):
        appoint(actor=onboarder, customer=pending, roster=both, evidence=())
    assert not Contact.objects.exists()


def test_the_same_address_may_stand_on_both_sides(onboarder: User, partner: Partner, pending: Customer) -> None:
    make_contact(partner, email="marie.thys@kempenvaart.example")

    appoint(actor=onboarder, customer=pending, roster=roster(people={"new-1": person()}), evidence=())

    assert Contact.objects.filter(email="marie.thys@kempenvaart.example").count() == 2


def test_another_partners_contact_with_the_address_changes_nothing(
    onboarder: User, other_partner: Partner, pending: Customer
) -> None:
    make_contact(other_partner, email="wout@brightcloud.example")
    wout = person(side=Side.OWN, email="wout@brightcloud.example")

    appoint(
        actor=onboarder,
        customer=pending,
        roster=roster(people={"new-1": wout}, accepts_liability=True),
        evidence=(),
    )

    assert Contact.objects.filter(email="wout@brightcloud.example").count() == 2


def test_an_own_contact_who_had_left_comes_back_with_the_address(
    onboarder: User, partner: Partner, pending: Customer
) -> None:
    left = make_contact(partner, email="wout@brightcloud.example", removed_at="2026-11-18T09:00:00Z")
    wout = person(side=Side.OWN, first_name="Wout", last_name="Claes", email="wout@brightcloud.example")

    chosen = appoint(
        actor=onboarder,
        customer=pending,
        roster=roster(people={"new-1": wout}, accepts_liability=True),
        evidence=(),
    )

    left.refresh_from_db()
    assert chosen["new-1"] == left
    assert (left.full_name, left.removed_at) == ("Wout Claes", None)


def test_a_contact_who_has_left_cannot_be_chosen(onboarder: User, partner: Partner, pending: Customer) -> None:
    left = make_contact(partner, removed_at="2026-11-18T09:00:00Z")

    with pytest.raises(PolicyBroken) as refusal:
        appoint(actor=onboarder, customer=pending, roster=roster(left.number), evidence=())
    assert {found.code for found in refusal.value.violations} == {"has_left"}


def test_amending_an_own_contact_cannot_break_a_role_elsewhere(
    onboarder: User, partner: Partner, pending: Customer
) -> None:
    els = make_contact(partner, email="els@brightcloud.example")
    assign(make_customer(partner), Role.COMMERCIAL, els)
    banned = person(side=Side.OWN, email="els@cronos.be", contact=els.number)
    dpo_only = roster(
        "new-1",
        people={"new-1": person(), els.number: banned},
        holders=dict.fromkeys(NEEDED, "new-1") | {Role.DPO: els.number},
    )

    with pytest.raises(PolicyBroken) as refusal:
        appoint(actor=onboarder, customer=pending, roster=dpo_only, evidence=())

    assert [(found.role, found.code) for found in refusal.value.violations] == [(Role.DPO, "spoilt_elsewhere")]
    els.refresh_from_db()
    assert els.email == "els@brightcloud.example"


def test_a_role_at_a_customer_that_was_rejected_holds_nobody_back(
    onboarder: User, partner: Partner, pending: Customer
) -> None:
    els = make_contact(partner, email="els@brightcloud.example")
    assign(make_customer(partner, status="rejected"), Role.COMMERCIAL, els)
    moved = person(side=Side.OWN, email="els@cronos.be", contact=els.number)
    dpo_only = roster(
        "new-1",
        people={"new-1": person(), els.number: moved},
        holders=dict.fromkeys(NEEDED, "new-1") | {Role.DPO: els.number},
    )

    assert appoint(actor=onboarder, customer=pending, roster=dpo_only, evidence=())[els.number].email == "els@cronos.be"


def test_amending_an_own_contact_is_found_by_every_customer_it_serves(
    onboarder: User, partner: Partner, pending: Customer
) -> None:
    els = make_contact(partner, email="els@brightcloud.example")
    elsewhere = make_customer(partner)
    assign(elsewhere, Role.DPO, els)
    renamed = person(side=Side.OWN, last_name="Verhaegen", email="els@brightcloud.example", contact=els.number)

    appoint(
        actor=onboarder,
        customer=pending,
        roster=roster(els.number, people={els.number: renamed}, accepts_liability=True),
        evidence=(),
    )

    elsewhere.search.refresh_from_db()
    assert "verhaegen" in elsewhere.search.doc


@pytest.mark.parametrize("count", [1, 30])
def test_an_amendment_costs_the_same_however_many_customers_it_concerns(
    count: int, onboarder: User, partner: Partner, pending: Customer, django_assert_max_num_queries: Any
) -> None:
    els = make_contact(partner, email="els@brightcloud.example")
    for _ in range(count):
        assign(make_customer(partner), Role.DPO, els)
    renamed = person(side=Side.OWN, last_name="Verhaegen", email="els@brightcloud.example", contact=els.number)
    amended = roster(els.number, people={els.number: renamed}, accepts_liability=True)

    with django_assert_max_num_queries(40):
        appoint(actor=onboarder, customer=pending, roster=amended, evidence=())
    assert CustomerSearch.objects.filter(doc__contains=" verhaegen").count() == count + 1


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_make_one_contact_of_one_address(
    onboarder: User, partner: Partner, customer: Customer
) -> None:
    """Each customer is locked by its own request; the partner is what both wait at."""
    waiting = [make_customer(partner, status=CustomerStatus.PENDING, approved_at=None) for _ in range(4)]
    wout = person(side=Side.OWN, email="wout@brightcloud.example")
    start = threading.Barrier(len(waiting))

    def submit(customer: Customer) -> str:
        try:
            start.wait(timeout=20)
            chosen = roster(people={"new-1": wout}, accepts_liability=True)
            appoint(actor=onboarder, customer=customer, roster=chosen, evidence=())
        except EmailTaken as refusal:
            return f"{refusal.existing} was there"
        finally:
            connection.close()
        return "written"

    with ThreadPoolExecutor(len(waiting)) as pool:
        answers = sorted(pool.map(submit, waiting))

    assert answers == ["Marie Thys was there"] * 3 + ["written"]
    assert Contact.objects.filter(email="wout@brightcloud.example").count() == 1


def test_a_roster_of_another_relationship_than_the_customers_is_a_mistake(onboarder: User, pending: Customer) -> None:
    with pytest.raises(ValueError, match="relationship"):
        appoint(
            actor=onboarder,
            customer=pending,
            roster=roster(relationship=Relationship.VALUE_ADD_PARTNER),
            evidence=(),
        )


def test_judging_asks_as_little_of_the_database_whatever_the_roster(
    partner: Partner, customer: Customer, django_assert_num_queries: Any
) -> None:
    people = [make_contact(partner) for _ in NEEDED]
    spread = roster(holders={role: contact.number for role, contact in zip(NEEDED, people, strict=True)})

    with django_assert_num_queries(1):
        judge(partner=partner, customer=customer, roster=spread, evidence=())
    assert connection.in_atomic_block


def test_a_contact_and_its_details_are_the_same_nominee(customer: Customer) -> None:
    details = person(phone="+3280012345", kind=ContactKind.LIST)
    contact = make_contact(
        customer, kind="list", first_name="Marie", last_name="Thys", email=details.email, phone=details.phone
    )

    assert nominee_of(contact) == nominee_from(details)
    assert not nominee_of(contact).phone_is_personal
