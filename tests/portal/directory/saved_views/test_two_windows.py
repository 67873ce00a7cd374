"""One view changed in two windows: nothing saved is lost without a word."""

import re
from typing import Any

import pytest
from django.test import Client

from portal.directory.saved_views.keeping import change_view
from portal.directory.saved_views.refusals import ViewChanged
from portal.models import SavedView, User
from tests.conftest import SignIn
from tests.portal.directory.saved_views.views_made import listed, saved
from tests.portal.reading import links_of, text_of

FRENCH, SWISS = "country=FR&sort=-name", "country=CH"


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


@pytest.fixture
def view(onboarder: User) -> SavedView:
    return saved(onboarder)


def seen_in(response: Any) -> str:
    """What the page says the view kept when it was opened."""
    found = re.search(r'name="seen" value="([^"]*)"', response.content.decode())
    assert found is not None
    return found[1].replace("&amp;", "&")


def press(client: Client, view: SavedView, listing: str, seen: str) -> Any:
    return client.post(f"/customers/views/{view.number}/change/?{listing}", {"seen": seen})


def kept(view: SavedView) -> str:
    view.refresh_from_db()
    return view.address


def test_the_second_window_is_told_what_was_saved_and_loses_nothing(client: Client, view: SavedView) -> None:
    seen = seen_in(client.get(f"/customers/?country=NL&view={view.number}"))
    assert press(client, view, FRENCH, seen).status_code == 302

    late = press(client, view, SWISS, seen)

    assert (late.status_code, kept(view)) == (409, FRENCH)
    said = text_of(late)
    assert "You saved “Dutch” in another window after you opened it here. Nothing is lost" in said
    assert "Country Switzerland France Order Company, A to Z Company, Z to A" in said
    assert "Columns" not in said
    assert f"/customers/views/new/?{SWISS}" in links_of(late)
    assert f"/customers/?{FRENCH}&view={view.number}" in links_of(late)

    # Pressed all the same, it is saved; unless the first window was quicker again.
    assert press(client, view, "country=BE", seen_in(late)).status_code == 302
    again = press(client, view, SWISS, seen_in(late))
    assert (again.status_code, kept(view)) == (409, "country=BE")
    assert press(client, view, SWISS, seen_in(again)).status_code == 302
    assert kept(view) == SWISS


def test_both_windows_may_save_the_same(client: Client, view: SavedView) -> None:
    for _window in range(2):
        assert press(client, view, SWISS, view.address).status_code == 302
    assert kept(view) == SWISS


def test_a_name_or_a_share_that_changed_meanwhile_is_no_change_of_what_is_shown(
    client: Client, view: SavedView
) -> None:
    SavedView.objects.update(name="Netherlands", name_key="netherlands", is_shared=True)

    assert press(client, view, SWISS, view.address).status_code == 302


def test_what_a_live_piece_says_and_what_the_page_said_bear_the_same_name(client: Client, view: SavedView) -> None:
    """By which the page keeps its own: what comes in says what is kept now, which nobody has seen yet."""
    piece = {"HX-Request": "true", "HX-Target": "results"}
    for headers in ({}, piece):
        page = client.get(f"/customers/?country=BE&view={view.number}", headers=headers).content.decode()
        assert re.search(rf'<input type="hidden" id="seen-{view.number}"[^>]* form="save-view" hx-preserve>', page)


def test_nobody_is_given_what_a_colleagues_view_keeps(client: Client, colleague: User) -> None:
    """A value that is not the reader's to use stays the owner's."""
    theirs = saved(colleague, shared=True)

    assert 'name="seen"' not in client.get(f"/customers/?country=BE&view={theirs.number}").content.decode()


def test_the_refusal_names_the_view_as_it_is_kept_now(onboarder: User, view: SavedView) -> None:
    change_view(actor=onboarder, view=view, listing=listed(onboarder, FRENCH), seen=view.address)

    with pytest.raises(ViewChanged) as refused:
        change_view(actor=onboarder, view=view, listing=listed(onboarder, SWISS), seen=view.address)
    assert refused.value.view.address == FRENCH
