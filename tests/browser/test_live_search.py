"""The table of customers while somebody types: results that follow, keys, answers that fail, the way back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from customers.models import Partner
from portal.models import User
from tests import builders
from tests.browser.waits import held_back

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ["Bakkerij Anders", "Bakkerij Zuid", "Slagerij Noord"]


@pytest.fixture
def signed_in_here(sign_in: Callable[[User], None], partner: Partner, onboarder: User) -> None:
    for name in NAMES:
        builders.make_customer(partner, name=name, vat_number="")
    sign_in(onboarder)


@pytest.fixture
def table(page: Page, signed_in_here: None) -> Page:
    page.goto("/help/")
    page.goto("/customers/?status=any")
    return page


@pytest.fixture
def troubled(context: BrowserContext, signed_in_here: None) -> Page:
    """The table in a window whose console nobody reads: htmx logs every answer that fails or is given up."""
    page = context.new_page()
    page.goto("/customers/?status=any")
    return page


def rows(page: Page, *names: str) -> None:
    expect(page.locator("#results .row-link")).to_have_text(list(names))


def address(page: Page, query: str) -> None:
    expect(page).to_have_url(re.compile(r"/customers/\?" + re.escape(query) + "$"))


def test_results_address_and_sound_follow_what_is_typed(table: Page) -> None:
    told = table.locator("#search-said")
    entries = table.evaluate("history.length")
    table.keyboard.press("/")
    expect(table.locator("#q")).to_be_focused()

    table.keyboard.type("bakk", delay=50)
    rows(table, "Bakkerij Anders", "Bakkerij Zuid")
    address(table, "q=bakk&status=any")
    expect(told).to_have_text("2 of 3 customers match")
    table.keyboard.type("erij z", delay=50)
    rows(table, "Bakkerij Zuid")
    address(table, "q=bakkerij+z&status=any")
    expect(told).to_have_text("1 of 3 customers matches")

    # Back leaves the page: no letter is an entry of its own.
    assert table.evaluate("history.length") == entries
    table.go_back()
    expect(table).to_have_url(re.compile("/help/$"))
    table.go_forward()
    rows(table, "Bakkerij Zuid")
    expect(table.locator("#q")).to_have_value("bakkerij z")


def test_an_answer_that_comes_late_overwrites_nothing(troubled: Page) -> None:
    box = troubled.locator("#q")
    with held_back(troubled, "q=slagerij") as held:
        box.fill("slagerij")
    box.fill("bakkerij")
    rows(troubled, "Bakkerij Anders", "Bakkerij Zuid")

    held.pop().fulfill(body="<p>Late</p>", headers={"HX-Replace-Url": "/customers/?q=late"})
    expect(troubled.locator(".htmx-request")).to_have_count(0)
    rows(troubled, "Bakkerij Anders", "Bakkerij Zuid")
    address(troubled, "q=bakkerij&status=any")


def test_the_hits_are_walked_by_keys_and_found_again(table: Page, partner: Partner) -> None:
    for number in range(30):
        builders.make_customer(partner, name=f"Bakkerij Midden {number:02}", vat_number="")
    links = table.locator("#results .row-link")
    box, keys = table.locator("#q"), table.keyboard
    box.fill("bakkerij")
    expect(links).to_have_count(32)

    box.focus()
    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("End", 31), ("ArrowDown", 31)):
        keys.press(key)
        expect(links.nth(place)).to_be_focused()
    keys.press("Escape")
    expect(box).to_be_focused()
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    expect(box).to_be_focused()

    # Opened, and back: the words, the hits, the place on the page and the focus are as they were.
    keys.press("ArrowDown")
    keys.press("End")
    keys.press("ArrowUp")
    scrolled = table.evaluate("scrollY")
    keys.press("Enter")
    expect(table.get_by_role("heading", level=1)).to_have_text("Bakkerij Midden 29")
    table.go_back()
    expect(box).to_have_value("bakkerij")
    expect(links).to_have_count(32)
    expect(links.nth(30)).to_be_focused()
    assert scrolled > 0
    table.wait_for_function("scrolled => scrollY === scrolled", arg=scrolled)

    # In the box, Escape empties it.
    keys.press("Escape")
    keys.press("Escape")
    expect(box).to_have_value("")
    expect(links).to_have_count(33)
    address(table, "status=any")


def test_an_answer_that_fails_leaves_the_results_and_says_so(
    troubled: Page, context: BrowserContext, settings: Any
) -> None:
    trouble, box = troubled.locator("#search-trouble"), troubled.locator("#q")

    def told(words: str) -> None:
        # All the words stand in the page, and one of them is shown.
        expect(trouble.locator("[data-trouble]:visible")).to_contain_text(words)
        rows(troubled, *NAMES)

    def again() -> None:
        trouble.get_by_role("button", name="Try again").click()
        expect(box).to_be_focused()

    troubled.route(re.compile("q=slagerij"), lambda route: route.fulfill(status=500, body="Broken"))
    box.fill("slagerij")
    told("That search failed on our side.")
    troubled.unroute(re.compile("q=slagerij"))
    settings.SEARCHES_PER_MINUTE = 0
    again()
    told("You searched very often within a minute.")
    settings.SEARCHES_PER_MINUTE = 100_000
    context.set_offline(True)
    again()
    told("We could not be reached.")
    context.set_offline(False)
    again()
    rows(troubled, "Slagerij Noord")
    expect(trouble).to_be_hidden()


def test_whoever_was_signed_out_meanwhile_signs_in_and_comes_back(table: Page) -> None:
    Session.objects.all().delete()
    table.locator("#q").fill("slagerij")

    expect(table.get_by_role("button", name="Sign in")).to_be_visible()
    expect(table).to_have_url(re.compile(re.escape("next=/customers/%3Fq%3Dslagerij")))


def test_the_cross_empties_the_box_and_nothing_moves_for_whoever_wants_it_still(table: Page) -> None:
    cross, box = table.get_by_role("link", name="Clear the search"), table.locator("#q")
    table.emulate_media(reduced_motion="reduce")
    expect(cross).to_be_hidden()
    box.fill("slagerij")
    rows(table, "Slagerij Noord")
    cross.click()

    rows(table, *NAMES)
    expect(box).to_be_focused()
    expect(cross).to_be_hidden()
    table.locator("#results").evaluate("results => results.classList.add('htmx-request')")
    expect(table.locator("#results")).to_have_css("transition-duration", "0s")


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> BrowserContext:
    return browser.new_context(base_url=live_server.url, java_script_enabled=False)


def test_without_scripts_enter_does_the_same(table: Page, plain: BrowserContext, context: BrowserContext) -> None:
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto("/customers/?status=any&sort=-name")
    page.get_by_label("Search customers").fill("bakkerij")
    page.get_by_label("Search customers").press("Enter")

    rows(page, "Bakkerij Zuid", "Bakkerij Anders")
    address(page, "q=bakkerij&status=any&sort=-name")
    expect(page.locator("#search-trouble")).to_be_hidden()
    expect(page.locator("#q-keys")).to_be_hidden()
    page.get_by_role("link", name="Clear the search").click()
    rows(page, *reversed(NAMES))
    page.locator("#top-q").fill("noord")
    page.locator("#top-q").press("Enter")
    rows(page, "Slagerij Noord")
    plain.close()
