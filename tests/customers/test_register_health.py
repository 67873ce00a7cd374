"""What staff see of the VAT register: how it is doing, and what it said of customers' numbers."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from customers import circuit
from customers.models import Partner, VatCheck
from customers.register_health import health
from customers.vies import Cause, Outcome
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.reading import text_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LIST = reverse("admin:customers_vatcheck_changelist")


@pytest.fixture(autouse=True)
def _noon(settings: Settings) -> Iterator[None]:
    settings.VIES_URL = "http://127.0.0.1:9"
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        yield
    cache.clear()


@pytest.fixture
def told(partner: Partner) -> Callable[..., VatCheck]:
    """`told("BE0123456749", minutes=3)`: a number of a customer, and what the register said of it so long ago."""

    def told(
        number: str, *, minutes: float = 0, cause: str = "", answered: float | None = None, **fields: Any
    ) -> VatCheck:
        tried = NOON - timedelta(minutes=minutes)
        defaults: dict[str, Any] = {
            "outcome": Outcome.NO_ANSWER.value if cause and answered is None else Outcome.REGISTERED.value,
            "cause": cause,
            "tries": int(bool(cause)),
            "tried_at": tried,
            "asked_at": tried if answered is None else NOON - timedelta(minutes=answered),
            "silent_since": tried if cause else None,
            "took": 0.1,
        }
        builders.make_customer(partner, vat_number=number)
        return VatCheck.objects.create(partner=partner, number=number, **defaults | fields)

    return told


def lines(client: Client) -> str:
    return text_of(client.get(LIST))


def test_a_register_that_answers_is_well(told: Callable[..., VatCheck], approver: User, signed_in: SignIn) -> None:
    told("BE0123456749", minutes=3)
    told("NL123456782B90", minutes=50)
    found = health()
    assert (found.stands, found.silent, found.slow) == ("good", [], [])
    assert found.answered_at == NOON - timedelta(minutes=3)
    assert "VIES answers Last answer: 3 minutes ago" in lines(signed_in(approver))


def test_a_country_is_silent_since_its_first_failure_after_its_last_answer(
    told: Callable[..., VatCheck], approver: User, signed_in: SignIn
) -> None:
    told("BE0123456749", minutes=60)
    told("BE0477472701", minutes=40, cause=Cause.TIMEOUT)
    told("BE0202239951", minutes=5, cause=Cause.COUNTRY_DOWN)
    told("NL123456782B90", minutes=1)
    for _time in range(circuit.FAILURES):
        circuit.failed("BE")
    found = health()
    assert (found.stands, [country.prefix for country in found.silent]) == ("warn", ["BE"])
    assert found.silent[0].silent_since == NOON - timedelta(minutes=40)
    assert found.silent[0].resting_until == NOON + timedelta(minutes=1)
    shown = lines(signed_in(approver))
    assert "VIES answers, but not for every country" in shown
    assert "BE · no answer since 23 November, 12:20 · last answer an hour ago · left alone until 13:01" in shown


def test_one_number_in_vain_is_no_silence_once_another_was_answered(told: Callable[..., VatCheck]) -> None:
    told("BE0477472701", minutes=40, cause=Cause.TIMEOUT)
    told("BE0123456749", minutes=3)
    assert health().silent == []


def test_where_no_country_answers_the_register_gives_none(
    told: Callable[..., VatCheck], approver: User, signed_in: SignIn
) -> None:
    told("BE0123456749", minutes=10, cause=Cause.OUR_FAULT)
    found = health()
    assert (found.stands, found.answered_at) == ("bad", None)
    shown = lines(signed_in(approver))
    assert "VIES gives no answer Last answer: none in the past week" in shown
    assert "set VIES_REQUESTER right" in shown


def test_answers_that_take_long_are_slow(
    told: Callable[..., VatCheck], approver: User, signed_in: SignIn, settings: Settings
) -> None:
    settings.VIES_TIMEOUT = 2
    told("BE0123456749", minutes=3, took=1.4)
    told("BE0477472701", minutes=3, took=0.8)
    told("NL123456782B90", minutes=90, took=1.9)
    assert (health().stands, [country.prefix for country in health().slow]) == ("warn", ["BE"])
    assert "BE · takes 1.1 seconds on average" in lines(signed_in(approver))


def test_what_was_never_asked_tells_nothing(
    told: Callable[..., VatCheck], approver: User, signed_in: SignIn, settings: Settings
) -> None:
    told("GB123456727", outcome=Outcome.NOT_APPLICABLE.value, cause=Cause.OTHER_COUNTRY, tries=0)
    told("BE0123456749", minutes=60 * 24 * 8)
    assert (health().stands, health().countries) == ("idle", [])
    assert "Nobody asked VIES in the past week." in lines(signed_in(approver))
    settings.VIES_URL = ""
    assert "VIES_URL is empty" in lines(signed_in(approver))


def test_it_costs_one_query(told: Callable[..., VatCheck], django_assert_num_queries: Callable[[int], Any]) -> None:
    for number in ("BE0123456749", "NL123456782B90", "FR11123456782"):
        told(number)
    with django_assert_num_queries(1):
        assert len(health().countries) == 3


@pytest.mark.parametrize("typed", ["BE 0123.456.749", "btw be0123456749", "0123.456", "456749"])
def test_a_check_is_found_by_its_number_however_it_is_written(
    told: Callable[..., VatCheck], approver: User, signed_in: SignIn, typed: str
) -> None:
    told("BE0123456749")
    told("NL123456782B90")
    rows = signed_in(approver).get(LIST, {"q": typed}).context["cl"].result_list
    assert [check.number for check in rows] == ["BE0123456749"]


@pytest.mark.parametrize("typed", ["---", "é", "BE0477472701"])
def test_what_fits_no_number_finds_none(
    told: Callable[..., VatCheck], approver: User, signed_in: SignIn, typed: str
) -> None:
    told("BE0123456749")
    assert list(signed_in(approver).get(LIST, {"q": typed}).context["cl"].result_list) == []


def test_a_check_shows_who_asked_and_the_answer_as_it_came(
    told: Callable[..., VatCheck], approver: User, onboarder: User, signed_in: SignIn
) -> None:
    check = told("BE0123456749", asked_by=onboarder, identifier="WAPI42", raw='{"isValid": true}')
    page = signed_in(approver).get(reverse("admin:customers_vatcheck_change", args=[check.pk]))
    shown = text_of(page)
    assert all(part in shown for part in ("Lotte Verlinden", "WAPI42", '{"isValid": true}'))
    assert "Lotte Verlinden" in lines(signed_in(approver))


def test_what_a_partner_looked_up_and_never_sent_is_not_for_staff(
    partner: Partner, other_partner: Partner, approver: User, signed_in: SignIn
) -> None:
    draft = VatCheck.objects.create(
        partner=partner, number="BE0123456749", outcome=Outcome.REGISTERED.value, asked_at=NOON, tried_at=NOON
    )
    builders.make_customer(other_partner, vat_number="BE0123456749")
    staff = signed_in(approver)
    assert list(staff.get(LIST).context["cl"].result_list) == []
    assert staff.get(reverse("admin:customers_vatcheck_change", args=[draft.pk])).status_code == 302


def test_nobody_changes_a_check(told: Callable[..., VatCheck], signed_in: SignIn) -> None:
    check = told("BE0123456749")
    root = signed_in(User.objects.create_superuser("root@arxus.example", builders.PASSWORD))
    for name, arguments in (("change", [check.pk]), ("delete", [check.pk]), ("add", [])):
        assert root.post(reverse(f"admin:customers_vatcheck_{name}", args=arguments), {}).status_code == 403
