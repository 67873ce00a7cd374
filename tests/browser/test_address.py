"""The address of the details step in a real browser: it follows the country, and says at once what is odd."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from portal.models import User
from tests.portal.onboarding.walk import Walk, address

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def details(page: Page, onboarder: User, sign_in: Callable[[User], None]) -> Page:
    """The details page of a fresh draft."""
    client = Client()
    client.force_login(onboarder)
    walk = Walk(client)
    walk.start()
    sign_in(onboarder)
    page.goto(address(walk.draft, "details"))
    return page


def test_another_country_changes_the_fields_and_keeps_what_was_typed(details: Page) -> None:
    details.get_by_label("Company name").fill("Canal Ltd")
    details.get_by_label("Street and number").fill("1 Canal Street")
    details.get_by_label("City").fill("Birmingham")
    details.get_by_label("Country", exact=True).focus()
    details.get_by_label("Country", exact=True).select_option("GB")
    expect(details.get_by_label("Town")).to_have_value("Birmingham")
    expect(details.get_by_label("Street and number")).to_have_value("1 Canal Street")
    expect(details.get_by_label("Company name")).to_have_value("Canal Ltd")
    expect(details.get_by_label("Country", exact=True)).to_be_focused()
    expect(details.get_by_text("are of two countries")).to_be_visible()
    expect(details.get_by_role("button", name="Show its fields")).to_have_count(0)
    town, postcode = details.locator("#id_city").bounding_box(), details.locator("#id_postcode").bounding_box()
    assert town is not None
    assert postcode is not None
    assert town["x"] < postcode["x"]


def test_a_postcode_offers_its_towns_and_another_town_is_pointed_out(details: Page) -> None:
    details.get_by_label("Postcode").fill("1050")
    details.get_by_label("City").focus()
    expect(details.locator("#towns option")).to_have_count(4)
    assert details.locator("#towns option").evaluate_all("options => options.map(option => option.value)") == [
        "Brussel",
        "Bruxelles",
        "Elsene",
        "Ixelles",
    ]
    expect(details.get_by_label("City")).to_be_focused()
    details.get_by_label("City").fill("Gent")
    details.get_by_label("Phone number").focus()
    expect(details.locator("#id_city_hint")).to_contain_text("1050 is the postcode of Brussel / Bruxelles")
    details.get_by_label("City").fill("Elsene")
    details.get_by_label("Phone number").focus()
    expect(details.locator("#id_city_hint")).to_be_empty()


def test_what_is_typed_meanwhile_is_not_lost(details: Page) -> None:
    details.get_by_label("Postcode").fill("2300")
    details.get_by_label("City").press_sequentially("Turnhout", delay=30)
    expect(details.locator("#towns option")).to_have_count(1)
    expect(details.get_by_label("City")).to_have_value("Turnhout")


def test_a_phone_number_in_no_plan_is_pointed_out_at_once(details: Page) -> None:
    details.get_by_label("Phone number").fill("+32 440 12 34 56")
    details.get_by_label("Company name").focus()
    expect(details.locator("#id_phone_hint")).to_contain_text("in no numbering plan we know")
