"""The history in Arxus Admin: every act in a sentence, with what was before and after, found by whom, what and when."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from approvals.desk.history_groups import GROUPS
from approvals.timeline import WORDS
from approvals.workflow import State
from contacts.policy import EvidenceKind
from customers.history import record, told_of
from customers.models import Customer, Event, Partner
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.hostile import TEXTS
from tests.portal.reading import links_of, text_of
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/customers/event/"


@pytest.fixture
def staff(approver: User, signed_in: SignIn) -> Client:
    return signed_in(approver)


def names_in(client: Client, **asked: Any) -> list[str]:
    """The names that the events found carry, the latest first."""
    return [event.facts.get("name", "") for event in client.get(ADDRESS, asked).context["page"].rows]


def happened(name: str, actor: User | None, at: datetime | None = None, **where: Any) -> Event:
    values: dict[str, Any] = {"action": "partner.changed", "partner": None} | where
    with told_of(at or timezone.now()):
        return record(actor=actor, name=name, **values)


# --- What it says ---------------------------------------------------------------------------------------------------


def test_a_correction_says_what_was_and_what_is(staff: Client, customer: Customer) -> None:
    data = {"name": "Ateliers Jansen SA", "phone": customer.phone, "street": customer.street, "postcode": "2440"}
    data |= {"city": "Geel", "country": "BE", "industry": customer.industry.name, "language": "nl"}
    staff.post(reverse("admin:customers_customer_change", args=[customer.pk]), data)

    text = text_of(staff.get(ADDRESS))

    assert "You corrected the details" in text
    assert "Company name" not in text
    assert "Name before: Atelier Janssens BV → after: Ateliers Jansen SA" in text
    assert "City before: Turnhout → after: Geel" in text
    assert "Street" not in text


def test_who_looked_at_a_document_is_told_with_the_request(
    staff: Client, partner: Partner, onboarder: User, csm: User, signed_in: SignIn
) -> None:
    request = make_request(partner, onboarder, evidence=EvidenceKind.LIABILITY_AGREEMENT)
    signed_in(csm).get(f"/requests/{request.reference}/evidence/{request.evidence.get().key}/")

    page = staff.get(ADDRESS, {"kind": "documents"})

    assert "Hanne Wouters downloaded “agreement.pdf”" in text_of(page)
    assert f"/admin/approvals/registrationrequest/{request.reference}/change/" in links_of(page)


def test_a_decision_names_its_version_and_reason(
    staff: Client, partner: Partner, onboarder: User, approver: User
) -> None:
    request = make_request(partner, onboarder, State.DRAFT)
    happened(
        "", approver, action="request.rejected", reference=request.reference, partner=partner, version=3, reason="No."
    )

    assert ("version 3" in text_of(staff.get(ADDRESS)), "No." in text_of(staff.get(ADDRESS))) == (True, True)


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_was_recorded_is_shown_and_never_run(text: str, staff: Client, partner: Partner) -> None:
    value = text.replace("\x00", "").encode("utf-8", "ignore").decode()
    record(
        actor=None,
        action="contact.amended",
        partner=partner,
        name=value,
        before={"email": value},
        after={"email": value, "odd": [value], "odder": {"a": value}, "none": None},
    )

    assert staff.get(ADDRESS).status_code == 200
    assert b"<script>alert" not in staff.get(ADDRESS).content


@pytest.mark.parametrize("facts", [{"after": "text"}, {"after": ["x"]}, {"before": 3, "after": {"name": None}}, {}])
def test_a_record_of_an_odd_shape_is_told_all_the_same(facts: dict[str, Any], staff: Client, partner: Partner) -> None:
    record(actor=None, action="of.another.version", partner=partner, **facts)

    assert "The portal: of.another.version" in text_of(staff.get(ADDRESS))


def test_every_action_that_is_recorded_has_a_sentence_and_a_group() -> None:
    grouped = {action for group in GROUPS.values() for action in group.actions}

    assert grouped == set(WORDS)


# --- Filters --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["by Karim", "by Sofie", "by nobody"]),
        ({"who": "Sofie"}, ["by Sofie"]),
        ({"who": "dhondt sof"}, ["by Sofie"]),
        ({"who": "APPROVER2@arxus.example"}, ["by Karim"]),
        ({"who": "Dhondt Karim"}, []),
        ({"who": "Nobody There"}, []),
        ({"who": "%"}, []),
    ],
)
def test_by_person(
    asked: dict[str, str], found: list[str], staff: Client, approver: User, second_approver: User
) -> None:
    happened("by nobody", None)
    happened("by Sofie", approver)
    happened("by Karim", second_approver)

    assert names_in(staff, **asked) == found


def test_somebody_whose_account_is_gone_is_found_by_the_name_as_it_was(staff: Client, second_approver: User) -> None:
    happened("by Karim", second_approver)
    second_approver.delete()

    assert names_in(staff, who="Karim Benali") == ["by Karim"]


def test_by_partner_customer_and_reference(staff: Client, partner: Partner, customer: Customer) -> None:
    other = builders.make_customer(partner, name="Windroos NV")
    happened("of the partner", None, partner=partner)
    happened("of Windroos", None, partner=partner, customer=other)
    happened("of nobody", None)
    happened("of a contact", None, partner=partner, reference="CON-7F3K-9Q2M")

    assert names_in(staff, partner="brightcloud") == ["of a contact", "of Windroos", "of the partner"]
    assert names_in(staff, customer=other.number.lower().replace("-", " ")) == ["of Windroos"]
    assert names_in(staff, customer="windroos") == ["of Windroos"]
    assert names_in(staff, reference="con 7f3k 9q2m") == ["of a contact"]
    assert names_in(staff, reference=other.number) == ["of Windroos"]


def test_by_kind(staff: Client, partner: Partner) -> None:
    for action in ("request.taken", "evidence.downloaded", "message.downloaded", "user.changed"):
        happened(action, None, action=action, partner=partner)

    found = {kind: names_in(staff, kind=kind) for kind in GROUPS}

    assert found == {kind: [] for kind in GROUPS} | {
        "requests": ["request.taken"],
        "documents": ["message.downloaded", "evidence.downloaded"],
        "messages": ["message.downloaded"],
        "accounts": ["user.changed"],
    }


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2026-03-02", "2026-03-02", ["evening", "morning"]),
        ("02/03/2026", "", ["after midnight", "evening", "morning"]),
        ("", "2026-03-01", ["before midnight"]),
        ("2026-03-03", "2026-03-02", []),
        ("9999-12-31", "", []),
        ("", "9999-12-31", ["after midnight", "evening", "morning", "before midnight"]),
        ("0001-01-01", "", ["after midnight", "evening", "morning", "before midnight"]),
    ],
)
def test_by_days_as_they_are_in_belgium(since: str, until: str, found: list[str], staff: Client) -> None:
    moments = {
        "before midnight": datetime(2026, 3, 1, 22, 59, tzinfo=UTC),
        "morning": datetime(2026, 3, 1, 23, 0, tzinfo=UTC),
        "evening": datetime(2026, 3, 2, 22, 59, tzinfo=UTC),
        "after midnight": datetime(2026, 3, 2, 23, 0, tzinfo=UTC),
    }
    for name, at in moments.items():
        happened(name, None, at)

    assert names_in(staff, since=since, until=until) == found


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("partner", "Nobody", "There is no partner of this name."),
        ("customer", "C-0000-0000", "There is no such customer."),
        ("customer", "zzzz", "There is no such customer."),
        ("reference", "REQ", "This is no reference."),
        ("kind", "secrets", "Select a valid choice."),
        ("since", "yesterday", "Write the day as"),
    ],
)
def test_a_filter_that_cannot_be_understood_says_so_and_finds_nothing(
    field: str, typed: str, words: str, staff: Client
) -> None:
    happened("there", None)

    page = staff.get(ADDRESS, {field: typed})

    assert (page.status_code, list(page.context["form"].errors), page.context["page"].rows) == (200, [field], [])
    assert words in text_of(page)


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_is_asked_gets_an_answer(text: str, staff: Client) -> None:
    for name in ("who", "partner", "customer", "reference", "kind", "since", "before", "after"):
        assert staff.get(ADDRESS, {name: text}).status_code in (200, 400)
