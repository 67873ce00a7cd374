"""The key / where the box at the top is an icon."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from customers.models import Customer
from portal.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def test_on_a_narrow_page_the_slash_leads_to_the_search_box_and_one_types_on(
    page: Page, sign_in: Callable[[User], None], onboarder: User, customer: Customer
) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    sign_in(onboarder)
    page.goto("/requests/")

    page.keyboard.press("/")

    expect(page.get_by_role("searchbox", name="Search customers")).to_be_focused()
