"""The contacts of a customer: its own people, and those of the partner who fill a role there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from contacts.models import Contact
from contacts.policy import ContactKind, Role
from customers.models import Customer, CustomerStatus, Partner
from customers.permissions import MembershipRole
from portal.models import User
from tests import builders, request_builders
from tests.conftest import SignIn
from tests.portal.reading import links_of, text_of


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


@pytest.fixture
def els(partner: Partner) -> Contact:
    """One of the partner's own people."""
    return builders.make_contact(
        partner,
        first_name="Els",
        last_name="Maes",
        email="els.maes@brightcloud.example",
        phone="+32470550117",
        phone_extension="12",
    )


def read(client: Client, customer: Customer) -> str:
    return text_of(client.get(f"/customers/{customer.number}/contacts/"))


def test_everybody_of_the_customer_is_there_and_who_fills_a_role_comes_first(
    customer: Customer, els: Contact, partner: Partner, client: Client
) -> None:
    builders.make_contact(customer, first_name="An", last_name="Aerts", phone="")
    builders.assign(customer, Role.TECHNICAL, els)
    builders.assign(customer, Role.DPO, els)
    builders.make_contact(partner, first_name="Wout", last_name="Claes")

    said = read(client, customer)

    assert said.index("Els Maes") < said.index("An Aerts")
    assert "Els Maes Your organisation Technical DPO Customers where Els Maes fills a role" in said
    assert "An Aerts This customer No role" in said
    assert "Wout Claes" not in said
    assert "Contacts 2" in said


def test_each_can_be_reached(customer: Customer, els: Contact, client: Client) -> None:
    builders.assign(customer, Role.TECHNICAL, els)

    response = client.get(f"/customers/{customer.number}/contacts/")

    assert "els.maes@brightcloud.example +32 470 55 01 17 ext. 12" in text_of(response)
    assert {"mailto:els.maes@brightcloud.example", "tel:+32470550117;ext=12"} <= set(links_of(response))


def test_what_is_wrong_with_somebody_in_a_role_stands_beside_it(
    customer: Customer, els: Contact, client: Client
) -> None:
    builders.assign(customer, Role.COMMERCIAL, els)
    Contact.objects.filter(pk=els.pk).update(phone="")

    assert "Commercial Phone missing" in read(client, customer)


def test_who_left_is_there_only_while_a_role_is_theirs(customer: Customer, client: Client) -> None:
    filling = builders.make_contact(customer, last_name="Gone with a role")
    builders.make_contact(customer, last_name="Gone without")
    Contact.objects.update(removed_at=timezone.now())
    builders.assign(customer, Role.DPO, filling)

    said = read(client, customer)

    assert "Gone with a role This customer DPO Has left" in said
    assert "Gone without" not in said
    assert "Contacts 1" in said


class TestPortalAccess:
    def test_is_somebodys_who_signs_in_for_their_own_organisation(
        self, customer: Customer, els: Contact, client: Client
    ) -> None:
        jan = builders.make_contact(customer, email="Jan@Atelier-Janssens.example")
        builders.make_member(customer, MembershipRole.VIEWER, "jan@atelier-janssens.example")
        builders.assign(customer, Role.DPO, jan)

        assert "Portal access Signs in" in read(client, customer)

    def test_an_account_elsewhere_is_not_told(self, customer: Customer, stranger: User, client: Client) -> None:
        """The contact's address is the partner's to choose: an answer would say who has an account at whom."""
        builders.make_contact(customer, email=stranger.email)

        assert "Portal access None" in read(client, customer)

    def test_neither_is_that_of_somebody_shut_out(self, customer: Customer, client: Client) -> None:
        builders.make_contact(customer, email="jan@atelier-janssens.example")
        builders.make_member(customer, MembershipRole.VIEWER, "jan@atelier-janssens.example", is_active=False)

        assert "Portal access None" in read(client, customer)

    def test_nobody_of_a_customer_that_ended_signs_in(
        self, customer: Customer, customer_user: User, client: Client
    ) -> None:
        builders.make_contact(customer, email=customer_user.email)
        assert "Portal access Signs in" in read(client, customer)

        Customer.objects.filter(pk=customer.pk).update(status=CustomerStatus.ENDED)

        assert "Portal access None" in read(client, customer)

    def test_is_asked_for_where_the_role_needs_it(
        self, customer: Customer, els: Contact, approver: User, client: Client
    ) -> None:
        builders.assign(customer, Role.TECHNICAL, els)
        assert "Portal access Not confirmed yet" in read(client, customer)

        Contact.objects.filter(pk=els.pk).update(access_confirmed_at=timezone.now(), access_confirmed_by=approver)

        assert "Portal access Confirmed by Arxus" in read(client, customer)

    def test_is_not_spoken_of_for_a_list(self, customer: Customer, client: Client) -> None:
        builders.make_contact(customer, first_name="", last_name="Service desk", kind=ContactKind.LIST)

        said = read(client, customer)

        assert "Service desk This customer Distribution list" in said
        assert "Portal access" not in said


class TestTheCustomersWhereSomebodyFillsARole:
    def test_are_one_link_away(self, customer: Customer, els: Contact, partner: Partner, client: Client) -> None:
        other = builders.make_customer(partner, name="Bakkerij Maes")
        builders.make_customer(partner, name="Elsewhere NV")
        for each in (customer, other):
            builders.assign(each, Role.TECHNICAL, els)

        links = links_of(client.get(f"/customers/{customer.number}/contacts/"))
        address = f"/customers/?holder={els.number}&sort=name"

        assert address in links
        said = text_of(client.get(address))
        assert ("Bakkerij Maes" in said, customer.name in said, "Elsewhere NV" in said) == (True, True, False)

    def test_are_no_link_for_the_customers_own_people(self, customer: Customer, client: Client) -> None:
        builders.assign(customer, Role.DPO, builders.make_contact(customer))

        assert not [
            link for link in links_of(client.get(f"/customers/{customer.number}/contacts/")) if "holder" in link
        ]


class TestItsOwnPeople:
    def test_see_everybody_but_no_list_of_customers_and_no_access_of_the_partners(
        self, customer: Customer, els: Contact, partner: Partner, customer_user: User, signed_in: SignIn
    ) -> None:
        builders.assign(customer, Role.TECHNICAL, els)
        builders.make_contact(customer, first_name="Jan", last_name="Callens", email=customer_user.email)
        builders.make_contact(partner, last_name="Somebody else")

        response = signed_in(customer_user).get(f"/customers/{customer.number}/contacts/")
        said = text_of(response)

        assert "Els Maes Brightcloud Technical els.maes@brightcloud.example" in said
        assert "Jan Callens Your company No role" in said
        assert said.count("Portal access") == 1
        assert "Somebody else" not in said
        assert not [link for link in links_of(response) if link.startswith("/customers/?")]

    def test_see_those_of_no_other_company(
        self, customer: Customer, partner: Partner, customer_user: User, signed_in: SignIn
    ) -> None:
        other = builders.make_customer(partner)

        assert signed_in(customer_user).get(f"/customers/{other.number}/contacts/").status_code == 404


def test_approvers_correct_a_contact_and_csms_do_not(
    customer: Customer, els: Contact, approver: User, csm: User, signed_in: SignIn
) -> None:
    builders.assign(customer, Role.TECHNICAL, els)
    address = f"/admin/contacts/contact/{els.pk}/change/"

    offered = [
        address in links_of(signed_in(user).get(f"/customers/{customer.number}/contacts/")) for user in (approver, csm)
    ]

    assert offered == [True, False]


def test_nobody_yet_is_said(partner: Partner, client: Client) -> None:
    assert "No contacts" in read(client, builders.make_customer(partner))


def test_many_are_paged_and_cost_the_same(
    customer: Customer,
    partner: Partner,
    client: Client,
    django_assert_num_queries: Callable[..., Any],
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    address = f"/customers/{customer.number}/contacts/?sort=name"
    request_builders.fill_roles(customer)
    with django_assert_max_num_queries(10) as counted:
        client.get(address)
    Contact.objects.bulk_create(
        Contact(customer=customer, last_name=f"Person {serial:03}", email=f"person{serial}@somewhere.example")
        for serial in range(195)
    )

    with django_assert_num_queries(len(counted)):
        first = client.get(address)

    assert "Contacts 200" in text_of(first)
    assert text_of(first).count("This customer") == 50
    assert "Person 194" in text_of(client.get(f"{address}&page=4"))
    assert f"{address}&page=2" in [link if link[0] == "/" else address.split("?")[0] + link for link in links_of(first)]
