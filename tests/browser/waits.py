"""What a browser test waits for before it goes on: a machine may be slow, and a page listens only once it is loaded."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Route, expect

# A selector engine. It finds a page that does not listen: its scripts have not run, or htmx puts in what it was sent.
DEAF = """{
  queryAll() {
    const isAdding = document.querySelector(".htmx-swapping, .htmx-settling, .htmx-added");
    return document.readyState !== "complete" || isAdding ? [...document.children] : []; // None at first.
  },
  query() {
    return this.queryAll()[0] ?? null;
  },
}"""

UNDER_WAY = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"


def until_it_listens(page: Page) -> None:
    """From now on whatever is done on the page by a locator, or expected of it, waits until the page listens."""
    page.add_locator_handler(page.locator("deaf=page"), lambda: None)


def settled(page: Page) -> None:
    """The page has caught up with what was typed or chosen, and what came listens; without scripts it never lags. Its
    styles are there too, before which all words of a button are seen."""
    page.wait_for_load_state()
    expect(page.locator(UNDER_WAY)).to_have_count(0)


def is_at(page: Page, heading: str) -> None:
    """The page with this main heading is there, and listens to keys."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state()


@contextmanager
def held_back(page: Page, address: str) -> Iterator[list[Route]]:
    """What the block makes the page ask for at this address (an expression) waits in the list, until the test answers
    it; whatever asks for the same later is answered as usual."""
    held: list[Route] = []
    page.route(re.compile(address), lambda route: held.append(route), times=1)
    with page.expect_request(re.compile(address)):
        yield held
    # The request is told of first, and what holds it back hears of it then: before the page's next answer.
    page.evaluate("0")
