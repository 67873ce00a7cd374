"""Synthetic customers: as many as wanted, as real as any, the same every time."""

from collections import Counter
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django.fixtures import Settings

from contacts.assignment import judge
from contacts.models import Contact, RoleAssignment
from contacts.policy import EvidenceKind, Role
from contacts.roster import Roster
from contacts.search_drift import drifts
from contacts.violations import Severity
from customers import phone, vat
from customers.models import Customer, CustomerSearch, Partner
from customers.relationships import Relationship
from portal.models import User
from portal.synthetic import companies
from portal.synthetic.portfolio import partner_name, sizes
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _tried_out_locally(settings: Settings) -> None:
    settings.LOCAL = True


def create(customers: int = 150, partners: int = 3, seed: int = 7) -> str:
    told = StringIO()
    call_command("create_synthetic", customers=customers, partners=partners, seed=seed, stdout=told)
    return told.getvalue()


@pytest.fixture
def customers(db: None) -> list[Customer]:
    create()
    return list(Customer.objects.select_related("partner").order_by("pk"))


def test_there_are_as_many_as_asked_for_of_as_many_partners(customers: list[Customer]) -> None:
    assert (len(customers), Partner.objects.count()) == (150, 3)
    assert {customer.partner.name for customer in customers} == {partner_name(place, 7) for place in range(3)}


def test_every_number_is_one_that_the_portal_itself_would_take(customers: list[Customer]) -> None:
    for customer in customers:
        assert str(vat.parse(customer.vat_number)) == customer.vat_number
        assert phone.parse(customer.phone, str(customer.country)).e164 == customer.phone
    for contact in Contact.objects.exclude(phone=""):
        assert phone.parse(contact.phone, "BE").e164 == contact.phone
    assert len({customer.number for customer in customers}) == len(customers)


@pytest.mark.usefixtures("customers")
def test_a_few_customers_have_something_to_mend_and_a_few_are_ended() -> None:
    create(customers=1_000, partners=2, seed=8)

    gaps = Counter(CustomerSearch.objects.values_list("gap", flat=True))
    kinds = {code.partition(":")[0] for code in gaps} - {""}
    assert kinds >= {"role_empty", "missing", "phone_missing", "has_left"}
    assert 1_150 * 0.04 < 1_150 - gaps[""] < 1_150 * 0.08
    assert 1_150 * 0.01 < Customer.objects.filter(status="ended").count() < 1_150 * 0.05


@pytest.mark.usefixtures("customers")
def test_every_partner_has_a_customer_success_manager_who_cannot_sign_in() -> None:
    managers = User.objects.filter(partners__isnull=False).distinct()

    assert managers.count() == 3
    assert all(one.is_staff and not one.has_usable_password() for one in managers)
    assert {group.name for one in managers for group in one.groups.all()} == {"CSMs"}


@pytest.mark.usefixtures("customers")
def test_where_nothing_is_to_be_mended_every_role_is_filled_as_the_policy_asks() -> None:
    for customer in Customer.objects.filter(search__gap="").select_related("partner"):
        held = RoleAssignment.objects.filter(customer=customer).select_related("contact")
        roster = Roster(
            relationship=Relationship(customer.relationship),
            uses_secwise_watch=customer.uses_secwise_watch,
            holders={Role(one.role): one.contact.number for one in held},
            signing_authority=True,
        )
        found = judge(partner=customer.partner, customer=customer, roster=roster, evidence=set(EvidenceKind))
        assert [one.code for one in found if one.severity is Severity.BLOCK] == []


@pytest.mark.usefixtures("customers")
def test_every_customer_is_found_by_what_it_is_found_by_otherwise() -> None:
    assert list(drifts()) == []


@pytest.mark.usefixtures("customers")
def test_a_second_run_with_the_same_seed_changes_nothing_and_says_so() -> None:
    with pytest.raises(CommandError, match="are here already"):
        create()

    assert Customer.objects.count() == 150


@pytest.mark.usefixtures("customers")
def test_another_seed_makes_others_beside_them() -> None:
    create(customers=40, partners=2, seed=8)

    assert (Customer.objects.count(), Partner.objects.count()) == (190, 5)


def test_the_same_seed_makes_the_same_customers(customers: list[Customer]) -> None:
    names = [(one.number, one.name, one.vat_number, one.status) for one in customers]
    people = list(Contact.objects.order_by("number").values_list("number", "email"))
    RoleAssignment.objects.all().delete()
    Contact.objects.all().delete()
    Customer.objects.all().delete()
    Partner.objects.all().delete()

    create()

    again = Customer.objects.order_by("pk")
    assert [(one.number, one.name, one.vat_number, one.status) for one in again] == names
    assert list(Contact.objects.order_by("number").values_list("number", "email")) == people


def test_indexes_constraints_and_keys_are_as_before() -> None:
    before = structure()
    create()

    assert structure() == before
    partner = builders.make_partner("A partner of our own")
    customer = builders.make_customer(partner, vat_number="BE0999123457")
    builders.make_contact(customer)


def structure() -> list[Any]:
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'")
        indexes = cursor.fetchall()
        cursor.execute("SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint")
        return sorted(indexes) + sorted(cursor.fetchall())


@pytest.mark.parametrize(("customers", "partners"), [(0, 1), (10, 11), (10, 0), (-5, 1), (5_000_001, 3)])
def test_numbers_that_make_no_sense_are_refused(customers: int, partners: int) -> None:
    with pytest.raises(CommandError, match="From 1 to"):
        create(customers=customers, partners=partners)

    assert not Partner.objects.exists()


def test_a_server_with_customers_is_left_alone_unless_told(settings: Settings) -> None:
    settings.LOCAL = False
    builders.make_customer(builders.make_partner("A real one"))

    with pytest.raises(CommandError, match="--force"):
        create()

    assert Customer.objects.count() == 1


@pytest.mark.parametrize(("customers", "partners"), [(1, 1), (100, 7), (10_000, 6), (1_000_000, 619)])
def test_one_partner_is_large_and_the_shares_add_up(customers: int, partners: int) -> None:
    shares = sizes(customers, partners, seed=1)

    assert (sum(shares), len(shares)) == (customers, partners)
    assert shares == sorted(shares, reverse=True)
    if customers == 1_000_000:
        assert shares[0] == 50_000
        assert shares[-1] >= 200
        assert shares[1] <= 7_000


@pytest.mark.parametrize("country", ["BE", "NL", "FR", "DE", "LU"])
def test_no_two_companies_share_a_number(country: str) -> None:
    made = [companies.vat_number(country, serial) for serial in range(0, 899_999, 97)]

    assert len(set(made)) == len(made)
    assert [str(vat.parse(number)) for number in made[::100]] == made[::100]
