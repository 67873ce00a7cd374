"""The role cards follow what is chosen, and lose nothing that is typed meanwhile."""

from collections.abc import Callable

from django.test import Client
from playwright.sync_api import Page, Route, expect

from customers.models import Partner
from portal.models import User
from tests import builders
from tests.browser.waits import settled
from tests.portal.onboarding.walk import Walk, address


def test_what_is_opened_and_typed_while_the_cards_are_drawn_anew_stays(
    page: Page, sign_in: Callable[[User], None], partner: Partner, onboarder: User
) -> None:
    els = builders.make_contact(partner, first_name="Els", last_name="Goossens")
    client = Client()
    client.force_login(onboarder)
    walk = Walk(client).to_contacts()
    sign_in(onboarder)
    page.goto(address(walk.draft, "contacts"))
    page.get_by_label("Reseller", exact=True).check()
    settled(page)
    held: list[Route] = []
    page.route("**/contacts/", lambda route: held.append(route))

    with page.expect_request("**/contacts/"):
        page.get_by_role("combobox", name="Technical contact", exact=True).select_option(els.number)
    card = page.get_by_role("group", name="DPO contact", exact=True)
    card.get_by_text("Create a new contact").first.click()
    card.get_by_label("First name").fill("Marie")
    held[0].continue_()

    expect(page.get_by_role("group", name="Technical contact", exact=True).get_by_text("Filled")).to_be_visible()
    expect(card.get_by_label("First name")).to_be_visible()
    expect(card.get_by_label("First name")).to_have_value("Marie")
