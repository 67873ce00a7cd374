"""What approvers read of the VAT register: its state and age, and where a request departs from it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from approvals.checks import signals, signals_of_all
from approvals.checks.cases import Level, Signal
from approvals.models import RegistrationRequest
from customers.models import Partner, VatCheck
from customers.vies import Cause, Outcome
from portal.models import User
from tests.request_builders import days_ago, make_request

pytestmark = pytest.mark.django_db

REGISTER_CODES = ("vat_", "name_", "address_")


@pytest.fixture(autouse=True)
def _on(settings: Settings) -> None:
    settings.VIES_URL = "http://127.0.0.1:9"


def told(
    partner: Partner, number: str, outcome: Outcome = Outcome.REGISTERED, *, at: datetime | None = None, **fields: Any
) -> VatCheck:
    moment = at or timezone.now()
    return VatCheck.objects.create(
        partner=partner, number=number, outcome=outcome.value, asked_at=moment, tried_at=moment, **fields
    )


def found(request: RegistrationRequest) -> dict[str, Signal]:
    signalled = signals(request, request.submissions.latest("version"))
    return {signal.code: signal for signal in signalled if signal.code.startswith(REGISTER_CODES)}


def levels(request: RegistrationRequest) -> dict[str, Level]:
    return {code: signal.level for code, signal in found(request).items()}


@pytest.fixture
def request_of(partner: Partner, onboarder: User) -> RegistrationRequest:
    """A request for Requested NV whose details are those of the builder, while the register was not asked yet."""
    return make_request(partner, onboarder, name="Kempenvaart Logistiek NV")


def official(request: RegistrationRequest) -> dict[str, str]:
    details = request.submissions.latest("version").snapshot["details"]
    return {
        "name": details["name"].upper(),
        "address": f"{details['street']}\n{details['postcode']} {details['city']}",
    }


def test_without_a_register_there_is_nothing_to_say(request_of: RegistrationRequest, settings: Settings) -> None:
    settings.VIES_URL = ""
    assert levels(request_of) == {}


def test_a_number_nobody_asked_about_is_amber(request_of: RegistrationRequest) -> None:
    assert levels(request_of) == {"vat_not_asked": Level.AMBER}


@pytest.mark.parametrize("number", ["GB980780684", "CHE116281710", "NO974760673"])
def test_a_number_of_a_country_outside_the_register_is_checked_by_hand(
    number: str, partner: Partner, onboarder: User
) -> None:
    assert levels(make_request(partner, onboarder, vat_number=number)) == {"vat_by_hand": Level.AMBER}


def test_a_registered_company_under_its_own_name_is_green(partner: Partner, request_of: RegistrationRequest) -> None:
    told(partner, request_of.vat_number, **official(request_of))
    assert levels(request_of) == {
        "vat_registered": Level.GREEN,
        "name_same": Level.GREEN,
        "address_same": Level.GREEN,
    }
    assert found(request_of)["vat_registered"].fact == "VIES: KEMPENVAART LOGISTIEK NV"


def test_the_consultation_number_stands_with_the_answer(partner: Partner, request_of: RegistrationRequest) -> None:
    told(partner, request_of.vat_number, identifier="WAPIAAAAW1nCIRzs", **official(request_of))
    fact = "VIES: KEMPENVAART LOGISTIEK NV · consultation number WAPIAAAAW1nCIRzs"
    assert found(request_of)["vat_registered"].fact == fact


def test_what_departs_is_amber_with_both_texts(partner: Partner, request_of: RegistrationRequest) -> None:
    told(partner, request_of.vat_number, name="BROUWERIJ DE HOPDUVEL NV", address="Brouwersvest 1\n9000 Gent")
    signalled = found(request_of)
    assert levels(request_of) == {
        "vat_registered": Level.GREEN,
        "name_different": Level.AMBER,
        "address_different": Level.AMBER,
    }
    assert signalled["name_different"].fact == (
        "Register: “BROUWERIJ DE HOPDUVEL NV”. Request: “Kempenvaart Logistiek NV”"
    )


def test_a_small_departure_is_called_close(partner: Partner, request_of: RegistrationRequest) -> None:
    told(partner, request_of.vat_number, **official(request_of) | {"name": "Kempenvaart Logistik NV"})
    assert levels(request_of)["name_close"] == Level.AMBER


def test_a_register_that_discloses_nothing_asks_for_one_look(partner: Partner, request_of: RegistrationRequest) -> None:
    told(partner, request_of.vat_number)
    assert levels(request_of) == {"vat_registered": Level.GREEN, "vat_not_disclosed": Level.AMBER}


def test_an_address_that_is_not_disclosed_is_said_so(partner: Partner, request_of: RegistrationRequest) -> None:
    told(partner, request_of.vat_number, **official(request_of) | {"address": ""})
    assert levels(request_of)["address_not_disclosed"] == Level.AMBER


def test_a_number_that_is_not_registered_is_red(partner: Partner, request_of: RegistrationRequest) -> None:
    told(partner, request_of.vat_number, Outcome.NOT_REGISTERED)
    assert levels(request_of) == {"vat_not_registered": Level.RED}


def test_silence_is_amber_with_its_cause(partner: Partner, request_of: RegistrationRequest) -> None:
    told(partner, request_of.vat_number, Outcome.NO_ANSWER, cause=Cause.COUNTRY_DOWN, tries=3)
    assert levels(request_of) == {"vat_no_answer": Level.AMBER}
    assert found(request_of)["vat_no_answer"].fact == ("The register of this country cannot be reached. Tried 3 times")


def test_the_next_try_is_named(partner: Partner, request_of: RegistrationRequest) -> None:
    at = datetime(2026, 11, 24, 9, 41, tzinfo=UTC)
    told(partner, request_of.vat_number, Outcome.NO_ANSWER, cause=Cause.BUSY, tries=1, next_try_at=at)
    assert found(request_of)["vat_no_answer"].fact == (
        "The register is too busy. Tried once · next try 24 November, 10:41"
    )


def test_a_cause_of_former_days_is_no_crash(partner: Partner, request_of: RegistrationRequest) -> None:
    told(partner, request_of.vat_number, Outcome.NO_ANSWER, cause="forgotten", tries=1)
    assert found(request_of)["vat_no_answer"].fact == "Tried once"


def test_a_country_without_a_register_is_checked_by_hand(partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, vat_number="GB980780684")
    told(partner, request.vat_number, Outcome.NOT_APPLICABLE, cause=Cause.OTHER_COUNTRY)
    assert levels(request) == {"vat_by_hand": Level.AMBER}


def test_an_old_answer_is_amber(partner: Partner, request_of: RegistrationRequest) -> None:
    told(partner, request_of.vat_number, at=timezone.now() - timedelta(days=40), **official(request_of))
    assert levels(request_of)["vat_answer_old"] == Level.AMBER


@pytest.mark.parametrize(
    ("before", "after", "code", "fact"),
    [
        ("registered", Outcome.NOT_REGISTERED, "vat_not_registered", "It was registered when the request was sent"),
        (
            "not_registered",
            Outcome.REGISTERED,
            "vat_registered",
            "VIES: Kempenvaart. It was not registered when the request was sent",
        ),
    ],
)
def test_a_register_that_changed_its_mind_since_is_visible(
    partner: Partner, onboarder: User, before: str, after: Outcome, code: str, fact: str
) -> None:
    frozen = {"state": before, "cause": "", "name": "", "address": "", "asked_at": days_ago(3).isoformat()}
    request = make_request(partner, onboarder, register=frozen)
    told(partner, request.vat_number, after, name="Kempenvaart")
    assert found(request)[code].fact == fact


def test_what_was_said_by_then_is_kept_with_the_submission(
    partner: Partner, onboarder: User, settings: Settings
) -> None:
    said = {"name": "KEMPENVAART LOGISTIEK NV", "address": "Kanaalkade 14\n2300 Turnhout", "identifier": "WAPI1"}
    at = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    told(partner, "BE0123456749", at=at, **said)
    request = make_request(partner, onboarder, vat_number="BE0123456749", name="Kempenvaart Logistiek NV")
    kept = request.submissions.get().snapshot["register"]
    assert kept == said | {"state": "registered", "cause": "", "reason": "", "asked_at": "2026-11-22T09:00:00+00:00"}
    VatCheck.objects.all().delete()
    settings.VIES_URL = ""
    assert found(request)["vat_registered"].at == at


def test_submissions_of_former_days_say_nothing_of_a_register(partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder)
    submission = request.submissions.get()
    del submission.snapshot["register"]
    submission.save()
    assert levels(request) == {"vat_not_asked": Level.AMBER}


def test_each_partner_is_judged_by_its_own_answer(partner: Partner, other_partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder)
    told(other_partner, request.vat_number, Outcome.NOT_REGISTERED)
    assert levels(request) == {"vat_not_asked": Level.AMBER}


def test_many_requests_cost_one_query_more(partner: Partner, onboarder: User, settings: Settings) -> None:
    sent = [make_request(partner, onboarder) for _number in range(3)]
    pairs = [(request, request.submissions.get()) for request in sent]

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            signals_of_all(pairs)
        return len(captured)

    cost()  # reads who sent each
    on = cost()
    settings.VIES_URL = ""
    assert on == cost() + 1
