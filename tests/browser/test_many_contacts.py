"""Choosing among five hundred contacts: the list follows what one types, with scripts and without."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from contacts.models import Contact
from contacts.search_rows import index
from customers.models import Partner
from portal.models import User
from tests import builders
from tests.browser.waits import settled
from tests.portal.onboarding.walk import Walk, address

MANY = 500

# One key more, at the last moment: before the answer replaces the box that it is pressed in.
TYPE_AS_IT_COMES = """document.addEventListener(
  "htmx:beforeSwap",
  () => {
    const box = document.activeElement;
    box.value += "7";
    box.dispatchEvent(new Event("input", { bubbles: true }));
  },
  { once: true, capture: true },
)"""


@pytest.fixture
def zoe(partner: Partner) -> Contact:
    crowd = Contact.objects.bulk_create(
        Contact(
            partner=partner,
            first_name=f"Aad {number:03d}",
            last_name="Smit",
            email=f"aad{number:03d}@bright.example",
            phone="+32470550117",
        )
        for number in range(MANY)
    )
    index(crowd)
    return builders.make_contact(partner, first_name="Zoë", last_name="Van den Broeck", email="zoe@cloud.example")


@pytest.fixture
def step(zoe: Contact, onboarder: User) -> str:
    client = Client()
    client.force_login(onboarder)
    return address(Walk(client).to_contacts().draft, "contacts")


def card_of(page: Page) -> Locator:
    return page.get_by_role("group", name="DPO contact", exact=True)


def test_the_list_follows_what_is_typed_and_enter_does_not_go_on(
    page: Page,
    sign_in: Callable[[User], None],
    onboarder: User,
    step: str,
    zoe: Contact,
    barriers: Callable[[], list[str]],
) -> None:
    sign_in(onboarder)
    page.goto(step)
    card = card_of(page)
    expect(card.get_by_text("50 of 501 contacts are listed.")).to_be_visible()
    search = card.get_by_role("searchbox", name="Find a contact")

    search.press_sequentially("broeck zo")
    expect(card.get_by_role("status")).to_have_text("1 contact is found.")
    expect(search).to_be_focused()
    expect(search).to_have_value("broeck zo")
    search.press("Enter")
    expect(page).to_have_url(step)
    settled(page)
    card.get_by_role("combobox", name="DPO contact", exact=True).select_option("Zoë Van den Broeck")

    expect(card.get_by_text("Filled")).to_be_visible()
    expect(card.get_by_text("zoe@cloud.example")).to_be_visible()
    assert barriers() == []


def test_what_is_typed_just_as_an_answer_comes_is_looked_for_too(
    page: Page, sign_in: Callable[[User], None], onboarder: User, step: str
) -> None:
    sign_in(onboarder)
    page.goto(step)
    card = card_of(page)
    search = card.get_by_role("searchbox", name="Find a contact")
    page.evaluate(TYPE_AS_IT_COMES)
    search.focus()
    search.fill("aad 01")

    expect(card.get_by_role("status")).to_have_text("1 contact is found.")
    expect(search).to_have_value("aad 017")
    expect(search).to_be_focused()


def test_without_scripts_a_button_does_the_same(
    browser: Browser, live_server: LiveServer, page: Page, sign_in: Callable[[User], None], onboarder: User, step: str
) -> None:
    sign_in(onboarder)
    plain = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=page.context.storage_state()
    ).new_page()
    plain.goto(step)
    card = card_of(plain)

    card.get_by_label("Find a contact").fill("zoe")
    card.get_by_role("button", name="Find", exact=True).click()

    expect(card.get_by_text("1 contact is found.")).to_be_visible()
    offered = card.get_by_role("combobox", name="DPO contact", exact=True).locator("option")
    expect(offered).to_have_text(["Choose a contact", "Zoë Van den Broeck"])
    plain.context.close()
