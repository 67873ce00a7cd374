"""The story of one approval, walked by three people: asked for changes, half of them made, approved by two."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from approvals.models import Decision, RegistrationRequest
from customers.models import Partner
from portal.models import User
from tests import builders
from tests.browser.waits import is_at
from tests.portal.onboarding.walk import Walk

pytestmark = pytest.mark.django_db(transaction=True)

COMPANY = "Kempenvaart Logistiek NV"
QUEUE = "/admin/approvals/registrationrequest/"
DECLARED = "You declare, for Brightcloud"
SignIn = Callable[[User], None]


@pytest.fixture
def filled_in(onboarder: User, partner: Partner) -> RegistrationRequest:
    """A draft at its review: Els for every role, the liability accepted for want of an agreement."""
    els = builders.make_contact(partner, first_name="Els", last_name="Goossens", email="els@brightcloud.example")
    client = Client()
    client.force_login(onboarder)
    walk = Walk(client)
    walk.to_review(els)
    return walk.draft


def companies(page: Page) -> list[str]:
    page.goto("/customers/")
    return [name.strip() for name in page.locator("tbody .row-link").all_text_contents()]


def send(page: Page, draft: RegistrationRequest) -> None:
    page.goto(f"/onboarding/{draft.reference}/review/")
    for sentence in ("What stands above is right", "We may share the data", "We are entitled to act"):
        page.get_by_label(sentence).check()
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".reference")).to_have_text(draft.reference)


def take(page: Page) -> None:
    page.goto(QUEUE)
    page.keyboard.press("t")
    is_at(page, COMPANY)


def ask_for_two(page: Page) -> None:
    panel = page.locator("#ask")
    page.locator("a[href='#ask-details.phone']").click()
    panel.locator("[name='code-details.phone']").select_option("nobody_answers")
    panel.locator("[name='text-details.phone']").fill("We called three times.")
    panel.locator("[id='ask-roles.dpo.phone'] input[type=checkbox]").check()
    panel.locator("[name='code-roles.dpo.phone']").select_option("not_direct")
    panel.get_by_role("button", name="Send to Brightcloud").click()
    expect(page.get_by_text("goes back to Brightcloud with your reason")).to_be_visible()


def mend_one(page: Page, reference: str) -> None:
    page.goto("/requests/")
    page.get_by_role("link", name=COMPANY).click()
    is_at(page, "Arxus asks for 2 changes")
    expect(page.locator(".change h2")).to_have_text(["Phone number", "DPO contact: phone number"])
    expect(page.get_by_text("We called three times.")).to_be_visible()
    page.locator("[name='dpo-edit-phone']").fill("0470 55 01 99")
    for box in page.get_by_role("group", name=DECLARED).get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Send back to Arxus").click()
    expect(page).to_have_url(f"/requests/{reference}/sent/")


def test_a_request_goes_back_once_comes_again_half_mended_and_two_approve_it(
    page: Page,
    sign_in: SignIn,
    filled_in: RegistrationRequest,
    onboarder: User,
    approver: User,
    second_approver: User,
) -> None:
    sign_in(onboarder)
    send(page, filled_in)
    assert companies(page) == []

    sign_in(approver)
    take(page)
    ask_for_two(page)

    sign_in(onboarder)
    mend_one(page, filled_in.reference)
    assert companies(page) == []

    sign_in(approver)
    take(page)
    expect(page.get_by_role("heading", name="What changed since version 1")).to_be_visible()
    asked = page.locator(".asked-for > li")
    expect(asked.nth(0)).to_contain_text("Not changed")
    expect(asked.nth(0)).to_contain_text("Phone number")
    expect(asked.nth(1)).to_contain_text("Changed")
    expect(asked.nth(1)).to_contain_text("DPO contact: phone number")
    expect(page.locator(".diff tbody")).to_contain_text("+32 470 55 01 99")
    page.keyboard.press("a")
    expect(page.get_by_label("Portal access and ServiceNow permissions of Els Goossens")).to_be_focused()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Approve as the first of two").click()
    expect(page.get_by_role("status")).to_contain_text("It now waits for a second approver.")
    page.goto(f"{QUEUE}{filled_in.reference}/change/")
    expect(page.get_by_role("button", name="Approve")).to_be_disabled()
    assert not Decision.objects.filter(move="approve").exists()

    sign_in(second_approver)
    page.goto(f"{QUEUE}?only=second")
    page.get_by_role("link", name=COMPANY).click()
    is_at(page, COMPANY)
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("is approved")

    sign_in(onboarder)
    assert companies(page) == [COMPANY]
    decision = Decision.objects.get(move="approve")
    assert (decision.submission.version, decision.decided_by, decision.first_approved_by) == (
        2,
        second_approver,
        approver,
    )
