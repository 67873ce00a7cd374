"""The whole path by keyboard alone: what has the focus is always seen, and everything can be reached and pressed."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from approvals.models import RegistrationRequest
from approvals.workflow import State
from contacts.models import Contact
from customers.models import Partner
from portal.models import User
from tests import builders
from tests.browser.waits import is_at, settled
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db(transaction=True)

SignIn = Callable[[User], None]
QUEUE = "/admin/approvals/registrationrequest/"
MOST_STOPS = 80

# Whether the element with the focus is drawn with a mark, and at least partly on top of everything else.
SEEN = """() => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return "";
  const named = focused.outerHTML.slice(0, 120);
  const marked = [focused, ...["::before", "::after"].map((part) => [focused, part])].some((each) => {
    const style = Array.isArray(each) ? getComputedStyle(...each) : getComputedStyle(each);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  if (!marked) return `no mark on ${named}`;
  const box = focused.getBoundingClientRect();
  const shares = [0.02, 0.25, 0.5, 0.75, 0.98];
  const isOnTop = shares.some((x) => shares.some((y) => {
    const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return top && (focused.contains(top) || top.contains(focused) && !top.matches("html, body, main, form"));
  }));
  return isOnTop ? "" : `hidden: ${named}`;
}"""


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the target has the focus; every stop on the way is seen."""
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        settled(page)  # To leave a field may ask for something, and what comes may move what has the focus.
        assert page.evaluate(SEEN) == ""
        if target.evaluate("target => target === document.activeElement"):
            return
    raise AssertionError(f"not reached by {key}: {target}")


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    tab_to(page, target)
    page.keyboard.press(key)


def write(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(text)


def choose(page: Page, target: Locator, first_letters: str) -> None:
    """In a list, letters choose what starts with them."""
    tab_to(page, target)
    page.keyboard.type(first_letters)
    page.keyboard.press("Tab")
    settled(page)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("main").get_by_role("button", name=name, exact=True)


@pytest.fixture
def els(partner: Partner) -> Contact:
    return builders.make_contact(partner, first_name="Els", last_name="Goossens")


def test_a_customer_is_registered_by_keyboard_alone(page: Page, sign_in: SignIn, onboarder: User, els: Contact) -> None:
    builders.make_industry()
    sign_in(onboarder)
    page.goto("/customers/")
    press(page, page.get_by_role("link", name="Add customer"))
    is_at(page, "VAT number of the customer")

    press(page, button(page, "Next"))
    expect(page.get_by_role("alert")).to_be_focused()
    settled(page)
    press(page, page.get_by_role("alert").get_by_role("link"))
    expect(page.get_by_label("VAT number")).to_be_focused()
    page.keyboard.type("0991 742 054")
    page.keyboard.press("Enter")

    is_at(page, "Details of the customer")
    write(page, "Company name", "Kempenvaart Logistiek NV")
    tab_to(page, page.get_by_label("Phone number"))
    page.keyboard.type("014 55 01 42")
    write(page, "Street and number", "Kanaalkade 14")
    write(page, "Postcode", "2300")
    write(page, "City", "Turnhout")
    choose(page, page.get_by_label("Industry"), "Transport")
    press(page, button(page, "Next"))

    is_at(page, "Contacts")
    press(page, page.get_by_label("Reseller", exact=True), "Space")
    settled(page)
    choose(page, page.get_by_label("Use the same person for the roles still open"), "Els")
    tab_to(page, button(page, "Fill in"), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("4 of 4 roles filled.")).to_be_visible()
    settled(page)
    press(page, page.get_by_label("Els Goossens has authority to sign for this customer"), "Space")
    settled(page)
    press(page, page.get_by_label("We have no such agreement"), "Space")
    settled(page)
    press(page, button(page, "Next"))

    is_at(page, "Review and confirm")
    for sentence in ("What stands above is right", "We may share the data", "We are entitled to act"):
        press(page, page.get_by_label(sentence), "Space")
    press(page, button(page, "Confirm"))

    is_at(page, "Request sent")
    sent = RegistrationRequest.objects.get(state=State.SUBMITTED)
    expect(page.locator(".reference")).to_have_text(sent.reference)


def test_a_request_is_approved_by_keyboard_alone(
    page: Page, sign_in: SignIn, partner: Partner, onboarder: User, approver: User
) -> None:
    sent = make_request(partner, onboarder, name="Kempenvaart Logistiek NV")
    sign_in(approver)
    page.goto(QUEUE)

    press(page, page.get_by_role("link", name="Kempenvaart Logistiek NV"))
    is_at(page, "Kempenvaart Logistiek NV")
    press(page, page.get_by_role("main").get_by_role("link", name="Approve"))
    press(page, button(page, "Approve the request"))

    expect(page.get_by_role("status")).to_contain_text("is approved")
    sent.refresh_from_db()
    assert sent.state == State.APPROVED


def stops(page: Page, key: str) -> Iterator[str]:
    """What is wrong at each stop from here to the end of the page."""
    for _ in range(MOST_STOPS):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement === document.body"):
            return
        yield page.evaluate(SEEN)


@pytest.mark.parametrize("width", [1280, 375])
def test_no_bar_ever_covers_what_has_the_focus(
    page: Page, sign_in: SignIn, partner: Partner, onboarder: User, approver: User, width: int
) -> None:
    sent = make_request(partner, onboarder)
    asked = make_request(partner, onboarder, State.CHANGES_REQUESTED)
    page.set_viewport_size({"width": width, "height": 640})
    for user, address in (
        (onboarder, f"/requests/{asked.reference}/"),
        (onboarder, "/help/contact-roles/"),
        (approver, f"{QUEUE}{sent.reference}/change/"),
    ):
        sign_in(user)
        page.goto(address)
        down = list(stops(page, "Tab"))
        page.get_by_role("main").evaluate("main => main.lastElementChild.scrollIntoView(false)")
        up = list(stops(page, "Shift+Tab"))
        assert [fault for fault in down + up if fault] == []
        assert min(len(down), len(up)) > 10


@pytest.mark.parametrize("width", [1280, 375])
def test_the_first_stop_of_every_page_skips_to_its_content(
    page: Page, sign_in: SignIn, partner: Partner, onboarder: User, approver: User, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    sent = make_request(partner, onboarder)
    for user, address in (
        (onboarder, "/customers/"),
        (onboarder, "/customers/new/"),
        (approver, f"{QUEUE}{sent.reference}/change/"),
        (approver, "/admin/customers/partner/"),
    ):
        sign_in(user)
        page.goto(address)
        press(page, page.get_by_role("link", name="Skip to the content"))
        expect(page.get_by_role("main")).to_be_focused()
