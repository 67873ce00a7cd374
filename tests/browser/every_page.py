"""Every page of the portal in every state it has: who opens it, at which address, and what is done there."""

import re
from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page, expect

QUEUE = "/admin/approvals/registrationrequest/"
THREADS = "/admin/approvals/thread/"
Act = Callable[[Page], None]


class Sight(NamedTuple):
    """A page as somebody meets it. `address` holds names of the world in braces."""

    address: str
    do: Act | None = None
    has_errors: bool = False


def press(name: str) -> Act:
    return lambda page: page.locator("main").get_by_role("button", name=name, exact=True).click()


def enter(label: str, text: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_label(label, exact=True).fill(text)
        page.get_by_label(label, exact=True).press("Enter")
        expect(page).to_have_title(re.compile("^Error: "))

    return act


def open_and_press(fold: str, button: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_text(fold, exact=True).first.click()
        page.get_by_role("button", name=button, exact=True).first.click()

    return act


def send_without(panel: str) -> Act:
    def act(page: Page) -> None:
        page.locator(f"{panel} form").evaluate("form => (form.noValidate = true)")
        page.locator(f"{panel} button.btn-primary, {panel} button.btn-outline-danger").click()

    return act


def open_all_folds(page: Page) -> None:
    page.locator("main details").evaluate_all("folds => folds.forEach(fold => (fold.open = true))")


def open_menu(page: Page) -> None:
    page.locator("summary", has_text="Menu of").click()


def open_actions(page: Page) -> None:
    page.locator("main summary", has_text="Actions").click()


def open_what_was_sent(page: Page) -> None:
    page.locator(".fold > summary").click()


def fold_out(text: str) -> Act:
    return lambda page: page.get_by_text(text, exact=True).first.click()


def choose_all(page: Page) -> None:
    page.get_by_label("Choose all on this page").check()


def choose_all_and_press(name: str) -> Act:
    def act(page: Page) -> None:
        choose_all(page)
        page.get_by_role("button", name=name, exact=True).click()

    return act


def save_a_late_page(page: Page) -> None:
    """Somebody saves the step in another window while this one stands open."""
    other = page.context.new_page()
    other.goto(page.url)
    for window, name in ((other, "Theirs NV"), (page, "Mine NV")):
        window.get_by_label("Company name").fill(name)
        window.get_by_role("button", name="Next").click()
    other.close()
    expect(page.get_by_role("heading", name="This page changed meanwhile")).to_be_visible()


def choose_country(code: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_label("Country", exact=True).select_option(code)
        expect(page.locator("#id_country_hint")).not_to_be_empty()

    return act


NEXT, SIGN_IN, SAVE = press("Next"), press("Sign in"), press("Save")

SIGHTS: dict[str, list[Sight]] = {
    "visitor": [
        Sight("/accounts/login/"),
        Sight("/accounts/login/", SIGN_IN, has_errors=True),
        Sight("/accounts/signup/"),
        Sight("/accounts/inactive/"),
        Sight("/accounts/password/reset/"),
        Sight("/accounts/password/reset/", press("Send the link"), has_errors=True),
        Sight("/accounts/password/reset/done/"),
        Sight("/accounts/password/reset/key/1-old/"),
        Sight("/accounts/password/reset/key/done/"),
        Sight("/nowhere/"),
    ],
    "newcomer": [
        Sight("/"),
        Sight("/customers/"),
        Sight("/customers/?q=nobody"),
        Sight("/requests/"),
        Sight("/requests/?tab=arxus"),
        Sight("/requests/?tab=done"),
        Sight("/help/messages/"),
        Sight("/notifications/"),
    ],
    "reseller": [
        Sight("/", open_menu),
        Sight("/customers/"),
        Sight("/customers/?q=els"),
        Sight("/customers/{complete}/"),
        Sight("/customers/{complete}/documents/"),
        Sight("/customers/{complete}/history/"),
        Sight("/customers/{incomplete}/"),
        Sight("/customers/{incomplete}/documents/"),
        Sight("/requests/"),
        Sight("/requests/?tab=arxus"),
        Sight("/requests/?tab=done"),
        Sight("/requests/{draft}/"),
        Sight("/requests/{submitted}/", open_actions),
        Sight("/requests/{changes_requested}/", open_what_was_sent),
        Sight("/requests/{reopened}/"),
        Sight("/requests/{reopened}/changes/"),
        Sight("/requests/{reopened}/changes/", press("Send back to Arxus"), has_errors=True),
        Sight("/requests/{reopened}/changes/?as_it_was=1", open_all_folds),
        Sight("/requests/{approved}/"),
        Sight("/requests/{rejected}/"),
        Sight("/requests/{withdrawn}/"),
        Sight("/requests/{again}/"),
        Sight("/requests/{submitted}/sent/"),
        Sight("/requests/{approved}/sent/"),
        Sight("/requests/{submitted}/withdraw/"),
        Sight("/requests/{draft}/discard/"),
        Sight("/help/"),
        Sight("/help/contact-roles/"),
        Sight("/help/messages/"),
        Sight("/help/messages/new/?page=/requests/{submitted}/", fold_out("Add files")),
        Sight("/help/messages/new/", press("Send"), has_errors=True),
        Sight("/help/messages/{question}/"),
        Sight("/help/messages/{question}/", press("Send"), has_errors=True),
        Sight("/help/messages/{settled}/"),
        Sight("/requests/{talked_about}/"),
        Sight("/requests/{talked_about}/", press("Send"), has_errors=True),
        Sight("/notifications/"),
        Sight("/notifications/", press("Mark all as read")),
        Sight("/accounts/notifications/"),
        Sight("/accounts/password/change/"),
        Sight("/accounts/password/change/", press("Save the new password"), has_errors=True),
        Sight("/accounts/logout/"),
        Sight("/nowhere/"),
    ],
    "onboarder": [
        Sight("/customers/new/"),
        Sight("/customers/new/", NEXT, has_errors=True),
        Sight("/onboarding/{details}/vat/"),
        Sight("/onboarding/{details}/details/"),
        Sight("/onboarding/{details}/details/", NEXT, has_errors=True),
        *[
            Sight(f"/onboarding/{{{said}}}/details/")
            for said in ("registered", "undisclosed", "unregistered", "silent", "by_hand")
        ],
        Sight("/onboarding/{registered}/details/", NEXT, has_errors=True),
        Sight("/onboarding/{unregistered}/details/", NEXT, has_errors=True),
        Sight("/customers/new/?no-vat=1"),
        Sight("/customers/new/?no-vat=1", NEXT, has_errors=True),
        Sight("/customers/new/", enter("VAT number", "123456789"), has_errors=True),
        Sight("/onboarding/{numberless}/vat/"),
        Sight("/onboarding/{numberless}/details/"),
        Sight("/onboarding/{contacts}/details/", save_a_late_page),
        Sight("/onboarding/{contacts}/contacts/"),
        Sight("/onboarding/{contacts}/contacts/", NEXT, has_errors=True),
        Sight("/onboarding/{contacts}/contacts/", fold_out("Create a new contact")),
        Sight("/onboarding/{contacts}/contacts/", open_and_press("Create a new contact", "Add this contact"), True),
        Sight("/onboarding/{evidence}/contacts/"),
        Sight("/onboarding/{evidence}/contacts/", NEXT, has_errors=True),
        Sight("/onboarding/{misfits}/contacts/"),
        Sight("/onboarding/{warned}/contacts/"),
        Sight("/onboarding/{warned}/review/"),
        Sight("/onboarding/{warned}/review/", press("Confirm"), has_errors=True),
        Sight("/onboarding/{odd}/details/"),
        Sight("/onboarding/{odd}/details/", choose_country("US")),
        Sight("/onboarding/{odd}/contacts/"),
        Sight("/onboarding/{odd}/review/"),
        Sight("/onboarding/{broken}/review/"),
        Sight("/onboarding/{reopened}/details/"),
        Sight("/onboarding/{again}/details/"),
        Sight("/onboarding/{reopened}/contacts/"),
        Sight("/onboarding/{reopened}/review/"),
    ],
    "csm": [
        Sight("/"),
        Sight("/customers/?q=els"),
        Sight("/customers/{incomplete}/"),
        Sight("/requests/"),
        Sight("/requests/{submitted}/"),
        Sight("/requests/{talked_about}/"),
        Sight(THREADS),
    ],
    "customer user": [
        Sight("/"),
        Sight("/customers/{complete}/"),
        Sight("/help/"),
        Sight("/help/messages/"),
        Sight("/help/messages/new/?page=/customers/{complete}/"),
    ],
    "approver": [
        Sight("/"),
        Sight(QUEUE),
        Sight(f"{QUEUE}?tab=partner"),
        Sight(f"{QUEUE}?tab=decided"),
        Sight(f"{QUEUE}?tab=withdrawn"),
        Sight(f"{QUEUE}?q=nobody"),
        Sight(f"{QUEUE}{{submitted}}/change/"),
        Sight(f"{QUEUE}{{warned_of}}/change/"),
        Sight(f"{QUEUE}{{warned_of}}/change/#ask"),
        Sight(f"{QUEUE}{{warned_of}}/change/#ask", press("Send to Brightcloud"), has_errors=True),
        Sight(f"{QUEUE}{{warned_of}}/change/#reject"),
        Sight(f"{QUEUE}{{warned_of}}/change/#reject", send_without("#reject"), has_errors=True),
        Sight(f"{QUEUE}?only=mine"),
        Sight(f"{QUEUE}?only=second"),
        Sight(QUEUE, choose_all),
        Sight(QUEUE, choose_all_and_press("Approve all green ones")),
        Sight(QUEUE, choose_all_and_press("Take")),
        Sight(f"{QUEUE}{{held}}/change/"),
        Sight(f"{QUEUE}{{held}}/take-over/"),
        Sight(f"{QUEUE}{{mine}}/change/#approve", lambda page: page.keyboard.press("?")),
        Sight(f"{QUEUE}{{first_by_me}}/change/"),
        Sight(f"{QUEUE}{{first_by_another}}/change/#approve"),
        Sight(f"{QUEUE}{{warned_of}}/change/#approve"),
        Sight(f"{QUEUE}{{warned_of}}/change/#approve", press("Approve as the first of two"), has_errors=True),
        Sight(f"{QUEUE}{{unconfirmed}}/change/#approve"),
        Sight(f"{QUEUE}{{unconfirmed}}/change/#approve", press("Approve as the first of two"), has_errors=True),
        Sight(f"{QUEUE}{{second}}/change/"),
        Sight("/admin/approvals/snippet/"),
        Sight("/admin/approvals/snippet/add/"),
        Sight(f"{QUEUE}{{second}}/change/?version=1"),
        Sight(f"{QUEUE}{{own}}/change/"),
        Sight(f"{QUEUE}{{excepted}}/change/"),
        *[Sight(f"{QUEUE}{{{state}}}/change/") for state in ("changes_requested", "approved", "rejected", "withdrawn")],
        Sight(f"{QUEUE}{{talked_about}}/change/"),
        Sight(f"{QUEUE}{{talked_about}}/change/", press("Add the note"), has_errors=True),
        Sight(THREADS),
        Sight(f"{THREADS}?tab=answered"),
        Sight(f"{THREADS}?tab=closed"),
        Sight(f"{THREADS}{{question}}/change/"),
        Sight(f"{THREADS}{{question}}/change/", press("Add the note"), has_errors=True),
        Sight(f"{QUEUE}exception/"),
        Sight("/admin/contacts/acceptance/{complete}/"),
        Sight("/admin/contacts/acceptance/{incomplete}/"),
        Sight("/admin/contacts/acceptance/{incomplete}/", press("Put on record"), has_errors=True),
        Sight("/admin/nowhere/"),
    ],
    "administrator": [
        *[
            Sight(f"/admin/{table}/{page}")
            for table in ("customers/partner", "portal/user", "customers/industry", "customers/customer")
            for page in ("", "{" + table.rpartition("/")[2] + "_key}/change/")
        ],
        Sight("/admin/customers/customer/?q=nobody"),
        Sight("/admin/customers/partner/add/"),
        Sight("/admin/customers/partner/add/", SAVE, has_errors=True),
        Sight("/admin/portal/user/add/"),
        Sight("/admin/customers/customer/{customer_key}/history/"),
        Sight("/admin/contacts/contact/"),
        Sight("/admin/contacts/contact/{contact_key}/change/"),
        Sight("/admin/customers/event/"),
        Sight("/admin/customers/event/?partner=Nobody", has_errors=True),
        Sight("/admin/customers/event/?kind=lists"),
        Sight("/admin/customers/membership/add/"),
        Sight("/admin/customers/membership/add/", SAVE, has_errors=True),
        Sight("/admin/customers/vatcheck/"),
        Sight("/admin/customers/vatcheck/?q=BE"),
        Sight("/admin/customers/vatcheck/{check_key}/change/"),
    ],
}
