"""Writing a roster to its customer."""

import pytest

from contacts.assignment import appoint
from contacts.models import Contact, RoleAssignment
from contacts.policy import Role, Side
from customers.models import Customer, Event
from portal.models import User
from tests.builders import assign, make_contact
from tests.contacts.rosters import NEEDED, actions, holders_of, person, roster

pytestmark = pytest.mark.django_db


def test_a_new_person_of_the_customer_is_written_once_for_all_roles(onboarder: User, pending: Customer) -> None:
    chosen = appoint(actor=onboarder, customer=pending, roster=roster(people={"new-1": person()}), evidence=())

    contact = Contact.objects.get(customer=pending)
    assert chosen == {"new-1": contact}
    assert contact.full_name == "Marie Thys"
    assert holders_of(pending) == dict.fromkeys((role.value for role in NEEDED), contact.number)
    assert actions(pending) == ["contact.created", *["role.assigned"] * 4]


def test_only_the_commercial_contact_carries_the_declared_authority(onboarder: User, pending: Customer) -> None:
    appoint(actor=onboarder, customer=pending, roster=roster(people={"new-1": person()}), evidence=())

    declared = RoleAssignment.objects.filter(customer=pending, signing_authority=True)
    assert [assignment.role for assignment in declared] == ["commercial"]


def test_a_customer_is_found_by_the_people_it_was_given(onboarder: User, pending: Customer) -> None:
    appoint(actor=onboarder, customer=pending, roster=roster(people={"new-1": person()}), evidence=())

    pending.search.refresh_from_db()
    assert " marie thys mariethyskempenvaartexample " in pending.search.doc


def test_a_second_time_nothing_is_written_where_nothing_changed(onboarder: User, pending: Customer) -> None:
    chosen = appoint(actor=onboarder, customer=pending, roster=roster(people={"new-1": person()}), evidence=())
    before = actions(pending)

    again = person(contact=chosen["new-1"].number)
    appoint(actor=onboarder, customer=pending, roster=roster(people={"new-1": again}), evidence=())

    assert actions(pending) == before
    assert Contact.objects.filter(customer=pending).count() == 1


def test_a_person_of_an_earlier_version_is_amended_in_place(onboarder: User, pending: Customer) -> None:
    first = appoint(actor=onboarder, customer=pending, roster=roster(people={"new-1": person()}), evidence=())

    amended = person(contact=first["new-1"].number, last_name="Thijs", email="marie.thijs@kempenvaart.example")
    chosen = appoint(actor=onboarder, customer=pending, roster=roster(people={"new-1": amended}), evidence=())

    assert chosen["new-1"] == first["new-1"]
    contact = Contact.objects.get(customer=pending)
    assert (contact.full_name, contact.email) == ("Marie Thijs", "marie.thijs@kempenvaart.example")
    event = Event.objects.get(action="contact.amended")
    assert event.facts == {
        "name": "Marie Thijs",
        "before": {"last_name": "Thys", "email": "marie.thys@kempenvaart.example"},
        "after": {"last_name": "Thijs", "email": "marie.thijs@kempenvaart.example"},
    }
    pending.search.refresh_from_db()
    assert "thijs" in pending.search.doc
    assert "thys" not in pending.search.doc


def test_people_whom_a_second_version_no_longer_names_leave_no_trace(onboarder: User, pending: Customer) -> None:
    appoint(actor=onboarder, customer=pending, roster=roster(people={"new-1": person()}), evidence=())

    ruben = person(first_name="Ruben", last_name="Claeys", email="ruben@kempenvaart.example")
    appoint(actor=onboarder, customer=pending, roster=roster("new-2", people={"new-2": ruben}), evidence=())

    assert [contact.full_name for contact in Contact.objects.filter(customer=pending)] == ["Ruben Claeys"]
    pending.search.refresh_from_db()
    assert "marie" not in pending.search.doc


def test_somebody_who_was_deleted_meanwhile_is_new_again(onboarder: User, pending: Customer) -> None:
    gone = person(contact="CON-0000-0000")

    chosen = appoint(actor=onboarder, customer=pending, roster=roster(people={"new-1": gone}), evidence=())

    assert chosen["new-1"].number != "CON-0000-0000"


def test_people_of_an_active_customer_stay_when_they_lose_their_role(onboarder: User, customer: Customer) -> None:
    marie = make_contact(customer, last_name="Thys")
    ruben = make_contact(customer, last_name="Claeys")
    assign(customer, Role.DPO, marie)

    appoint(actor=onboarder, customer=customer, roster=roster(ruben.number), evidence=())

    assert set(Contact.objects.filter(customer=customer)) == {marie, ruben}
    assert holders_of(customer) == dict.fromkeys((role.value for role in NEEDED), ruben.number)


def test_a_role_that_nobody_fills_any_more_is_freed(onboarder: User, customer: Customer) -> None:
    marie = make_contact(customer, last_name="Thys")
    assign(customer, Role.SECURITY_INCIDENT, marie)

    appoint(actor=onboarder, customer=customer, roster=roster(marie.number), evidence=())

    assert Role.SECURITY_INCIDENT.value not in holders_of(customer)
    assert Event.objects.get(action="role.freed").facts == {"name": marie.full_name, "role": "security_incident"}


def test_people_who_fill_no_role_are_not_written(onboarder: User, pending: Customer) -> None:
    unused = person(side=Side.OWN, email="wout@brightcloud.example")

    appoint(
        actor=onboarder,
        customer=pending,
        roster=roster(people={"new-1": person(), "new-2": unused}),
        evidence=(),
    )

    assert Contact.objects.count() == 1
