"""The menu of views and the panel of columns by keyboard, and while somebody searches."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from customers.models import Partner
from portal.models import SavedView, User
from tests import builders
from tests.browser.waits import settled
from tests.portal.directory.saved_views.views_made import saved

pytestmark = pytest.mark.django_db(transaction=True)


def test_views_and_columns_by_keyboard(
    page: Page,
    sign_in: Callable[[User], None],
    barriers: Callable[[], list[str]],
    partner: Partner,
    onboarder: User,
) -> None:
    for name, country in (("Aalst NV", "BE"), ("Breda BV", "NL")):
        builders.make_customer(partner, name=name, country=country, vat_number="")
    view = saved(onboarder, "Dutch", "country=NL")
    sign_in(onboarder)
    menu = page.locator("#views")
    keys = page.keyboard

    # The menu opens, closes on Escape, which gives the focus back, and opens a view.
    page.goto("/customers/")
    menu.locator("summary").focus()
    keys.press("Enter")
    expect(menu.get_by_role("link", name="Dutch")).to_be_visible()
    assert barriers() == []
    keys.press("Tab")
    keys.press("Escape")
    expect(menu.locator("summary")).to_be_focused()
    expect(menu.get_by_role("link", name="Dutch")).to_be_hidden()
    for key in ("Enter", "Tab", "Tab", "Enter"):
        keys.press(key)
    expect(page).to_have_url(f"{page.url.split('/customers/')[0]}/customers/?country=NL&view={view.number}")
    expect(page.locator(".row-link")).to_have_text(["Breda BV"])

    # Typing departs from it: the menu says so while one types, and what is saved is what stands there then.
    page.get_by_role("searchbox", name="Search customers").press_sequentially("breda")
    expect(menu.get_by_text("Changed", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=breda&country=NL"))  # A slow machine asks for the first letters too.
    settled(page)
    menu.get_by_role("button", name="Save changes").press("Enter")
    expect(page.get_by_text("The view “Dutch” now shows this.")).to_be_visible()
    assert SavedView.objects.get().address == "q=breda&country=NL"

    # Columns: an arrow moves one in its place and keeps the focus, Enter on a box applies.
    page.goto("/customers/?columns=vat,town,roles")
    panel = page.locator(".columns")
    page.locator("summary", has_text="Columns").press("Enter")
    assert barriers() == []
    up = panel.get_by_role("button", name="Move Roles up")
    up.focus()
    keys.press("Enter")
    expect(up).to_be_focused()
    expect(panel.get_by_role("status")).to_have_text("Roles: place 3")
    for _press in range(3):
        keys.press("Enter")
    box = panel.get_by_label("Town")
    box.focus()
    keys.press("Space")
    panel.get_by_role("button", name="Apply").press("Enter")
    expect(page).to_have_url(f"{page.url.split('/customers/')[0]}/customers/?columns=company,roles,vat")
    expect(page.locator("thead th")).to_have_count(3)


def test_what_another_window_saved_meanwhile_is_not_lost_without_a_word(
    page: Page, sign_in: Callable[[User], None], partner: Partner, onboarder: User
) -> None:
    builders.make_customer(partner, name="Breda BV", country="NL", vat_number="")
    view = saved(onboarder, "Dutch", "country=NL")
    sign_in(onboarder)
    page.goto(f"/customers/?country=NL&view={view.number}")
    SavedView.objects.update(address="q=bre&country=NL")

    # What comes in while one goes on says nothing of it.
    page.locator("#q").fill("breda")
    expect(page.locator("#views").get_by_text("Changed", exact=True)).to_be_visible()
    settled(page)
    page.locator("thead a", has_text="Company").press("Enter")
    expect(page).to_have_url(re.compile("sort=-name"))
    settled(page)
    page.get_by_role("button", name="Save changes").press("Enter")
    expect(page.get_by_role("heading", name="“Dutch” changed meanwhile")).to_be_visible()
    assert SavedView.objects.get().address == "q=bre&country=NL"
    page.get_by_role("button", name="Save what this window shows").press("Enter")
    expect(page.get_by_text("The view “Dutch” now shows this.")).to_be_visible()
    assert SavedView.objects.get().address == "q=breda&country=NL&sort=-name"
