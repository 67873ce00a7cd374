"""The VAT register in the wizard: asked once, offered and never imposed; its silence stops nobody."""

import time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from contacts.models import Contact
from customers import circuit
from customers.models import Partner, VatCheck
from customers.vies import Cause
from portal.demo.register import TEST_CODES, Register
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.onboarding.walk import DETAILS, Page, Walk, address, contacts_of

KNOWN = "BTW BE 0999.124.447 RPR Leuven"
UNKNOWN = "BE0123456749"
SAID = "What the VAT register says"


def filled(page: Page) -> dict[str, Any]:
    form = page.response.context["form"]
    return {name: form[name].value() for name in ("name", "street", "postcode", "city", "country")}


def marked(page: Page) -> set[str]:
    return page.response.context["form"].from_register


def noted(page: Page) -> dict[str, list[str]]:
    form = page.response.context["form"]
    return {name: form.hints_of(name) for name in ("name", "street")}


def test_name_and_address_stand_in_the_next_step_by_themselves(walk: Walk, vat_register: Register) -> None:
    assert walk.start(KNOWN).url == address(walk.draft, "details")
    page = walk.open("details")
    assert filled(page) == {
        "name": "TOUWSLAGERIJ DE KNOOP NV",
        "street": "Parijsstraat 12",
        "postcode": "3000",
        "city": "Leuven",
        "country": "BE",
    }
    assert marked(page) == {"name", "street"}
    shown = page.response.content.decode()
    assert shown.count("from the VAT register") == 2
    assert (SAID in shown, "Registered" in shown) == (True, True)


def test_a_register_that_discloses_nothing_fills_nothing(walk: Walk, vat_register: Register) -> None:
    walk.start("DE999124015", "DE")
    page = walk.open("details")
    assert filled(page) == {"name": None, "street": None, "postcode": None, "city": None, "country": "DE"}
    assert marked(page) == set()
    assert page.response.content.decode().count("Not disclosed") == 2


def test_what_was_typed_is_never_overwritten(walk: Walk, vat_register: Register) -> None:
    walk.start(KNOWN)
    walk.open("details").press("later", **DETAILS | {"name": "", "street": "Elders 1", "city": "Leuven"})
    page = walk.open("details")
    assert filled(page) == {
        "name": "",
        "street": "Elders 1",
        "postcode": "2300",
        "city": "Leuven",
        "country": "BE",
    }
    assert marked(page) == {"city"}


def test_a_field_that_departs_from_the_register_says_what_the_register_has(walk: Walk, vat_register: Register) -> None:
    walk.start(KNOWN)
    assert noted(walk.open("details")) == {"name": [], "street": []}
    walk.open("details").press("later", **DETAILS | {"name": "De Knoop", "street": "Elders 1", "city": "Leuven"})
    assert noted(walk.open("details")) == {
        "name": ["The VAT register has “TOUWSLAGERIJ DE KNOOP NV”. Go on if yours is right: Arxus sees both."],
        "street": ["The VAT register has “Parijsstraat 12, 3000 Leuven”. Go on if yours is right: Arxus sees both."],
    }


def test_the_same_name_and_address_written_otherwise_depart_from_nothing(walk: Walk, vat_register: Register) -> None:
    walk.start(KNOWN)
    same = {"name": "Touwslagerij De Knoop", "legal_name": "N.V. Touwslagerij De Knoop", "street": "Parijsstraat, 12"}
    walk.open("details").press("later", **DETAILS | same | {"postcode": "B-3000", "city": "LEUVEN"})
    assert noted(walk.open("details")) == {"name": [], "street": []}


def test_a_register_that_discloses_nothing_is_departed_from_by_nothing(walk: Walk, vat_register: Register) -> None:
    walk.start("DE999124015", "DE")
    walk.open("details").press("later", **DETAILS)
    assert noted(walk.open("details")) == {"name": [], "street": []}


def test_one_walk_back_and_forth_asks_once(walk: Walk, vat_register: Register, own_contact: Contact) -> None:
    walk.start(KNOWN)
    walk.open("details").press("back", **DETAILS)
    walk.open("vat").press(vat_number=KNOWN, country="BE")
    walk.open("details").press(**DETAILS)
    walk.open("contacts").press("back")
    walk.open("contacts").press(**contacts_of(own_contact))
    walk.open("vat", "change").press(vat_number="0999124447", country="BE")
    assert walk.confirm().url == reverse("request-sent", args=[walk.draft.reference])
    assert vat_register.asked == ["BE0999124447"]


def test_what_is_wrong_or_a_duplicate_is_not_asked(walk: Walk, vat_register: Register, other_partner: Partner) -> None:
    walk.start("BE0123456748")
    assert vat_register.asked == []
    walk.start(KNOWN)
    walk.open("details").press("later", **DETAILS)
    assert walk.start(KNOWN).status_code == 200
    assert len(vat_register.asked) == 1


def test_opening_pages_asks_nothing(walk: Walk, vat_register: Register) -> None:
    walk.start(KNOWN)
    VatCheck.objects.all().delete()
    for step in ("vat", "details"):
        assert SAID not in walk.open(step).response.content.decode()
    assert len(vat_register.asked) == 1


def test_a_number_the_register_does_not_know_warns_and_goes_on(
    walk: Walk, vat_register: Register, own_contact: Contact
) -> None:
    assert walk.start(UNKNOWN).url == address(walk.draft, "details")
    shown = walk.open("details").response.content.decode()
    assert ("The VAT register does not know BE 0123.456.749." in shown, "Not registered" in shown) == (True, True)
    refused = walk.open("details").press(**DETAILS)
    assert list(refused.context["form"].errors) == ["register_reason"]
    walk.open("details").press(**DETAILS, register_reason="too_new")
    walk.open("contacts").press(**contacts_of(own_contact))
    warnings = [notice.text for notice in walk.open("review").response.context["review"].warnings]
    assert "The VAT register does not know this number. Arxus will ask why." in warnings
    assert walk.confirm().url == reverse("request-sent", args=[walk.draft.reference])
    said = walk.draft.submissions.get().snapshot["register"]
    assert (said["state"], said["reason"]) == ("not_registered", "too_new")


@pytest.mark.parametrize("says", [*TEST_CODES.values(), "html", "broken", "SOMETHING_NEW"])
def test_whatever_the_register_says_one_goes_on(walk: Walk, vat_register: Register, says: str) -> None:
    vat_register.behaviour.says = says
    assert walk.start(KNOWN).url == address(walk.draft, "details")
    final = {"VALID": "registered", "INVALID": "not_registered", "INVALID_INPUT": "not_registered"}
    assert VatCheck.objects.get().outcome == final.get(says, "no_answer")
    shown = walk.open("details").response.content.decode()
    assert ("No answer" in shown, "does not know BE" in shown) == (
        says not in final,
        says.startswith("INVALID") and says in final,
    )


def test_a_register_that_refuses_connections_stops_nobody(walk: Walk, refusing: Register) -> None:
    assert walk.start(KNOWN).url == address(walk.draft, "details")
    assert VatCheck.objects.get().cause == Cause.UNREACHABLE


def test_a_register_that_hangs_costs_no_more_than_its_limit(
    walk: Walk, vat_register: Register, settings: Settings
) -> None:
    assert settings.VIES_TIMEOUT == 2
    settings.VIES_TIMEOUT = 1
    vat_register.behaviour.slow = 30
    began = time.monotonic()
    assert walk.start(KNOWN).url == address(walk.draft, "details")
    assert time.monotonic() - began < 2.5
    assert VatCheck.objects.get().cause == Cause.TIMEOUT


def test_a_register_that_keeps_failing_costs_nothing(walk: Walk, vat_register: Register) -> None:
    vat_register.behaviour.slow = 30
    for _time in range(circuit.FAILURES):
        circuit.failed("BE")
    began = time.monotonic()
    assert walk.start(KNOWN).url == address(walk.draft, "details")
    assert time.monotonic() - began < 1
    assert (VatCheck.objects.get().cause, vat_register.asked) == (Cause.RESTING, [])
    assert "left alone for a moment" in walk.open("details").response.content.decode()


def test_british_numbers_are_checked_by_hand(walk: Walk, vat_register: Register) -> None:
    walk.start("GB980780684", "GB")
    shown = walk.open("details").response.content.decode()
    assert ("Checked by hand" in shown, vat_register.asked) == (True, [])


def test_off_there_is_no_word_of_it(walk: Walk, own_contact: Contact, settings: Settings) -> None:
    walk.start(KNOWN)
    page = walk.open("details")
    assert (filled(page)["name"], marked(page)) == (None, set())
    assert "register says" not in page.response.content.decode()
    walk.open("details").press(**DETAILS)
    walk.open("contacts").press(**contacts_of(own_contact))
    assert "VAT register" not in walk.open("review").response.content.decode()
    assert VatCheck.objects.count() == 0


def test_another_partner_is_asked_for_anew_and_reads_its_own_time(
    walk: Walk, vat_register: Register, stranger: User, signed_in: SignIn
) -> None:
    walk.start(KNOWN)
    VatCheck.objects.update(asked_at="2026-11-20T10:00:00Z")
    other = Walk(signed_in(stranger))
    other.start(KNOWN)
    assert len(vat_register.asked) == 2
    assert "now</time>" in other.open("details").response.content.decode()


def queries(act: Any) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        act()
    return [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]


@pytest.mark.parametrize("step", ["vat", "details", "contacts", "review"])
def test_opening_a_page_stays_within_its_budget(
    walk: Walk, vat_register: Register, own_contact: Contact, step: str
) -> None:
    walk.start(KNOWN)
    walk.open("details").press(**DETAILS)
    walk.open("contacts").press(**contacts_of(own_contact))
    path = address(walk.draft, step)
    assert len(queries(lambda: walk.client.get(path))) <= 8


@pytest.mark.parametrize("changed", [{}, {"name": ""}])
def test_sending_the_details_stays_within_its_budget(
    walk: Walk, vat_register: Register, changed: dict[str, str]
) -> None:
    walk.start(KNOWN)
    page = walk.open("details")
    assert len(queries(lambda: page.press(**DETAILS | changed))) <= 8


def test_asking_costs_one_query_to_remember_and_one_to_keep(
    walk: Walk, vat_register: Register, settings: Settings
) -> None:
    def sent(number: str) -> int:
        page = Page(walk.client, reverse("add-customer"))
        return len(queries(lambda: page.press(vat_number=number, country="BE")))

    asking = sent(KNOWN)
    settings.VIES_URL = ""
    assert (asking, sent(UNKNOWN)) == (7, 5)


@pytest.mark.parametrize("down", [False, True])
def test_sending_the_number_stays_within_its_budget(walk: Walk, vat_register: Register, down: bool) -> None:
    vat_register.behaviour.down = down
    page = Page(walk.client, reverse("add-customer"))
    assert len(queries(lambda: page.press(vat_number=KNOWN, country="BE"))) <= 8
    page = walk.open("vat")
    assert len(queries(lambda: page.press(vat_number="DE136695976", country="DE"))) <= 8
    page = walk.open("vat")
    typed = {"no_vat": "on", "national_number": "0477.472.701", "country": "BE", "no_vat_reason": "exempt"}
    assert len(queries(lambda: page.press(**typed))) <= 8
    page = walk.open("vat")
    assert len(queries(lambda: page.press(vat_number="BE0477472702", country="BE"))) <= 8


def test_a_refused_number_stays_within_its_budget(walk: Walk, vat_register: Register, partner: Partner) -> None:
    builders.make_customer(partner, vat_number="BE0999124447")
    walk.start()
    page = walk.open("vat")
    assert len(queries(lambda: page.press(vat_number=KNOWN, country="BE"))) <= 12


def test_where_it_is_silent_the_background_goes_on_asking(walk: Walk, vat_register: Register) -> None:
    vat_register.behaviour.down = True
    walk.start(KNOWN)
    assert VatCheck.objects.get().next_try_at is not None
    assert "we keep asking" in walk.open("details").response.content.decode()
