"""Two named changes are asked for, one is made: who sees what, with script and without."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from approvals.changes import snippets
from approvals.models import RegistrationRequest
from customers.models import Partner
from portal.models import User
from tests import builders
from tests.browser.waits import is_at
from tests.portal.onboarding.walk import Walk

SignIn = Callable[[User], None]


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
def sent(live_server: LiveServer, onboarder: User, partner: Partner) -> RegistrationRequest:
    els = builders.make_contact(partner, first_name="Els", last_name="Goossens", email="els@brightcloud.example")
    client = Client()
    client.force_login(onboarder)
    walk = Walk(client)
    walk.to_review(els)
    walk.confirm()
    return walk.draft


def ask_for_two(page: Page, request: RegistrationRequest, *, scripted: bool) -> None:
    page.goto(f"/admin/approvals/registrationrequest/{request.reference}/change/")
    panel = page.locator("#ask")
    if scripted:
        page.locator("a[href='#ask-details.phone']").click()
    else:
        page.get_by_role("link", name="Ask for changes").click()
        panel.locator("[id='ask-details.phone'] input[type=checkbox]").check()
    panel.locator("[name='code-details.phone']").select_option("nobody_answers")
    panel.locator("[id='ask-roles.dpo.phone'] input[type=checkbox]").check()
    panel.locator("[name='code-roles.dpo.phone']").select_option("not_direct")
    if not scripted:
        panel.get_by_role("button", name="Use a saved text").click()
    panel.get_by_label("Saved text", exact=True).select_option(label="Called")
    panel.locator("[id='ask-details.phone']").get_by_role("button", name="Insert the saved text").click()
    expect(panel.locator("[name='text-details.phone']")).to_have_value("We called three times.")
    panel.get_by_role("button", name="Send to Brightcloud").click()
    expect(page.get_by_text("goes back to Brightcloud with your reason")).to_be_visible()


def test_two_changes_are_asked_for_one_is_made_and_the_approver_sees_which(
    page: Page, sign_in: SignIn, sent: RegistrationRequest, onboarder: User, approver: User, scripted: bool
) -> None:
    snippets.save(actor=approver, title="Called", text="We called three times.", shared=True)
    sign_in(approver)
    ask_for_two(page, sent, scripted=scripted)

    sign_in(onboarder)
    page.goto("/requests/")
    page.get_by_role("link", name="Kempenvaart Logistiek NV").click()
    is_at(page, "Arxus asks for 2 changes")
    expect(page.locator(".change h2")).to_have_text(["Phone number", "DPO contact: phone number"])
    expect(page.locator(".change").get_by_label("Phone number")).to_have_count(2)
    expect(page.get_by_text("We called three times.")).to_be_visible()
    page.locator("[name='dpo-edit-phone']").fill("0470 55 01 99")
    for box in page.get_by_role("group", name="You declare, for Brightcloud").get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Send back to Arxus").click()
    expect(page).to_have_url(f"/requests/{sent.reference}/sent/")

    sign_in(approver)
    page.goto(f"/admin/approvals/registrationrequest/{sent.reference}/change/")
    expect(page.get_by_role("heading", name="What changed since version 1")).to_be_visible()
    outcomes = [" ".join(text.split()) for text in page.locator(".asked-for > li").all_text_contents()]
    assert [text.split(" We ")[0].split(" This ")[0] for text in outcomes] == [
        "Not changed Phone number",
        "Changed DPO contact: phone number",
    ]
    row = page.locator(".diff tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("+32 470 55 01 17")
    expect(row).to_contain_text("+32 470 55 01 99")
