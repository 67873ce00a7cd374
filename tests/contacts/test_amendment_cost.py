"""Correcting a contact takes as many statements as it needs, however many customers it serves."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.amendment import amend
from contacts.models import Contact
from contacts.offers import details_of
from contacts.policy import Role
from contacts.search_drift import drifts
from customers.models import Customer, Partner
from portal.models import User
from tests import builders
from tests.contacts.rosters import NEEDED

pytestmark = pytest.mark.django_db

READ = 4
"""The partner and the contact, both locked; the customers it is found under; the people of these."""
WRITTEN = 5
"""The contact, its former version, its search row, those of the customers, the event."""
SAVEPOINT = 2
"""Of the verb, which a test runs inside a transaction; elsewhere it is the transaction."""


def served(partner: Partner, contact: Contact, count: int) -> list[Customer]:
    customers = [builders.make_customer(partner) for _ in range(count)]
    for customer in customers:
        builders.assign(customer, Role.TECHNICAL, contact)
    return customers


def test_a_customers_contact_takes_nine_statements(
    approver: User, partner: Partner, django_assert_num_queries: Any
) -> None:
    customer = builders.make_customer(partner)
    els = builders.make_contact(customer)
    for role in NEEDED:
        builders.assign(customer, role, els)

    with django_assert_num_queries(READ + WRITTEN + SAVEPOINT):
        amend(actor=approver, contact=els, person=replace(details_of(els), phone="+32470550118"))

    assert list(drifts()) == []


def test_an_address_that_changes_takes_one_more_to_find_a_namesake(
    approver: User, partner: Partner, django_assert_num_queries: Any
) -> None:
    els = builders.make_contact(builders.make_customer(partner))

    with django_assert_num_queries(READ + WRITTEN + SAVEPOINT + 1):
        amend(actor=approver, contact=els, person=replace(details_of(els), email="els@elsewhere.example"))


def test_what_does_not_change_is_not_written(approver: User, partner: Partner, django_assert_num_queries: Any) -> None:
    els = builders.make_contact(builders.make_customer(partner))

    with django_assert_num_queries(READ + SAVEPOINT):
        amend(actor=approver, contact=els, person=details_of(els))


@pytest.mark.parametrize("count", [1, 25])
def test_a_colleague_who_serves_many_takes_no_more(
    approver: User, partner: Partner, count: int, django_assert_num_queries: Any
) -> None:
    els = builders.make_contact(partner)
    served(partner, els, count)

    with django_assert_num_queries(READ + WRITTEN + SAVEPOINT):
        amend(actor=approver, contact=els, person=replace(details_of(els), phone="+32470550118"))

    assert list(drifts()) == []


def test_only_what_changed_is_written_over(approver: User, partner: Partner) -> None:
    els = builders.make_contact(partner)

    with CaptureQueriesContext(
        connection,
    ) as sent:
        amend(actor=approver, contact=els, person=replace(details_of(els), last_name="Maes"))

    (update,) = [query["sql"] for query in sent if query["sql"].startswith('UPDATE "contacts_contact"')]
    assert update.partition(" SET ")[2].partition(" WHERE ")[0] == "\"last_name\" = 'Maes'"
    assert els.history.values_list("last_name", "history_type").first() == ("Maes", "~")


def test_a_contact_of_one_customer_that_serves_another_too_is_found_under_both(
    approver: User, partner: Partner
) -> None:
    own, other = builders.make_customer(partner), builders.make_customer(partner)
    els = builders.make_contact(own)
    builders.assign(other, Role.DPO, els)

    amend(actor=approver, contact=els, person=replace(details_of(els), last_name="Maes"))

    assert list(drifts()) == []
