"""From one customer of a list to the next by keyboard, back into the list, and a number copied on the way."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from contacts.policy import Role
from customers.models import Partner
from portal.models import User
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)

SignIn = Callable[[User], None]


def test_the_customers_of_a_list_are_walked_by_keyboard(
    page: Page, sign_in: SignIn, onboarder: User, partner: Partner
) -> None:
    for name in ("Alfa", "Bravo", "Charlie", "Delta"):
        builders.make_customer(partner, name=f"{name} NV")
    sign_in(onboarder)

    def is_at(name: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        page.wait_for_load_state()

    page.goto("/customers/?q=nv&sort=-name")
    page.get_by_role("link", name="Charlie NV").click()
    is_at("Charlie NV")
    page.get_by_role("link", name="Contacts").click()
    page.wait_for_url("**/contacts/?*")
    for key, name in (("j", "Bravo NV"), ("j", "Alfa NV"), ("k", "Bravo NV")):
        page.keyboard.press(key)
        is_at(name)
    expect(page.get_by_role("link", name="Contacts")).to_have_attribute("aria-current", "page")

    page.go_back()
    is_at("Alfa NV")
    expect(page.get_by_role("link", name="Next")).to_have_count(0)
    page.go_back()
    is_at("Bravo NV")
    page.keyboard.press("b")
    is_at("Customer Management")
    expect(page.locator("main .row-link")).to_have_text(["Bravo NV", "Alfa NV"])
    expect(page.get_by_role("link", name="Bravo NV")).to_be_focused()
    expect(page.get_by_label("Search customers")).to_have_value("nv")


@pytest.mark.parametrize("scripts", [True, False])
def test_back_in_the_list_one_is_at_the_customer_one_came_from(
    browser: Browser,
    context: BrowserContext,
    live_server: LiveServer,
    sign_in: SignIn,
    onboarder: User,
    partner: Partner,
    scripts: bool,
) -> None:
    for number in range(30):
        builders.make_customer(partner, name=f"Made {number:02} NV")
    sign_in(onboarder)
    window = browser.new_context(
        base_url=live_server.url, java_script_enabled=scripts, storage_state=context.storage_state()
    )
    page = window.new_page()
    page.goto("/customers/")

    page.get_by_role("link", name="Made 20 NV").click()
    page.get_by_role("link", name="Back to the results").press("Enter")

    row = page.get_by_role("link", name="Made 20 NV")
    expect(row).to_be_focused()
    expect(row).to_be_in_viewport()
    expect(page.locator(".row-link")).to_have_count(30)
    window.close()


def test_an_address_is_copied_and_said_to_be(
    page: Page, context: BrowserContext, sign_in: SignIn, onboarder: User, partner: Partner
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    customer = builders.make_customer(partner)
    builders.assign(customer, Role.DPO, builders.make_contact(customer, email="jan@atelier.example"))
    sign_in(onboarder)
    page.goto(f"/customers/{customer.number}/")

    page.get_by_role("button", name="Copy jan@atelier.example").click()

    expect(page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == "jan@atelier.example"
