"""The table of Customer Management: what stands in it, in which order, how it is paged."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client

from approvals.workflow import State
from contacts import search_rows
from contacts.models import Contact
from contacts.policy import Role
from customers.models import Customer, CustomerStatus, Partner
from customers.relationships import Relationship
from portal.directory import views
from portal.models import User
from tests import builders, request_builders
from tests.conftest import SignIn
from tests.portal.reading import companies_in, links_of, text_of


def fill(customer: Customer, *, without: tuple[Role, ...] = ()) -> dict[Role, Contact]:
    people = {role: builders.make_contact(customer) for role in Role if role not in without}
    for role, contact in people.items():
        builders.assign(customer, role, contact)
    return people


def change(contact: Contact, **fields: str) -> None:
    for name, value in fields.items():
        setattr(contact, name, value)
    contact.save()
    search_rows.refresh(Customer.objects.filter(assignments__contact=contact))


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


def test_only_approved_customers_are_in_the_table(partner: Partner, client: Client) -> None:
    for status in CustomerStatus:
        builders.make_customer(partner, name=f"A {status.value} one", status=status)

    assert companies_in(client.get("/customers/")) == ["A active one"]
    assert companies_in(client.get("/customers/", {"q": "one"})) == ["A active one"]


def test_a_row_holds_what_one_looks_for(partner: Partner, client: Client) -> None:
    customer = builders.make_customer(
        partner,
        name="Studio Zeven Bruggen",
        city="Brugge",
        vat_number="BE0477472701",
        relationship=Relationship.VALUE_ADD_PARTNER,
        approved_at=datetime(2026, 9, 17, 15, 37, tzinfo=UTC),
    )
    for role in Role:
        builders.assign(customer, role, builders.make_contact(partner))

    response = client.get("/customers/")

    assert (
        "Studio Zeven Bruggen Brugge · BE 0477.472.701 Value Add Partner · 17 Sep 2026 "
        "BE 0477.472.701 Value Add Partner Complete 17 Sep 2026" in text_of(response)
    )
    assert f"/customers/{customer.number}/?at=1" in links_of(response)


def test_the_town_abroad_names_its_country(partner: Partner, client: Client) -> None:
    builders.make_customer(partner, name="Noorderzon", city="Annen", country="NL", vat_number="")

    assert "Noorderzon Annen, NL Reseller" in text_of(client.get("/customers/"))


def test_only_staff_read_whose_customer_it_is(partner: Partner, csm: User, client: Client, signed_in: SignIn) -> None:
    builders.make_customer(partner)

    assert "Brightcloud" not in text_of(client.get("/customers/"))
    assert "Brightcloud" in text_of(signed_in(csm).get("/customers/"))


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ((), "Complete"),
        ((Role.DPO,), "DPO missing"),
        ((Role.DPO, Role.TECHNICAL), "2 roles missing"),
        ((Role.SECURITY_INCIDENT,), "Complete"),
    ],
)
def test_roles_without_anybody_are_a_warning(
    without: tuple[Role, ...], said: str, partner: Partner, client: Client
) -> None:
    fill(builders.make_customer(partner, uses_secwise_watch=False), without=without)

    assert said in text_of(client.get("/customers/"))


def test_security_incident_is_missing_where_secwise_watch_is_used(partner: Partner, client: Client) -> None:
    fill(builders.make_customer(partner, uses_secwise_watch=True), without=(Role.SECURITY_INCIDENT,))

    assert "Security Incident missing" in text_of(client.get("/customers/"))


def test_people_who_break_the_policy_are_a_warning(partner: Partner, client: Client) -> None:
    people = fill(builders.make_customer(partner))
    change(people[Role.COMMERCIAL], phone="")
    assert "Commercial: phone missing" in text_of(client.get("/customers/"))

    change(people[Role.TECHNICAL], phone="+3280012345")
    assert "2 roles to mend" in text_of(client.get("/customers/"))


def test_advice_is_no_warning(partner: Partner, client: Client) -> None:
    people = fill(builders.make_customer(partner, uses_secwise_watch=True))
    change(people[Role.SECURITY_INCIDENT], phone="")

    assert "Complete" in text_of(client.get("/customers/"))


def test_companies_are_sorted_as_people_read_them(partner: Partner, client: Client) -> None:
    for name in ("Zilver", "Émile", "éclair", "'t Anker", "Ebbe", "Åse", "de Brug"):
        builders.make_customer(partner, name=name)

    assert companies_in(client.get("/customers/")) == [
        "Åse",
        "de Brug",
        "Ebbe",
        "éclair",
        "Émile",
        "'t Anker",
        "Zilver",
    ]


def test_who_may_onboard_gets_the_plus_button(client: Client) -> None:
    response = client.get("/customers/")

    assert "/customers/new/" in links_of(response)
    assert "Add customer" in text_of(response)


@pytest.mark.parametrize("persona", ["viewer", "csm", "approver"])
def test_nobody_else_gets_the_plus_button(persona: str, request: pytest.FixtureRequest, signed_in: SignIn) -> None:
    response = signed_in(request.getfixturevalue(persona)).get("/customers/")

    assert response.status_code == 200
    assert "/customers/new/" not in links_of(response)


def test_a_customers_own_users_are_led_to_their_company(
    customer: Customer, customer_user: User, signed_in: SignIn
) -> None:
    response = signed_in(customer_user).get("/customers/")

    assert (response.status_code, response["Location"]) == (302, f"/customers/{customer.number}/")


def test_without_customers_the_page_says_how_to_start(client: Client) -> None:
    response = client.get("/customers/")

    assert "No customers yet" in text_of(response)
    assert "0 customers" in text_of(response)


def test_a_search_without_hits_says_what_to_try(customer: Customer, client: Client) -> None:
    response = client.get("/customers/", {"q": "nobody"})

    assert "Nothing found for “nobody”" in text_of(response)
    assert "0 of 1 customers match" in text_of(response)
    assert "/customers/?view=all" in links_of(response)


@pytest.mark.parametrize("persona", ["onboarder", "viewer", "csm", "approver"])
def test_who_sees_requests_is_told_to_look_there_for_what_is_not_approved_yet(
    persona: str, partner: Partner, onboarder: User, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    asked = request_builders.make_request(partner, onboarder, name="Kempenvaart NV")

    for query in ("kempenvaart", asked.reference):
        said = text_of(signed_in(request.getfixturevalue(persona)).get("/customers/", {"q": query}))
        assert "A customer that is not approved yet is not here. Look among the requests" in said


def test_requests_in_progress_are_counted(partner: Partner, onboarder: User, client: Client) -> None:
    assert "in progress" not in text_of(client.get("/customers/"))
    for state in State:
        request_builders.make_request(partner, onboarder, state)

    assert "3 requests in progress" in text_of(client.get("/customers/"))


class TestPages:
    @pytest.fixture
    def names(self, partner: Partner, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Eleven companies on pages of three; some of one name."""
        monkeypatch.setattr(views, "PAGE", 3)
        names = ["Aa", "Bb", "Same", "Same", "Same", "Same", "Same", "Tt", "Uu", "Vv", "Ww"]
        for name in reversed(names):
            builders.make_customer(partner, name=name)
        return names

    def walk(self, client: Client, address: str, rel: str) -> Iterator[tuple[list[str], list[str]]]:
        while address:
            response = client.get(address)
            rows = [link for link in links_of(response) if link.startswith("/customers/C-")]
            yield companies_in(response), rows
            found = re.search(rf'<a [^>]*rel="{rel}"[^>]*href="([^"]*)"', response.content.decode())
            address = unescape(found[1]) if found else ""

    def test_forwards_every_customer_is_shown_once(self, names: list[str], client: Client) -> None:
        pages = list(self.walk(client, "/customers/", "next"))

        assert [shown for shown, _rows in pages] == [names[0:3], names[3:6], names[6:9], names[9:]]
        rows = [row for _shown, page in pages for row in page]
        assert len(set(rows)) == len(rows) == 11

    def test_backwards_the_same_pages_come_again(self, names: list[str], client: Client) -> None:
        last = Customer.objects.get(name="Tt")

        pages = [shown for shown, _rows in self.walk(client, f"/customers/?page=before-{last.number}", "prev")]

        # Seven stand before it: two full pages, and the first page in full where one is left.
        assert pages == [names[4:7], names[1:4], names[0:3]]

    def test_a_search_keeps_its_words_on_every_page(self, names: list[str], client: Client) -> None:
        pages = list(self.walk(client, "/customers/?q=same", "next"))

        assert [shown for shown, _rows in pages] == [["Same"] * 3, ["Same"] * 2]

    def test_the_count_is_the_same_on_every_page(self, names: list[str], client: Client) -> None:
        first = Customer.objects.get(name="Bb")

        for address in ("/customers/", f"/customers/?page=after-{first.number}"):
            assert "11 customers" in text_of(client.get(address))

    @pytest.mark.parametrize("page", ["junk", "2", "after-C-0000-0000", "before-C-0000-0000", "%00", "after-"])
    def test_junk_shows_the_first_page(self, page: str, names: list[str], client: Client) -> None:
        assert companies_in(client.get(f"/customers/?page={page}")) == names[:3]

    def test_a_place_held_by_a_customer_that_left_the_table_still_counts(
        self, names: list[str], partner: Partner, client: Client
    ) -> None:
        gone = Customer.objects.get(name="Bb")
        gone.status = CustomerStatus.ENDED
        gone.save()
        search_rows.refresh([gone])

        assert companies_in(client.get(f"/customers/?page=after-{gone.number}")) == names[2:5]
