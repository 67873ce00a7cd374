"""The whole path: from the plus button to the confirmation."""

import pytest
from django.urls import reverse

from approvals.models import RegistrationRequest, Submission
from approvals.workflow import State
from contacts.models import Contact, RoleAssignment
from customers.models import Customer, CustomerStatus
from customers.vat import parse
from portal.models import User
from tests.conftest import SignIn
from tests.portal.onboarding.walk import DECLARED, DETAILS, NUMBER, Page, Walk, address, contacts_of, pdf


def test_a_reseller_registers_a_customer(walk: Walk, onboarder: User, own_contact: Contact) -> None:
    response = walk.start(f" {parse(NUMBER).readable.lower()} ")
    assert response.url == address(walk.draft, "details")
    response = walk.open("details").press(**DETAILS)
    assert response.url == address(walk.draft, "contacts")
    response = walk.open("contacts").press(**contacts_of(own_contact))
    assert response.url == address(walk.draft, "review")
    response = walk.confirm()
    assert response.url == reverse("request-sent", args=[walk.draft.reference])

    customer = Customer.objects.get()
    assert (customer.vat_number, customer.name, customer.status) == (NUMBER, DETAILS["name"], CustomerStatus.PENDING)
    assert walk.draft.state == State.SUBMITTED
    assert walk.draft.submitted_by == onboarder
    submission = Submission.objects.get()
    assert submission.declarations == [
        "What stands above is right, as far as we know.",
        "We may share the data of these people with Arxus, and they know.",
        "We are entitled to act for this customer.",
    ]
    assert submission.snapshot["liability"] == (
        "We have no such agreement. Brightcloud accepts all legal liability for this customer."
    )
    assert set(RoleAssignment.objects.values_list("contact__number", flat=True)) == {own_contact.number}


def test_a_value_add_partner_registers_a_customer_with_its_approval(walk: Walk, own_contact: Contact) -> None:
    walk.to_contacts()
    answer = contacts_of(own_contact, relationship="value_add_partner")
    del answer["accepts_liability"]
    refused = walk.open("contacts").press(**answer)
    assert list(refused.context["form"].errors) == ["evidence"]
    response = walk.open("contacts").press(**answer, evidence=pdf())
    assert response.url == address(walk.draft, "review")
    assert walk.confirm().url == reverse("request-sent", args=[walk.draft.reference])
    assert Customer.objects.get().relationship == "value_add_partner"
    assert [document["kind"] for document in Submission.objects.get().snapshot["evidence"]] == ["customer_approval"]


def test_opening_pages_writes_nothing(walk: Walk, own_contact: Contact) -> None:
    walk.client.get(reverse("add-customer"))
    walk.client.get(reverse("add-customer"), {"vat_number": NUMBER, "country": "BE", "intent": "next"})
    assert RegistrationRequest.objects.count() == 0
    walk.to_review(own_contact)
    before = RegistrationRequest.objects.values().get()
    for step in ("vat", "details", "contacts", "review"):
        for query in ("", "change", "mend"):
            assert walk.client.get(address(walk.draft, step, query)).status_code == 200
    walk.client.get(address(walk.draft, "review"), DECLARED | {"intent": "next"})
    assert RegistrationRequest.objects.values().get() == before
    assert Submission.objects.count() == 0


def test_the_session_holds_nothing_of_the_wizard(walk: Walk, own_contact: Contact) -> None:
    before = dict(walk.client.session)
    walk.to_review(own_contact)
    assert dict(walk.client.session) == before


def test_a_wiped_session_loses_nothing(walk: Walk, onboarder: User, own_contact: Contact) -> None:
    walk.to_contacts()
    walk.client.session.flush()
    walk.client.logout()
    assert walk.client.get(address(walk.draft, "contacts")).url.startswith(reverse("account_login"))
    walk.client.force_login(onboarder)
    assert walk.open("details").response.context["form"]["name"].value() == DETAILS["name"]
    assert walk.open("contacts").press(**contacts_of(own_contact)).url == address(walk.draft, "review")


def test_a_colleague_goes_on_on_another_device(
    walk: Walk, colleague: User, own_contact: Contact, signed_in: SignIn
) -> None:
    walk.to_contacts()
    page = Page(signed_in(colleague), address(walk.draft, "contacts"))
    assert page.press(**contacts_of(own_contact)).url == address(walk.draft, "review")
    assert walk.draft.updated_by == colleague
    assert walk.draft.created_by != colleague


def test_two_customers_in_two_tabs_do_not_mix(walk: Walk) -> None:
    first = Page(walk.client, reverse("add-customer"))
    second = Page(walk.client, reverse("add-customer"))
    first.press(vat_number=NUMBER, country="BE")
    one = walk.draft
    second.press(vat_number="NL123456782B90", country="NL")
    two = walk.draft
    tabs = [Page(walk.client, address(draft, "details")) for draft in (one, two)]
    tabs[0].press(**DETAILS | {"name": "One NV"})
    tabs[1].press(**DETAILS | {"name": "Two BV"})
    assert list(RegistrationRequest.objects.order_by("pk").values_list("company_name", "vat_number")) == [
        ("One NV", NUMBER),
        ("Two BV", "NL123456782B90"),
    ]


def test_a_reopened_request_has_everything_filled_in_and_the_reason_on_top(walk: Walk, own_contact: Contact) -> None:
    walk.to_review(own_contact)
    walk.confirm()
    RegistrationRequest.objects.update(
        state=State.CHANGES_REQUESTED.value, due_at=None, reason="The street is another one."
    )
    page = walk.open("details")
    assert "The street is another one." in page.response.content.decode()
    assert page.response.context["form"]["street"].value() == "Kanaalkade 14"
    page.press(**DETAILS | {"street": "Kanaalkade 41"})
    assert walk.confirm().url == reverse("request-sent", args=[walk.draft.reference])
    assert Submission.objects.count() == 2
    assert Customer.objects.get().street == "Kanaalkade 41"


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.REJECTED, State.WITHDRAWN])
def test_a_request_that_is_no_longer_open_shows_its_own_page(walk: Walk, own_contact: Contact, state: State) -> None:
    walk.to_review(own_contact)
    walk.confirm()
    RegistrationRequest.objects.update(state=state.value, due_at=None, reason="Because.")
    for step in ("vat", "details", "contacts", "review"):
        assert walk.open(step).response.url == reverse("request", args=[walk.draft.reference])
