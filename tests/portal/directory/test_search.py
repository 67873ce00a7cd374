"""Finding a customer by whatever scrap one was given."""

import pytest
from django.test import Client

from approvals.workflow import State
from contacts.policy import Role
from customers.models import Customer, Partner
from customers.search_pages import read_cursor, read_query
from portal.models import User
from tests import builders, request_builders
from tests.conftest import SignIn
from tests.portal.reading import companies_in, text_of


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


@pytest.fixture
def energie(partner: Partner) -> Customer:
    customer = builders.make_customer(
        partner,
        name="Société d’Énergie Liégeoise S.A.",
        legal_name="Kilowatt Holding",
        vat_number="BE0477472701",
        city="Saint-Georges-sur-Meuse",
        postcode="4470",
        phone="+3242223344",
    )
    contact = builders.make_contact(
        customer,
        first_name="Anna",
        last_name="De Wáchter",
        email="anna.dewachter@energie-liege.example",
        phone="+32470550117",
    )
    builders.assign(customer, Role.TECHNICAL, contact)
    builders.make_customer(partner, name="Zonder Overeenkomst NV", city="Gent", postcode="9000", phone="+3292221100")
    return customer


@pytest.mark.parametrize(
    "query",
    [
        "Société d'Énergie",
        "societe denergie",
        "ENERGIE liegeoise",
        "liege energie",
        "s.a. energie",
        "kilowatt",
        "BE0477472701",
        "BE 0477.472.701",
        "be 0477 472 701",
        "BTW BE 0477.472.701",
        "0477472701",
        "0477.472.701",
        "0477 472 701",
        "477.472.701",
        "BE 477472701",
        "0477-472",
        "472701",
        "saint georges",
        "Saint-Georges-sur-Meuse",
        "4470",
        "anna de wachter",
        "De Wáchter",
        "anna.dewachter@energie-liege.example",
        "ANNA.DEWACHTER@",
        "energie-liege.example",
        "@energie-liege.example",
        "@Energie",
        "BE 0477.47",
        "be 477",
        "B-4470 Saint-Georges",
        "0470 55 01 17",
        "0470/55.01.17",
        "+32 470 55 01 17",
        "0032 470 55 01 17",
        "+32 (0)470 55 01 17",
        "550117",
        "04 222 33 44",
        "223344",
        "  énergie   ",
        "énergie\u200b",
    ],
)
def test_a_customer_is_found_by(query: str, energie: Customer, client: Client) -> None:
    response = client.get("/customers/", {"q": query})

    assert companies_in(response) == [energie.name]
    assert "1 of 2 customers matches" in text_of(response)


def test_the_public_number_finds_its_customer(energie: Customer, client: Client) -> None:
    assert companies_in(client.get("/customers/", {"q": energie.number})) == [energie.name]


@pytest.mark.parametrize(
    "query",
    [
        "BE0403019261",
        "energie gent",
        "nenergi",
        "@liege.example",
        "@nergie",
        "NL 0477",
        "%",
        "_",
        "%energie%",
        "e_ergie",
        "\\",
        "---",
        "' OR 1=1 --",
        "\U0001f600",
    ],
)
def test_nothing_else_is_found(query: str, energie: Customer, client: Client) -> None:
    response = client.get("/customers/", {"q": query})

    assert response.status_code == 200
    assert companies_in(response) == ([energie.name] if query == "%energie%" else [])


@pytest.mark.parametrize(
    "raw", ["%00", "%00energie%00", "%ff%fe", "%ed%a0%80", "a" * 5000, "%0d%0aSet-Cookie:x", "%e2%80%ae"]
)
def test_odd_bytes_in_a_query_do_no_harm(raw: str, energie: Customer, client: Client) -> None:
    response = client.get(f"/customers/?q={raw}")

    assert response.status_code == 200
    assert companies_in(response) == ([energie.name] if "energie" in raw else companies_in(response))


def test_short_words_count_at_the_start_of_words_only(partner: Partner, client: Client) -> None:
    builders.make_customer(partner, name="Anvers Nautique")
    builders.make_customer(partner, name="Bakkerij Nv")

    assert companies_in(client.get("/customers/", {"q": "nv"})) == ["Bakkerij Nv"]


def test_a_number_in_canonical_form_of_another_prefix_is_understood(partner: Partner, client: Client) -> None:
    greek = builders.make_customer(partner, name="Elliniki AE", vat_number="EL094259216", country="GR")

    assert companies_in(client.get("/customers/", {"q": "GR 094259216"})) == [greek.name]


def test_people_of_the_own_organisation_find_the_customers_they_fill_roles_for(
    partner: Partner, energie: Customer, client: Client
) -> None:
    builders.assign(energie, Role.DPO, builders.make_contact(partner, first_name="Pieter", last_name="Ooievaar"))

    assert companies_in(client.get("/customers/", {"q": "ooievaar"})) == [energie.name]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("dewachter", "matched: contact: anna.dewachter@energie-liege.example"),
        ("anna", "matched: contact: Anna De Wáchter"),
        ("@energie", "matched: contact: anna.dewachter@energie-liege.example"),
        ("kilowatt", "matched: legal name: Kilowatt Holding"),
        ("550117", "matched: contact: +32 470 55 01 17"),
        ("0470550117", "matched: contact: +32 470 55 01 17"),
        ("223344", "matched: phone: +32 4 222 33 44"),
        ("4470", "matched: postcode: 4470"),
        ("anna kilowatt", "matched: legal name: Kilowatt Holding matched: contact: Anna De Wáchter"),
    ],
)
def test_a_row_says_what_matched_when_it_was_not_the_name(
    query: str, said: str, energie: Customer, client: Client
) -> None:
    assert said in text_of(client.get("/customers/", {"q": query}))


@pytest.mark.parametrize("query", ["energie", "saint georges", "0477472701", "BE 0477.472.701", ""])
def test_a_row_says_nothing_more_when_what_it_shows_matched(query: str, energie: Customer, client: Client) -> None:
    assert "matched:" not in text_of(client.get("/customers/", {"q": query}))


def test_what_was_found_is_marked(energie: Customer, client: Client) -> None:
    page = client.get("/customers/", {"q": "energie"}).content.decode()

    assert "Société d’<mark>Énergie</mark> Liégeoise S.A." in page


def test_names_are_shown_as_text(partner: Partner, client: Client) -> None:
    builders.make_customer(partner, name="<script>alert(1)</script> & Zonen")

    page = client.get("/customers/", {"q": "script"}).content.decode()

    assert "&lt;<mark>script</mark>&gt;alert(1)&lt;/script&gt; &amp; Zonen" in page
    assert "<script>alert" not in page


def test_a_domain_is_marked_from_its_sign_on(energie: Customer, client: Client) -> None:
    page = client.get("/customers/", {"q": "@energie-l"}).content.decode()

    assert "anna.dewachter<mark>@energie-l</mark>iege.example" in page


@pytest.mark.usefixtures("energie")
def test_the_reference_of_a_request_finds_its_customer(partner: Partner, onboarder: User, client: Client) -> None:
    request = request_builders.make_request(partner, onboarder, State.APPROVED, name="Windroos NV")

    for typed in (request.reference, request.reference.lower().replace("-", " ")):
        assert companies_in(client.get("/customers/", {"q": typed})) == ["Windroos NV"]


def test_the_query_is_kept_as_typed(client: Client) -> None:
    page = client.get("/customers/", {"q": '"><b>Énergie</b>'}).content.decode()

    assert 'value="&quot;&gt;&lt;b&gt;Énergie&lt;/b&gt;"' in page
    assert "Nothing found for “&quot;&gt;&lt;b&gt;Énergie&lt;/b&gt;”" in page


def test_a_query_holds_what_a_keyboard_types_and_no_more_than_a_hundred_characters() -> None:
    assert read_query(" a\x00b\u202ec \n d ") == "a b c d"
    assert len(read_query("x" * 300)) == 100


@pytest.mark.parametrize(
    "text", ["", "2", "after", "after-", "after-C-1", "beyond-C-4K7P-M2XN", "after-REQ-4K7P-M2XN-1", "after-\x00", "é"]
)
def test_junk_is_no_place_in_the_table(text: str) -> None:
    assert read_cursor(text) is None


def test_a_place_in_the_table_reads_as_it_is_written() -> None:
    assert str(read_cursor("after-C-4K7P-M2XN")) == "after-C-4K7P-M2XN"
    assert str(read_cursor("before-c4k7pm2xn")) == "before-C-4K7P-M2XN"
