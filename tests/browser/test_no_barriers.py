"""Every page, in every state: open to everybody, in light and dark, from a wide screen down to 320 pixels."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from customers.models import Customer, Partner
from portal.models import User
from tests.browser.conftest import WCAG, violations
from tests.browser.every_page import SIGHTS, Sight
from tests.browser.waits import settled
from tests.browser.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)

# Beyond the standard's own rules: one main part, headings in order, everything inside a landmark.
STRUCTURE = ["heading-order", "landmark-one-main", "landmark-unique", "page-has-heading-one", "region"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""All that the theme can change."""
SIZES = ["target-size", "color-contrast", "scrollable-region-focusable"]
"""What a narrow screen can change."""


@pytest.fixture
def world(
    partner: Partner,
    other_partner: Partner,
    onboarder: User,
    csm: User,
    approver: User,
    customer: Customer,
    customer_user: User,
    settings: Settings,
) -> World:
    world = make_world(
        partner=partner,
        other_partner=other_partner,
        onboarder=onboarder,
        csm=csm,
        approver=approver,
        customer=customer,
        customer_user=customer_user,
    )
    settings.VIES_URL = "http://127.0.0.1:9"  # From here on what the register said shows; nobody listens there.
    return world


@pytest.mark.parametrize("person", SIGHTS)
def test_every_page_is_open_to_everybody(
    person: str, page: Page, sign_in: Callable[[User], None], world: World
) -> None:
    if user := world.people[person]:
        sign_in(user)

    barriers = [(sight, barrier) for sight in SIGHTS[person] for barrier in barriers_at(page, sight, world)]

    assert [f"{sight.address}: {barrier}" for sight, barrier in barriers] == []


def barriers_at(page: Page, sight: Sight, world: World) -> list[str]:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")  # Colours change at once.
    if "#" in sight.address:
        page.goto("about:blank")  # Else an address that differs in its # only would not be loaded anew.
    page.goto(sight.address.format_map(world.names))
    if sight.do:
        sight.do(page)
        if sight.has_errors:
            expect(page).to_have_title(re.compile("^Error: "))
        settled(page)
    barriers = words_about(page, sight)
    barriers += found(page, {"type": "tag", "values": WCAG}, rules={rule: {"enabled": True} for rule in STRUCTURE})
    page.emulate_media(color_scheme="dark")
    barriers += found(page, {"type": "rule", "values": COLOURS})
    barriers += too_wide(page, 1280)
    for width in (375, 320):
        page.set_viewport_size({"width": width, "height": 700})
        barriers += too_wide(page, width)
        if width == 320 or page.locator("details[open] > .menu-panel").count():  # a panel covers more than it used to
            barriers += found(page, {"type": "rule", "values": SIZES})
    return barriers


def words_about(page: Page, sight: Sight) -> list[str]:
    """What is wrong with the title and the main heading."""
    title, headings = page.title(), page.locator("h1").all_inner_texts()
    wrong = []
    if not title.endswith((" · Arxus Portal", " · Arxus Admin")):
        wrong.append(f"the title does not name the portal: {title}")
    if title.startswith("Error: ") != sight.has_errors or title.count("Error:") > 1:
        wrong.append(f"the title and the errors of the page differ: {title}")
    if len(headings) != 1 or not headings[0].strip():
        wrong.append(f"not one main heading: {headings}")
    return wrong


def too_wide(page: Page, width: int) -> list[str]:
    needed = page.evaluate("document.scrollingElement.scrollWidth")
    wrong = [f"needs {needed} pixels of {width}"] if needed > width else []
    # What sticks out on the left cannot even be scrolled to.
    left = page.locator("[open] > .menu-panel").evaluate_all(
        "panels => panels.map(p => p.getBoundingClientRect().left)"
    )
    return wrong + [f"a menu starts at {start} at {width}" for start in left if start < 0]


def found(page: Page, run_only: dict[str, object], **options: object) -> list[str]:
    return violations(page, {"runOnly": run_only, "preload": False} | options)
