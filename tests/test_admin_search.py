"""What Django admin does to what is searched, and what it finds."""

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import Contact
from contacts.search_drift import drifts
from customers.models import Customer, CustomerSearch, Partner
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.reading import text_of
from tests.test_admin_accounts import members, partner_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(approver: User, signed_in: SignIn) -> Client:
    return signed_in(approver)


def test_a_partner_that_is_renamed_is_sorted_under_its_new_name_at_once(
    staff: Client, partner: Partner, other_partner: Partner
) -> None:
    for owner in (partner, partner, other_partner):
        builders.make_customer(owner)
    address = reverse("admin:customers_partner_change", args=[partner.pk])

    staff.post(address, partner_form(partner, name="Ærø & Zonen", **members()))

    renamed = CustomerSearch.objects.filter(partner=partner).values_list("partner_sort", flat=True)
    assert list(renamed) == ["aero zonen"] * 2
    assert list(drifts()) == []


def test_a_partner_that_keeps_its_name_has_its_rows_left_alone(
    staff: Client, partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("customers.search_rows.rename", lambda _partner: pytest.fail("Written without need."))
    address = reverse("admin:customers_partner_change", args=[partner.pk])

    response = staff.post(address, partner_form(partner, country="NL", **members()))

    assert response.status_code == 302


CONTACTS = "admin:contacts_contact_changelist"


@pytest.fixture
def zoe(customer: Customer) -> Contact:
    builders.make_contact(customer, first_name="Zeno", last_name="Broeckx")
    return builders.make_contact(
        customer, first_name="Zoë", last_name="Van den Broeck", email="z.broeck@cloud-9.example", phone="+32470991234"
    )


@pytest.mark.parametrize(
    "typed", ["broeck zoe", "Zoë", "z.broeck@cloud", "@cloud-9.example", "0470 99 12 34", "991234", "number"]
)
def test_a_contact_is_found_by_parts_of_whatever_it_is_known_by(typed: str, staff: Client, zoe: Contact) -> None:
    response = staff.get(reverse(CONTACTS), {"q": zoe.number if typed == "number" else typed})

    assert [one.pk for one in response.context["cl"].result_list] == [zoe.pk]


@pytest.mark.parametrize("typed", ["%", "_", "nobody at all"])
def test_what_is_nobodys_finds_nobody(typed: str, staff: Client, zoe: Contact) -> None:
    response = staff.get(reverse(CONTACTS), {"q": typed})

    assert list(response.context["cl"].result_list) == []


def test_of_a_common_word_some_are_shown_and_that_is_said(
    staff: Client, zoe: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("contacts.admin.MOST_FOUND", 1)

    page = staff.get(reverse(CONTACTS), {"q": "broeck"})
    narrower = staff.get(reverse(CONTACTS), {"q": "zoe broeck"})

    assert page.context["cl"].result_count == 1
    said = "More than 1 contacts are found, and these are some of them. Type more to see fewer."
    assert (said in text_of(page), said in text_of(narrower)) == (True, False)
