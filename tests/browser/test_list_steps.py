"""Filters, orders and pages taken in place: the focus stays where one is, Back restores each, and failures say so."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect

from customers.models import Customer, Partner
from portal.models import User
from tests.browser import list_page
from tests.browser.list_page import chip, head, is_at, link
from tests.browser.waits import held_back

pytestmark = pytest.mark.django_db(transaction=True)

SignIn = Callable[[User], None]


@pytest.fixture
def customers(partner: Partner) -> list[Customer]:
    return list_page.fill(partner)


@pytest.fixture
def table(page: Page, sign_in: SignIn, onboarder: User, customers: list[Customer]) -> Iterator[Page]:
    """The table; what it shows is the same document to the end of the test."""
    sign_in(onboarder)
    page.goto("/customers/")
    page.evaluate("window.isSame = true")
    yield page
    assert page.evaluate("window.isSame") is True


@pytest.fixture
def troubled(context: BrowserContext, sign_in: SignIn, onboarder: User, customers: list[Customer]) -> Page:
    """The table in a window whose console nobody reads: htmx logs every answer that fails."""
    sign_in(onboarder)
    page = context.new_page()
    page.goto("/customers/")
    return page


def test_a_sort_keeps_the_focus_on_its_head_and_back_restores_each(table: Page) -> None:
    told, town = table.locator("#search-said"), head(table, "Town")

    town.press("Enter")
    is_at(table, "?sort=town", "Made 07 NV")
    expect(town).to_be_focused()
    town.press("Enter")
    is_at(table, "?sort=-town", "Made 44 NV")
    expect(town).to_be_focused()
    expect(told).to_have_text("52 customers. Sorted by Town, Z to A")
    head(table, "Company").press("Enter")
    is_at(table, "", "Made 00 NV")

    table.go_back()
    is_at(table, "?sort=-town", "Made 44 NV")
    expect(head(table, "Company")).to_be_focused()
    table.go_back()
    is_at(table, "?sort=town", "Made 07 NV")
    expect(town).to_be_focused()
    table.go_forward()
    is_at(table, "?sort=-town", "Made 44 NV")


def test_what_is_ticked_before_the_counts_come_stays_ticked(table: Page) -> None:
    with held_back(table, "/customers/filters/relationship/") as held:
        chip(table, "Relationship").press("Enter")
    panel = table.locator(".chip[open] .menu-panel")
    panel.get_by_label("Value Add Partner").check()
    held.pop().continue_()
    expect(panel).not_to_have_class(re.compile("htmx-request"))
    expect(panel.get_by_label("Value Add Partner")).to_be_checked()

    panel.get_by_role("button", name="Apply").press("Enter")
    expect(table).to_have_url(re.compile(r"\?relationship=value_add_partner$"))


def test_a_filter_chosen_has_the_focus_and_one_taken_away_gives_it_to_the_next(table: Page) -> None:
    def choose(name: str, value: str) -> None:
        chip(table, name).press("Enter")
        table.get_by_label(value).check()
        table.locator(".chip[open]").get_by_role("button", name="Apply").press("Enter")

    choose("Country", "Netherlands")
    is_at(table, "?country=NL", "Made 00 NV")
    expect(chip(table, "Country: Netherlands")).to_be_focused()
    expect(table.locator(".chip[open]")).to_have_count(0)
    choose("Relationship", "Reseller")
    is_at(table, "?relationship=reseller&country=NL", "Made 00 NV")

    # What depends on the list and stands beside it follows.
    expect(table.locator("#views").get_by_role("link", name="Save as new view")).to_have_attribute(
        "href", re.compile(r"\?relationship=reseller&country=NL$")
    )
    expect(table.locator("a.clear")).to_have_attribute("href", re.compile(r"\?relationship=reseller&country=NL$"))

    link(table, "Remove the filter Relationship").press("Enter")
    is_at(table, "?country=NL", "Made 00 NV")
    expect(chip(table, "Country: Netherlands")).to_be_focused()
    link(table, "Remove the filter Country").press("Enter")
    is_at(table, "", "Made 00 NV")
    # None follows that is in force.
    expect(chip(table, "Country")).to_be_focused()

    table.locator("#q").fill("made 51")
    is_at(table, "?q=made+51", "Made 51 NV")
    choose("Country", "Belgium")
    is_at(table, "?q=made+51&country=BE", "Made 51 NV")
    link(table, "Clear all").press("Enter")
    is_at(table, "?q=made+51", "Made 51 NV")
    expect(chip(table, "Status")).to_be_focused()


def test_a_page_begins_at_its_beginning_and_back_is_where_one_turned_it(table: Page, customers: list[Customer]) -> None:
    count, onward = table.locator("[data-count]"), link(table, "Next")

    onward.press("Enter")
    is_at(table, f"?page=after-{customers[49].number}", "Made 50 NV")
    expect(count).to_be_focused()
    expect(count).to_be_in_viewport()
    table.go_back()
    is_at(table, "", "Made 00 NV")
    expect(onward).to_be_focused()
    expect(onward).to_be_in_viewport()


def test_words_that_were_searched_for_follow_a_link_and_the_way_back(table: Page) -> None:
    box = table.locator("#q")
    box.fill("nothing")
    expect(table.get_by_role("heading", name="Nothing found")).to_be_visible()

    link(table, "Show all customers").press("Enter")
    is_at(table, "?view=all", "Made 00 NV")
    expect(box).to_have_value("")
    table.go_back()
    expect(table.get_by_role("heading", name="Nothing found")).to_be_visible()
    expect(box).to_have_value("nothing")


def test_what_has_to_be_mended_takes_the_focus_and_goes_with_what_was_wrong(table: Page) -> None:
    chip(table, "Approved").press("Enter")
    table.get_by_label("From").fill("2026-05-01")
    table.get_by_label("Until, that day included").fill("2026-01-01")
    table.get_by_label("From").press("Enter")

    expect(table.locator(".error-summary")).to_be_focused()
    expect(table).to_have_title("Error: Customers · Arxus Portal")
    expect(table.get_by_label("Until, that day included")).to_have_value("2026-01-01")
    table.get_by_label("Until, that day included").fill("")
    table.locator(".chip[open]").get_by_role("button", name="Apply").press("Enter")
    is_at(table, "?approved_from=2026-05-01", "Made 00 NV")
    expect(table.locator(".error-summary")).to_have_count(0)
    expect(table).to_have_title("Customers · Arxus Portal")


def test_columns_chosen_leave_the_focus_on_their_menu_and_the_table_where_it_was(table: Page) -> None:
    menu, room = table.locator("main summary", has_text="Columns"), table.locator(".table-room.is-wide")
    table.set_viewport_size({"width": 800, "height": 700})
    menu.press("Enter")
    for box in table.locator(".columns input[type=checkbox]").all():
        box.check()
    table.locator(".columns").get_by_role("button", name="Apply").press("Enter")
    expect(room).to_have_count(1)
    expect(menu).to_be_focused()

    head(table, "Approved on").focus()
    scrolled = room.evaluate("room => (room.scrollLeft += 40, room.scrollLeft)")
    head(table, "Approved on").press("Enter")
    expect(table.locator("th[aria-sort]", has_text="Approved on")).to_have_count(1)
    expect(head(table, "Approved on")).to_be_focused()
    assert room.evaluate("room => room.scrollLeft") == scrolled > 0


def test_a_press_that_is_the_browsers_is_left_to_it(table: Page, context: BrowserContext) -> None:
    with context.expect_page() as opened:
        head(table, "Town").click(modifiers=["Control"])

    is_at(opened.value, "?sort=town", "Made 07 NV")
    is_at(table, "", "Made 00 NV")


def test_an_answer_that_fails_is_said_where_one_sees_it_and_asked_for_again(troubled: Page, settings: Any) -> None:
    notice = troubled.locator("#search-trouble")
    again = notice.get_by_role("button", name="Try again")

    def told(words: str) -> None:
        expect(notice.locator("[data-trouble]:visible")).to_contain_text(words)
        expect(again).to_be_focused()
        is_at(troubled, "", "Made 00 NV")

    troubled.route(re.compile("page=after"), lambda route: route.fulfill(status=500, body="Broken"))
    link(troubled, "Next").press("Enter")
    told("That search failed on our side.")
    troubled.unroute(re.compile("page=after"))
    troubled.context.set_offline(True)
    again.press("Enter")
    told("We could not be reached.")
    troubled.context.set_offline(False)
    again.press("Enter")
    expect(troubled.locator("#results .row-link")).to_have_text(["Made 50 NV", "Made 51 NV"])
    expect(troubled.locator("[data-count]")).to_be_focused()
    expect(notice).to_be_hidden()


def test_whoever_types_meanwhile_is_not_called_back(troubled: Page) -> None:
    with held_back(troubled, "page=after") as held:
        link(troubled, "Next").press("Enter")
    troubled.locator("#q").focus()

    held.pop().continue_()
    expect(troubled.locator("#results .row-link").first).to_have_text("Made 50 NV")
    expect(troubled.locator("#q")).to_be_focused()


def test_whoever_types_when_an_answer_fails_goes_on_typing(troubled: Page) -> None:
    with held_back(troubled, "page=after") as held:
        link(troubled, "Next").press("Enter")
    troubled.locator("#q").focus()

    held.pop().fulfill(status=500, body="Broken")
    expect(troubled.locator("#search-trouble [data-trouble]:visible")).to_contain_text("That search failed")
    expect(troubled.locator("#q")).to_be_focused()


def test_whoever_was_signed_out_meanwhile_comes_back_to_what_they_asked_for(
    page: Page, sign_in: SignIn, onboarder: User, customers: list[Customer]
) -> None:
    sign_in(onboarder)
    page.goto("/customers/")
    Session.objects.all().delete()
    head(page, "Town").press("Enter")

    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page).to_have_url(re.compile(re.escape("next=/customers/%3Fsort%3Dtown")))
