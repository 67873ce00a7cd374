"""A search row says what its customer is sorted and filtered by, from the moment it changes."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from contacts import search_rows
from contacts.amendment import amend
from contacts.assignment import appoint
from contacts.models import Contact
from contacts.offers import details_of
from contacts.policy import Role
from contacts.search_drift import drifts, rebuild
from customers import lifecycle, search_text
from customers.models import Customer, CustomerSearch, CustomerStatus, Partner
from customers.relationships import Relationship
from portal.models import User
from tests import builders
from tests.contacts.rosters import NEEDED, person, roster

pytestmark = pytest.mark.django_db


def row(customer: Customer) -> CustomerSearch:
    return CustomerSearch.objects.get(customer=customer)


def gap(customer: Customer) -> str:
    return row(customer).gap


def filled(partner: Partner, **fields: Any) -> tuple[Customer, Contact]:
    """A customer all of whose roles are filled by one of the partner's own contacts."""
    customer, els = builders.make_customer(partner, **fields), builders.make_contact(partner)
    for role in NEEDED:
        builders.assign(customer, role, els)
    return customer, els


def test_a_row_holds_what_the_table_is_sorted_and_filtered_by(partner: Partner) -> None:
    approved = datetime(2025, 3, 1, tzinfo=UTC)
    industry = builders.make_industry()
    made = builders.make_customer(
        partner, city="Saint-Étienne", country="FR", industry=industry, approved_at=approved, name="Énergie"
    )

    found = row(made)

    assert (found.name_sort, found.town_sort) == ("energie", "saintetienne")
    assert found.partner_sort == search_text.fold(partner.name)
    assert (found.approved_at, found.relationship, found.country) == (approved, "reseller", "FR")
    assert (found.industry, found.gap) == (industry, "missing:4")


def test_approval_is_on_the_row_at_once_and_stays(approver: User, partner: Partner) -> None:
    waiting = builders.make_customer(partner, status=CustomerStatus.PENDING)
    before = timezone.now()

    approved = lifecycle.activate(actor=approver, customer=waiting)

    found = row(waiting)
    assert (found.status, found.approved_at) == ("active", approved.approved_at)
    assert found.approved_at is not None
    assert found.approved_at >= before


def test_a_town_no_column_holds_when_folded_is_cut(partner: Partner) -> None:
    assert row(builders.make_customer(partner, city="ß" * 120)).town_sort == "s" * 120


def test_each_role_that_is_filled_closes_a_gap(partner: Partner) -> None:
    customer, els = builders.make_customer(partner), builders.make_contact(partner)
    said = []
    for role in NEEDED:
        builders.assign(customer, role, els)
        said.append(gap(customer))

    assert said == ["missing:3", "missing:2", "role_empty:watch_list", ""]


def test_an_appointment_that_changes_the_relationship_says_again_what_is_wrong(
    onboarder: User, partner: Partner
) -> None:
    customer = builders.make_customer(partner, status=CustomerStatus.PENDING, approved_at=None)
    for role in NEEDED:
        builders.assign(customer, role, builders.make_contact(customer))
    assert gap(customer) == ""
    Customer.objects.filter(pk=customer.pk).update(relationship=Relationship.VALUE_ADD_PARTNER)
    search_rows.refresh([Customer.objects.get(pk=customer.pk)])
    assert gap(customer) == "mend:4"
    els = builders.make_contact(partner)

    appoint(
        actor=onboarder,
        customer=customer,
        roster=roster(els.number, relationship=Relationship.VALUE_ADD_PARTNER),
        evidence=(),
        approval_exception=True,
    )

    assert gap(customer) == ""


def test_correcting_a_customer_keeps_what_is_said_of_its_people(approver: User, partner: Partner) -> None:
    customer, _els = filled(partner)
    Contact.objects.update(removed_at=timezone.now())
    search_rows.refresh([customer])

    Customer.objects.filter(pk=customer.pk).update(status=CustomerStatus.PENDING)
    lifecycle.activate(actor=approver, customer=customer)

    assert gap(customer) == "mend:4"


def test_a_corrected_contact_mends_every_customer_it_serves(
    approver: User, partner: Partner, django_assert_max_num_queries: Any
) -> None:
    els = builders.make_contact(partner, phone="")
    customers = [builders.make_customer(partner) for _ in range(12)]
    for customer in customers:
        builders.assign(customer, Role.TECHNICAL, els)
        for role in NEEDED[1:]:
            builders.assign(customer, role, builders.make_contact(customer))
    assert {gap(customer) for customer in customers} == {"phone_missing:technical"}

    with django_assert_max_num_queries(16):
        amend(actor=approver, contact=els, person=person_of(els, phone="+32470550117"))

    assert {gap(customer) for customer in customers} == {""}
    assert list(drifts()) == []


def person_of(contact: Contact, **fields: Any) -> Any:
    return person(**(vars(details_of(contact)) | fields))


def test_a_setting_that_changed_is_found_and_mended(partner: Partner, settings: Settings) -> None:
    customer = builders.make_customer(partner)
    for role in NEEDED:
        builders.assign(customer, role, builders.make_contact(partner, email=f"{role.value}@blocked.example"))
    settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS = ["blocked.example"]

    assert [(drift.subject, drift.fields) for drift in drifts()] == [(customer, ("gap",))]
    assert rebuild() == 1
    assert (gap(customer), list(drifts())) == ("blocked_domain:commercial", [])


def test_rows_of_hundreds_cost_as_many_queries_as_rows_of_three(
    partner: Partner, other_partner: Partner, django_assert_num_queries: Any
) -> None:
    few = [filled(partner)[0] for _ in range(3)]
    many = [*few, *(filled(other_partner)[0] for _ in range(9))]

    for customers in (few, many):
        with django_assert_num_queries(4):
            search_rows.refresh(Customer.objects.filter(pk__in=[one.pk for one in customers]).in_bulk().values())


@pytest.mark.django_db(transaction=True)
def test_people_of_one_customer_who_are_corrected_at_once_are_both_found(approver: User, partner: Partner) -> None:
    """What one has written is read by the other: both wait at the partner."""
    customer = builders.make_customer(partner)
    people = [builders.make_contact(customer) for _ in range(4)]
    start = threading.Barrier(len(people))

    def correct(contact: Contact) -> None:
        try:
            start.wait(timeout=20)
            amend(actor=approver, contact=contact, person=person_of(contact, first_name=f"Neu{contact.pk}"))
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(correct, people))

    assert list(drifts()) == []
