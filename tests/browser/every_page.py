"""Every page of the portal in every state it has: who opens it, at which address, and what is done there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.test import Client
from playwright.sync_api import Page, expect

from approvals import decisions
from approvals.models import RegistrationRequest
from approvals.workflow import Move, State
from contacts.models import Contact
from contacts.policy import EvidenceKind, Role
from customers.models import Customer, Partner
from customers.permissions import MembershipRole
from portal.models import User
from tests import builders, request_builders
from tests.portal.onboarding.walk import DETAILS, Walk, contacts_of
from tests.request_builders import days_ago, make_request

QUEUE = "/admin/approvals/registrationrequest/"
WARNINGS: list[dict[str, Any]] = [
    {
        "role": "security_incident",
        "code": "phone_advised",
        "message": "%(name)s has no phone number. Secwise can only write, also at night.",
        "params": {"name": "Ines Vermeulen"},
    }
]
LONG = "Vennootschap voor de Bevordering van het Goederenvervoer over de Kempische Binnenwateren en Aanverwanten NV"

Act = Callable[[Page], None]


class Sight(NamedTuple):
    """A page as somebody meets it. `address` holds names of the world in braces."""

    address: str
    do: Act | None = None
    has_errors: bool = False


@dataclass(frozen=True, kw_only=True)
class World:
    """Who looks, and what there is to be named in an address."""

    people: dict[str, User | None]
    names: dict[str, str]


def press(name: str) -> Act:
    return lambda page: page.locator("main").get_by_role("button", name=name, exact=True).click()


def open_and_press(fold: str, button: str) -> Act:
    def act(page: Page) -> None:
        page.get_by_text(fold, exact=True).first.click()
        page.get_by_role("button", name=button, exact=True).first.click()

    return act


def send_without(panel: str) -> Act:
    def act(page: Page) -> None:
        page.locator(f"{panel} textarea").evaluate("field => field.required = false")
        page.locator(f"{panel} button").click()

    return act


def open_menu(page: Page) -> None:
    page.locator("summary", has_text="Menu of").click()


def open_actions(page: Page) -> None:
    page.locator("main summary", has_text="Actions").click()


def open_what_was_sent(page: Page) -> None:
    page.locator(".fold > summary").click()


def fold_out(text: str) -> Act:
    return lambda page: page.get_by_text(text, exact=True).first.click()


def save_a_late_page(page: Page) -> None:
    """Somebody saves the step in another window while this one stands open."""
    other = page.context.new_page()
    other.goto(page.url)
    for window, name in ((other, "Theirs NV"), (page, "Mine NV")):
        window.get_by_label("Company name").fill(name)
        window.get_by_role("button", name="Next").click()
    other.close()
    expect(page.get_by_role("heading", name="This page changed meanwhile")).to_be_visible()


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
        Sight("/requests/{approved}/"),
        Sight("/requests/{rejected}/"),
        Sight("/requests/{withdrawn}/"),
        Sight("/requests/{submitted}/sent/"),
        Sight("/requests/{approved}/sent/"),
        Sight("/requests/{submitted}/withdraw/"),
        Sight("/requests/{draft}/discard/"),
        Sight("/help/"),
        Sight("/help/contact-roles/"),
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
        Sight("/onboarding/{broken}/review/"),
        Sight("/onboarding/{reopened}/details/"),
        Sight("/onboarding/{reopened}/contacts/"),
        Sight("/onboarding/{reopened}/review/"),
    ],
    "csm": [
        Sight("/"),
        Sight("/customers/?q=els"),
        Sight("/customers/{incomplete}/"),
        Sight("/requests/"),
        Sight("/requests/{submitted}/"),
    ],
    "customer user": [Sight("/"), Sight("/customers/{complete}/"), Sight("/help/")],
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
        Sight(f"{QUEUE}{{warned_of}}/change/#ask", send_without("#ask"), has_errors=True),
        Sight(f"{QUEUE}{{warned_of}}/change/#reject"),
        Sight(f"{QUEUE}{{warned_of}}/change/#reject", send_without("#reject"), has_errors=True),
        Sight(f"{QUEUE}{{second}}/change/"),
        Sight(f"{QUEUE}{{second}}/change/?version=1"),
        Sight(f"{QUEUE}{{own}}/change/"),
        Sight(f"{QUEUE}{{excepted}}/change/"),
        *[Sight(f"{QUEUE}{{{state}}}/change/") for state in ("changes_requested", "approved", "rejected", "withdrawn")],
        Sight(f"{QUEUE}exception/"),
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
    ],
}


def make_world(
    *,
    partner: Partner,
    other_partner: Partner,
    onboarder: User,
    csm: User,
    approver: User,
    customer_user: User,
    customer: Customer,
) -> World:
    """One of everything there is a page for."""
    names = {state.value: make_request(partner, onboarder, state).reference for state in State}
    warned_of = make_request(partner, onboarder, name=LONG, submitted_at=days_ago(9), warnings=WARNINGS)
    builders.make_customer(other_partner, vat_number=warned_of.vat_number)
    second = make_request(
        partner, onboarder, State.CHANGES_REQUESTED, name="Second NV", evidence=EvidenceKind.LIABILITY_AGREEMENT
    )
    assert second.customer is not None
    request_builders.submit(second, onboarder, second.customer, days_ago(0))
    excepted = make_request(partner, onboarder, State.CHANGES_REQUESTED)
    decisions.grant_exception(actor=approver, request=excepted, reason="The customer is in receivership.")
    names |= {
        "warned_of": warned_of.reference,
        "second": second.reference,
        "excepted": excepted.reference,
        "own": make_request(partner, approver).reference,
        "complete": customer.number,
        "incomplete": builders.make_customer(partner, name=LONG).number,
        "partner_key": str(partner.pk),
        "user_key": str(onboarder.pk),
        "industry_key": str(customer.industry_id),
        "customer_key": str(customer.pk),
    }
    people = request_builders.fill_roles(customer)
    names["contact_key"] = str(people[Role.TECHNICAL].pk)
    return World(
        people={
            "visitor": None,
            "newcomer": builders.make_member(builders.make_partner("Fresh IT"), MembershipRole.ONBOARDER),
            "reseller": onboarder,
            "onboarder": onboarder,
            "csm": csm,
            "customer user": customer_user,
            "approver": approver,
            "administrator": builders.make_user("root@arxus.example", is_staff=True, is_superuser=True),
        },
        names=names | _drafts(partner, onboarder, approver),
    )


def _drafts(partner: Partner, onboarder: User, approver: User) -> dict[str, str]:
    """The wizard's drafts by the state they are in, each filled in as a person does."""
    els = builders.make_contact(partner, first_name="Els", last_name="Goossens")
    silent = builders.make_contact(partner, first_name="Ines", last_name="Vermeulen", phone="")
    gone = builders.make_contact(partner, first_name="Wout", last_name="Claes")
    client = Client()
    client.force_login(onboarder)
    drafts: dict[str, RegistrationRequest] = {}

    def walk(name: str) -> Walk:
        walked = Walk(client)
        walked.start(builders.belgian_vat(8_000_000 + len(drafts)))
        drafts[name] = walked.draft
        if name != "details":
            walked.open("details").press(**DETAILS | {"name": LONG})
        return walked

    def choose(name: str, button: str, contact: Contact, **choice: Any) -> Walk:
        walked = walk(name)
        walked.open("contacts").press(button, **contacts_of(contact, **choice))
        return walked

    walk("details")
    walk("contacts")
    choose("evidence", "later", els, accepts_liability="", signing_authority="")
    choose("misfits", "later", gone, relationship="value_add_partner")
    choose("warned", "next", els, uses_secwise_watch="on", security_incident=silent.number)
    choose("broken", "next", els, watch_list=gone.number)
    reopened = choose("reopened", "next", els)
    reopened.confirm()
    decisions.decide(
        actor=approver,
        request=reopened.draft,
        move=Move.ASK_FOR_CHANGES,
        version=1,
        reason="The street number is wrong.\nWhich one is the seat?",
    )
    Contact.objects.filter(pk=gone.pk).update(removed_at=days_ago(1))
    return {name: draft.reference for name, draft in drafts.items()}
