"""The choice of columns: a form whose answer is an address."""

import re

import pytest
from django.test import Client

from customers.models import Customer
from portal.directory.column_choice import moved
from portal.models import User
from tests.conftest import SignIn
from tests.portal.reading import links_of, text_of

USUAL = ("company", "vat", "relationship", "roles", "approved")


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


def ticks(client: Client, address: str) -> list[tuple[str, bool]]:
    """The boxes of the panel in order, and whether each is ticked."""
    page = client.get(address).content.decode()
    boxes = re.findall(r'<input[^>]*name="columns"[^>]*type="checkbox"[^>]*>', page)
    return [(re.findall(r'value="(\w+)"', box)[0], " checked" in box) for box in boxes]


def led_to(client: Client, query: str) -> str:
    response = client.get(f"/customers/columns/?{query}")
    assert response.status_code == 302
    return str(response["Location"])


def test_the_panel_offers_the_columns_of_the_table_first_and_then_the_others(client: Client) -> None:
    others = ["town", "country", "industry", "phone", "number"]
    assert ticks(client, "/customers/") == [
        *((key, True) for key in USUAL[1:]),
        *((key, False) for key in others),
    ]
    assert ticks(client, "/customers/?columns=phone,town")[:4] == [
        ("phone", True),
        ("town", True),
        ("vat", False),
        ("country", False),
    ]


def test_what_is_for_staff_is_offered_to_staff(client: Client, csm: User, signed_in: SignIn) -> None:
    offered = [key for key, _shown in ticks(client, "/customers/")]
    assert [key for key, _shown in ticks(signed_in(csm), "/customers/") if key not in offered] == ["partner", "csm"]


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("columns=company&columns=town&columns=vat", "columns=company,town,vat"),
        # Nothing is ticked: the company alone.
        ("columns=company", "columns=company"),
        ("columns=company&columns=vat&columns=relationship&columns=roles&columns=approved", "view=all"),
        ("columns=company&columns=town&q=anna&country=NL&country=BE&sort=-name&page=after-C-4K7P-M2XN&junk=1",
         "q=anna&country=BE&country=NL&sort=-name&columns=company,town"),
        ("columns=company&columns=town&view=V-4K7P-M2XN", "columns=company,town&view=V-4K7P-M2XN"),
        ("columns=partner&columns=town", "columns=company,town"),
        ("", "view=all"),
    ],
)  # fmt: skip
def test_applying_leads_to_the_table_with_what_was_ticked(query: str, address: str, client: Client) -> None:
    assert led_to(client, query) == f"/customers/?{address}"


def test_an_arrow_moves_one_column_and_leaves_the_panel_open(customer: Customer, client: Client) -> None:
    address = led_to(client, "columns=company&columns=town&columns=vat&columns=roles&move=up-vat")

    assert address == "/customers/?columns=company,vat,town,roles&panel=columns"
    page = client.get(address).content.decode()
    panel = page[: page.index('action="/customers/columns/"')].rindex("<details")
    assert page[panel:].startswith('<details class="menu menu-end push" open>')
    assert "panel=" not in " ".join(links_of(client.get(address)))


@pytest.mark.parametrize(
    ("move", "columns"),
    [
        ("down-town", "company vat roles town"),
        ("down-roles", "company vat town roles"),
        ("up-company", "company vat town roles"),
        ("down-company", "company vat town roles"),
        ("up-phone", "company vat town roles"),
        ("up-gone", "company vat town roles"),
        ("sideways-town", "company vat town roles"),
        ("up-", "company vat town roles"),
        ("", "company vat town roles"),
    ],
)
def test_the_company_stays_first_and_what_cannot_be_moved_stays(move: str, columns: str) -> None:

    assert moved(("company", "vat", "town", "roles"), move) == tuple(columns.split())


def test_as_usual_is_offered_where_the_columns_are_others(customer: Customer, client: Client) -> None:
    assert "The usual columns" not in text_of(client.get("/customers/?country=BE"))

    response = client.get("/customers/?country=BE&columns=company,town")
    assert "The usual columns" in text_of(response)
    assert "/customers/?country=BE" in links_of(response)


def test_the_panel_carries_along_what_else_the_address_says(client: Client) -> None:
    page = client.get("/customers/?q=a%22b&country=NL&sort=-name&columns=town").content.decode()
    form = page[page.index('action="/customers/columns/"') :]
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form[: form.index("</form>")])

    assert hidden == [("q", "a&quot;b"), ("country", "NL"), ("sort", "-name"), ("columns", "company")]
