"""The search boxes at the top of every page and on the home page of staff, by keyboard and by ear."""

import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from customers.models import Partner
from portal.models import User
from tests import builders
from tests.browser.waits import settled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(page: Page, sign_in: Callable[[User], None], partner: Partner, onboarder: User) -> Page:
    for name in ("Bakkerij Anders", "Bakkerij Zuid"):
        builders.make_customer(partner, name=name, vat_number="")
    sign_in(onboarder)
    page.goto("/")
    return page


def type_and_wait(page: Page, words: str) -> None:
    """Type into what has the focus. A slow machine asks for the first letters too: what is chosen among their hits is
    gone when those of all the words come."""
    with page.expect_response(re.compile(rf"[?&]q={words}(&|$)")):
        page.keyboard.type(words)
    settled(page)


def test_hits_are_chosen_by_arrows_and_opened_by_enter(home: Page, barriers: Callable[[], list[str]]) -> None:
    box, keys = home.get_by_role("combobox", name="Find a customer"), home.keyboard
    options = home.get_by_role("listbox", name="Customers").get_by_role("option")
    keys.press("/")
    type_and_wait(home, "bakk")
    expect(options).to_have_count(3)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(home.locator("#top-said")).to_have_text("2 customers are listed. Choose with the arrow keys.")
    assert barriers() == []

    def chosen(place: int) -> None:
        expect(box).to_be_focused()
        expect(options.nth(place)).to_have_attribute("aria-selected", "true")
        expect(home.get_by_role("option", selected=True)).to_have_count(1)
        expect(box).to_have_attribute("aria-activedescendant", options.nth(place).get_attribute("id") or "none")

    for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1)):
        keys.press(key)
        chosen(place)
    keys.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_value("bakk")
    expect(box).to_have_attribute("aria-expanded", "false")
    keys.press("ArrowDown")
    chosen(0)
    keys.press("Enter")
    expect(home.get_by_role("heading", level=1)).to_have_text("Bakkerij Anders")


def test_enter_without_a_choice_leads_to_the_table(home: Page) -> None:
    box = home.get_by_role("combobox", name="Find a customer")
    box.press_sequentially("zuid")
    expect(home.get_by_role("option")).to_have_count(2)
    box.press("Enter")

    expect(home).to_have_url(re.compile(r"/customers/\?q=zuid$"))
    expect(home.locator("#results .row-link")).to_have_text(["Bakkerij Zuid"])


def test_a_hit_is_clicked_and_leaving_closes_the_list(home: Page) -> None:
    box, options = home.get_by_role("combobox", name="Find a customer"), home.get_by_role("option")
    box.fill("bakk")
    expect(options).to_have_count(3)
    home.keyboard.press("Tab")
    expect(options).to_have_count(0)
    box.focus()
    options.filter(has_text="All 2 customers that match").click()

    expect(home).to_have_url(re.compile(r"/customers/\?q=bakk$"))


def test_what_is_no_piece_of_the_page_is_not_put_there(home: Page) -> None:
    box, panel = home.get_by_role("combobox", name="Find a customer"), home.locator("#top-hits")
    Session.objects.all().delete()
    box.fill("bakk")
    expect(panel).to_have_text("That search failed. Press Enter to try again.")
    box.press("Enter")

    expect(home.get_by_role("button", name="Sign in")).to_be_visible()


def test_on_a_phone_the_icon_leads_to_the_table(home: Page) -> None:
    home.set_viewport_size({"width": 375, "height": 700})
    expect(home.locator("#top-q")).to_be_hidden()
    home.get_by_role("banner").get_by_role("link", name="Find a customer").click()

    expect(home).to_have_url(re.compile("/customers/#q$"))
    expect(home.get_by_role("searchbox", name="Search customers")).to_be_focused()


def test_staff_see_hits_below_the_box_of_their_home_page(
    home: Page, sign_in: Callable[[User], None], csm: User, barriers: Callable[[], list[str]]
) -> None:
    sign_in(csm)
    home.goto("/")
    own = home.get_by_role("main").get_by_role("combobox", name="Search customers")
    home.keyboard.press("/")
    expect(own).to_be_focused()
    type_and_wait(home, "zuid")
    expect(home.get_by_role("main").get_by_role("option")).to_have_count(2)
    expect(home.locator("#home-said")).to_have_text("1 customer is listed. Choose with the arrow keys.")
    assert barriers() == []
    home.keyboard.press("ArrowDown")
    expect(own).to_have_attribute("aria-activedescendant", "home-hit-1")
    home.keyboard.press("Enter")

    expect(home.get_by_role("heading", level=1)).to_have_text("Bakkerij Zuid")
