"""Numbers beside the wrong country, of countries nobody checks, and what is being typed."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from approvals.checks import signals
from approvals.models import RegistrationRequest
from contacts.models import Contact
from customers.models import Customer, Partner, VatCheck
from portal.demo.register import Register
from portal.models import User
from tests.conftest import SignIn
from tests.portal.onboarding.walk import DECLARED, DETAILS, Page, Walk, address, contacts_of

pytestmark = pytest.mark.django_db

LIVE = "/customers/new/number/"


def sent(walk: Walk, number: str, country: str, **more: str) -> Any:
    return Page(walk.client, reverse("add-customer")).press(vat_number=number, country=country, **more)


def offered(response: Any) -> list[tuple[str, str]]:
    return [(offer["country"], offer["readable"]) for offer in response.context["offers"]]


@pytest.mark.parametrize(
    ("typed", "country", "offers", "chosen", "number"),
    [
        ("NL 0477.472.701", "BE", [("NL", ""), ("BE", "BE 0477.472.701")], "BE", "BE0477472701"),
        ("NL 123456782 B90", "BE", [("NL", "NL 123456782B90")], "NL", "NL123456782B90"),
        ("123456782B90", "BE", [("NL", "NL 123456782B90")], "NL", "NL123456782B90"),
        ("120000020", "BE", [("GR", "EL 120000020"), ("GB", "GB 120 0000 20"), ("NO", "NO 120 000 020")], "GR", None),
        ("BE 0477.472.701", "US", [("BE", "BE 0477.472.701"), ("US", "")], "US", "USBE0477472701"),
    ],
)
def test_one_press_on_a_country_goes_on(
    walk: Walk, typed: str, country: str, offers: list[tuple[str, str]], chosen: str, number: str | None
) -> None:
    response = sent(walk, typed, country)
    assert (response.status_code, offered(response)) == (200, offers)
    assert f'name="as" value="{chosen}"' in response.content.decode()
    assert sent(walk, typed, country, **{"as": chosen}).url == address(walk.draft, "details")
    assert walk.draft.vat_number == (number or "EL120000020")
    assert walk.draft.answers["steps"]["vat"]["country"] == chosen
    assert walk.client.get(address(walk.draft, "vat", "mend")).context["form"].errors == {}


@pytest.mark.parametrize("chosen", ["ZZ", "\x00", "<b>", "be", "x" * 10_000])
def test_a_made_up_choice_is_refused(walk: Walk, chosen: str) -> None:
    response = sent(walk, "0477.472.701", "BE", **{"as": chosen})
    assert list(response.context["form"].errors) == ["country"]
    assert RegistrationRequest.objects.count() == 0


def test_a_number_of_a_country_we_cannot_check_is_taken_as_typed(
    walk: Walk, vat_register: Register, own_contact: Contact
) -> None:
    assert sent(walk, "12-3456789", "US").url == address(walk.draft, "details")
    page = walk.open("details")
    assert page.response.context["number"].verdict == "Taken as typed. Arxus checks it by hand."
    assert page.response.context["form"]["country"].value() == "US"
    page.press(**DETAILS)
    walk.open("contacts").press(**contacts_of(own_contact))
    walk.confirm()
    assert Customer.objects.get().vat_number == "US123456789"
    submission = walk.draft.submissions.get()
    assert submission.snapshot["vat"]["readable"] == "US 123456789"
    assert "vat_by_hand" in {found.code for found in signals(walk.draft, submission)}
    assert (vat_register.asked, VatCheck.objects.get().outcome) == ([], "not_applicable")


def test_by_hand_means_so_also_where_the_register_is_off(walk: Walk, own_contact: Contact) -> None:
    sent(walk, "12-3456789", "US")
    walk.open("details").press(**DETAILS)
    walk.open("contacts").press(**contacts_of(own_contact))
    warnings = [notice.text for notice in walk.open("review").response.context["review"].warnings]
    assert "Arxus checks the VAT number by hand." in warnings
    walk.confirm()
    found = {signal.code: signal.fact for signal in signals(walk.draft, walk.draft.submissions.get())}
    assert found["vat_by_hand"] == "US 123456789: taken as typed, as we do not know the numbers of this country"


@pytest.mark.parametrize("number", ["", "...", "none", "1" * 19, "1" * 10_000, "12\x0034"])
def test_what_is_no_number_anywhere_is_refused(walk: Walk, number: str) -> None:
    response = sent(walk, number, "US")
    assert list(response.context["form"].errors) == ["vat_number"]
    assert len(response.context["form"].errors["vat_number"]) == 1


@pytest.mark.parametrize(("says", "is_signalled"), [("VALID", False), ("INVALID", True), ("MS_UNAVAILABLE", True)])
def test_foreign_check_digits_are_left_to_the_register(
    walk: Walk, vat_register: Register, own_contact: Contact, says: str, is_signalled: bool
) -> None:
    vat_register.behaviour.says = says
    assert sent(walk, "DE136695977", "DE").url == address(walk.draft, "details")
    page = walk.open("details")
    assert page.response.context["number"].stands == "warn"
    page.press(**DETAILS | {"country": "DE"}, register_reason="sure")
    walk.open("contacts").press(**contacts_of(own_contact))
    texts = [notice.text for notice in walk.open("review").response.context["review"].warnings]
    assert any("check digits" in text for text in texts) == is_signalled
    walk.confirm()
    codes = {found.code for found in signals(walk.draft, walk.draft.submissions.get())}
    assert ("vat_check_digits" in codes) == is_signalled
    assert Customer.objects.get().vat_number == "DE136695977"


def test_belgian_check_digits_stop(walk: Walk) -> None:
    assert sent(walk, "BE0477472702", "BE").status_code == 200


@pytest.mark.parametrize("written", ["BE0477472701", "be 0477.472.701", "477472701"])
def test_the_partners_own_number_is_refused(walk: Walk, partner: Partner, written: str) -> None:
    Partner.objects.filter(pk=partner.pk).update(vat_number=written)
    expected = ["This is the number of your own organisation. Enter the number of the customer."]
    assert sent(walk, "0477 472 701", "BE").context["form"].errors["vat_number"] == expected
    typed = {"no_vat": "on", "national_number": "0477472701", "country": "BE", "no_vat_reason": "exempt"}
    response = Page(walk.client, reverse("add-customer")).press(**typed)
    assert response.context["form"].errors["national_number"] == expected


def test_the_operators_numbers_are_refused(walk: Walk, settings: Settings) -> None:
    settings.OPERATOR_VAT_NUMBERS = ["NL123456782B90", "BE 0477.472.701"]
    expected = ["This is a number of Arxus. Enter the number of the customer."]
    for number, country in (("0477472701", "BE"), ("NL123456782B90", "NL")):
        assert sent(walk, number, country).context["form"].errors["vat_number"] == expected


def test_a_number_that_became_ones_own_stops_the_confirmation(
    walk: Walk, partner: Partner, own_contact: Contact
) -> None:
    walk.to_review(own_contact)
    page = walk.open("review")
    Partner.objects.filter(pk=partner.pk).update(vat_number=walk.draft.vat_number)
    assert page.press(**DECLARED).url == address(walk.draft, "vat", "mend")
    assert Customer.objects.count() == 0


# --- While one types ------------------------------------------------------------------------------------------------


def live(walk: Walk, **typed: str) -> str:
    response = walk.client.get(LIVE, typed)
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_typed_is_shown_as_understood(walk: Walk) -> None:
    assert "BE 0477.472.701</strong> · Belgium" in live(walk, vat_number="btw be 0477472701", country="BE")
    assert "DE HRB 1</strong> · Germany" in live(walk, no_vat="on", national_number="hrb 1", country="DE")
    assert "Arxus checks it by hand" in live(walk, vat_number="12-34", country="US")
    assert "the VAT register has the last word" in live(walk, vat_number="DE136695977", country="DE")


@pytest.mark.parametrize("typed", ["0477.472.702", "2123456789", "NL0477472701", "ВЕ0202239951", "<script>", "9" * 500])
def test_a_fault_is_said_in_the_words_that_next_says_it_in(walk: Walk, typed: str) -> None:
    response = sent(walk, typed, "BE")
    shown = walk.client.get(LIVE, {"vat_number": typed, "country": "BE"})
    assert list(shown.context["faults"]) == list(response.context["form"].errors["vat_number"])
    assert offered(shown) == offered(response)
    assert b"<script>" not in shown.content


def test_nothing_typed_is_nothing_said(walk: Walk) -> None:
    for typed in ({}, {"vat_number": " ", "country": "BE"}, {"country": "\x00"}, {"no_vat": "on"}):
        assert walk.client.get(LIVE, typed).context["faults"] == []


def test_typing_asks_no_register_and_nothing_but_who_is_there(
    walk: Walk, vat_register: Register, stranger: User, signed_in: SignIn
) -> None:
    with CaptureQueriesContext(connection) as captured:
        live(walk, vat_number="BE 0999.124.447", country="BE")
    assert len(captured) == 2
    assert (vat_register.asked, VatCheck.objects.count()) == ([], 0)


def test_only_who_may_onboard_reaches_it(viewer: User, approver: User, signed_in: SignIn) -> None:
    for user in (viewer, approver):
        assert signed_in(user).get(LIVE).status_code == 404
    assert signed_in(viewer).post(LIVE).status_code == 405
