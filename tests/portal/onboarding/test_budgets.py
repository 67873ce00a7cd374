"""What a page of the wizard costs, with one contact and with fifty."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from approvals.changes.asking import Asked
from approvals.decisions import decide
from approvals.workflow import Move
from contacts.models import Contact
from customers.models import Partner
from portal.models import User
from tests import builders
from tests.portal.onboarding.walk import DECLARED, DETAILS, NUMBER, Page, Walk, address, contacts_of

BUDGET = 8
OF_TRANSACTIONS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")

OPENED = ["new", "vat", "details", "contacts", "review"]
SENT = ["new", "vat", "details", "contacts", "bad details", "bad contacts"]


def queries_of(act: Callable[[], Any]) -> tuple[int, list[str]]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        status = act().status_code
    asked = [query["sql"] for query in captured.captured_queries]
    return status, [sql for sql in asked if not sql.startswith(OF_TRANSACTIONS)]


def sending(walk: Walk, which: str, contact: Contact) -> Callable[[], Any]:
    if which == "new":
        page = Page(walk.client, reverse("add-customer"))
        return lambda: page.press(vat_number="NL123456782B90", country="NL")
    typed: dict[str, dict[str, Any]] = {
        "vat": {"vat_number": NUMBER.lower(), "country": "BE"},
        "details": DETAILS | {"city": "Gent"},
        "contacts": contacts_of(contact, uses_secwise_watch="on", security_incident=contact.number),
        "bad details": DETAILS | {"name": ""},
        "bad contacts": contacts_of(contact, dpo=""),
    }
    page = walk.open(which.removeprefix("bad "))
    return lambda: page.press(**typed[which])


@pytest.fixture(params=[1, 50])
def many(request: pytest.FixtureRequest, walk: Walk, partner: Partner, own_contact: Contact) -> int:
    for _row in range(request.param - 1):
        builders.make_contact(partner)
    walk.to_review(own_contact)
    return request.param


@pytest.mark.parametrize("which", OPENED)
def test_opening_a_page_stays_within_its_budget(walk: Walk, many: int, which: str) -> None:
    path = reverse("add-customer") if which == "new" else address(walk.draft, which)
    status, queries = queries_of(lambda: walk.client.get(path))
    assert status == 200
    assert len(queries) <= BUDGET, "\n".join(queries)


@pytest.mark.parametrize("which", SENT)
def test_sending_a_page_stays_within_its_budget(walk: Walk, many: int, own_contact: Contact, which: str) -> None:
    status, queries = queries_of(sending(walk, which, own_contact))
    assert status == (200 if which.startswith("bad") else 302)
    assert len(queries) <= BUDGET, "\n".join(queries)


def test_confirming_costs_the_same_however_many_contacts_there_are(
    walk: Walk, partner: Partner, own_contact: Contact
) -> None:
    def confirmed(vat_number: str) -> int:
        walk.start(vat_number, vat_number[:2])
        walk.open("details").press(**DETAILS)
        walk.open("contacts").press(**contacts_of(own_contact))
        page = walk.open("review")
        status, queries = queries_of(lambda: page.press(**DECLARED))
        assert status == 302
        return len(queries)

    alone = confirmed(NUMBER)
    for _row in range(49):
        builders.make_contact(partner)
    assert confirmed("NL123456782B90") == alone


@pytest.mark.parametrize("others", [0, 49])
def test_answering_what_was_asked_costs_ten_queries_to_open(
    others: int, walk: Walk, own_contact: Contact, partner: Partner, approver: User
) -> None:
    walk.to_review(own_contact)
    walk.confirm()
    asked = [
        Asked(field=path, code="other", text="?")
        for path in (
            "vat.number",
            "details.phone",
            "roles.dpo",
            "roles.technical.phone",
            "evidence.liability_agreement",
        )
    ]
    decide(actor=approver, request=walk.draft, move=Move.ASK_FOR_CHANGES, version=1, asked=asked)
    for _row in range(others):
        builders.make_contact(partner)
    path = reverse("request-changes", args=[walk.draft.reference])
    status, queries = queries_of(lambda: walk.client.get(path))
    assert status == 200
    assert len(queries) <= 10, "\n".join(queries)
