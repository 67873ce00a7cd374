"""What the VAT register may cost: seconds at most, one question, and no word of anybody else's customers.

Real sockets on loopback. `pytest --junitxml=figures.xml -o junit_family=xunit1` keeps the seconds that were measured.
"""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from approvals.checks import signals
from approvals.models import RegistrationRequest
from approvals.workflow import State
from contacts.models import Contact
from customers import circuit, vat_checks
from customers.models import Partner, VatCheck
from customers.vat import parse
from customers.vies import Cause
from portal.demo.register import TEST_CODES, Register
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.onboarding.walk import DETAILS, Page, Walk, address, contacts_of
from tests.portal.reading import text_of
from tests.request_builders import approver_of_tests, make_request

NUMBER = "BE0999124447"
PASTED = "BTW BE 0999.124.447 RPR Leuven"

TROUBLES: dict[str, Callable[[Register], None]] = {
    "it answers after 30 seconds": lambda register: setattr(register.behaviour, "slow", 30),
    "it is out of service": lambda register: setattr(register.behaviour, "down", True),
    "it sends a web page": lambda register: setattr(register.behaviour, "says", "html"),
    "its JSON stops half-way": lambda register: setattr(register.behaviour, "says", "broken"),
    **{
        f"{number} {code}": lambda register, code=code: setattr(register.behaviour, "says", code)  # type: ignore[misc]
        for number, code in TEST_CODES.items()
    },
}
FINAL = {
    "100 VALID": ("vat_registered", "Registered for VAT"),
    "200 INVALID": ("vat_not_registered", "VAT number not registered"),
    "201 INVALID_INPUT": ("vat_not_registered", "VAT number not registered"),
}
NO_ANSWER = ("vat_no_answer", "VIES did not answer")


def seconds_of(walk: Walk) -> float:
    page = Page(walk.client, reverse("add-customer"))
    began = time.perf_counter()
    sent = page.press(vat_number=PASTED, country="BE")
    took = time.perf_counter() - began
    assert (sent.status_code, sent.url) == (302, address(walk.draft, "details"))
    return took


def what_the_approver_sees(walk: Walk, contact: Contact, staff: Any) -> tuple[str, str]:
    """Send the request; the code of what the register's part in its checks says, and the words on the page."""
    walk.open("details").press(**DETAILS, register_reason="too_new")
    walk.open("contacts").press(**contacts_of(contact))
    assert walk.confirm().url == reverse("request-sent", args=[walk.draft.reference])
    found = signals(walk.draft, walk.draft.submissions.get())
    signal = next(one for one in found if one.code.startswith("vat_"))
    shown = text_of(staff.get(f"/admin/approvals/registrationrequest/{walk.draft.reference}/change/"))
    assert signal.title in shown
    return signal.code, signal.title


@pytest.mark.parametrize("trouble", TROUBLES)
def test_the_vat_step_goes_on_in_time_and_the_approver_sees_the_truth(
    walk: Walk,
    vat_register: Register,
    settings: Settings,
    own_contact: Contact,
    approver: User,
    signed_in: SignIn,
    record_property: Callable[[str, object], None],
    trouble: str,
) -> None:
    assert settings.VIES_TIMEOUT == 2
    TROUBLES[trouble](vat_register)
    took = seconds_of(walk)
    record_property("seconds", round(took, 3))
    assert took < 2.5
    assert what_the_approver_sees(walk, own_contact, signed_in(approver)) == FINAL.get(trouble, NO_ANSWER)
    assert vat_register.asked == [NUMBER]


def test_a_register_that_refuses_connections_is_gone_on_without_at_once(
    walk: Walk,
    refusing: Register,
    own_contact: Contact,
    approver: User,
    signed_in: SignIn,
    record_property: Callable[[str, object], None],
) -> None:
    took = seconds_of(walk)
    record_property("seconds", round(took, 3))
    assert took < 2.5
    assert what_the_approver_sees(walk, own_contact, signed_in(approver)) == NO_ANSWER


def test_with_the_breaker_open_nobody_waits(
    walk: Walk, vat_register: Register, onboarder: User, record_property: Callable[[str, object], None]
) -> None:
    vat_register.behaviour.slow = 30
    for _time in range(circuit.FAILURES):
        circuit.failed("BE")
    took = seconds_of(walk)
    record_property("seconds", round(took, 3))
    assert took < 0.3
    assert (VatCheck.objects.get().cause, vat_register.asked) == (Cause.RESTING, [])


# --- Two partners, one company ---------------------------------------------------------------------------------------

SWAPPED = (
    (r"REQ-\w{4}-\w{4}", "REQ"),
    (r"C-\w{4}-\w{4}", "C"),
    (r'name="csrfmiddlewaretoken" value="\w+"', "token"),
    (r'name="token" value="[\w-]+"', "token"),
    (r'"csrftoken": ?"\w+"|X-CSRFToken[^>]+', "token"),
)
"""What differs between any two requests."""


def seen(response: Any) -> str:
    html = response.headers.get("Location", "") + response.content.decode()
    for pattern, same in SWAPPED:
        html = re.sub(pattern, same, html)
    return html


class OwnWalk(Walk):
    """Goes on with this partner's draft, whatever another one began later."""

    @property
    def draft(self) -> RegistrationRequest:
        return RegistrationRequest.objects.filter(partner__name="Brightcloud").latest("pk")


def whole_walk(user: User, contact: Contact, signed_in: SignIn) -> list[tuple[str, str, int]]:
    """Every page from the plus button to the confirmation, and where the request stands then: what, text, queries."""
    client = signed_in(user)
    walk, steps = OwnWalk(client), []

    def note(what: str, act: Callable[[], Any]) -> None:
        with CaptureQueriesContext(connection) as captured:
            response = act()
        steps.append((what, seen(response), len(captured)))

    note("send the number", lambda: walk.start(PASTED))
    note("number", lambda: client.get(address(walk.draft, "vat")))
    note("details", lambda: client.get(address(walk.draft, "details")))
    note("send the details", lambda: walk.open("details").press(**DETAILS))
    note("send the contacts", lambda: walk.open("contacts").press(**contacts_of(contact)))
    note("review", lambda: client.get(address(walk.draft, "review")))
    note("confirm", lambda: walk.confirm())
    note("sent", lambda: client.get(reverse("request-sent", args=[walk.draft.reference])))
    note("request", lambda: client.get(f"/requests/{walk.draft.reference}/"))
    for path in ("/", "/requests/?tab=arxus", "/customers/", f"/customers/?q={NUMBER}"):
        note(path, lambda path=path: client.get(path))  # type: ignore[misc]
    note("the same number again", lambda: walk.start(PASTED))
    return steps


@pytest.mark.parametrize("state", ["active", "ended", "submitted", "draft", "rejected"])
def test_another_partners_customer_shows_in_no_page_no_query_and_no_question(
    vat_register: Register,
    partner: Partner,
    other_partner: Partner,
    onboarder: User,
    stranger: User,
    own_contact: Contact,
    signed_in: SignIn,
    state: str,
) -> None:
    builders.make_industry()
    approver_of_tests()  # Is told of what is sent, in both cases.
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), tick=False):
        in_vain(lambda: whole_walk(onboarder, own_contact, signed_in))  # What is read once in a process is read.
        vat_register.asked.clear()
        with_nothing = in_vain(lambda: whole_walk(onboarder, own_contact, signed_in))
        questions = vat_register.asked.copy()
        vat_register.asked.clear()

        vat_checks.ask(actor=stranger, partner=other_partner, number=parse(NUMBER))
        if state in ("active", "ended"):
            builders.make_customer(other_partner, vat_number=NUMBER, status=state)
        else:
            make_request(other_partner, stranger, State(state), vat_number=NUMBER)
        vat_register.asked.clear()
        with_theirs = in_vain(lambda: whole_walk(onboarder, own_contact, signed_in))

    assert [step[0] for step in with_nothing] == [step[0] for step in with_theirs]
    assert [step[2] for step in with_nothing] == [step[2] for step in with_theirs]
    assert with_nothing == with_theirs
    assert (questions, vat_register.asked) == ([NUMBER], [NUMBER])


def in_vain(act: Callable[[], Any]) -> Any:
    """What it comes to, with nothing of it kept."""
    cache.clear()
    before = transaction.savepoint()  # Sending refuses to be part of anybody's transaction but the test's own.
    result = act()
    transaction.savepoint_rollback(before)
    return result
