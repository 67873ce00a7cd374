"""People write to each other in a browser, with script and without."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from approvals.models import Message, RegistrationRequest, Thread
from customers.models import Partner
from portal.models import User
from tests.browser.waits import settled
from tests.request_builders import PDF, make_request

pytestmark = pytest.mark.django_db(transaction=True)

SignIn = Callable[[User], None]


@pytest.fixture
def sent(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder, name="Kempenvaart NV")


@pytest.fixture(params=[True, False], ids=["with script", "without"])
def window(request: pytest.FixtureRequest, page: Page) -> Page:
    """A page of the context that `sign_in` signs in, with script or without."""
    if request.param:
        return page
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    return page


def test_a_partner_asks_and_staff_note_and_answer(
    window: Page,
    sign_in: SignIn,
    sent: RegistrationRequest,
    onboarder: User,
    approver: User,
    barriers: Callable[[], list[str]],
    tmp_path: Path,
) -> None:
    document = tmp_path / "agreement.pdf"
    document.write_bytes(PDF)
    sign_in(onboarder)
    window.goto(f"/requests/{sent.reference}/")
    window.get_by_label("Write to Arxus").fill("Is this the right agreement?")
    window.get_by_text("Add files").click()
    window.get_by_label("Files").set_input_files(document)
    window.get_by_role("button", name="Send", exact=True).dblclick()
    expect(window.get_by_role("article")).to_have_count(1)
    expect(window.get_by_role("link", name="agreement.pdf")).to_be_visible()

    sign_in(approver)
    window.goto("/admin/approvals/thread/")
    window.get_by_role("link", name="Kempenvaart NV").click()
    expect(window.get_by_label("Only Arxus")).to_be_checked()
    settled(window)
    expect(window.get_by_role("button", name="Send to Brightcloud")).to_be_hidden()
    window.get_by_label("Write").fill("They always send the wrong one.")
    window.get_by_role("button", name="Add the note").click()
    expect(window.get_by_text("Internal: only Arxus reads this")).to_be_visible()
    settled(window)
    window.get_by_label("Brightcloud and Arxus").check()
    window.get_by_label("Write").fill("It is, thank you.")
    window.get_by_role("button", name="Send to Brightcloud").click()
    expect(window.get_by_text("Brightcloud reads this")).to_be_visible()
    assert barriers() == []

    sign_in(onboarder)
    window.goto(f"/requests/{sent.reference}/")
    expect(window.get_by_role("article")).to_have_count(2)
    expect(window.get_by_text("It is, thank you.")).to_be_visible()
    expect(window.get_by_text("They always send the wrong one.")).to_have_count(0)
    assert barriers() == []
    assert Message.objects.count() == 3


def test_a_question_to_support_starts_on_any_page(
    window: Page, sign_in: SignIn, sent: RegistrationRequest, onboarder: User, barriers: Callable[[], list[str]]
) -> None:
    sign_in(onboarder)
    window.goto(f"/requests/{sent.reference}/")
    window.get_by_role("link", name="Message to support").click()
    expect(window.get_by_text(f"About {sent.reference} Kempenvaart NV")).to_be_visible()
    window.get_by_label("Write to Arxus").fill("I cannot find the button.")
    window.get_by_role("button", name="Send").click()
    expect(window.get_by_role("link", name="Say in a few words what it is about.")).to_be_visible()
    expect(window.get_by_label("Write to Arxus")).to_have_value("I cannot find the button.")

    window.get_by_label("What is it about?").fill("Withdrawing")
    window.get_by_role("button", name="Send").click()
    expect(window.get_by_role("heading", name="Withdrawing")).to_be_visible()
    expect(window.get_by_text("Waiting for Arxus")).to_be_visible()
    assert barriers() == []
    assert Thread.objects.get().about_request == sent

    window.get_by_role("button", name="It is settled").click()
    expect(window.get_by_text("This conversation is closed.")).to_be_visible()
