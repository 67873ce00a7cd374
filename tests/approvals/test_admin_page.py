"""What the decision page shows: the submission, its versions, its neighbours, and who else knows the company."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from approvals.models import RegistrationRequest
from approvals.workflow import State
from contacts.policy import EvidenceKind
from customers.models import Partner
from portal.models import User
from tests import builders, request_builders
from tests.portal.reading import text_of
from tests.request_builders import days_ago, make_request

pytestmark = pytest.mark.django_db

QUEUE = "/admin/approvals/registrationrequest/"
REASON = "Which Ines?\n<b>There</b> are {{ two }}."
SignIn = Callable[[User], Client]


def page_of(request: RegistrationRequest) -> str:
    return f"{QUEUE}{request.reference}/change/"


@pytest.fixture
def staff(approver: User, signed_in: SignIn) -> Client:
    return signed_in(approver)


@pytest.fixture
def sent(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder, name="Kempenvaart Logistiek NV", submitted_at=days_ago(2))


def test_the_page_shows_what_was_sent_and_who_fills_which_role(
    staff: Client, partner: Partner, onboarder: User
) -> None:
    sent = make_request(
        partner,
        onboarder,
        name="Kempenvaart Logistiek NV",
        vat_number="BE0477472701",
        evidence=EvidenceKind.LIABILITY_AGREEMENT,
    )
    response = staff.get(page_of(sent))
    words = text_of(response)

    snapshot = sent.submissions.get().snapshot
    shown = [
        "BE 0477.472.701",
        "+32 2 555 01 42",
        "Kanaalkade 14",
        "2300 Turnhout, Belgium",
        "Dutch",
        "The data are right.",
    ]
    shown += [entry["holder"]["name"] for entry in snapshot["roles"]]
    shown += ["Technical", "Commercial", "DPO", "Watch List", "Security Incident", "5 of 5 filled", "agreement.pdf"]
    assert [text for text in shown if text not in words] == []
    assert f"/requests/{sent.reference}/evidence/{sent.evidence.get().key}/" in response.content.decode()


def test_an_earlier_version_stays_readable_with_its_decision_and_cannot_be_decided_on(
    staff: Client, partner: Partner, onboarder: User, second_approver: User
) -> None:
    again = make_request(
        partner,
        onboarder,
        State.CHANGES_REQUESTED,
        name="First Name NV",
        approver=second_approver,
        reason="Which Ines?",
    )
    assert again.customer is not None
    again.customer.name = "Second Name NV"
    request_builders.submit(again, onboarder, again.customer, days_ago(0))

    page = staff.get(f"{page_of(again)}?version=1")
    words = text_of(page)

    assert page.context["submission"].version == 1
    assert "You are reading version 1 of 2." in words
    assert "Ask for changes: Karim Benali" in words
    assert "Which Ines?" in words
    assert "/decide/" not in page.content.decode()


@pytest.mark.parametrize("query", ["", "?version=0", "?version=7", "?version=abc", "?version=99999999999999999999"])
def test_the_latest_version_is_shown_unless_an_earlier_one_is_asked_for(
    query: str, staff: Client, partner: Partner, onboarder: User
) -> None:
    again = make_request(partner, onboarder, State.CHANGES_REQUESTED)
    assert again.customer is not None
    request_builders.submit(again, onboarder, again.customer, days_ago(0))

    page = staff.get(page_of(again) + query)

    assert (page.context["submission"].version, page.context["may_decide"]) == (2, True)


def test_the_neighbours_in_the_queue_are_one_key_away(
    staff: Client, sent: RegistrationRequest, partner: Partner, onboarder: User
) -> None:
    older = make_request(partner, onboarder, submitted_at=days_ago(3))
    newer = make_request(partner, onboarder, submitted_at=days_ago(1))
    make_request(partner, onboarder, State.APPROVED, submitted_at=days_ago(2.5))

    place = staff.get(page_of(sent)).context["place"]

    assert (place.position, place.total, place.previous, place.next) == (2, 3, older.reference, newer.reference)


def test_hostile_text_is_shown_as_text(staff: Client, partner: Partner, onboarder: User) -> None:
    evil = '"><script>alert(1)</script>{{7*7}}'
    sent = make_request(partner, onboarder, name=evil, liability=evil, warnings=[])
    contact = sent.submissions.get()
    contact.snapshot["roles"][0]["holder"]["name"] = evil
    contact.save()

    page = staff.get(page_of(sent)).content.decode()

    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}") >= 3


def test_the_same_number_at_another_partner_is_told_to_staff_with_a_link(
    staff: Client, sent: RegistrationRequest, other_partner: Partner
) -> None:
    other = builders.make_customer(other_partner, name="Kempenvaart BV", vat_number=sent.vat_number)

    page = staff.get(page_of(sent))

    assert "Also at another partner" in text_of(page)
    assert f"/admin/customers/customer/{other.pk}/change/" in page.content.decode()


@pytest.mark.parametrize("others", [0, 50])
def test_the_decision_page_keeps_within_its_queries(
    others: int,
    staff: Client,
    partner: Partner,
    other_partner: Partner,
    onboarder: User,
    stranger: User,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    sent = make_request(
        partner, onboarder, State.CHANGES_REQUESTED, evidence=EvidenceKind.LIABILITY_AGREEMENT, submitted_at=days_ago(2)
    )
    assert sent.customer is not None
    request_builders.submit(sent, onboarder, sent.customer, days_ago(0))
    builders.make_customer(other_partner, vat_number=sent.vat_number)
    for number in range(others):
        make_request(other_partner, stranger, submitted_at=days_ago(number / 10))
        request_builders.make_evidence(sent, onboarder, EvidenceKind.LIABILITY_AGREEMENT)

    with django_assert_max_num_queries(15):
        assert staff.get(page_of(sent)).status_code == 200
