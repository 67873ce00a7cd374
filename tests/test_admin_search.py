"""What Django admin does to what is searched, and what it finds."""

import pytest
from django.test import Client
from django.urls import reverse

from contacts.search_drift import drifts
from customers.models import CustomerSearch, Partner
from portal.models import User
from tests import builders
from tests.conftest import SignIn
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
