"""The menu of saved views above the table: which there are, which is open, what opens first, what it costs."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from customers.models import Customer, Partner
from portal.directory.saved_views import menu
from portal.directory.saved_views.keeping import set_default
from portal.models import SavedView, User
from tests import builders
from tests.conftest import SignIn
from tests.portal.directory.saved_views.views_made import DUTCH, saved
from tests.portal.reading import companies_in, links_of, text_of


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


@pytest.fixture
def companies(partner: Partner) -> None:
    for name, country in (("Aa", "BE"), ("Bb", "NL"), ("Cc", "NL")):
        builders.make_customer(partner, name=name, country=country, vat_number="")


def menu_of(response: HttpResponse) -> str:
    """What stands in the menu of views and beside it."""
    words = text_of(response)
    return words[words.index("Customer Management") + 20 : words.index("Search customers")].strip()


class TestMenu:
    def test_without_views_it_offers_all_customers(self, client: Client) -> None:
        assert menu_of(client.get("/customers/")) == "View: All customers All customers Manage views"

    def test_it_holds_ones_own_views_in_order_and_those_that_colleagues_share(
        self, client: Client, onboarder: User, colleague: User, stranger: User
    ) -> None:
        saved(onboarder, "Zz", "country=FR", shared=True)
        set_default(actor=onboarder, view=saved(onboarder, "Aa", "country=BE"))
        saved(colleague, "Theirs", "country=DE", shared=True)
        saved(colleague, "Private", "country=LU")
        saved(stranger, "Elsewhere", "country=AT", shared=True)

        assert menu_of(client.get("/customers/?view=all")) == (
            "View: All customers All customers Your views Zz Shared Aa Opens first "
            "Shared by colleagues Theirs Pieter Maes Manage views"
        )

    def test_a_view_is_opened_by_an_address_that_says_in_full_what_it_shows(
        self, companies: None, client: Client, onboarder: User, colleague: User, signed_in: SignIn
    ) -> None:
        view = saved(onboarder)
        address = f"/customers/?{DUTCH}&view={view.number}"
        assert address in links_of(client.get("/customers/"))

        assert companies_in(client.get(address)) == ["Cc", "Bb"]
        assert menu_of(client.get(address)).startswith("View: Dutch All customers Your views Dutch")
        # A colleague who has no such view sees the same customers, and nothing of the view.
        theirs = signed_in(colleague).get(address)
        assert companies_in(theirs) == ["Cc", "Bb"]
        assert "View: Dutch" not in text_of(theirs)

    def test_an_address_that_shows_the_same_marks_the_view(self, client: Client, onboarder: User) -> None:
        saved(onboarder)

        response = client.get("/customers/?sort=-name&country=NL")

        assert menu_of(response).startswith("View: Dutch")
        assert response.content.decode().count('aria-current="true"') == 1

    def test_what_departs_from_ones_own_view_can_be_saved_into_it_or_as_a_new_one(
        self, companies: None, client: Client, onboarder: User
    ) -> None:
        view = saved(onboarder)

        response = client.get(f"/customers/?country=BE&view={view.number}")

        assert menu_of(response).endswith("Manage views Changed Save changes Save as new view")
        assert "/customers/views/new/?country=BE" in links_of(response)
        done = client.post(f"/customers/views/{view.number}/change/?country=BE", follow=True)
        assert "The view “Dutch” now shows this." in text_of(done)
        assert done.redirect_chain == [(f"/customers/?country=BE&view={view.number}", 302)]
        assert companies_in(done) == ["Aa"]
        assert "Changed" not in menu_of(done)

    def test_what_departs_from_a_colleagues_view_can_be_saved_as_a_new_one(
        self, client: Client, colleague: User
    ) -> None:
        view = saved(colleague, shared=True)

        assert menu_of(client.get(f"/customers/?country=BE&view={view.number}")).endswith("Changed Save as new view")

    def test_a_page_further_on_is_no_change(self, companies: None, client: Client, onboarder: User) -> None:
        view = saved(onboarder)
        number = Customer.objects.get(name="Cc").number

        response = client.get(f"/customers/?{DUTCH}&view={view.number}&page=after-{number}")

        assert companies_in(response) == ["Bb"]
        assert "Changed" not in menu_of(response)

    @pytest.mark.parametrize(
        ("kept", "shown", "is_changed"),
        [
            ("country=NL&industry=H", "country=NL&industry=H", False),
            # What there is no more, or is not this person's to use, nobody took away.
            ("country=NL&industry=GONE&partner=1&gone=1", "country=NL", False),
            ("country=NL&columns=company,gone,vat&sort=gone", "country=NL&columns=company,vat", False),
            ("country=NL&industry=H", "country=NL", True),
            ("country=NL&industry=H", "industry=H", True),
            ("country=NL&industry=GONE", "country=BE", True),
            ("status=ended", "", True),
            ("status=ended", "status=any", True),
            ("q=a", "q=b", True),
            ("q=a", "", True),
            ("columns=company,town,vat", "columns=company,vat,town", True),
            ("sort=-name", "", True),
            ("", "roles=incomplete", True),
        ],
    )
    def test_what_departs_from_a_view_is_called_changed_and_nothing_else(
        self, kept: str, shown: str, is_changed: bool, client: Client, onboarder: User
    ) -> None:
        builders.make_industry("H")
        view = saved(onboarder)
        SavedView.objects.update(address=kept)

        words = menu_of(client.get(f"/customers/?{shown}&view={view.number}"))

        assert ("Changed" in words) is is_changed

    @pytest.mark.parametrize("view", ["V-0000-0000", "junk", "", "%00", "V-0000-0000&view=all"])
    def test_a_view_there_is_not_changes_nothing(self, view: str, companies: None, client: Client) -> None:
        response = client.get(f"/customers/?country=NL&view={view}")

        assert companies_in(response) == ["Bb", "Cc"]
        assert "Save as new view" in menu_of(response)

    def test_a_private_or_foreign_view_is_as_good_as_none(
        self, client: Client, colleague: User, stranger: User
    ) -> None:
        unknown = menu_of(client.get("/customers/?country=NL&view=V-0000-0000"))
        for view in (saved(colleague), saved(stranger, shared=True)):
            assert menu_of(client.get(f"/customers/?country=NL&view={view.number}")) == unknown

    def test_links_keep_the_view_one_came_from(self, companies: None, client: Client, onboarder: User) -> None:
        view = saved(onboarder)

        links = links_of(client.get(f"/customers/?{DUTCH}&view={view.number}"))

        assert f"/customers/?country=NL&view={view.number}" in links  # sorted the other way
        assert f"/customers/?sort=-name&view={view.number}" in links  # without the filter

    def test_more_shared_views_than_a_menu_holds_stand_on_the_page_of_views(
        self, client: Client, colleague: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(menu, "MOST_SHARED", 2)
        views = [
            saved(colleague, name, f"country={code}", shared=True)
            for name, code in (("Aa", "AT"), ("Bb", "BE"), ("Cc", "CZ"))
        ]

        assert menu_of(client.get("/customers/")).endswith("Aa Pieter Maes Bb Pieter Maes All views, and manage them")
        opened = client.get(f"/customers/?country=CZ&view={views[2].number}")
        assert menu_of(opened).startswith("View: Cc")
        assert "Cc" in text_of(client.get("/customers/views/"))

    def test_a_live_search_answers_with_the_menu_as_it_then_is(self, client: Client, onboarder: User) -> None:
        view = saved(onboarder)

        answer = client.get(
            f"/customers/?q=a&view={view.number}", headers={"HX-Request": "true", "HX-Target": "results"}
        )

        page = answer.content.decode()
        assert page.count('id="views"') == page.count('hx-swap-oob="true"') == 1
        assert "Changed" in page
        assert "Save as new view" in page


class TestOpensFirst:
    def test_the_bare_address_leads_to_the_view_that_opens_first(
        self, companies: None, client: Client, onboarder: User
    ) -> None:
        view = saved(onboarder)
        assert companies_in(client.get("/customers/")) == ["Aa", "Bb", "Cc"]

        set_default(actor=onboarder, view=view)

        response = client.get("/customers/", follow=True)
        assert response.redirect_chain == [(f"/customers/?{DUTCH}&view={view.number}", 302)]
        assert companies_in(response) == ["Cc", "Bb"]

    @pytest.mark.parametrize("address", ["?view=all", "?sort=name", "?q=", "?junk=1"])
    def test_any_other_address_shows_what_it_says(
        self, address: str, companies: None, client: Client, onboarder: User
    ) -> None:
        set_default(actor=onboarder, view=saved(onboarder))

        assert companies_in(client.get(f"/customers/{address}")) == ["Aa", "Bb", "Cc"]

    def test_no_link_of_the_page_leads_back_to_it_unasked(
        self, companies: None, client: Client, onboarder: User
    ) -> None:
        set_default(actor=onboarder, view=saved(onboarder))

        for address in ("?country=NL", "?q=zzz", "?view=all", "?columns=company,town"):
            links = links_of(client.get(f"/customers/{address}"))
            assert [link for link in links if link in ("/customers/", "/customers/?")] == []

    def test_a_view_of_nothing_in_particular_may_open_first(
        self, companies: None, client: Client, onboarder: User
    ) -> None:
        view = saved(onboarder, "Everybody", "")
        set_default(actor=onboarder, view=view)

        response = client.get("/customers/", follow=True)
        assert response.redirect_chain == [(f"/customers/?view={view.number}", 302)]
        assert companies_in(response) == ["Aa", "Bb", "Cc"]

    def test_it_opens_for_its_owner_alone(
        self, companies: None, onboarder: User, colleague: User, signed_in: SignIn
    ) -> None:
        set_default(actor=onboarder, view=saved(onboarder, shared=True))

        assert signed_in(colleague).get("/customers/").status_code == 200


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        client.get(address)
    return len(counted)


@pytest.mark.parametrize("persona", ["onboarder", "csm"])
def test_however_many_views_there_are_the_table_costs_the_same(
    persona: str,
    companies: None,
    colleague: User,
    approver: User,
    request: pytest.FixtureRequest,
    signed_in: SignIn,
) -> None:
    user = request.getfixturevalue(persona)
    client = signed_in(user)
    builders.make_industry("H")
    plain = cost(client, "/customers/")
    filtered = cost(client, "/customers/?country=NL")
    at_industry = cost(client, "/customers/?country=NL&industry=H")
    for number in range(20):
        saved(user, f"Own {number}", "country=NL")
        saved(approver if user.is_staff else colleague, f"Shared {number}", "country=BE", shared=True)
    first = set_default(actor=user, view=SavedView.objects.own_of(user)[3]).number
    other = saved(user, "At industry", "country=NL&industry=H").number

    assert plain <= 6
    assert cost(client, "/customers/?view=all") == plain
    assert cost(client, "/customers/") < plain  # leads on before anything is looked for
    assert cost(client, f"/customers/?country=NL&view={first}") == filtered
    assert cost(client, f"/customers/?country=NL&industry=H&view={other}") == at_industry
    assert cost(client, f"/customers/?country=NL&industry=H&view={first}") == at_industry
    # Taken away from the view, a value is looked up for the view instead of for the list.
    assert cost(client, f"/customers/?country=NL&view={other}") == at_industry
