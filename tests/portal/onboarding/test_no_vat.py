"""A company without a VAT number: its national one, the reason, and where both go."""

from typing import Any

import pytest
from django.urls import reverse

from approvals.checks import signals
from approvals.models import RegistrationRequest
from contacts.models import Contact
from customers import lifecycle
from customers.models import Customer, CustomerStatus, Partner
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.onboarding.walk import DETAILS, NUMBER, Page, Walk, address, contacts_of
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

TYPED = {"no_vat": "on", "national_number": "KBO 0477.472.701", "country": "BE", "no_vat_reason": "exempt"}
GERMAN = TYPED | {"national_number": "hrb-12345", "country": "DE", "no_vat_reason": "not_yet_registered"}


def begin(walk: Walk, **typed: str) -> Any:
    return Page(walk.client, f"{reverse('add-customer')}?no-vat=1").press(**TYPED | typed)


def to_review(walk: Walk, contact: Contact, **typed: str) -> Any:
    assert begin(walk, **typed).status_code == 302
    walk.open("details").press(**DETAILS)
    walk.open("contacts").press(**contacts_of(contact))
    return walk.open("review")


def test_a_link_leads_there_and_back(walk: Walk) -> None:
    page = walk.client.get(reverse("add-customer"))
    assert 'href="/customers/new/?no-vat=1">The company has no VAT number</a>' in page.content.decode()
    page = walk.client.get("/customers/new/?no-vat=1")
    assert list(page.context["form"].fields) == ["national_number", "country", "no_vat_reason", "no_vat"]
    assert 'href="/customers/new/?no-vat=0">The company has a VAT number</a>' in page.content.decode()
    assert "This portal is for organisations" in page.content.decode()


def test_the_way_there_keeps_that_one_comes_from_the_review(walk: Walk, own_contact: Contact) -> None:
    walk.to_review(own_contact)
    page = walk.open("vat", "change")
    assert page.response.context["other_way"] == address(walk.draft, "vat", "change") + "&no-vat=1"
    response = Page(walk.client, page.response.context["other_way"]).press(**TYPED)
    assert response.url == address(walk.draft, "review")
    assert (walk.draft.vat_number, walk.draft.national_number) == ("", "BE0477472701")


def test_both_travel_from_the_first_step_to_the_customer(walk: Walk, own_contact: Contact, approver: User) -> None:
    page = to_review(walk, own_contact)
    assert walk.draft.answers["steps"]["vat"] == TYPED
    rows = {row.label: row.value for section in page.response.context["review"].sections for row in section.rows}
    assert (rows["National number"], rows["No VAT number"]) == ("BE 0477.472.701", "It is exempt from VAT")
    assert "VAT number" not in rows
    walk.confirm()

    customer = Customer.objects.get()
    assert (customer.vat_number, customer.national_number, customer.no_vat_reason) == ("", "BE0477472701", "exempt")
    submission = walk.draft.submissions.get()
    assert submission.snapshot["vat"] == {
        "number": "",
        "readable": "",
        "country": "BE",
        "national_number": "BE0477472701",
        "no_vat_reason": "exempt",
    }
    signal = next(found for found in signals(walk.draft, submission) if found.code == "vat_missing")
    assert signal.fact == "National number BE 0477.472.701. Reason given: It is exempt from VAT"
    shown = walk.client.get(reverse("request", args=[walk.draft.reference])).content.decode()
    assert ("BE 0477.472.701" in shown, "It is exempt from VAT" in shown) == (True, True)

    lifecycle.activate(actor=approver, customer=customer)
    assert "BE 0477.472.701" in walk.client.get(reverse("customer", args=[customer.number])).content.decode()
    for query in ("0477.472.701", "BE 0477472701", "KBO BE0477472701"):
        found = walk.client.get("/customers/", {"q": query}).context["rows"]
        assert [row.number for row in found] == [customer.number]


def test_going_back_finds_everything_filled_in(walk: Walk) -> None:
    begin(walk, **GERMAN)
    form = walk.open("vat").response.context["form"]
    assert {name: form[name].value() for name in form.fields} == GERMAN
    assert walk.draft.national_number == "DE HRB 12345"
    assert walk.open("details").response.context["form"]["country"].value() == "DE"
    response = walk.open("vat").press(vat_number=NUMBER, country="BE")
    assert response.url == address(walk.draft, "details")
    assert (walk.draft.vat_number, walk.draft.national_number) == (NUMBER, "")


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"national_number": ""}, ["national_number"]),
        ({"national_number": "0477.472.702"}, ["national_number"]),
        ({"national_number": "2.123.456.789"}, ["national_number"]),
        ({"national_number": "x" * 10_000, "country": "DE"}, ["national_number"]),
        ({"national_number": "12\x0034", "country": "DE"}, ["national_number"]),
        ({"no_vat_reason": ""}, ["no_vat_reason"]),
        ({"no_vat_reason": "natural_person"}, ["no_vat_reason"]),
        ({"country": "ZZ"}, ["country"]),
        ({"country": ""}, ["country"]),
    ],
)
def test_what_is_wrong_is_said_and_makes_no_draft(walk: Walk, typed: dict[str, str], fields: list[str]) -> None:
    response = begin(walk, **typed)
    assert (response.status_code, list(response.context["form"].errors)) == (200, fields)
    assert RegistrationRequest.objects.count() == 0


def test_a_made_up_post_cannot_bring_both_numbers(walk: Walk) -> None:
    begin(walk, vat_number=NUMBER)
    assert (walk.draft.vat_number, walk.draft.national_number) == ("", "BE0477472701")
    assert "vat_number" not in walk.draft.answers["steps"]["vat"]


@pytest.mark.parametrize("status", [CustomerStatus.ACTIVE, CustomerStatus.ENDED, CustomerStatus.PENDING])
def test_the_vat_number_with_the_same_digits_is_the_same_company(
    status: CustomerStatus, walk: Walk, partner: Partner
) -> None:
    builders.make_customer(partner, name="Acme NV", vat_number="BE0477472701", status=status)
    assert begin(walk).status_code == 200
    builders.make_customer(
        partner, vat_number="", national_number="DE HRB 12345", no_vat_reason="exempt", status=status
    )
    assert list(begin(walk, **GERMAN).context["form"].errors) == ["national_number"]


def test_and_the_other_way_round(walk: Walk, partner: Partner) -> None:
    builders.make_customer(partner, name="Acme NV", vat_number="", national_number=NUMBER, no_vat_reason="exempt")
    response = walk.start()
    assert response.context["form"].errors["vat_number"] == ["Acme NV, with this number, is already your customer."]


def test_a_draft_that_just_began_goes_on(walk: Walk) -> None:
    begin(walk)
    assert begin(walk).url == address(walk.draft, "details")
    assert RegistrationRequest.objects.count() == 1


def test_the_register_is_not_asked(walk: Walk, own_contact: Contact, vat_register: Any) -> None:
    to_review(walk, own_contact)
    walk.confirm()
    assert vat_register.asked == []
    assert walk.draft.submissions.get().snapshot["register"]["state"] == "not_asked"


def test_an_approver_reads_number_and_reason(
    partner: Partner, onboarder: User, approver: User, signed_in: SignIn
) -> None:
    request = make_request(
        partner,
        onboarder,
        vat={
            "number": "",
            "readable": "",
            "country": "DE",
            "national_number": "DE HRB 12345",
            "no_vat_reason": "not_yet_registered",
        },
    )
    path = reverse("admin:approvals_registrationrequest_change", args=[request.reference])
    page = signed_in(approver).get(path).content.decode()
    assert ("DE HRB 12345" in page, "It is not registered for VAT yet" in page) == (True, True)
