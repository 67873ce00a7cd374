"""A row of a long table is chosen by typing: what fits is suggested while one types, and Enter takes what is typed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from customers.models import Membership, Partner
from portal.models import User
from tests import builders

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def root(db: None) -> User:
    return User.objects.create_superuser("root@arxus.example", builders.PASSWORD)


def test_a_member_is_added_with_the_keyboard_alone(
    page: Page, sign_in: Callable[[User], None], root: User, onboarder: User, other_partner: Partner
) -> None:
    builders.make_user("wout@northwind-it.example", first_name="Wout", last_name="Claes")
    sign_in(root)
    page.goto("/admin/customers/membership/add/")
    user = page.get_by_label("User")
    user.focus()
    page.keyboard.type("claes")
    offered = page.locator("#id_user_names option")
    expect(offered).to_have_count(1)  # A slow machine asks for the first letters too, which fit more people.
    expect(offered).to_have_attribute("value", "wout@northwind-it.example")
    expect(offered).to_have_js_property("label", "Wout Claes")

    user.fill("wout@northwind-it.example")
    page.keyboard.press("Tab")
    page.keyboard.type("northwind it")
    page.keyboard.press("Enter")

    expect(page).to_have_url("/admin/customers/membership/")
    assert Membership.objects.get(user__email="wout@northwind-it.example").partner == other_partner


def test_the_history_suggests_whom_to_look_for(
    page: Page, sign_in: Callable[[User], None], root: User, approver: User
) -> None:
    sign_in(root)
    page.goto("/admin/customers/event/")
    page.get_by_label("Who").press_sequentially("dhon")

    expect(page.locator("#who_names option")).to_have_count(1)
    expect(page.locator("#who_names option")).to_have_attribute("value", "approver@arxus.example")
