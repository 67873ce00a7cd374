"""The first step as people meet it: a number understood while it is typed, one of another country, and none at all."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from approvals.models import RegistrationRequest
from contacts.models import Contact
from customers.models import Partner
from portal.models import User
from tests import builders
from tests.browser.waits import is_at, settled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[True, False], ids=["with_script", "without_script"])
def scripted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def context(browser: Browser, live_server: LiveServer, scripted: bool) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=live_server.url, locale="en-GB", java_script_enabled=scripted)
    yield context
    context.close()


@pytest.fixture
def els(partner: Partner) -> Contact:
    builders.make_industry()
    return builders.make_contact(partner, first_name="Els", last_name="Goossens")


def choose(page: Page, title: str, label: str) -> None:
    page.get_by_role("combobox", name=title, exact=True).select_option(label=label)
    settled(page)


def test_a_company_without_a_vat_number_is_registered(
    page: Page, onboarder: User, sign_in: Callable[[User], None], els: Contact
) -> None:
    sign_in(onboarder)
    page.goto("/customers/new/")
    page.get_by_role("link", name="The company has no VAT number").click()
    page.get_by_label("National registration number").fill("0477.472.701")
    page.get_by_label("It is exempt from VAT").check()
    page.get_by_role("button", name="Next").click()

    is_at(page, "Details of the customer")
    page.get_by_label("Company name").fill("Vrienden van de Kempen vzw")
    page.get_by_label("Phone number").fill("014 55 01 42")
    page.get_by_label("Street and number").fill("Kanaalkade 14")
    page.get_by_label("Postcode").fill("2300")
    page.get_by_label("City").fill("Turnhout")
    page.get_by_label("Industry").select_option("H")
    settled(page)
    page.get_by_role("button", name="Next").click()

    is_at(page, "Contacts")
    page.get_by_role("radio", name="Reseller", exact=True).check()
    settled(page)
    choose(page, "Technical contact", "Els Goossens")
    choose(page, "Commercial contact", "Els Goossens")
    choose(page, "DPO contact", "Els Goossens")
    choose(page, "Watch List contact", "Els Goossens")
    page.get_by_role("button", name="Next").click()
    page.get_by_label("has authority to sign for this customer").check()
    settled(page)
    page.get_by_label("liability").last.check()
    settled(page)
    page.get_by_role("button", name="Next").click()

    is_at(page, "Review and confirm")
    expect(page.get_by_role("main")).to_contain_text("BE 0477.472.701")
    expect(page.get_by_role("main")).to_contain_text("It is exempt from VAT")
    for tick in page.get_by_role("checkbox").all():
        tick.check()
    page.get_by_role("button", name="Confirm").click()
    is_at(page, "Request sent")
    expect(page.get_by_role("main")).to_contain_text(RegistrationRequest.objects.get().reference)
    assert RegistrationRequest.objects.get().national_number == "BE0477472701"


def test_one_press_settles_which_country_is_meant(
    page: Page,
    onboarder: User,
    sign_in: Callable[[User], None],
    els: Contact,
    barriers: Callable[[], list[str]],
    scripted: bool,
) -> None:
    sign_in(onboarder)
    page.goto("/customers/new/")
    page.get_by_label("VAT number").fill("NL 0477.472.701")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("button", name="Belgium: BE 0477.472.701")).to_be_visible()
    if scripted:
        assert barriers() == []
    page.get_by_role("button", name="Belgium: BE 0477.472.701").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Details of the customer")
    assert RegistrationRequest.objects.get().vat_number == "BE0477472701"


def test_enter_is_next_and_not_the_first_country(
    page: Page, onboarder: User, sign_in: Callable[[User], None], els: Contact
) -> None:
    sign_in(onboarder)
    page.goto("/customers/new/")
    page.get_by_label("VAT number").fill("NL 123456782 B90")
    page.get_by_label("VAT number").press("Enter")
    expect(page.get_by_role("button", name="Netherlands: NL 123456782B90")).to_be_visible()
    with page.expect_navigation():
        page.get_by_label("VAT number").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("VAT number of the customer")
    assert RegistrationRequest.objects.count() == 0


def test_the_number_is_shown_as_understood_while_it_is_typed(
    page: Page,
    onboarder: User,
    sign_in: Callable[[User], None],
    els: Contact,
    barriers: Callable[[], list[str]],
    scripted: bool,
) -> None:
    sign_in(onboarder)
    page.goto("/customers/new/")
    page.get_by_label("VAT number").press_sequentially("btw be 0477 472 701")
    said = page.locator("#understood")
    if not scripted:
        expect(said).to_be_empty()
        return
    expect(said).to_contain_text("BE 0477.472.701 · Belgium")
    page.get_by_label("VAT number").fill("NL 123456782 B90")
    expect(said).to_contain_text("starts with the letters of another country")
    expect(page.get_by_role("button", name="Netherlands: NL 123456782B90")).to_be_visible()
    assert barriers() == []
    page.get_by_label("Country").select_option(label="Netherlands")
    expect(said).to_contain_text("NL 123456782B90 · Netherlands")
    expect(page.get_by_role("button", name="Netherlands: NL 123456782B90")).to_have_count(0)
