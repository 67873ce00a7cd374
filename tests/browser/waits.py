"""What a browser test waits for before it goes on: a machine may be slow, and a page listens only once it is loaded."""

from playwright.sync_api import Page, expect

UNDER_WAY = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"


def settled(page: Page) -> None:
    """The page has caught up with what was typed or chosen, and what came listens; without scripts it never lags. Its
    styles are there too, before which all words of a button are seen."""
    page.wait_for_load_state()
    expect(page.locator(UNDER_WAY)).to_have_count(0)


def is_at(page: Page, heading: str) -> None:
    """The page with this main heading is there, and listens to keys."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state()
