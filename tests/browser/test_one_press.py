"""One press decides one request: a second, meant for the page before, leaves the page that has just appeared alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from approvals.desk import recent
from approvals.models import Decision, RegistrationRequest
from customers.models import Partner
from portal.models import User
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


def decided() -> list[str]:
    return list(Decision.objects.order_by("pk").values_list("submission__request__company_name", flat=True))


def test_a_key_or_click_repeated_as_the_next_request_appears_decides_nothing(
    page: Page,
    sign_in: SignIn,
    approver: User,
    waiting: list[RegistrationRequest],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # However slow the machine is, the moment lasts until the test lets it pass.
    monkeypatch.setattr(recent, "PAUSE", timedelta(minutes=5))
    page.clock.install()
    page.clock.pause_at(timezone.now() + timedelta(hours=1))
    sign_in(approver)
    page.goto(f"{QUEUE}{waiting[0].reference}/change/")

    page.keyboard.press("a")
    page.keyboard.press("Enter")
    is_at(page, "Second NV")
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    approve = page.get_by_role("button", name="Approve the request")
    approve.click(force=True)
    expect(approve).to_be_disabled()
    assert decided() == ["First NV"]

    monkeypatch.setattr(recent, "PAUSE", timedelta(0))
    page.clock.run_for(1_500)
    expect(approve).to_be_enabled()
    expect(approve).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Third NV")
    assert decided() == ["First NV", "Second NV"]
    lately = page.get_by_role("region", name="What you decided just now")
    expect(lately.get_by_role("link")).to_have_text(["Second NV", "First NV"])


def test_without_script_the_second_press_is_refused_and_says_why(
    browser: Browser,
    live_server: LiveServer,
    context: BrowserContext,
    sign_in: SignIn,
    approver: User,
    waiting: list[RegistrationRequest],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recent, "PAUSE", timedelta(minutes=5))
    sign_in(approver)
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(f"{QUEUE}{waiting[0].reference}/change/")

    for name in ("First NV", "Second NV"):
        is_at(page, name)
        page.get_by_role("link", name="Approve").click()
        page.get_by_role("button", name="Approve the request").click()

    expect(page.get_by_role("alert")).to_contain_text("You decided on First NV a moment ago")
    assert decided() == ["First NV"]
    plain.close()
