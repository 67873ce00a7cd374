"""Pages of saved views: saving and managing them, without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.directory.saved_views import keeping
from portal.directory.saved_views.keeping import delete_view, share_view
from portal.models import SavedView, User
from tests import hostile
from tests.conftest import SignIn
from tests.portal.directory.saved_views.views_made import DUTCH, names_of, saved
from tests.portal.reading import links_of, text_of

Budget = Callable[..., Any]


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


class TestSaving:
    def test_the_page_says_what_the_view_will_show(self, client: Client) -> None:
        words = text_of(client.get("/customers/views/new/?q=anna&country=NL&status=any&sort=-approved&columns=town"))

        assert "Search “anna” Country Netherlands Order Approved on, latest first Columns Company, Town" in words
        assert "Share it with everybody at Brightcloud" in words

    def test_a_saved_view_is_opened(self, client: Client, onboarder: User) -> None:
        response = client.post(f"/customers/views/new/?{DUTCH}", {"name": "Dutch", "is_shared": "on"}, follow=True)

        view = SavedView.objects.get()
        assert (view.owner, view.address, view.is_shared) == (onboarder, DUTCH, True)
        assert response.redirect_chain == [(f"/customers/?{DUTCH}&view={view.number}", 302)]
        assert "The view “Dutch” is saved." in text_of(response)

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("", "Give the view a name, so that you know it again."),
            ("x" * 61, "This has 61 characters. Shorten it to 60."),
            ("a\u202eb", "This holds hidden marks that turn the text around."),
            ("DUTCH", "You have a view called “Dutch” already. Give this one another name."),
        ],
    )
    def test_a_name_that_will_not_do_is_asked_for_again(
        self, name: str, said: str, client: Client, onboarder: User
    ) -> None:
        saved(onboarder)

        for address in ("/customers/views/new/?country=FR", f"/customers/views/{self.other(onboarder)}/rename/"):
            response = client.post(address, {"name": name})

            assert response.status_code == 200
            assert said in text_of(response)
            assert "<title>Error: " in response.content.decode()
        assert names_of(onboarder) == ["Dutch", "French"]

    def other(self, owner: User) -> str:
        return saved(owner, "French", "country=FR").number

    def test_who_keeps_too_many_is_told(self, client: Client, onboarder: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(keeping, "MOST_VIEWS", 1)
        saved(onboarder)

        response = client.post("/customers/views/new/?country=FR", {"name": "French"}, follow=True)

        assert response.redirect_chain == [("/customers/?country=FR", 302)]
        assert "You keep 1 view, the most there can be." in text_of(response)


class TestManaging:
    def press(self, client: Client, view: SavedView, act: str) -> str:
        response = client.post(f"/customers/views/{view.number}/{act}/", follow=True)
        assert response.redirect_chain[0][0].startswith("/customers/views/#V-")
        return text_of(response)

    def test_each_press_does_what_it_says(self, client: Client, onboarder: User, colleague: User) -> None:
        one, two = saved(onboarder, "One", "country=FR"), saved(onboarder, "Two", "country=BE")
        theirs = saved(colleague, "Theirs", "country=DE", shared=True)

        assert "Your colleagues can now open “One”." in self.press(client, one, "share")
        assert "Shared with everybody at Brightcloud" in text_of(client.get("/customers/views/"))
        assert "“One” is now yours alone." in self.press(client, one, "unshare")
        assert "Customers now opens with “Two”." in self.press(client, two, "open-first")
        assert "Customers now opens with all of them." in self.press(client, two, "open-all")
        self.press(client, two, "up")
        assert names_of(onboarder) == ["Two", "One"]
        self.press(client, two, "down")
        assert "“Theirs” is now among your own views" in self.press(client, theirs, "copy")
        assert names_of(onboarder) == ["One", "Two", "Theirs"]
        assert not SavedView.objects.filter(is_default=True).exists()

    def test_the_first_has_nowhere_to_go_up_and_the_last_nowhere_down(self, client: Client, onboarder: User) -> None:
        for name in ("One", "Two", "Three"):
            saved(onboarder, name)
        words = text_of(client.get("/customers/views/"))

        moves = [f"Move “{name}” {way}" for name in ("One", "Two", "Three") for way in ("up", "down")]
        assert [move for move in moves if move in words] == moves[1:-1]

    def test_a_view_is_renamed(self, client: Client, onboarder: User) -> None:
        view = saved(onboarder)
        assert 'value="Dutch"' in client.get(f"/customers/views/{view.number}/rename/").content.decode()

        response = client.post(f"/customers/views/{view.number}/rename/", {"name": "Netherlands"}, follow=True)

        assert "The view is now called “Netherlands”." in text_of(response)
        assert names_of(onboarder) == ["Netherlands"]

    def test_deleting_asks_once_and_says_who_loses_it(self, client: Client, onboarder: User) -> None:
        view = saved(onboarder)
        address = f"/customers/views/{view.number}/delete/"
        assert "colleagues lose it" not in text_of(client.get(address))
        share_view(actor=onboarder, view=view)
        assert "Delete the view “Dutch”? You share it, so your colleagues lose it too." in text_of(client.get(address))

        assert "The view “Dutch” is deleted." in text_of(client.post(address, follow=True))
        assert names_of(onboarder) == []

    def test_an_administrator_is_told_whose_view_they_delete(
        self, administrator: User, colleague: User, signed_in: SignIn
    ) -> None:
        view = saved(colleague, shared=True)
        client = signed_in(administrator)
        assert f"/customers/views/{view.number}/delete/" in links_of(client.get("/customers/views/"))

        assert "It belongs to Pieter Maes" in text_of(client.get(f"/customers/views/{view.number}/delete/"))
        client.post(f"/customers/views/{view.number}/delete/")
        assert not SavedView.objects.exists()

    @pytest.mark.parametrize("act", ["rename", "delete"])
    def test_the_pages_of_a_colleagues_view_lead_back_with_the_reason(
        self, act: str, client: Client, colleague: User
    ) -> None:
        view = saved(colleague, shared=True)

        for send in (client.get, client.post):
            response = send(f"/customers/views/{view.number}/{act}/", follow=True)
            assert response.redirect_chain == [("/customers/views/", 302)]
            assert "This view belongs to Pieter Maes, who alone can change it." in text_of(response)

    @pytest.mark.parametrize("act", ["share", "open-first", "up", "change"])
    def test_a_press_on_a_colleagues_view_is_answered_with_the_reason(
        self, act: str, client: Client, colleague: User
    ) -> None:
        view = saved(colleague, shared=True)

        response = client.post(f"/customers/views/{view.number}/{act}/?country=FR", follow=True)

        assert "This view belongs to Pieter Maes, who alone can change it." in text_of(response)

    def test_two_tabs_one_deletes_the_other_is_told(self, client: Client, onboarder: User) -> None:
        view = saved(onboarder)
        number = view.number
        delete_view(actor=onboarder, view=view)

        for act in ("share", "rename", "delete", "change"):
            assert client.post(f"/customers/views/{number}/{act}/", {"name": "x"}).status_code == 404

    def test_a_press_there_is_not_is_not_found(self, client: Client, onboarder: User) -> None:
        assert client.post(f"/customers/views/{saved(onboarder).number}/explode/").status_code == 404

    def test_the_page_of_views_costs_the_same_for_many(
        self, client: Client, onboarder: User, colleague: User, django_assert_max_num_queries: Budget
    ) -> None:
        for number in range(20):
            saved(onboarder, f"Own {number}")
            saved(colleague, f"Shared {number}", shared=True)

        with django_assert_max_num_queries(7):
            client.get("/customers/views/")


class TestHostile:
    def test_whatever_is_sent_as_a_name_is_answered(self, client: Client, onboarder: User) -> None:
        view = saved(onboarder)
        for text in hostile.FEW:
            for address in ("/customers/views/new/?country=FR", f"/customers/views/{view.number}/rename/"):
                sent = hostile.send(client, address, {"name": text, "is_shared": text})
                assert (address, text, sent.status_code) in {(address, text, 200), (address, text, 302)}

    def test_whatever_an_address_says_is_answered(self, client: Client, onboarder: User) -> None:
        view = saved(onboarder)
        for text in hostile.FEW:
            said = hostile.encoded(dict.fromkeys(("q", "sort", "columns", "view", "move", "panel", "page"), text))
            assert client.get(f"/customers/views/new/?{said}").status_code == 200
            assert client.get(f"/customers/views/?{said}").status_code == 200
            assert client.get(f"/customers/columns/?{said}").status_code == 302
            assert client.post(f"/customers/views/{view.number}/change/?{said}").status_code == 302
