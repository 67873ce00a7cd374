"""The VAT step: what the partner has already, what others have, and what is typed."""

import pytest
from django.urls import reverse

from approvals.models import RegistrationRequest
from customers.models import CustomerStatus, Partner
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.onboarding.walk import NUMBER, Page, Walk, address


def refused(walk: Walk, vat_number: str = NUMBER) -> tuple[list[str], str]:
    response = walk.start(vat_number)
    assert response.status_code == 200
    return list(response.context["form"].errors["vat_number"]), response.content.decode()


def test_a_customer_of_ones_own_is_linked_to(walk: Walk, partner: Partner) -> None:
    customer = builders.make_customer(partner, name="Atelier Janssens BV", vat_number=NUMBER)
    errors, page = refused(walk)
    assert errors == ["Atelier Janssens BV, with this number, is already your customer."]
    assert f'href="{reverse("customer", args=[customer.number])}"' in page
    assert RegistrationRequest.objects.count() == 0


def test_the_draft_of_a_colleague_is_linked_to_with_its_owner(walk: Walk, colleague: User, signed_in: SignIn) -> None:
    Walk(signed_in(colleague)).start()
    errors, page = refused(walk)
    assert errors == [f"Pieter Maes has already started a draft with this number: {walk.draft.reference}."]
    assert f'href="{address(walk.draft, "review")}"' in page
    assert RegistrationRequest.objects.count() == 1


def test_ones_own_draft_that_has_only_just_begun_goes_on(walk: Walk) -> None:
    walk.start()
    assert walk.start().url == address(walk.draft, "details")
    assert RegistrationRequest.objects.count() == 1


def test_ones_own_draft_that_is_further_is_named_and_linked_to(walk: Walk) -> None:
    walk.to_contacts()
    errors, page = refused(walk)
    assert errors == [f"You have already started a draft with this number: {walk.draft.reference}."]
    assert f'href="{address(walk.draft, "review")}"' in page


def test_a_request_of_ones_own_is_linked_to(walk: Walk, own_contact: object) -> None:
    walk.to_review(own_contact)
    walk.confirm()
    reference = walk.draft.reference
    errors, page = refused(walk)
    assert errors == [f"You have already requested a customer with this number: {reference}."]
    assert f'href="{reverse("request", args=[reference])}"' in page


def test_a_customer_that_was_rejected_is_no_obstacle(walk: Walk, partner: Partner) -> None:
    builders.make_customer(partner, vat_number=NUMBER, status=CustomerStatus.REJECTED)
    assert walk.start().status_code == 302


def test_nothing_is_learnt_of_other_partners(
    walk: Walk, other_partner: Partner, stranger: User, signed_in: SignIn
) -> None:
    builders.make_customer(other_partner, name="Atelier Janssens BV", vat_number=NUMBER)
    Walk(signed_in(stranger)).start("NL123456782B90", "NL")
    assert walk.start(NUMBER).status_code == 302
    assert walk.start("NL123456782B90", "NL").status_code == 302


def test_a_draft_does_not_stand_in_its_own_way(walk: Walk) -> None:
    walk.start()
    assert walk.open("vat").press(vat_number=NUMBER, country="BE").url == address(walk.draft, "details")
    assert walk.client.get(address(walk.draft, "vat", "mend")).context["form"].errors == {}


def test_a_draft_cannot_take_the_number_of_another(walk: Walk, partner: Partner) -> None:
    builders.make_customer(partner, name="Atelier Janssens BV", vat_number="NL123456782B90")
    walk.start()
    response = walk.open("vat").press(vat_number="NL123456782B90", country="NL")
    assert response.status_code == 200
    assert walk.draft.vat_number == NUMBER
    assert walk.draft.answers["steps"]["vat"]["vat_number"] == "NL123456782B90"
    assert walk.draft.answers["done"] == []


def test_the_country_begins_with_the_partners(walk: Walk, stranger: User, signed_in: SignIn) -> None:
    for client, country in ((walk.client, "BE"), (signed_in(stranger), "NL")):
        page = Page(client, reverse("add-customer"))
        assert page.response.context["form"]["country"].value() == country


def test_the_number_is_shown_as_understood(walk: Walk) -> None:
    walk.start("nl 1234567 82 b90", "NL")
    page = walk.open("details").response.content.decode()
    assert '<strong class="num">NL 123456782B90</strong>' in page
    assert "Netherlands" in page


BAD = [
    "",
    "   ",
    "BE0202239952",
    "BE9999999999",
    "BE0000000097",
    "2100000000",
    "ВЕ0202239951",
    "NL123456789B01",
    "EU372000041",
    "BE02022\x0039951",
    "<script>alert(1)</script>",
    "{{7*7}} %(x)s",
    "'; drop table customers_customer; --",
    "9" * 10_000,
]


@pytest.mark.parametrize("typed", BAD)
def test_what_is_no_number_is_explained_and_kept_on_the_page(walk: Walk, typed: str) -> None:
    response = Page(walk.client, reverse("add-customer")).press(vat_number=typed, country="BE")
    assert response.status_code == 200
    assert len(response.context["form"].errors["vat_number"]) == 1
    assert response.context["form"]["vat_number"].value() == typed
    assert b"<title>Error: " in response.content
    assert b"<script>alert" not in response.content
    assert RegistrationRequest.objects.count() == 0


@pytest.mark.parametrize("typed", BAD)
def test_what_is_no_number_is_kept_in_the_draft(walk: Walk, typed: str) -> None:
    walk.start()
    response = walk.open("vat").press(vat_number=typed, country="BE")
    assert response.status_code == 200
    assert walk.draft.vat_number == NUMBER
    kept = walk.open("vat").response.context["form"]["vat_number"].value()
    assert kept == typed.replace("\x00", "")


@pytest.mark.parametrize("country", ["ZZ", "be", "", "\x00", "<b>"])
def test_a_country_there_is_not_is_refused(walk: Walk, country: str) -> None:
    response = walk.start(NUMBER, country)
    assert list(response.context["form"].errors) == ["country"]
