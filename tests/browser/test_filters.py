"""The filters of the table in a browser: by keyboard, filled when they are opened, and without any script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from customers.models import Customer, Partner
from portal.models import User
from tests import builders
from tests.browser.waits import settled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def customers(partner: Partner) -> list[Customer]:
    return [
        builders.make_customer(partner, name=name, country=country, industry=builders.make_industry(code))
        for name, country, code in (("Aa", "BE", "H"), ("Bb", "NL", "Q"), ("Cc", "NL", "H"))
    ]


def rows(page: Page, *names: str) -> None:
    expect(page.locator("a.row-link")).to_have_text(list(names))


def test_a_filter_is_opened_chosen_applied_and_taken_away_by_keyboard(
    page: Page, sign_in: Callable[[User], None], onboarder: User, customers: list[Customer]
) -> None:
    sign_in(onboarder)
    page.goto("/customers/?sort=-name")
    country = page.locator(".chip > summary", has_text="Country")

    country.focus()
    page.keyboard.press("Enter")
    # Filled now, with how many there would be.
    expect(page.get_by_label("Netherlands")).to_be_visible()
    expect(page.locator(".chip[open] .form-check", has_text="Netherlands")).to_contain_text("2")
    settled(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**/customers/?country=NL&sort=-name")
    rows(page, "Cc", "Bb")
    page.get_by_role("link", name="Remove the filter Country: Netherlands").press("Enter")
    page.wait_for_url("**/customers/?sort=-name")
    rows(page, "Cc", "Bb", "Aa")


def test_one_panel_is_open_at_a_time_and_escape_gives_the_focus_back(
    page: Page, sign_in: Callable[[User], None], onboarder: User, customers: list[Customer]
) -> None:
    sign_in(onboarder)
    page.goto("/customers/")
    opened = page.locator(".chip[open]")

    page.locator(".chip > summary", has_text="Relationship").click()
    page.locator(".chip > summary", has_text="Roles").click()
    expect(opened).to_have_count(1)
    expect(opened.get_by_label("Incomplete")).to_be_visible()

    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    expect(page.locator(".chip > summary", has_text="Roles")).to_be_focused()


def test_partners_are_looked_for_while_one_types(
    page: Page, sign_in: Callable[[User], None], csm: User, customers: list[Customer]
) -> None:
    for serial in range(15):
        builders.make_partner(f"Cloudhouse {serial}")
    sign_in(csm)
    page.goto("/customers/")

    page.locator(".chip > summary", has_text="Partner").click()
    field = page.get_by_label("Find: Partner")
    field.fill("BRIGHT")
    expect(page.locator(".chip[open] .form-check")).to_have_count(2)
    # Enter in the field looks too: nothing is applied yet.
    with page.expect_response("**/customers/filters/partner/**"):
        field.press("Enter")
    settled(page)
    page.get_by_label("Brightcloud").check()
    page.locator(".chip[open]").get_by_role("button", name="Apply").click()

    page.wait_for_url("**/customers/?*partner=*")
    expect(page.locator(".chip-on", has_text="Partner: Brightcloud")).to_be_visible()


def test_a_day_that_comes_before_the_first_is_pointed_at(
    page: Page, sign_in: Callable[[User], None], onboarder: User, customers: list[Customer]
) -> None:
    sign_in(onboarder)
    page.goto("/customers/?approved_from=2026-05-01&approved_to=2026-01-01")

    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Until, that day included")).to_be_visible()
    page.locator(".error-summary a").click()
    expect(page.get_by_label("Until, that day included")).to_be_focused()


def test_a_filter_is_chosen_without_scripts(
    browser: Browser, page: Page, sign_in: Callable[[User], None], onboarder: User, customers: list[Customer]
) -> None:
    sign_in(onboarder)
    page.goto("/customers/")
    plain = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    try:
        window = plain.new_page()
        window.goto(f"{page.url}?sort=-name")
        window.locator(".chip > summary", has_text="Country").click()
        window.get_by_role("link", name="Choose: Country").click()
        window.get_by_label("Netherlands").check()
        window.get_by_role("button", name="Apply").click()
        expect(window).to_have_url(re.compile(r"/customers/\?sort=-name&country=NL$"))
        rows(window, "Cc", "Bb")
    finally:
        plain.close()
