"""Panels that are open: nothing pressed within one closes it, and the page is not wider for it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from customers.models import Customer
from portal.models import User
from tests.browser.waits import held_back

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("panel", "words"), [("Columns", "Phone"), ("Status", "Ended"), ("Country", "Belgium")])
def test_the_words_beside_a_box_tick_it(
    page: Page, sign_in: Callable[[User], None], onboarder: User, customer: Customer, panel: str, words: str
) -> None:
    sign_in(onboarder)
    page.goto("/customers/")
    opened = page.locator("main details[open]")

    page.locator("main summary", has_text=panel).click()
    opened.locator("label", has_text=words).click()

    expect(opened.get_by_label(words)).to_be_checked()


def test_a_press_between_the_boxes_leaves_the_panel_open_and_one_beside_the_panel_closes_it(
    page: Page, sign_in: Callable[[User], None], onboarder: User, customer: Customer
) -> None:
    sign_in(onboarder)
    page.goto("/customers/")
    opened = page.locator("main details[open]")

    page.locator("main summary", has_text="Approved").click()
    opened.locator(".menu-panel").click(position={"x": 3, "y": 3})
    expect(opened).to_have_count(1)
    page.locator("h1").click()
    expect(opened).to_have_count(0)


def test_a_panel_at_the_right_edge_opens_to_the_left(
    page: Page, sign_in: Callable[[User], None], csm: User, customer: Customer
) -> None:
    sign_in(csm)
    page.goto("/customers/")

    # Wherever the line of filters breaks on this machine, one of them stands at its end.
    for chip in page.locator("details.chip").all():
        chip.locator("summary").click()
        expect(chip.locator(".menu-panel")).to_be_visible()
        fits(page)


def test_a_panel_that_grows_when_its_counts_come_opens_to_the_left_then(
    page: Page, sign_in: Callable[[User], None], onboarder: User, customer: Customer
) -> None:
    sign_in(onboarder)
    page.goto("/customers/")
    chip = page.locator("details.chip", has_text="Roles")
    with held_back(page, "/customers/filters/roles/") as held:
        chip.locator("summary").click()
    # As wide as the panel is now.
    right = chip.locator(".menu-panel").evaluate("panel => Math.ceil(panel.getBoundingClientRect().right)")
    page.set_viewport_size({"width": right + 2, "height": 700})
    fits(page)

    held.pop().fulfill(body=f"<p>{'Counts' * 50}</p>")
    expect(chip).to_contain_text("Counts")
    fits(page)


def fits(page: Page) -> None:
    """Nothing is to be scrolled to the right for, once what listens to the panel has had its turn."""
    page.wait_for_function("document.documentElement.scrollWidth === document.documentElement.clientWidth")
