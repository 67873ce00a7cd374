"""What a search that found nothing offers: to add, to open, to try."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from approvals.models import RegistrationRequest
from approvals.workflow import State
from customers.models import Customer, CustomerStatus, Partner
from portal.directory.typed import shape_of
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.reading import companies_in, links_of, text_of
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

UNKNOWN = "BE0403019261"
READABLE = "BE 0403.019.261"


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


def search(client: Client, query: str, **filters: str) -> tuple[str, list[str]]:
    response = client.get("/customers/", {"q": query, **filters})
    return text_of(response), links_of(response)


@pytest.mark.parametrize(
    ("typed", "readable", "country"),
    [
        ("BE0403019261", READABLE, "BE"),
        ("be 0403.019.261", READABLE, "BE"),
        ("0403.019.261", READABLE, "BE"),
        ("403 019 261", READABLE, "BE"),
        ("BTW BE 0403-019-261", READABLE, "BE"),
        ("GR 094259216", "EL 094259216", "GR"),
        ("NL 991044125B01", "NL 991044125B01", "NL"),
        ("CHE-107.787.577 MWST", "CHE-107.787.577", "CH"),
    ],
)
def test_an_unknown_number_in_any_form_can_be_added(typed: str, readable: str, country: str, client: Client) -> None:
    said, links = search(client, typed)

    assert f"Add {readable} as a customer" in said
    wizard = next(link for link in links if link.startswith("/customers/new/?"))
    page = client.get(wizard).content.decode()
    assert f'value="{readable}"' in page
    assert f'<option value="{country}" selected>' in page
    assert not RegistrationRequest.objects.exists()


@pytest.mark.parametrize(
    "query", ["", "?vat_number=%3Cscript%3E&country=BE", "?vat_number=BE0403019262", "?country=FR", "?vat_number=a%00b"]
)
def test_the_wizard_takes_nothing_but_a_sound_number_from_its_address(query: str, client: Client) -> None:
    page = client.get(f"/customers/new/{query}").content.decode()

    assert '<option value="BE" selected>' in page
    field = next(line for line in page.split("<") if line.startswith("input") and 'name="vat_number"' in line)
    assert "value=" not in field


def test_who_may_only_look_is_told_that_it_is_unknown(viewer: User, signed_in: SignIn) -> None:
    said, links = search(signed_in(viewer), UNKNOWN)

    assert f"Nobody at your organisation has {READABLE}, not even in a draft." in said
    assert not [link for link in links if link.startswith("/customers/new/")]


def test_staff_are_told_that_nobody_has_it(csm: User, onboarder: User, partner: Partner, signed_in: SignIn) -> None:
    make_request(partner, onboarder, State.DRAFT, vat_number=UNKNOWN)
    said, links = search(signed_in(csm), UNKNOWN)

    assert f"Nobody has {READABLE}, not even in a request that was sent." in said
    assert not [link for link in links if link.startswith(("/customers/new/", "/requests/REQ"))]


@pytest.mark.parametrize(
    ("state", "label"), [(State.DRAFT, "Draft"), (State.SUBMITTED, "Waiting for Arxus"), (State.CHANGES_REQUESTED, "")]
)
def test_a_number_in_a_request_leads_to_it(
    state: State, label: str, partner: Partner, onboarder: User, client: Client
) -> None:
    asked = make_request(partner, onboarder, state, name="Kempenvaart NV", vat_number=UNKNOWN)
    said, links = search(client, "0403 019 261")

    assert f"{asked.reference} Kempenvaart NV {label}" in said
    assert f"/requests/{asked.reference}/" in links
    assert "as a customer" not in said


def test_a_number_of_a_customer_that_ended_leads_to_it(partner: Partner, client: Client) -> None:
    gone = builders.make_customer(partner, name="Voorbij NV", vat_number=UNKNOWN, status=CustomerStatus.ENDED)
    said, links = search(client, UNKNOWN)

    assert "Voorbij NV Ended" in said
    assert f"/customers/{gone.number}/" in links
    assert "as a customer" not in said


def test_a_number_that_filters_hide_leads_to_its_customer(partner: Partner, client: Client) -> None:
    hidden = builders.make_customer(partner, name="Hier NV", vat_number=UNKNOWN)
    said, links = search(client, UNKNOWN, country="NL")

    assert "Hier NV Active" in said
    assert f"/customers/{hidden.number}/" in links


def test_a_rejected_request_is_no_reason_not_to_add(partner: Partner, onboarder: User, client: Client) -> None:
    make_request(partner, onboarder, State.REJECTED, reason="No.", vat_number=UNKNOWN)

    assert f"Add {READABLE} as a customer" in search(client, UNKNOWN)[0]


def test_staff_read_whose_it_is(
    partner: Partner, other_partner: Partner, onboarder: User, csm: User, signed_in: SignIn
) -> None:
    asked = make_request(partner, onboarder, vat_number=UNKNOWN, name="Kempenvaart NV")
    builders.make_customer(other_partner, name="Voorbij NV", vat_number=UNKNOWN, status=CustomerStatus.ENDED)
    said = search(signed_in(csm), UNKNOWN)[0]

    assert "Voorbij NV Ended Customer of Northwind IT" in said
    assert f"{asked.reference} Kempenvaart NV Waiting for us Customer of Brightcloud" in said


def test_ones_own_number_is_no_customers(partner: Partner, client: Client) -> None:
    Partner.objects.filter(pk=partner.pk).update(vat_number=UNKNOWN)
    said, links = search(client, UNKNOWN)

    assert "This is the number of your own organisation." in said
    assert not [link for link in links if link.startswith("/customers/new/?")]


def test_a_number_with_a_slip_is_told_apart(client: Client) -> None:
    said = search(client, "BE 0403.019.262")[0]

    assert "The check digits of this number do not fit the rest" in said
    assert "as a customer" not in said


def test_digits_that_find_a_phone_still_offer_the_number_they_are(partner: Partner, client: Client) -> None:
    builders.make_customer(partner, name="Beller NV", phone="+32403019261")
    response = client.get("/customers/", {"q": "0403019261"})

    assert companies_in(response) == ["Beller NV"]
    assert f"Add {READABLE} as a customer" in text_of(response)


def test_a_number_that_is_found_offers_nothing(partner: Partner, client: Client) -> None:
    builders.make_customer(partner, name="Hier NV", vat_number=UNKNOWN)

    assert "as a customer" not in search(client, "0403.019.261")[0]


# --- Words ------------------------------------------------------------------------------------------------------------


def test_words_that_filters_hide_are_offered_without_them(partner: Partner, client: Client) -> None:
    for name in ("Bakkerij Een", "Bakkerij Twee"):
        builders.make_customer(partner, name=name)
    said, links = search(client, "bakkerij", country="NL", sort="-name")

    assert "Search without filters (2)" in said
    assert companies_in(client.get(links[links.index("/customers/?q=bakkerij&status=any&sort=-name")])) == [
        "Bakkerij Twee",
        "Bakkerij Een",
    ]


def test_words_of_customers_that_ended_are_offered(partner: Partner, client: Client) -> None:
    builders.make_customer(partner, name="Voorbij NV", status=CustomerStatus.ENDED)
    said, links = search(client, "voorbij")

    assert "Search those who ended too (1)" in said
    assert "/customers/?q=voorbij&status=any" in links


def test_near_spellings_are_offered_within_the_same_filters(partner: Partner, client: Client) -> None:
    builders.make_customer(partner, name="Bakkerij Peeters")
    said, links = search(client, "bakkerij peters", country="BE")

    assert "Did you mean: bakkerij peeters" in said
    assert companies_in(client.get(links[links.index("/customers/?q=bakkerij+peeters&country=BE")])) == [
        "Bakkerij Peeters"
    ]


@pytest.mark.parametrize(
    ("query", "shorter", "said"),
    [
        ("anneke@oudevaart.example", "@oudevaart.example", "No contact has this e-mail address."),
        ("0470 99 88 77", "998877", "Numbers are written in more than one way."),
        ("+32 470/99.88.77", "998877", "Numbers are written in more than one way."),
    ],
)
def test_part_of_an_address_or_a_number_is_offered(query: str, shorter: str, said: str, client: Client) -> None:
    response = client.get("/customers/", {"q": query})

    assert said in text_of(response)
    queries = [parse_qs(urlsplit(link).query).get("q") for link in links_of(response)]
    assert [shorter] in queries


def test_a_reference_leads_to_its_request(partner: Partner, onboarder: User, client: Client) -> None:
    asked = make_request(partner, onboarder, name="Kempenvaart NV")
    said, links = search(client, asked.reference.lower())

    assert f"{asked.reference} Kempenvaart NV Waiting for Arxus" in said
    assert f"/requests/{asked.reference}/" in links


@pytest.mark.parametrize(
    "query", ["bakkerij", "requests", "req", "unit4 nv", "550117", "de 12", "@", "@x.be", "12-34", "fr 12 van dam", "é"]
)
def test_words_are_taken_for_words(query: str) -> None:
    shape = shape_of(query, "BE")

    assert (shape.number, shape.fault, shape.reference, shape.shorter) == (None, "", "", "")


# --- What others have -------------------------------------------------------------------------------------------------


@pytest.fixture
def at_another(other_partner: Partner, stranger: User) -> None:
    """The other partner has everything that is searched for here."""
    builders.make_customer(other_partner, name="Bakkerij Elders", vat_number=UNKNOWN)
    builders.make_customer(other_partner, name="Bakkerij Voorbij", status=CustomerStatus.ENDED, vat_number="")
    make_request(other_partner, stranger, vat_number="BE0477472701", name="Bakkerij Gevraagd")


@pytest.mark.parametrize("persona", ["onboarder", "viewer"])
@pytest.mark.parametrize("query", [UNKNOWN, "BE0477472701", "bakkerij elders", "bakkerij eldres", "voorbij"])
def test_what_another_partner_has_shows_in_no_word_and_no_query(
    persona: str, query: str, other_partner: Partner, stranger: User, request: Any, signed_in: SignIn
) -> None:
    client = signed_in(request.getfixturevalue(persona))

    def answer() -> tuple[str, list[str], int]:
        with CaptureQueriesContext(connection) as asked:
            response = client.get("/customers/", {"q": query})
        return text_of(response), links_of(response), len(asked)

    before = answer()
    request.getfixturevalue("at_another")
    assert Customer.objects.filter(partner=other_partner).count() == 3

    assert answer() == before


@pytest.mark.parametrize("persona", ["onboarder", "csm"])
@pytest.mark.parametrize(
    "address", [f"q={UNKNOWN}", "q=nobody", "q=nobody&country=NL", "q=anneke%40x.be", "q=REQ-0000-0000"]
)
def test_finding_nothing_costs_few_queries(persona: str, address: str, request: Any, signed_in: SignIn) -> None:
    client = signed_in(request.getfixturevalue(persona))

    with CaptureQueriesContext(connection) as asked:
        client.get(f"/customers/?{address}")
    # What the database expects to find is asked besides, and reads no row.
    assert len([query for query in asked if not query["sql"].startswith("EXPLAIN")]) <= 6
