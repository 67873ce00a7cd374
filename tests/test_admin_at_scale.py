"""Django admin with much in it and odd things asked of it: quick lists, names instead of long selects, no crash."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from contacts.models import Contact
from contacts.policy import Role
from customers.admin_parts import UncountedPaginator
from customers.models import Customer, Event, Membership, Partner
from customers.permissions import MembershipRole
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.hostile import TEXTS
from tests.portal.reading import text_of
from tests.test_admin_accounts import members, partner_form
from tests.test_admin_master_data import change, details, listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(db: None, signed_in: SignIn) -> Client:
    return signed_in(User.objects.create_superuser("root@arxus.example", builders.PASSWORD))


def ours() -> dict[str, Any]:
    """The tables of ours that have a list in admin, with its model admin."""
    found = {}
    for model, model_admin in admin.site._registry.items():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        try:
            reverse(f"admin:{name}_changelist")
        except NoReverseMatch:
            continue
        if model._meta.app_label in ("customers", "contacts", "approvals", "portal", "auth"):
            found[name] = model_admin
    return found


OWN_PAGES = {"approvals_registrationrequest", "approvals_thread"}


def test_no_list_counts_a_whole_table() -> None:
    counting = {
        name
        for name, model_admin in ours().items()
        if name not in OWN_PAGES
        and (model_admin.show_full_result_count or model_admin.paginator is not UncountedPaginator)
    }

    assert counting == set()


@pytest.mark.parametrize("model", ["customers_customer", "contacts_contact", "portal_user", "customers_membership"])
def test_a_list_of_thousands_keeps_within_ten_queries(
    model: str, root: Client, partner: Partner, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    industry = builders.make_industry()
    users = User.objects.bulk_create(User(email=f"member{number}@many.example") for number in range(2_000))
    Membership.objects.bulk_create(Membership(user=user, partner=partner, role="viewer") for user in users)
    Customer.objects.bulk_create(
        Customer(
            partner=partner,
            name=f"Company {number}",
            vat_number=builders.belgian_vat(number),
            relationship="reseller",
            phone="+3225550142",
            street="Kanaalkade 14",
            country="BE",
            industry=industry,
        )
        for number in range(2_000)
    )
    Contact.objects.bulk_create(
        Contact(partner=partner, last_name=f"Name {number}", email=f"{number}@many.example") for number in range(2_000)
    )

    for query in ("", "?q=9", "?p=3"):
        with django_assert_max_num_queries(10):
            assert root.get(listing(model) + query).status_code == 200


@pytest.mark.parametrize("model", ["customers_customer", "customers_partner", "customers_membership", "portal_user"])
def test_no_form_lists_a_long_table(model: str, root: Client, partner: Partner, onboarder: User) -> None:
    hidden = builders.make_customer(partner, name="Hidden in no list NV")
    rows = {
        "customers_customer": builders.make_customer(partner).pk,
        "customers_partner": partner.pk,
        "customers_membership": onboarder.membership.pk,
        "portal_user": onboarder.pk,
    }
    builders.make_partner("Hidden Partner")
    builders.make_user("hidden@many.example")

    content = root.get(change(model, rows[model])).content.decode()

    for name in (hidden.name, hidden.number, "Hidden Partner", "hidden@many.example"):
        assert name not in content


# --- Names ----------------------------------------------------------------------------------------------------------


def test_a_row_is_chosen_by_its_name_however_typed(root: Client, customer: Customer, partner: Partner) -> None:
    for typed in (
        {"user": "ONE@many.example ", "partner": "brightCLOUD"},
        {"user": "two@many.example", "customer": customer.number.lower()},
    ):
        user = builders.make_user(typed["user"].strip().lower())
        assert root.post(reverse("admin:customers_membership_add"), typed | {"role": "viewer"}).status_code == 302
        assert Membership.objects.get(user=user).role == "viewer"


@pytest.mark.parametrize("text", ["nobody@many.example", "1", *TEXTS])
@pytest.mark.parametrize("field", ["user", "partner", "customer"])
def test_a_name_there_is_not_is_told_at_its_field(field: str, text: str, root: Client) -> None:
    response = root.post(reverse("admin:customers_membership_add"), {"role": "viewer", field: text})

    assert response.status_code in (200, 400)
    assert Membership.objects.count() == 0


def test_a_form_opens_with_the_names_and_saves_unchanged(root: Client, onboarder: User, partner: Partner) -> None:
    address = change("customers_membership", onboarder.membership.pk)
    page = root.get(address)
    assert b'value="reseller@brightcloud.example"' in page.content
    assert b'value="Brightcloud"' in page.content

    root.post(address, {"user": onboarder.email, "partner": partner.name, "customer": "", "role": "viewer"})

    event = Event.objects.get(action="membership.changed")
    assert (event.facts["before"], event.facts["after"]) == ({"role": "onboarder"}, {"role": "viewer"})


def test_an_industry_is_typed_and_a_retired_one_stays_where_it_is(root: Client, customer: Customer) -> None:
    retired = builders.make_industry("Z", name="Whaling", retired=True)
    address = change("customers_customer", customer.pk)

    refused = root.post(address, details(customer, industry="whaling"))
    Customer.objects.filter(pk=customer.pk).update(industry=retired)
    kept = root.post(address, details(customer, industry="Whaling"))

    assert "There is no industry of this name." in text_of(refused)
    assert kept.status_code == 302


@pytest.mark.parametrize(
    ("model", "field", "term", "suggested"),
    [
        ("membership", "user", "lotte", {"value": "reseller@brightcloud.example", "text": "Lotte Verlinden"}),
        ("membership", "partner", "bright", {"value": "Brightcloud", "text": "Brightcloud"}),
        ("event", "partner", "BRIGHT", {"value": "Brightcloud", "text": "Brightcloud"}),
        ("membership", "customer", "janss", None),
    ],
)
def test_names_are_suggested(
    model: str,
    field: str,
    term: str,
    suggested: dict[str, str] | None,
    root: Client,
    onboarder: User,
    customer: Customer,
) -> None:
    asked = {"app_label": "customers", "model_name": model, "field_name": field, "term": term}

    answer = root.get(reverse("admin:autocomplete"), asked).json()

    assert answer["results"] == [suggested or {"value": customer.number, "text": "Atelier Janssens BV"}]


def test_suggestions_are_for_whoever_may_see_the_rows(
    approver: User, csm: User, onboarder: User, signed_in: SignIn
) -> None:
    asked = {"app_label": "customers", "model_name": "membership", "field_name": "user", "term": "lotte"}
    bare = builders.make_user(is_staff=True)

    answers = [
        signed_in(user).get(reverse("admin:autocomplete"), asked).status_code
        for user in (approver, csm, bare, onboarder)
    ]

    assert answers == [200, 403, 403, 302]


# --- Odd addresses and tampered forms -------------------------------------------------------------------------------


KEYS = ["9" * 30, "9" * 19, "-1", "0", "1.5", "x", "%00", "²"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_a_key_there_is_not_is_not_found(page: str, key: str, root: Client) -> None:
    for name in ours():
        if name not in OWN_PAGES:
            address = listing(name) + f"{key}/{page}/"
            assert (name, root.get(address).status_code in (302, 400, 403, 404)) == (name, True)


@pytest.mark.parametrize("key", KEYS)
def test_a_key_in_a_list_of_chosen_rows_is_never_a_crash(key: str, root: Client) -> None:
    for name in ours():
        if name in OWN_PAGES:
            continue
        chosen = {"action": "delete_selected", "_selected_action": [key], "index": "0"}
        assert root.post(listing(name), chosen).status_code in (200, 302, 400, 403, 405)


@pytest.mark.parametrize("key", ["9" * 30, "9" * 19, "-1", "0", "", "x", "nobody@many.example", "\x00"])
@pytest.mark.parametrize("field", ["user", "id", "partner", "role"])
def test_a_tampered_member_of_a_partner_is_refused_and_nothing_changes(
    field: str, key: str, root: Client, partner: Partner, onboarder: User
) -> None:
    row = {"id": onboarder.membership.pk, "partner": partner.pk, "user": onboarder.email, "role": "onboarder"}

    response = root.post(
        change("customers_partner", partner.pk), partner_form(partner, **members(row | {field: key}, initial=1))
    )

    assert response.status_code in (200, 302, 400)
    assert list(Membership.objects.values_list("user", "partner", "role")) == [
        (onboarder.pk, partner.pk, MembershipRole.ONBOARDER)
    ]


def test_members_of_another_partner_are_not_changed_through_this_one(
    root: Client, partner: Partner, stranger: User
) -> None:
    row = {"id": stranger.membership.pk, "partner": partner.pk, "user": stranger.email, "role": "viewer"}

    root.post(change("customers_partner", partner.pk), partner_form(partner, **members(row, initial=1)))

    stranger.membership.refresh_from_db()
    assert (stranger.membership.partner != partner, stranger.membership.role) == (True, "onboarder")


def test_what_superusers_change_about_accounts_and_lists_is_on_record(root: Client, customer: Customer) -> None:
    user = builders.make_user("new@arxus.example")
    data = {"email": user.email, "first_name": "Robin", "last_name": "Peeters", "is_active": "on", "is_staff": "on"}
    root.post(change("portal_user", user.pk), data)
    industry = customer.industry
    root.post(
        change("customers_industry", industry.pk),
        {"code": industry.code, "name": "Logistics", "examples": "", "order": "8"},
    )

    account, entry = Event.objects.order_by("pk")
    assert (account.action, account.facts["before"], account.facts["after"]) == (
        "user.changed",
        {"is_staff": False},
        {"is_staff": True},
    )
    assert (entry.action, entry.partner, entry.facts["after"]["name"]) == ("industry.changed", None, "Logistics")


def test_the_lists_of_roles_are_searched_as_customers_are(root: Client, customer: Customer, partner: Partner) -> None:
    builders.assign(customer, Role.DPO, builders.make_contact(customer))
    other = builders.make_customer(partner, name="Windroos NV")
    builders.assign(other, Role.DPO, builders.make_contact(other))

    found = root.get(listing("contacts_roleassignment"), {"q": "jans ateli"}).context["cl"].result_list

    assert [assignment.customer for assignment in found] == [customer]
