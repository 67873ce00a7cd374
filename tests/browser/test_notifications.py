"""The inbox in a real browser, with and without script: the count on every page, opening one, marking all."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from approvals.models import Notification, RegistrationRequest
from customers.models import Partner
from portal.models import User
from tests.approvals.posted import announce_sent
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db(transaction=True)

SignIn = Callable[[User], None]


@pytest.fixture
def told(partner: Partner, onboarder: User) -> list[RegistrationRequest]:
    requests = [make_request(partner, onboarder, name=f"{name} NV") for name in ("First", "Second", "Third")]
    for request in requests:
        announce_sent(request)
    Notification.objects.filter(recipient=onboarder).update(read_at=None)  # As if they were news.
    return requests


def read_them(page: Page, told: list[RegistrationRequest]) -> None:
    page.goto("/")
    page.get_by_role("link", name="Notifications, 3 unread").click()
    lines = page.get_by_role("button", name="Unread:")
    expect(lines).to_have_text(
        [f"Unread: We have your request for {name} NV." for name in ("Third", "Second", "First")]
    )

    lines.nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second NV")
    page.get_by_role("link", name="Notifications, 2 unread").click()
    page.get_by_role("button", name="Mark all as read").click()

    expect(page.get_by_text("2 notifications are marked as read.")).to_be_visible()
    expect(page.get_by_role("button", name="Unread:")).to_have_count(0)
    expect(page.get_by_role("link", name="Notifications", exact=True)).to_be_visible()

    page.get_by_role("link", name="Choose which also come by mail").click()
    page.get_by_label("A request is approved").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your choice is saved.")).to_be_visible()
    expect(page.get_by_label("A request is approved")).not_to_be_checked()


def test_what_one_was_told_is_read_and_marked(
    page: Page, sign_in: SignIn, onboarder: User, told: list[RegistrationRequest]
) -> None:
    sign_in(onboarder)
    read_them(page, told)


def test_the_same_without_script(
    browser: Browser, live_server: LiveServer, onboarder: User, told: list[RegistrationRequest]
) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    client = Client()
    client.force_login(onboarder, backend=settings.AUTHENTICATION_BACKENDS[0])
    name = settings.SESSION_COOKIE_NAME
    url = live_server.url.replace("http:", "https:")
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url, "secure": True}])
    read_them(context.new_page(), told)
    context.close()
