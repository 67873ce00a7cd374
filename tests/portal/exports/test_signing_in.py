"""Who comes for a file and has to sign in first is led to where it is to be had, not to a file out of nowhere."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from customers.models import Customer
from portal.models import Export, User
from tests.conftest import SignIn
from tests.portal.directory.saved_views.views_made import saved
from tests.portal.reading import companies_in, links_of, text_of

FILES = re.compile(r"<details[^>]* open>\s*<summary[^>]*>.*?Export", re.DOTALL)


def after_signing_in(client: Client, address: str) -> str:
    """Where somebody who asks for the address is led once signed in."""
    response = client.get(address)
    assert response.status_code == 302
    asked = urlsplit(response["Location"])
    assert asked.path == "/accounts/login/"
    return parse_qs(asked.query)["next"][0]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_a_list_as_a_file_leads_to_the_list_with_its_files_at_hand(
    file_format: str, customers: list[Customer], client: Client, onboarder: User, signed_in: SignIn
) -> None:
    address = f"/customers/export.{file_format}?country=BE&country=NL&sort=-name"

    page = after_signing_in(client, address)
    shown = signed_in(onboarder).get(page)

    assert companies_in(shown) == ["Gamma", "Beta", "Alfa"]
    assert address in links_of(shown)
    assert FILES.search(shown.content.decode())
    assert not FILES.search(signed_in(onboarder).get("/customers/").content.decode())


def test_the_list_of_all_is_not_taken_for_the_view_that_opens_first(
    customers: list[Customer], client: Client, onboarder: User, signed_in: SignIn
) -> None:
    saved(onboarder, address="country=FR")
    onboarder.saved_views.update(is_default=True)

    page = after_signing_in(client, "/customers/export.csv")

    assert companies_in(signed_in(onboarder).get(page)) == ["Alfa", "Beta", "Gamma"]


def test_a_file_made_in_the_background_leads_to_its_page(client: Client, onboarder: User, signed_in: SignIn) -> None:
    export = Export.objects.create(
        owner=onboarder, partner=onboarder.membership.partner, format="csv", language="en", address="sort=-name"
    )

    page = after_signing_in(client, f"/customers/exports/{export.number}/file/")

    assert page == f"/customers/exports/{export.number}/"
    assert export.number in text_of(signed_in(onboarder).get(page))


def test_whoever_is_signed_out_learns_nothing_of_what_there_is(client: Client) -> None:
    for address in ("/customers/exports/EXP-0000-0000/file/", "/customers/export.csv?view=V-0000-0000"):
        after_signing_in(client, address)
        assert client.post(address).status_code == 302
