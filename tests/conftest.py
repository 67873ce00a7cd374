"""The fixed personas every test of a page or a verb is written with."""

import pytest
from django.test import Client

from customers.models import Customer, Partner
from customers.permissions import MembershipRole
from portal.models import User
from portal.staff_groups import APPROVERS, CSMS
from tests import builders


@pytest.fixture
def csm(db: None) -> User:
    return builders.make_user(
        "csm@arxus.example",
        is_staff=True,
        groups=(CSMS,),
        first_name="Hanne",
        last_name="Wouters",
        phone="+32 3 555 01 42",
    )


@pytest.fixture
def partner(csm: User) -> Partner:
    return builders.make_partner("Brightcloud", csm=csm)


@pytest.fixture
def other_partner(db: None) -> Partner:
    return builders.make_partner("Northwind IT", country="NL")


@pytest.fixture
def onboarder(partner: Partner) -> User:
    return builders.make_member(
        partner, MembershipRole.ONBOARDER, "reseller@brightcloud.example", first_name="Lotte", last_name="Verlinden"
    )


@pytest.fixture
def colleague(partner: Partner) -> User:
    """A second onboarder of the same partner."""
    return builders.make_member(
        partner, MembershipRole.ONBOARDER, "pieter@brightcloud.example", first_name="Pieter", last_name="Maes"
    )


@pytest.fixture
def administrator(partner: Partner) -> User:
    return builders.make_member(partner, MembershipRole.ADMINISTRATOR, "admin@brightcloud.example")


@pytest.fixture
def viewer(partner: Partner) -> User:
    return builders.make_member(partner, MembershipRole.VIEWER, "viewer@brightcloud.example")


@pytest.fixture
def stranger(other_partner: Partner) -> User:
    """An onboarder of another partner."""
    return builders.make_member(other_partner, MembershipRole.ONBOARDER, "reseller@northwind-it.example")


@pytest.fixture
def approver(db: None) -> User:
    return builders.make_user(
        "approver@arxus.example", is_staff=True, groups=(APPROVERS,), first_name="Sofie", last_name="Dhondt"
    )


@pytest.fixture
def second_approver(db: None) -> User:
    return builders.make_user(
        "approver2@arxus.example", is_staff=True, groups=(APPROVERS,), first_name="Karim", last_name="Benali"
    )


@pytest.fixture
def customer(partner: Partner) -> Customer:
    return builders.make_customer(partner, name="Atelier Janssens BV")


@pytest.fixture
def customer_user(customer: Customer) -> User:
    return builders.make_member(customer, MembershipRole.VIEWER, "user@atelier-janssens.example")


@pytest.fixture
def signed_in() -> "SignIn":
    return SignIn()


class SignIn:
    """`signed_in(user)` -> a test client that is signed in as this user."""

    def __call__(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client
