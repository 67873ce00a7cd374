"""A real browser at the portal. A page that logs an error, or is refused something by its policy, fails its test."""

import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from portal.models import User
from tests import chromium
from tests.browser.waits import DEAF, settled, until_it_listens

# Milliseconds until a test gives up on what it expects: as many as Playwright waits with everything else.
expect.set_options(timeout=30_000)

# Logged, and no fault: an answer that refuses (404, 409, 422), which many a test is about, and one that was given up
# for another asked for since, as happens between two keys on a machine that is slow.
USUAL = re.compile(r"the server responded with a status of 4|^htmx:(afterRequest|sendAbort)\b")

MOMENT = 10
"""Seconds that an answer under way may take when its test is over."""

# WCAG 2.2 AA, as far as a program can tell.
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        playwright.selectors.register("deaf", DEAF, content_script=True)
        chrome = playwright.chromium.launch(executable_path=chromium.executable(), args=chromium.OPTIONS)
        yield chrome
        chrome.close()


@pytest.fixture(autouse=True)
def _apart(browser: Browser, transactional_db: None) -> Iterator[None]:
    """No test feels another. Nothing is counted when it begins: who signed in how often, which register failed. What
    its page still asks for at its end is answered before the tables are emptied: it would hold them, or write into
    those of the next."""
    for name in settings.CACHES:
        caches[name].clear()
    yield
    for context in browser.contexts:
        context.close()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(MOMENT)


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=live_server.url, locale="en-GB", viewport={"width": 1280, "height": 800})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    until_it_listens(page)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    assert [error for error in errors if not USUAL.search(error)] == []


@pytest.fixture
def sign_in(context: BrowserContext, live_server: LiveServer) -> Callable[[User], None]:
    """Call it with a user: from then on the browser is theirs."""

    def sign_in(user: User) -> None:
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        name = settings.SESSION_COOKIE_NAME
        # Set for the same host over https: the browser refuses a secure cookie that a program sets for http.
        url = live_server.url.replace("http:", "https:")
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url, "secure": True}])

    return sign_in


@pytest.fixture
def barriers(page: Page) -> Callable[[], list[str]]:
    """Call it to get what keeps some people from using the page as it is now, a line each."""
    return lambda: violations(page, {"runOnly": WCAG})


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe finds on the page as it is now, a line each. A document reads axe, half a megabyte, only once."""
    settled(page)
    if page.evaluate("!window.axe"):
        page.evaluate(AXE_SCRIPT)
    options = {"resultTypes": ["violations"]} | options
    found = page.evaluate("async options => (await axe.run(options)).violations", options)
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]
