"""What is done on a page before it is looked at."""

import re
from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page, expect

from tests.browser.waits import is_at

Act = Callable[[Page], None]


class Sight(NamedTuple):
    """A page as somebody meets it. `address` holds names of the world in braces."""

    address: str
    do: Act | None = None
    has_errors: bool = False


def press(name: str) -> Act:
    return lambda page: page.locator("main").get_by_role("button", name=name, exact=True).click()


def enter(label: str, text: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_label(label, exact=True).fill(text)
        page.get_by_label(label, exact=True).press("Enter")
        expect(page).to_have_title(re.compile("^Error: "))

    return act


def open_and_press(fold: str, button: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_text(fold, exact=True).first.click()
        page.get_by_role("button", name=button, exact=True).first.click()

    return act


def send_without(panel: str) -> Act:
    def act(page: Page) -> None:
        page.locator(f"{panel} form").evaluate("form => (form.noValidate = true)")
        page.locator(f"{panel} button.btn-primary, {panel} button.btn-outline-danger").click()

    return act


def open_all_folds(page: Page) -> None:
    page.locator("main details").evaluate_all("folds => folds.forEach(fold => (fold.open = true))")


def open_menu(page: Page) -> None:
    page.locator("summary", has_text="Menu of").click()


def open_actions(page: Page) -> None:
    page.locator("main summary", has_text="Actions").click()


def open_chip(name: str) -> Act:
    """Open a filter of the table, and wait for what it offers."""

    def act(page: Page) -> None:
        page.locator(".chip > summary", has_text=name).first.click()
        expect(page.locator(".chip[open] form")).to_be_visible()

    return act


def open_export(page: Page) -> None:
    page.locator("main summary", has_text="Export").click()


def open_views(page: Page) -> None:
    page.locator("#views summary").click()


def open_columns(page: Page) -> None:
    page.locator("main summary", has_text="Columns").click()


def open_what_was_sent(page: Page) -> None:
    page.locator(".fold > summary").click()


def fold_out(text: str) -> Act:
    return lambda page: page.get_by_text(text, exact=True).first.click()


def choose_all(page: Page) -> None:
    page.get_by_label("Choose all on this page").check()


def choose_all_and_press(name: str) -> Act:
    def act(page: Page) -> None:
        choose_all(page)
        page.get_by_role("button", name=name, exact=True).click()

    return act


def save_a_late_page(page: Page) -> None:
    """Somebody saves the step in another window while this one stands open."""
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Company name").fill("Theirs NV")
    other.get_by_role("button", name="Next").click()
    is_at(other, "Contacts")
    other.close()
    page.get_by_label("Company name").fill("Mine NV")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", name="This page changed meanwhile")).to_be_visible()


def save_a_view_late(page: Page) -> None:
    """As if the view had been saved in another window after this one was opened."""
    page.locator("[name=seen]").evaluate("seen => (seen.value = 'country=FR')")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("heading", name="changed meanwhile")).to_be_visible()


def choose_country(code: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_label("Country", exact=True).select_option(code)
        expect(page.locator("#id_country_hint")).not_to_be_empty()

    return act


def search_for(text: str) -> Act:
    """Type into the search box of the table, and wait for what comes."""

    def act(page: Page) -> None:
        page.locator("#q").fill(text)
        expect(page.locator("#search-said")).not_to_be_empty()

    return act


def find_at_the_top(text: str) -> Act:
    """Type into the search box at the top, where there is one: a phone has a link instead."""

    def act(page: Page) -> None:
        if page.locator("#top-q").is_visible():
            page.locator("#top-q").fill(text)
            expect(page.get_by_role("option").first).to_be_visible()
            page.keyboard.press("ArrowDown")

    return act


NEXT, SIGN_IN, SAVE = press("Next"), press("Sign in"), press("Save")
