"""What another partner has changes nothing at all in what this one is answered: not a byte, not a query."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from approvals.workflow import State
from contacts.models import Contact
from customers.models import CustomerStatus, Partner
from portal.models import User
from tests import builders
from tests.portal.onboarding.walk import DECLARED, DETAILS, NUMBER, Page, Walk, contacts_of
from tests.request_builders import approver_of_tests, make_request

pytestmark = pytest.mark.django_db

NATIONAL = {"no_vat": "on", "national_number": NUMBER, "country": "BE", "no_vat_reason": "exempt"}
DRAWN = re.compile(r"(?:REQ|CON|C)-\w{4}-\w{4}|\bc[0-9a-z]{8}\b|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\w*\d\w*")
"""What differs between any two answers: references, tokens, keys of rows."""


class Answer(NamedTuple):
    status: int
    address: str
    body: str
    queries: list[str]


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written in here is taken back."""
    block = transaction.atomic()
    block._from_testcase = True  # Like the test's own: the last step insists on being the outermost.
    with block:
        yield
        transaction.set_rollback(True)


def known_elsewhere(other: Partner, member: User) -> None:
    """Everything another partner can have of the number."""
    builders.make_customer(other, vat_number=NUMBER, status=CustomerStatus.ACTIVE, name="Acme NV")


def wanted_elsewhere(other: Partner, member: User) -> None:
    make_request(other, member, State.SUBMITTED, vat_number=NUMBER, name="Acme NV")


def begun_elsewhere(other: Partner, member: User) -> None:
    make_request(other, member, State.DRAFT, vat_number=NUMBER, name="Acme NV")


def without_vat_elsewhere(other: Partner, member: User) -> None:
    builders.make_customer(other, vat_number="", national_number=NUMBER, no_vat_reason="exempt", name="Acme NV")


def answered(act: Callable[[], Any]) -> Answer:
    with CaptureQueriesContext(connection) as captured:
        response = act()
    asked = [query["sql"] for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]]
    address, body = DRAWN.sub("#", response.get("Location", "")), DRAWN.sub("#", response.content.decode())
    return Answer(response.status_code, address, body, [DRAWN.sub("#", query) for query in asked])


def walked(walk: Walk, contact: Contact, first: dict[str, str]) -> list[Answer]:
    """Everything a partner is answered on the way from the number to the confirmation, and when looking for it."""

    def opened_and_sent(page: Page, typed: dict[str, Any]) -> Iterator[Answer]:
        yield answered(lambda: walk.client.get(page.url))
        yield answered(lambda: page.press(**typed))

    live = {"vat_number": NUMBER, "country": "BE"}
    start = Page(walk.client, reverse("add-customer"))
    answers = [
        answered(lambda: walk.client.get(reverse("number-understood"), live)),
        answered(lambda: walk.client.get("/customers/", {"q": NUMBER})),
        answered(lambda: start.press(**first)),
    ]
    for step, typed in (("vat", first), ("details", DETAILS), ("contacts", contacts_of(contact)), ("review", DECLARED)):
        answers += opened_and_sent(walk.open(step), typed)
    return [*answers, answered(lambda: walk.client.get(reverse("requests")))]


@pytest.mark.parametrize("first", [{"vat_number": NUMBER, "country": "BE"}, NATIONAL], ids=["vat", "national"])
@pytest.mark.parametrize("elsewhere", [known_elsewhere, wanted_elsewhere, begun_elsewhere, without_vat_elsewhere])
def test_nothing_differs_whatever_another_partner_has(
    walk: Walk,
    own_contact: Contact,
    other_partner: Partner,
    stranger: User,
    elsewhere: Callable[[Partner, User], None],
    first: dict[str, str],
) -> None:
    approver_of_tests()  # Is told of every request that is sent; comes with the first one that a builder makes.
    with time_machine.travel(timezone.now(), tick=False):
        with undone():
            absent = walked(walk, own_contact, first)
        elsewhere(other_partner, stranger)
        with undone():
            present = walked(walk, own_contact, first)
    assert [answer.status for answer in absent] == [200, 200, 302, *[200, 302] * 4, 200]
    assert present == absent
