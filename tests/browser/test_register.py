"""The VAT register as people meet it: a number pasted from an invoice, and name and address stand there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from portal.demo.register import Register
from portal.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def register(vat_register: Register, settings: Settings) -> Register:
    """It answers at once, and on a slow machine is waited for all the same."""
    settings.VIES_TIMEOUT = 30
    return vat_register


def paste(page: Page, number: str) -> None:
    page.goto("/customers/new/")
    page.get_by_label("VAT number").fill(number)
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Details of the customer")


def test_a_pasted_number_brings_name_and_address(
    page: Page,
    onboarder: User,
    sign_in: Callable[[User], None],
    register: Register,
    barriers: Callable[[], list[str]],
) -> None:
    sign_in(onboarder)
    paste(page, "BTW BE 0999.124.447 RPR Leuven")
    expect(page.get_by_label("Company name")).to_have_value("TOUWSLAGERIJ DE KNOOP NV")
    expect(page.get_by_label("Street and number")).to_have_value("Parijsstraat 12")
    expect(page.get_by_label("Postcode")).to_have_value("3000")
    expect(page.get_by_label("City")).to_have_value("Leuven")
    expect(page.get_by_text("from the VAT register")).to_have_count(2)
    expect(page.get_by_role("region", name="What the VAT register says")).to_contain_text("Registered")
    assert barriers() == []


@pytest.mark.parametrize(
    ("says", "shown"), [("INVALID", "The VAT register does not know BE 0999.124.447."), ("html", "No answer")]
)
def test_without_a_yes_one_reads_why_and_goes_on(
    page: Page,
    onboarder: User,
    sign_in: Callable[[User], None],
    register: Register,
    barriers: Callable[[], list[str]],
    says: str,
    shown: str,
) -> None:
    register.behaviour.says = says
    sign_in(onboarder)
    paste(page, "BE 0999.124.447")
    expect(page.get_by_role("main")).to_contain_text(shown)
    expect(page.get_by_label("Company name")).to_have_value("")
    assert barriers() == []
