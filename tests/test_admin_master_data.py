"""Master data in Django admin: who may keep it, what cannot be changed there, and what a change brings along."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from contacts import search_rows
from contacts.policy import Role
from customers.models import Customer, CustomerSearch, CustomerStatus, Event, Partner
from customers.permissions import MembershipRole
from customers.relationships import Relationship
from portal.models import User
from tests import builders
from tests.portal.reading import text_of

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def listing(model: str) -> str:
    return reverse(f"admin:{model}_changelist")


def change(model: str, pk: int) -> str:
    return reverse(f"admin:{model}_change", args=[pk])


@pytest.fixture
def root(db: None, signed_in: SignIn) -> Client:
    return signed_in(User.objects.create_superuser("root@arxus.example", builders.PASSWORD))


@pytest.fixture
def staff(approver: User, signed_in: SignIn) -> Client:
    return signed_in(approver)


LISTS = {
    "customers_customer": (200, 200),
    "contacts_contact": (200, 200),
    "contacts_roleassignment": (200, 200),
    "customers_partner": (200, 200),
    "customers_industry": (200, 200),
    "customers_event": (200, 403),
    "customers_vatcheck": (200, 403),
    "customers_membership": (200, 403),
    "portal_user": (200, 403),
    "auth_group": (403, 403),
}


@pytest.mark.parametrize("model", LISTS)
def test_each_list_is_for_whoever_may_see_it(
    model: str, approver: User, csm: User, onboarder: User, root: Client, signed_in: SignIn, customer: Customer
) -> None:
    bare = builders.make_user(is_staff=True)
    people = [signed_in(approver), signed_in(csm), root, signed_in(bare), signed_in(onboarder), Client()]

    assert [client.get(listing(model)).status_code for client in people] == [*LISTS[model], 200, 403, 302, 302]


@pytest.mark.parametrize("model", LISTS)
def test_the_lists_keep_within_ten_queries(
    model: str,
    root: Client,
    partner: Partner,
    customer: Customer,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for _number in range(20):
        one = builders.make_customer(builders.make_partner())
        builders.assign(one, Role.DPO, builders.make_contact(one))
        builders.make_member(one.partner, MembershipRole.VIEWER)

    with django_assert_max_num_queries(10):
        assert root.get(listing(model)).status_code == 200


@pytest.mark.parametrize(
    "model", ["customers_customer", "contacts_contact", "contacts_roleassignment", "customers_event"]
)
def test_what_comes_out_of_requests_is_added_by_nobody(model: str, root: Client) -> None:
    assert root.get(reverse(f"admin:{model}_add")).status_code == 403
    assert root.post(reverse(f"admin:{model}_add"), {}).status_code == 403


def test_nothing_that_others_point_at_is_deleted_superusers_included(
    root: Client, partner: Partner, customer: Customer, onboarder: User
) -> None:
    contact = builders.make_contact(customer)
    rows = {
        "customers_customer": customer,
        "customers_partner": partner,
        "customers_industry": customer.industry,
        "contacts_contact": contact,
        "contacts_roleassignment": builders.assign(customer, Role.DPO, contact),
        "portal_user": onboarder,
    }

    answers = {
        model: root.post(reverse(f"admin:{model}_delete", args=[row.pk]), {"post": "yes"}).status_code
        for model, row in rows.items()
    }
    bulk = [
        root.post(listing(model), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
        for model, row in rows.items()
    ]

    assert answers == dict.fromkeys(rows, 403)
    assert all(type(row).objects.filter(pk=row.pk).exists() for row in rows.values())
    assert len(bulk) == len(rows)


# --- Customers ------------------------------------------------------------------------------------------------------


def details(customer: Customer, **fields: Any) -> dict[str, Any]:
    values = ("name", "legal_name", "phone", "phone_extension", "street", "postcode", "city", "language")
    return (
        {name: getattr(customer, name) for name in values}
        | {"country": customer.country.code, "industry": customer.industry.name}
        | fields
    )


def test_correcting_a_customer_keeps_its_search_row_and_history_in_step(
    staff: Client, approver: User, customer: Customer
) -> None:
    data = details(customer, name="Ateliers Jansen SA", phone="014 55 01 60", city="Geel", postcode="2440")

    response = staff.post(change("customers_customer", customer.pk), data)

    assert response.status_code == 302
    customer.refresh_from_db()
    assert (customer.name, customer.phone, customer.city) == ("Ateliers Jansen SA", "+3214550160", "Geel")
    assert "ateliers jansen sa" in CustomerSearch.objects.get(pk=customer.pk).doc
    event = Event.objects.get(action="customer.corrected")
    assert (event.customer, event.actor) == (customer, approver)
    assert customer.history.first().history_user == approver


def test_what_was_approved_about_a_customer_cannot_be_changed_by_posting_it(root: Client, partner: Partner) -> None:
    customer = builders.make_customer(partner, status=CustomerStatus.PENDING)
    other = builders.make_partner()
    before = Customer.objects.values().get(pk=customer.pk)

    response = root.post(
        change("customers_customer", customer.pk),
        details(
            customer,
            status="active",
            approved_at_0="2026-01-01",
            approved_at_1="10:00",
            number="C-0000-0000",
            partner=other.pk,
            relationship=Relationship.VALUE_ADD_PARTNER,
            uses_secwise_watch="on",
            vat_number="BE0477472701",
        ),
    )

    assert response.status_code == 302
    assert Customer.objects.values().get(pk=customer.pk) == before


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("phone", "+3212345", "phone"),
        ("name", "two\nlines", "Write this on one line."),
        ("name", "\u200b", "This field is required."),
        ("country", "ZZ", "Select a valid choice."),
    ],
)
def test_a_customers_details_are_checked_as_in_the_wizard(
    field: str, typed: str, words: str, staff: Client, customer: Customer
) -> None:
    response = staff.post(change("customers_customer", customer.pk), details(customer, **{field: typed}))

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == [field]
    assert words in text_of(response)
    assert not Event.objects.exists()


@pytest.mark.parametrize("query", ["janss", "BE 0477.472.701", "Turnhout", "els@anywhere", "550117"])
def test_the_customer_list_is_searched_by_the_folded_row(
    query: str, staff: Client, partner: Partner, customer: Customer
) -> None:
    wanted = builders.make_customer(partner, name="Janßen & Søn", vat_number="BE0477472701", city="Turnhout")
    builders.make_contact(wanted, email="els@anywhere.example", phone="+32470550117")
    Customer.objects.exclude(pk=wanted.pk).update(name="Windroos", city="Geel", phone="+3225550000")
    search_rows.refresh(Customer.objects.all())

    response = staff.get(listing("customers_customer"), {"q": query})

    assert [row.pk for row in response.context["cl"].result_list] == [wanted.pk]


@pytest.mark.parametrize(
    "query", ["?o=999", "?p=99999999", "?partner__memberships__user__password__startswith=p", "?q=%00", "?e=1"]
)
def test_odd_list_addresses_never_break(query: str, staff: Client, customer: Customer) -> None:
    assert staff.get(listing("customers_customer") + query).status_code in (200, 302, 400)


def test_somebody_who_may_only_look_cannot_save_a_customer(csm: User, customer: Customer, signed_in: SignIn) -> None:
    client = signed_in(csm)

    assert client.get(change("customers_customer", customer.pk)).status_code == 200
    response = client.post(change("customers_customer", customer.pk), details(customer, name="Changed"))
    assert response.status_code == 403


@pytest.mark.parametrize("person", ["csm", "root"])
def test_an_old_version_is_read_and_never_brought_back(
    person: str, csm: User, root: Client, customer: Customer, signed_in: SignIn
) -> None:
    client = root if person == "root" else signed_in(csm)
    version = customer.history.first()
    Customer.objects.filter(pk=customer.pk).update(name="Changed since")
    address = reverse("admin:customers_customer_simple_history", args=[customer.pk, version.pk])

    page = client.get(address)
    answer = client.post(address, details(customer))

    assert (page.status_code, answer.status_code) == (200, 403)
    assert b'value="Revert"' not in page.content
    assert Customer.objects.get(pk=customer.pk).name == "Changed since"
