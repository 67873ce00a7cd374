"""Approving in a real browser: with single keys, and without script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from approvals.models import Decision, RegistrationRequest
from approvals.workflow import State
from customers.models import Partner
from portal.models import User
from tests import builders
from tests.browser.waits import is_at
from tests.request_builders import days_ago, make_request

pytestmark = pytest.mark.django_db(transaction=True)

QUEUE = "/admin/approvals/registrationrequest/"
SignIn = Callable[[User], None]


@pytest.fixture
def waiting(partner: Partner, onboarder: User) -> list[RegistrationRequest]:
    """Three requests, the oldest first."""
    return [
        make_request(partner, onboarder, name=f"{name} NV", submitted_at=days_ago(9 - number))
        for number, name in enumerate(("First", "Second", "Third"))
    ]


def test_keys_lead_from_request_to_request_and_to_a_decision(
    page: Page, sign_in: SignIn, approver: User, waiting: list[RegistrationRequest]
) -> None:
    sign_in(approver)
    page.goto(QUEUE)

    page.keyboard.press("t")
    is_at(page, "First NV")
    page.keyboard.press("j")
    is_at(page, "Second NV")
    page.keyboard.press("k")
    is_at(page, "First NV")
    page.keyboard.press("j")
    is_at(page, "Second NV")
    page.keyboard.press("a")
    page.keyboard.press("Enter")

    is_at(page, "Third NV")
    expect(page.get_by_role("status")).to_contain_text("Second NV")
    assert [request.state for request in RegistrationRequest.objects.oldest_first()] == [
        State.SUBMITTED,
        State.APPROVED,
        State.SUBMITTED,
    ]


def test_a_key_opens_the_step_with_the_cursor_in_its_field_and_letters_are_then_text(
    page: Page, sign_in: SignIn, approver: User, waiting: list[RegistrationRequest]
) -> None:
    sign_in(approver)
    page.goto(f"{QUEUE}{waiting[0].reference}/change/")

    page.keyboard.press("r")
    expect(page.locator("#reject textarea")).to_be_focused()
    page.keyboard.type("a rack j k")

    expect(page.locator("#reject textarea")).to_have_value("a rack j k")
    is_at(page, "First NV")
    assert not Decision.objects.exists()


def test_a_key_opens_what_can_be_asked_for_and_the_keyboard_does_the_rest(
    page: Page, sign_in: SignIn, approver: User, waiting: list[RegistrationRequest]
) -> None:
    sign_in(approver)
    page.goto(f"{QUEUE}{waiting[0].reference}/change/")

    page.keyboard.press("c")
    expect(page.locator("#ask").get_by_role("checkbox").first).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.locator("[name='code-vat.number']")).to_be_focused()

    is_at(page, "First NV")
    assert not Decision.objects.exists()


def test_changes_are_asked_for_without_script(
    browser: Browser,
    live_server: LiveServer,
    context: Any,
    sign_in: SignIn,
    approver: User,
    waiting: list[RegistrationRequest],
) -> None:
    sign_in(approver)
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(QUEUE)
    page.get_by_role("link", name="First NV").click()

    page.get_by_role("link", name="Ask for changes").click()
    page.get_by_label("Anything else they should know").fill("Which Ines?")
    page.get_by_role("button", name="Send to Brightcloud").click()

    is_at(page, "Second NV")
    waiting[0].refresh_from_db()
    assert (waiting[0].state, waiting[0].reason) == (State.CHANGES_REQUESTED, "Which Ines?")
    plain.close()


def test_every_place_of_the_administration_is_within_reach_on_a_phone(
    page: Page, sign_in: SignIn, waiting: list[RegistrationRequest]
) -> None:
    sign_in(User.objects.create_superuser("root@arxus.example", builders.PASSWORD))
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(QUEUE)

    page.locator("summary", has_text="Menu of").click()
    for name in ("Industries", "History", "To the portal"):
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
    page.get_by_role("link", name="History", exact=True).click()

    expect(page).to_have_url(re.compile("/admin/customers/event/$"))
