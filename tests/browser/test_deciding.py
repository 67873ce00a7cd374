"""Deciding in a browser: three keys for a clean request, no way around for a red one, everything without script too."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from approvals import holding
from approvals.models import Decision, FirstApproval, RegistrationRequest
from contacts.models import Contact
from customers.models import Partner, VatCheck
from portal.models import User
from tests.browser.waits import is_at
from tests.request_builders import days_ago, make_request

pytestmark = pytest.mark.django_db(transaction=True)

QUEUE = "/admin/approvals/registrationrequest/"
SignIn = Callable[[User], None]


@pytest.fixture
def clean(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder, name="Kempenvaart Logistiek NV", submitted_at=days_ago(2))


@pytest.fixture
def red(clean: RegistrationRequest, settings: Settings) -> RegistrationRequest:
    settings.VIES_URL = "http://127.0.0.1:9"
    now = timezone.now()
    VatCheck.objects.create(
        partner=clean.partner, number=clean.vat_number, outcome="not_registered", asked_at=now, tried_at=now
    )
    return clean


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer, context: BrowserContext) -> Iterator[Callable[[], Page]]:
    """Call it to get a page without script, signed in as the context is."""
    opened: list[BrowserContext] = []

    def page() -> Page:
        opened.append(browser.new_context(base_url=live_server.url, java_script_enabled=False))
        opened[-1].add_cookies(context.cookies())
        return opened[-1].new_page()

    yield page
    for one in opened:
        one.close()


def test_a_clean_request_takes_three_keys(
    page: Page, sign_in: SignIn, approver: User, clean: RegistrationRequest
) -> None:
    sign_in(approver)
    page.goto(QUEUE)

    page.keyboard.press("t")
    is_at(page, "Kempenvaart Logistiek NV")
    page.keyboard.press("a")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("is approved")
    assert Decision.objects.get().decided_by == approver


def test_a_red_one_takes_a_reason_and_a_second_person(
    page: Page, sign_in: SignIn, approver: User, second_approver: User, red: RegistrationRequest
) -> None:
    sign_in(approver)
    page.goto(QUEUE)
    page.keyboard.press("t")
    is_at(page, "Kempenvaart Logistiek NV")
    page.keyboard.press("a")
    expect(page.get_by_label("Why do you approve all the same?")).to_be_focused()
    page.get_by_role("button", name="Approve as the first of two").click()
    expect(page.get_by_role("alert")).to_contain_text("Write down why you approve all the same.")
    assert not FirstApproval.objects.exists()

    page.get_by_label("Why do you approve all the same?").fill("Registered last week.")
    page.get_by_role("button", name="Approve as the first of two").click()
    expect(page.get_by_role("status")).to_contain_text("It now waits for a second approver.")

    page.goto(f"{QUEUE}{red.reference}/change/")
    expect(page.get_by_role("button", name="Approve")).to_be_disabled()
    page.keyboard.press("a")
    expect(page.locator("#approve")).to_have_count(0)
    assert not Decision.objects.exists()

    sign_in(second_approver)
    page.goto(f"{QUEUE}?only=second")
    page.get_by_role("link", name="Kempenvaart Logistiek NV").click()
    is_at(page, "Kempenvaart Logistiek NV")
    expect(page.get_by_text("Registered last week.").first).to_be_visible()
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("is approved")
    decision = Decision.objects.get()
    assert (decision.decided_by, decision.first_approved_by) == (second_approver, approver)


def test_a_tick_that_is_missing_has_the_focus(
    page: Page, sign_in: SignIn, approver: User, clean: RegistrationRequest
) -> None:
    Contact.objects.update(access_confirmed_at=None, access_confirmed_by=None)
    sign_in(approver)
    page.goto(f"{QUEUE}{clean.reference}/change/")
    page.keyboard.press("a")
    expect(page.get_by_label("Portal access and ServiceNow permissions of")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("is approved")


def test_boxes_are_counted_and_ticked_all_at_once(
    page: Page, sign_in: SignIn, approver: User, clean: RegistrationRequest, partner: Partner, onboarder: User
) -> None:
    make_request(partner, onboarder, name="Second NV")
    sign_in(approver)
    page.goto(QUEUE)
    page.get_by_label("Choose Second NV").check()
    expect(page.get_by_text("1 chosen:")).to_be_visible()
    page.get_by_label("Choose all on this page").check()
    expect(page.get_by_text("2 chosen:")).to_be_visible()
    page.get_by_role("button", name="Take", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("2 done.")
    assert RegistrationRequest.objects.filter(held_by=approver).count() == 2


def test_the_list_of_keys_opens_and_closes_with_a_key(
    page: Page, sign_in: SignIn, approver: User, clean: RegistrationRequest
) -> None:
    sign_in(approver)
    page.goto(f"{QUEUE}{clean.reference}/change/")
    for _press in range(2):
        expect(page.get_by_text("Take this request")).to_be_hidden()
        page.keyboard.press("?")
        expect(page.get_by_text("Take this request")).to_be_visible()
        page.keyboard.press("?")
    page.keyboard.press("q")
    expect(page.get_by_role("heading", name="Queue")).to_be_visible()


def test_without_script_everything_is_a_button(
    plain: Callable[[], Page],
    sign_in: SignIn,
    approver: User,
    second_approver: User,
    clean: RegistrationRequest,
    partner: Partner,
    onboarder: User,
) -> None:
    held = make_request(partner, onboarder, name="Held NV", submitted_at=days_ago(1))
    holding.take(actor=second_approver, request=held)
    sign_in(approver)
    page = plain()

    page.goto(QUEUE)
    page.get_by_role("button", name="Take up the oldest").click()
    page.get_by_role("button", name="Give back").click()
    page.get_by_label("Choose Kempenvaart Logistiek NV").check()
    page.get_by_label("Choose Held NV").check()
    page.get_by_role("button", name="Take", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("1 done, 1 not.")

    page.get_by_role("link", name="Held NV").click()
    page.get_by_role("link", name="Take over").click()
    page.get_by_role("button", name="Take over from Karim Benali").click()
    page.get_by_text("Keyboard shortcuts").click()
    expect(page.get_by_text("Give it back")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Approve").click()
    page.get_by_role("button", name="Approve the request").click()
    is_at(page, "Kempenvaart Logistiek NV")
    assert Decision.objects.get().submission.request == held
