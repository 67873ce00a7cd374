"""The path the product is made for, walked as people walk it: with JavaScript and without, in both relationships."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from approvals.models import RegistrationRequest
from contacts.models import Contact
from customers.models import Industry, Partner
from customers.relationships import Relationship
from portal.models import User
from tests import builders
from tests.browser.waits import is_at, settled
from tests.request_builders import PDF

COMPANY = "Kempenvaart Logistiek NV"
VAT = "0991 742 054"
READABLE_VAT = "BE 0991.742.054"


@pytest.fixture(params=[True, False], ids=["with_script", "without_script"])
def scripted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def context(browser: Browser, live_server: LiveServer, scripted: bool) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=live_server.url,
        locale="en-GB",
        viewport={"width": 1280, "height": 800},
        java_script_enabled=scripted,
    )
    yield context
    context.close()


@pytest.fixture
def els(partner: Partner) -> Contact:
    """The partner's own person, fit for every role."""
    return builders.make_contact(
        partner, first_name="Els", last_name="Goossens", email="els.goossens@brightcloud.example"
    )


def enter(page: Page, user: User) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password", exact=True).fill(builders.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Password", exact=True)).to_have_count(0)


def leave(page: Page) -> None:
    page.locator("summary", has_text="Menu of").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def companies_shown(page: Page) -> list[str]:
    page.goto("/customers/")
    return [name.strip() for name in page.locator("tbody .row-link").all_text_contents()]


def fill_in_number_and_details(page: Page, industry: Industry) -> None:
    page.goto("/customers/")
    page.get_by_role("link", name="Add customer").click()
    page.get_by_label("VAT number").fill(VAT)
    page.get_by_role("button", name="Next").click()

    is_at(page, "Details of the customer")
    page.get_by_label("Company name").fill(COMPANY)
    page.get_by_label("Phone number").fill("014 55 01 42")
    page.get_by_label("Street and number").fill("Kanaalkade 14")
    page.get_by_label("Postcode").fill("B-2300")
    page.get_by_label("City").fill("Turnhout")
    page.get_by_label("Industry").select_option(industry.code)
    page.get_by_role("button", name="Next").click()
    is_at(page, "Contacts")


def choose(page: Page, title: str, label: str) -> None:
    page.get_by_role("combobox", name=title, exact=True).select_option(label=label)
    settled(page)


def create_customers_signatory(page: Page) -> None:
    """A new person of the customer for Commercial, who is to be DPO too."""
    card = page.get_by_role("group", name="Commercial contact", exact=True)
    card.get_by_text("Create a new contact").first.click()
    card.get_by_label("This customer").check()
    card.get_by_label("First name").fill("Marie")
    card.get_by_label("Last name").fill("Thys")
    card.get_by_label("Email").fill("marie.thys@kempenvaart.example")
    card.get_by_label("Phone number").fill("0470 55 01 23")
    card.get_by_label("DPO").check()
    card.get_by_role("button", name="Add this contact").click()
    settled(page)


def choose_contacts(page: Page, relationship: Relationship) -> None:
    choose(page, "Technical contact", "Els Goossens")
    if relationship is Relationship.RESELLER:
        create_customers_signatory(page)
        choose(page, "Watch List contact", "Els Goossens")
    else:
        # The same person for everything still open, in one click.
        page.get_by_label("Use the same person for the roles still open").select_option(label="Els Goossens")
        page.get_by_role("button", name="Fill in").click()
        settled(page)
        page.get_by_label("Written approval").set_input_files(
            {"name": "approval.pdf", "mimeType": "application/pdf", "buffer": PDF}
        )
    page.get_by_label("has authority to sign for this customer").check()
    settled(page)
    page.get_by_role("button", name="Next").click()


def confirm(page: Page) -> str:
    for sentence in ("What stands above is right", "We may share the data", "We are entitled to act"):
        page.get_by_label(sentence).check()
    page.get_by_role("button", name="Confirm").click()
    expect(page).to_have_url(re.compile("/sent/"))
    return page.locator(".reference").inner_text()


@pytest.mark.parametrize("relationship", list(Relationship))
def test_a_reseller_registers_a_customer_arxus_approves_it_and_the_table_shows_it(
    page: Page,
    relationship: Relationship,
    els: Contact,
    onboarder: User,
    approver: User,
    csm: User,
    stranger: User,
) -> None:
    industry = builders.make_industry()
    enter(page, onboarder)
    assert companies_shown(page) == []
    fill_in_number_and_details(page, industry)
    label = "Reseller" if relationship is Relationship.RESELLER else "Value Add Partner"
    page.get_by_label(label, exact=True).check()
    settled(page)
    choose_contacts(page, relationship)

    is_at(page, "Review and confirm")
    expect(page.get_by_text(READABLE_VAT).first).to_be_visible()
    reference = confirm(page)
    assert reference == RegistrationRequest.objects.get().reference
    assert companies_shown(page) == []
    leave(page)

    enter(page, approver)
    page.goto("/admin/")
    page.get_by_role("link", name=COMPANY).click()
    expect(page.get_by_text(reference).first).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Approve").click()
    page.get_by_label("Portal access and ServiceNow permissions of Els Goossens are arranged.").check()
    page.get_by_role("button", name="Approve the request").click()
    expect(page.get_by_role("status")).to_contain_text(f"{COMPANY} ({reference}) is approved")
    leave(page)

    for person, shown in ((onboarder, [COMPANY]), (csm, [COMPANY]), (stranger, [])):
        enter(page, person)
        assert companies_shown(page) == shown
        leave(page)


def test_what_arxus_asks_for_is_mended_and_sent_again_as_version_2(
    page: Page, els: Contact, onboarder: User, approver: User
) -> None:
    industry = builders.make_industry()
    enter(page, onboarder)
    fill_in_number_and_details(page, industry)
    page.get_by_label("Value Add Partner", exact=True).check()
    settled(page)
    choose_contacts(page, Relationship.VALUE_ADD_PARTNER)
    reference = confirm(page)
    leave(page)

    enter(page, approver)
    page.goto(f"/admin/approvals/registrationrequest/{reference}/change/")
    page.get_by_role("link", name="Ask for changes").click()
    reason = "The street number is wrong. Which one is the seat?"
    page.locator("#ask").get_by_role("textbox").fill(reason)
    page.locator("#ask").get_by_role("button", name="Send").click()
    expect(page.get_by_text("goes back to Brightcloud with your reason")).to_be_visible()
    leave(page)

    enter(page, onboarder)
    page.goto(f"/requests/{reference}/")
    expect(page.get_by_text(reason).first).to_be_visible()
    page.goto(f"/onboarding/{reference}/details/?change=1")
    expect(page.get_by_text(reason).first).to_be_visible()
    expect(page.get_by_label("Company name")).to_have_value(COMPANY)
    page.get_by_label("Street and number").fill("Kanaalkade 16")
    page.get_by_role("button", name="Next").click()
    confirm(page)
    request = RegistrationRequest.objects.get()
    assert [submission.version for submission in request.submissions.order_by("version")] == [1, 2]
    assert request.customer is not None
    assert request.customer.street == "Kanaalkade 16"
