"""Signing in, as a person does it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from portal.models import User
from tests import builders


def test_a_reseller_signs_in_and_is_home(page: Page, onboarder: User) -> None:
    page.goto("/")
    page.get_by_label("Email").fill(onboarder.email)
    page.get_by_label("Password", exact=True).fill(builders.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url("/")


def test_the_sign_in_page_has_no_barriers(page: Page, barriers: Callable[[], list[str]]) -> None:
    page.goto("/accounts/login/")
    assert barriers() == []


def test_home_has_no_barriers(
    page: Page, sign_in: Callable[[User], None], onboarder: User, barriers: Callable[[], list[str]]
) -> None:
    sign_in(onboarder)
    page.goto("/")
    expect(page).to_have_url("/")
    assert barriers() == []
