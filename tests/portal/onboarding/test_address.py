"""The details step: the address asks for what its country needs, and what is odd is said and stops nobody."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Contact
from customers.models import Customer
from tests.portal.onboarding.walk import DETAILS, Page, Walk, address, contacts_of

ODD = {"postcode": "2300", "city": "Gent", "phone": "+32 440 12 34 56"}
OTHER_TOWN = "2300 is the postcode of Turnhout, and you typed Gent. Go on if that is right: Arxus sees it."
NO_PLAN = "The phone number is in no numbering plan we know. Check it: new ranges are taken all the same."


def said(page: Any) -> dict[str, list[str]]:
    form = getattr(page, "context", None) or page.response.context
    return {name: words for name in form["form"].HINTED if (words := form["form"].hints_of(name))}


def order(page: Any) -> list[str]:
    shown = page.content.decode()
    places = {name: shown.find(f'name="{name}"') for name in ("street", "postcode", "city", "country")}
    return sorted((name for name, place in places.items() if place >= 0), key=lambda name: places[name])


def refreshed(walk: Walk, **typed: Any) -> Any:
    return walk.open("details").press("refresh", **DETAILS | typed)


def test_a_fresh_page_says_nothing(walk: Walk) -> None:
    walk.start()
    page = walk.open("details")
    assert said(page) == {}
    assert page.response.context["form"].town_names == []


def test_what_is_odd_lets_through_and_stands_on_the_review_and_beside_its_field(
    walk: Walk, own_contact: Contact
) -> None:
    walk.to_contacts(**ODD)
    page = walk.open("details", "change")
    assert said(page) == {"city": [OTHER_TOWN], "phone": [NO_PLAN]}
    shown = page.response.content.decode()
    assert 'aria-describedby="id_city_hint"' in shown
    assert 'aria-describedby="id_phone_helptext id_phone_hint"' in shown
    assert page.press(**DETAILS | ODD).status_code == 302
    walk.open("contacts").press(**contacts_of(own_contact))
    review = walk.open("review").response.context["review"]
    warned = {notice.text: notice.url for notice in review.warnings}
    assert [warned[OTHER_TOWN], warned[NO_PLAN]] == [address(walk.draft, "details", "change")] * 2
    walk.confirm()
    customer = Customer.objects.get()
    assert (customer.postcode, customer.city, customer.phone) == ("2300", "Gent", "+32440123456")


def test_a_field_with_an_error_is_not_hinted_at_as_well(walk: Walk) -> None:
    walk.start()
    page = walk.open("details").press(**DETAILS | ODD | {"city": "", "phone": "112"})
    assert said(page) == {}
    assert list(page.context["form"].errors) == ["city", "phone"]


@pytest.mark.parametrize(
    ("country", "fields", "labels"),
    [
        ("BE", ["street", "postcode", "city", "country"], ["Street and number", "Postcode", "City", "Country"]),
        ("NL", ["street", "postcode", "city", "country"], ["Street and number", "Postcode", "City", "Country"]),
        ("GB", ["street", "city", "postcode", "country"], ["Street and number", "Postcode", "Town", "Country"]),
        ("IE", ["street", "city", "postcode", "country"], ["Street and number", "Eircode", "City", "Country"]),
        ("US", ["street", "city", "postcode", "country"], ["Street and number", "ZIP code", "City", "Country"]),
        ("HU", ["city", "street", "postcode", "country"], ["Street and number", "Postcode", "City", "Country"]),
        ("JP", ["postcode", "city", "street", "country"], ["Street and number", "Postcode", "City", "Country"]),
        ("SG", ["street", "postcode", "city", "country"], ["Street and number", "Postcode", "City", "Country"]),
    ],
)
def test_another_country_has_its_own_order_and_names(
    walk: Walk, country: str, fields: list[str], labels: list[str]
) -> None:
    walk.start()
    page = refreshed(walk, country=country)
    assert order(page) == fields
    form = page.context["form"]
    assert [str(form[name].label) for name in ("street", "postcode", "city", "country")] == labels
    assert form["name"].value() == DETAILS["name"]


def test_a_country_without_postcodes_shows_the_field_only_where_something_stands_in_it(walk: Walk) -> None:
    walk.start()
    assert order(refreshed(walk, country="AE", postcode="")) == ["street", "city", "country"]
    typed = refreshed(walk, country="AE", postcode="1234")
    assert order(typed) == ["street", "city", "postcode", "country"]
    assert said(typed)["postcode"] == [
        "Addresses in this country (United Arab Emirates) have no postcode. Take it out if it is not needed."
    ]


def test_where_addresses_need_a_state_the_city_takes_it(walk: Walk) -> None:
    walk.start()
    assert str(refreshed(walk, country="US").context["form"]["city"].help_text) == "With the state."
    assert str(refreshed(walk, country="BE").context["form"]["city"].help_text) == ""


def test_the_towns_of_a_postcode_are_offered(walk: Walk) -> None:
    walk.start()
    page = refreshed(walk, postcode="b-1050", city="")
    assert page.context["form"].town_names == ["Brussel", "Bruxelles", "Elsene", "Ixelles"]
    assert '<option value="Ixelles"></option>' in page.content.decode()
    assert refreshed(walk, country="NL", postcode="1012 AB").context["form"].town_names == []
    assert refreshed(walk, postcode="x").context["form"].town_names == []


def test_showing_the_page_again_saves_and_scolds_nothing(walk: Walk) -> None:
    walk.start()
    before = walk.draft
    page = walk.open("details")
    with CaptureQueriesContext(connection) as captured:
        response = page.press("refresh", country="ZZ", name="", phone="112", postcode="\x00", city="x" * 20_000)
    assert response.status_code == 200
    assert response.context["form"].errors == {}
    assert len(captured) <= 8
    assert (walk.draft.version, walk.draft.answers) == (before.version, before.answers)


def test_an_address_in_another_country_than_the_number_is_hinted_at(walk: Walk) -> None:
    walk.start()
    words = (
        "The VAT number (Belgium) and the address (Netherlands) are of two countries. "
        "Go on if that is right: Arxus sees it."
    )
    assert said(refreshed(walk, country="NL", postcode="1012 AB", phone="+31207940800")) == {"country": [words]}


def test_without_scripts_a_button_asks_for_the_fields_of_a_country(walk: Walk) -> None:
    walk.start()
    page: Page = walk.open("details")
    assert '<button class="btn btn-outline-secondary mb-3" type="submit" name="intent" value="refresh">' in (
        page.response.content.decode()
    )
