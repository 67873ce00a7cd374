"""Typing and pressing at once, on a line that is slow: nothing typed or chosen is lost, and nobody is moved."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from customers.models import Partner
from portal.models import User
from tests.browser import list_page
from tests.browser.list_page import chip, head, is_at
from tests.browser.waits import held_back

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def table(page: Page, sign_in: Callable[[User], None], onboarder: User, partner: Partner) -> Page:
    list_page.fill(partner)
    sign_in(onboarder)
    page.goto("/customers/")
    return page


def test_words_typed_and_a_step_pressed_before_their_hits_came_are_both_kept(table: Page) -> None:
    box = table.locator("#q")
    with held_back(table, r"\?q=made(\+|%20)0$") as held:
        box.press_sequentially("made 0")

    head(table, "Town").click()
    is_at(table, "?q=made+0&sort=town", "Made 07 NV")
    expect(head(table, "Town")).to_be_focused()
    held.pop().fulfill(body="<p>Late</p>", headers={"HX-Replace-Url": "/customers/?q=late"})
    expect(table.locator(".htmx-request")).to_have_count(0)
    is_at(table, "?q=made+0&sort=town", "Made 07 NV")
    expect(box).to_have_value("made 0")


def test_what_is_typed_while_a_step_is_under_way_is_asked_for_with_it(table: Page) -> None:
    box = table.locator("#q")
    with held_back(table, "sort=-name"):
        head(table, "Company").click()
    box.press_sequentially("made 0")

    is_at(table, "?q=made+0&sort=-name", "Made 45 NV")
    expect(box).to_be_focused()
    expect(box).to_have_value("made 0")
    # One step, one entry.
    table.go_back()
    is_at(table, "", "Made 00 NV")
    expect(box).to_have_value("")


def test_a_panel_that_is_open_when_the_hits_come_stays_and_what_is_chosen_in_it_goes_with_the_words(
    table: Page,
) -> None:
    with held_back(table, r"\?q=made(\+|%20)0$") as held:
        table.locator("#q").press_sequentially("made 0")
    chip(table, "Country").click()
    table.get_by_label("Netherlands").check()

    held.pop().continue_()
    expect(table.locator("#results")).not_to_have_class(re.compile("htmx-request"))
    expect(table.get_by_label("Netherlands")).to_be_checked()
    table.locator(".chip[open]").get_by_role("button", name="Apply").click()
    is_at(table, "?q=made+0&country=NL", "Made 00 NV")


def test_a_panel_closed_without_a_choice_shows_the_hits_that_came_meanwhile(table: Page) -> None:
    with held_back(table, r"\?q=made(\+|%20)01$") as held:
        table.locator("#q").press_sequentially("made 01")
    chip(table, "Country").click()
    held.pop().continue_()
    expect(table.locator("#results")).not_to_have_class(re.compile("htmx-request"))
    expect(table.locator(".chip[open]")).to_have_count(1)

    table.keyboard.press("Escape")
    is_at(table, "?q=made+01", "Made 01 NV")
    expect(chip(table, "Country")).to_be_focused()


def test_whoever_left_the_box_for_a_hit_stays_there_when_others_come(table: Page) -> None:
    first = table.locator("#results .row-link").first
    with held_back(table, r"\?q=made(\+|%20)00$") as held:
        table.locator("#q").press_sequentially("made 00")
    first.focus()

    held.pop().continue_()
    expect(table.locator("#results .row-link")).to_have_text(["Made 00 NV", "Made 07 NV"])
    expect(first).to_be_focused()
