"""Approving in a real browser: by keyboard, without script, and readable for everybody in every state."""

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
from tests.request_builders import days_ago, make_request

pytestmark = pytest.mark.django_db(transaction=True)

QUEUE = "/admin/approvals/registrationrequest/"
SignIn = Callable[[User], None]
WARNING: dict[str, Any] = {
    "role": "security_incident",
    "code": "phone_advised",
    "message": "%(name)s has no phone number.",
    "params": {"name": "Ines Vermeulen"},
}


@pytest.fixture
def waiting(partner: Partner, other_partner: Partner, onboarder: User) -> list[RegistrationRequest]:
    """Three requests, the oldest first; the first of them with a red and an amber signal."""
    sent = [
        make_request(partner, onboarder, name=f"{name} NV", submitted_at=days_ago(9 - number), warnings=[WARNING])
        for number, name in enumerate(("First", "Second", "Third"))
    ]
    builders.make_customer(other_partner, vat_number=sent[0].vat_number)
    return sent


def heading(page: Page) -> Any:
    return page.get_by_role("heading", level=1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "?tab=decided", "?q=nothing", "{reference}/change/", "exception/"])
def test_the_approval_pages_put_up_no_barrier(
    path: str,
    scheme: Any,
    page: Page,
    sign_in: SignIn,
    approver: User,
    waiting: list[RegistrationRequest],
    barriers: Callable[[], list[str]],
) -> None:
    sign_in(approver)
    page.emulate_media(color_scheme=scheme)

    page.goto(QUEUE + path.format(reference=waiting[0].reference))

    assert barriers() == []


@pytest.mark.parametrize("panel", ["ask", "reject"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_two_steps_of_the_decision_page_put_up_no_barrier_with_or_without_errors(
    panel: str,
    scheme: Any,
    page: Page,
    sign_in: SignIn,
    approver: User,
    waiting: list[RegistrationRequest],
    barriers: Callable[[], list[str]],
) -> None:
    sign_in(approver)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{QUEUE}{waiting[0].reference}/change/#{panel}")
    button = page.locator(f"#{panel}").get_by_role("button")
    expect(button).to_be_visible()
    assert barriers() == []

    page.locator(f"#{panel} textarea").evaluate("field => field.required = false")
    button.click()

    expect(page).to_have_title("Error: First NV · " + waiting[0].reference + " · Queue · Arxus Admin")
    expect(page.locator(f"#{panel} .invalid-feedback")).to_be_visible()
    assert barriers() == []


def test_a_request_is_decided_with_three_keys(
    page: Page, sign_in: SignIn, approver: User, waiting: list[RegistrationRequest]
) -> None:
    sign_in(approver)
    page.goto(QUEUE)

    page.keyboard.press("t")
    expect(heading(page)).to_have_text("First NV")
    page.keyboard.press("j")
    expect(heading(page)).to_have_text("Second NV")
    page.keyboard.press("k")
    expect(heading(page)).to_have_text("First NV")
    page.keyboard.press("j")
    expect(heading(page)).to_have_text("Second NV")
    page.keyboard.press("a")

    expect(heading(page)).to_have_text("Third NV")
    expect(page.get_by_role("status")).to_contain_text("Second NV")
    assert [request.state for request in RegistrationRequest.objects.oldest_first()] == [
        State.SUBMITTED,
        State.APPROVED,
        State.SUBMITTED,
    ]


@pytest.mark.parametrize(("key", "panel"), [("c", "#ask"), ("r", "#reject")])
def test_a_key_opens_the_step_with_the_cursor_in_its_field_and_letters_are_then_text(
    key: str, panel: str, page: Page, sign_in: SignIn, approver: User, waiting: list[RegistrationRequest]
) -> None:
    sign_in(approver)
    page.goto(f"{QUEUE}{waiting[0].reference}/change/")

    page.keyboard.press(key)
    expect(page.locator(f"{panel} textarea")).to_be_focused()
    page.keyboard.type("a rack j k")

    expect(page.locator(f"{panel} textarea")).to_have_value("a rack j k")
    expect(heading(page)).to_have_text("First NV")
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
    page.get_by_label("What should they change, and why?").fill("Which Ines?")
    page.get_by_role("button", name="Send to Brightcloud").click()

    expect(heading(page)).to_have_text("Second NV")
    waiting[0].refresh_from_db()
    assert (waiting[0].state, waiting[0].reason) == (State.CHANGES_REQUESTED, "Which Ines?")
    plain.close()
