"""What a filter offers to choose from: only what occurs in what one may see, counted within one partner."""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from contacts.policy import Role
from customers.models import CustomerStatus, Partner
from customers.relationships import Relationship
from portal.directory import choices
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.reading import links_of, text_of


def offered(response: HttpResponse) -> list[str]:
    """The choices with their counts, `*` at those that are chosen."""
    page = response.content.decode()
    found = []
    for block in re.findall(r'<div class="form-check">(.*?)</div>', page, re.DOTALL):
        words = " ".join(unescape(re.sub(r"<[^>]+>", " ", block)).split())
        found.append(f"{words}*" if " checked" in block else words)
    return found


@pytest.fixture
def world(partner: Partner, other_partner: Partner) -> None:
    education = builders.make_industry("Q")
    complete = builders.make_customer(partner, country="BE", relationship=Relationship.VALUE_ADD_PARTNER)
    builders.make_customer(partner, country="NL", name="Noorderzon")
    builders.make_customer(partner, country="NL", industry=education)
    builders.make_customer(partner, country="FR", status=CustomerStatus.ENDED)
    builders.make_customer(other_partner, country="DE")
    for role in Role:
        builders.assign(complete, role, builders.make_contact(partner))


@pytest.fixture
def client(world: None, onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


class TestOfAMember:
    @pytest.mark.parametrize(
        ("address", "choices"),
        [
            ("country/", ["Belgium 1", "France 0", "Netherlands 2"]),
            ("country/?country=NL&country=BE", ["Belgium 1*", "Netherlands 2*", "France 0"]),
            ("country/?status=any", ["Belgium 1", "France 1", "Netherlands 2"]),
            ("country/?q=noorderzon", ["Belgium 0", "France 0", "Netherlands 1"]),
            ("country/?find=nether", ["Netherlands 2"]),
            ("country/?find=xyz", []),
            ("status/", ["Active 3*", "Ended 1", "Any"]),
            ("relationship/", ["Any*", "Reseller 2", "Value Add Partner 1"]),
            ("relationship/?relationship=reseller&country=NL", ["Any", "Reseller 2*", "Value Add Partner 0"]),
            ("roles/", ["Any*", "Complete 1", "Incomplete 2"]),
            ("industry/", ["Transport and storage 2", "Education 1"]),
        ],
    )
    def test_their_customers_are_counted_by_value(self, address: str, choices: list[str], client: Client) -> None:
        assert offered(client.get(f"/customers/filters/{address}")) == choices

    @pytest.mark.parametrize("key", ["partner", "csm", "holder", "approved", "approved_from", "secrets"])
    def test_there_is_no_page_for_what_is_not_chosen_from_or_not_theirs(self, key: str, client: Client) -> None:
        assert client.get(f"/customers/filters/{key}/").status_code == 404

    def test_many_customers_are_not_counted(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(choices, "COUNTED", 2)

        assert offered(client.get("/customers/filters/roles/")) == ["Any*", "Complete", "Incomplete"]
        assert offered(client.get("/customers/filters/country/")) == ["Belgium", "France", "Netherlands"]

    def test_another_partners_countries_are_not_there(self, world: None, stranger: User, signed_in: SignIn) -> None:
        assert offered(signed_in(stranger).get("/customers/filters/country/")) == ["Germany 1"]


class TestOfStaff:
    @pytest.fixture
    def client(self, world: None, csm: User, signed_in: SignIn) -> Client:
        return signed_in(csm)

    @pytest.mark.parametrize(
        ("address", "choices"),
        [
            ("country/", ["Belgium", "France", "Germany", "Netherlands"]),
            ("country/?partner={own}", ["Belgium 1", "France 0", "Netherlands 2"]),
            ("roles/?partner={own}", ["Any*", "Complete 1", "Incomplete 2"]),
            ("roles/", ["Any*", "Complete", "Incomplete"]),
            ("partner/", ["Any*", "Brightcloud", "Northwind IT"]),
            ("partner/?partner={own}", ["Any", "Brightcloud*", "Northwind IT"]),
            ("partner/?find=WIND", ["Any*", "Northwind IT"]),
            ("partner/?partner={own}&find=it", ["Any", "Brightcloud*", "Northwind IT"]),
            ("csm/", ["Any*", "You", "Hanne Wouters"]),
            ("csm/?csm=mine", ["Any", "You*", "Hanne Wouters"]),
        ],
    )
    def test_all_there_is_is_offered_and_counted_within_a_partner_only(
        self, address: str, choices: list[str], partner: Partner, client: Client
    ) -> None:
        assert offered(client.get(f"/customers/filters/{address.format(own=partner.pk)}")) == choices

    def test_of_very_many_partners_some_are_shown(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(choices, "MOST_SHOWN", 1)

        response = client.get("/customers/filters/partner/")

        assert offered(response) == ["Any*", "Brightcloud"]
        assert "There are more: type a part of the name." in text_of(response)


def test_the_page_of_a_filter_carries_everything_else_along(client: Client) -> None:
    response = client.get("/customers/filters/country/?q=nv&country=NL&relationship=reseller&sort=-name&junk=1")

    page = response.content.decode()
    form = page[page.index('class="chip-form"') :]
    assert re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form) == [
        ("q", "nv"),
        ("relationship", "reseller"),
        ("sort", "-name"),
    ]
    assert "/customers/?q=nv&relationship=reseller&country=NL&sort=-name" in links_of(response)
    assert "Filter by: Country" in text_of(response)


def test_a_panel_is_filled_with_the_form_alone(client: Client) -> None:
    response = client.get("/customers/filters/country/", headers={"HX-Request": "true"})

    assert response.content.decode().lstrip().startswith('<form class="chip-form"')
    assert "HX-Request" in response["Vary"]
    assert offered(response) == ["Belgium 1", "France 0", "Netherlands 2"]


def test_staff_who_may_not_see_customers_learn_no_partners_name(
    world: None, other_partner: Partner, signed_in: SignIn
) -> None:
    client = signed_in(builders.make_user("clerk@arxus.example", is_staff=True))

    for key in ("partner", "csm"):
        assert client.get(f"/customers/filters/{key}/").status_code == 404
    assert offered(client.get("/customers/filters/country/")) == []
    said = text_of(client.get(f"/customers/?partner={other_partner.pk}"))
    assert "Northwind IT" not in said
    assert "0 customers" in said
