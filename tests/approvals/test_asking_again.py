"""Asking the VAT register again by hand: whoever decides, now, and on record."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from approvals import vat_rechecks
from approvals.models import RegistrationRequest
from approvals.timeline import entries
from approvals.workflow import State
from customers import vat, vat_checks
from customers.models import Event, Partner, VatCheck
from portal.demo.register import Register
from portal.models import User
from tests.portal.reading import text_of
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

QUEUE = "/admin/approvals/registrationrequest/"
SignIn = Callable[[User], Client]


@pytest.fixture
def waiting(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder, vat_number="BE0999123457")


def address(request: RegistrationRequest, what: str = "ask-register") -> str:
    return f"{QUEUE}{request.reference}/{what}/"


def test_an_approver_asks_again(
    vat_register: Register, waiting: RegistrationRequest, approver: User, signed_in: SignIn
) -> None:
    staff = signed_in(approver)
    vat_register.behaviour.says = "TIMEOUT"
    answer = staff.post(address(waiting), follow=True)
    assert "The VAT register did not answer." in text_of(answer)
    assert "VIES did not answer" in text_of(answer)
    assert VatCheck.objects.get().next_try_at is not None

    vat_register.behaviour.says = ""
    answer = staff.post(address(waiting), follow=True)
    assert "The VAT register answered: see the checks." in text_of(answer)
    assert "Registered for VAT" in text_of(answer)
    assert len(vat_register.asked) == 2


def test_who_asked_again_and_what_came_of_it_stands_on_the_timeline(
    vat_register: Register,
    waiting: RegistrationRequest,
    approver: User,
    second_approver: User,
    onboarder: User,
    signed_in: SignIn,
) -> None:
    for says in ("", "INVALID", "TIMEOUT"):
        vat_register.behaviour.says = says
        signed_in(approver).post(address(waiting))

    def lines(reader: User) -> list[str]:
        events = Event.objects.filter(reference=waiting.reference, action="register.asked_again").order_by("pk")
        return [entry.text for entry in entries(events, reader)]

    ends = ("registered", "not registered", "no answer")
    assert lines(second_approver) == [f"Sofie Dhondt asked the VAT register again: {end}" for end in ends]
    assert lines(approver) == [f"You asked the VAT register again: {end}" for end in ends]
    assert lines(onboarder) == [f"Arxus asked the VAT register again: {end}" for end in ends]


def test_what_arxus_asks_takes_nothing_from_what_the_partner_may_ask(
    vat_register: Register,
    waiting: RegistrationRequest,
    approver: User,
    onboarder: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vat_checks, "PER_PARTNER", 1)
    for _time in range(3):
        vat_rechecks.ask_now(actor=approver, request=waiting)
    check = vat_checks.ask(actor=onboarder, partner=waiting.partner, number=vat.parse("BE0123456749"))
    assert check is not None
    assert (check.cause, len(vat_register.asked)) == ("", 4)


def test_reading_asks_nothing(
    vat_register: Register, waiting: RegistrationRequest, approver: User, signed_in: SignIn
) -> None:
    staff = signed_in(approver)
    assert staff.get(address(waiting)).headers["Location"] == address(waiting, "change")
    assert "Check again" in text_of(staff.get(address(waiting, "change")))
    assert vat_register.asked == []


def test_a_decided_request_and_a_register_that_is_off_offer_no_button(
    vat_register: Register,
    waiting: RegistrationRequest,
    partner: Partner,
    onboarder: User,
    approver: User,
    signed_in: SignIn,
    settings: Settings,
) -> None:
    staff = signed_in(approver)
    done = make_request(partner, onboarder, State.APPROVED)
    assert "Check again" not in text_of(staff.get(address(done, "change")))
    answer = staff.post(address(done))
    assert (answer.status_code, "approved this request" in text_of(answer)) == (409, True)
    assert vat_register.asked == []
    settings.VIES_URL = ""
    assert "Check again" not in text_of(staff.get(address(waiting, "change")))
    assert "did not answer" in text_of(staff.post(address(waiting), follow=True))


def test_who_may_not_decide_may_not_ask(
    vat_register: Register, waiting: RegistrationRequest, csm: User, onboarder: User, signed_in: SignIn
) -> None:
    assert "Check again" not in text_of(signed_in(csm).get(address(waiting, "change")))
    assert signed_in(csm).post(address(waiting)).status_code == 403
    assert signed_in(onboarder).post(address(waiting)).status_code in (302, 403, 404)
    assert vat_register.asked == []


def test_the_decision_page_stays_within_its_budget(
    vat_register: Register,
    waiting: RegistrationRequest,
    approver: User,
    signed_in: SignIn,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    staff = signed_in(approver)
    vat_rechecks.ask_now(actor=approver, request=waiting)
    with django_assert_max_num_queries(15):
        assert "Registered for VAT" in text_of(staff.get(address(waiting, "change")))
