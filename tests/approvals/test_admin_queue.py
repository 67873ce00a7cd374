"""The approval queue: what waits for us, oldest first, and nothing that is not ours to see."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from approvals.queue import age_between
from approvals.workflow import State
from contacts import search_rows
from contacts.models import Contact
from customers.models import Partner
from customers.relationships import Relationship
from portal.models import User
from tests import builders, request_builders
from tests.request_builders import days_ago, make_request

pytestmark = pytest.mark.django_db

QUEUE = "/admin/approvals/registrationrequest/"
SignIn = Callable[[User], Client]


def companies(client: Client, query: str = "") -> list[str]:
    response = client.get(QUEUE + query)
    assert response.status_code == 200
    return [row.request.company_name for row in response.context["page"].rows]


@pytest.fixture
def staff(approver: User, signed_in: SignIn) -> Client:
    return signed_in(approver)


def test_the_queue_opens_on_what_waits_for_us_with_the_oldest_on_top(
    staff: Client, partner: Partner, other_partner: Partner, onboarder: User, stranger: User
) -> None:
    make_request(partner, onboarder, name="Second NV", submitted_at=days_ago(2))
    make_request(other_partner, stranger, name="First NV", submitted_at=days_ago(3))
    make_request(partner, onboarder, name="Third NV", submitted_at=days_ago(1))
    for state in set(State) - {State.SUBMITTED}:
        make_request(partner, onboarder, state, name=f"Not waiting ({state})")

    assert companies(staff) == ["First NV", "Second NV", "Third NV"]


def test_a_request_that_comes_back_keeps_its_place_and_says_so(
    staff: Client, partner: Partner, onboarder: User
) -> None:
    make_request(partner, onboarder, name="Between NV", submitted_at=days_ago(1))
    again = make_request(partner, onboarder, State.CHANGES_REQUESTED, name="Again NV", submitted_at=days_ago(2))
    assert again.customer is not None
    request_builders.submit(again, onboarder, again.customer, days_ago(0))

    response = staff.get(QUEUE)

    assert [row.request.company_name for row in response.context["page"].rows] == ["Again NV", "Between NV"]
    assert [row.came_back for row in response.context["page"].rows] == [True, False]
    assert "version 2" in response.content.decode()


@pytest.mark.parametrize(
    ("tab", "expected"),
    [
        ("waiting", ["submitted"]),
        ("partner", ["changes_requested"]),
        ("decided", ["rejected", "approved"]),
        ("withdrawn", ["withdrawn"]),
        ("nonsense", ["submitted"]),
    ],
)
def test_each_tab_holds_its_states_and_drafts_are_in_none(
    tab: str, expected: list[str], staff: Client, partner: Partner, onboarder: User
) -> None:
    for state in State:
        make_request(partner, onboarder, state, name=state.value)

    assert companies(staff, f"?tab={tab}") == expected


def test_the_counts_of_open_requests_stand_on_their_tabs(staff: Client, partner: Partner, onboarder: User) -> None:
    for state in State:
        make_request(partner, onboarder, state)
    make_request(partner, onboarder)

    tabs = staff.get(QUEUE).context["tabs"]

    assert {tab.key: count for tab, count in tabs} == {
        "waiting": 2,
        "partner": 1,
        "decided": None,
        "withdrawn": None,
    }


@pytest.mark.parametrize(
    "query",
    [
        "{reference}",
        "{bare}",
        "société énergie",
        "SOCIETE",
        "{vat}",
        "{vat_end}",
        "Bright",
        "energie brightcloud",
        "els@anywhere",
    ],
)
def test_a_request_is_found_by_reference_company_vat_number_partner_and_people(
    query: str, staff: Client, partner: Partner, other_partner: Partner, onboarder: User, stranger: User
) -> None:
    wanted = make_request(partner, onboarder, name="Société d’Énergie SA", vat_number="BE0477472701")
    make_request(other_partner, stranger, name="Windroos BV")
    assert wanted.customer is not None
    builders.make_contact(wanted.customer, email="els@anywhere.example")
    search_rows.refresh([wanted.customer])
    typed = query.format(
        reference=wanted.reference.lower(),
        bare=wanted.reference.removeprefix("REQ-").replace("-", ""),
        vat="BE 0477.472.701",
        vat_end="472701",
    )

    assert companies(staff, f"?q={typed}") == ["Société d’Énergie SA"]


@pytest.mark.parametrize("query", ["%", "_", "'", "---", "%00", "x" * 500, "zzzz", "%F0%9F%A6%8A"])
def test_an_odd_search_finds_nothing_and_breaks_nothing(
    query: str, staff: Client, partner: Partner, onboarder: User
) -> None:
    make_request(partner, onboarder)

    response = staff.get(f"{QUEUE}?q={query}")

    assert response.status_code == 200
    assert query == "%00" or response.context["page"].rows == []


@pytest.mark.parametrize("page", ["-1", "abc", "0", "1e9", "", "٣"])
def test_a_page_number_that_is_none_shows_the_first_page(
    page: str, staff: Client, partner: Partner, onboarder: User
) -> None:
    make_request(partner, onboarder, name="Only NV")

    assert companies(staff, f"?page={page}") == ["Only NV"]


def test_fifty_rows_stand_on_a_page_and_the_rest_on_the_next(staff: Client, partner: Partner, onboarder: User) -> None:
    for number in range(52):
        make_request(partner, onboarder, name=f"Number {number:02}", submitted_at=days_ago(100 - number))

    first = staff.get(QUEUE).context["page"]
    second = staff.get(f"{QUEUE}?page=2").context["page"]

    assert (len(first.rows), first.has_next) == (50, True)
    assert ([row.request.company_name for row in second.rows], second.has_next) == (["Number 50", "Number 51"], False)
    assert (second.first, second.last) == (51, 52)


def test_warnings_stand_in_the_row_as_words(staff: Client, partner: Partner, onboarder: User) -> None:
    warning: dict[str, Any] = {
        "role": "security_incident",
        "code": "phone_advised",
        "message": "%(name)s has no phone number.",
        "params": {"name": "Ines Vermeulen"},
    }
    make_request(partner, onboarder, name="A", warnings=[warning], submitted_at=days_ago(1))
    make_request(partner, onboarder, name="B")
    Contact.objects.update(access_confirmed_at=timezone.now(), access_confirmed_by=onboarder)

    rows = staff.get(QUEUE).context["page"].rows

    assert [[signal.title for signal in row.worth_a_look] for row in rows] == [
        ["No phone number: Security Incident"],
        [],
    ]


def test_partner_relationship_reference_and_age_stand_in_the_row(
    staff: Client, partner: Partner, onboarder: User
) -> None:
    sent = make_request(partner, onboarder, relationship=Relationship.VALUE_ADD_PARTNER, submitted_at=days_ago(2.5))

    page = re.sub(r"\s+", " ", staff.get(QUEUE).content.decode())

    assert all(words in page for words in ("Brightcloud", "Value Add Partner", sent.reference, "2 days 12 h"))


def test_a_hostile_company_name_is_shown_as_text(staff: Client, partner: Partner, onboarder: User) -> None:
    name = '<img src=x onerror="alert(1)">{{7*7}} %(x)s'
    make_request(partner, onboarder, name=name)

    page = staff.get(QUEUE).content.decode()

    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;{{7*7}} %(x)s" in page


@pytest.mark.parametrize("count", [0, 1, 3])
def test_every_page_of_the_admin_says_how_many_wait(
    count: int, staff: Client, partner: Partner, onboarder: User
) -> None:
    for _number in range(count):
        make_request(partner, onboarder)
    make_request(partner, onboarder, State.CHANGES_REQUESTED)

    page = staff.get("/admin/customers/partner/").content.decode()

    assert re.findall(r'class="count">(\d+)<', page) == ([str(count)] if count else [])


@pytest.mark.parametrize("rows", [1, 50])
def test_the_queue_takes_nine_queries_whatever_the_number_of_rows(
    rows: int,
    staff: Client,
    partner: Partner,
    onboarder: User,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for _number in range(rows):
        make_request(partner, onboarder)

    with django_assert_max_num_queries(9):
        assert len(companies(staff)) == rows


@pytest.mark.parametrize(
    ("waited", "told"),
    [
        (timedelta(seconds=59), "0 min"),
        (timedelta(minutes=10), "10 min"),
        (timedelta(hours=3, minutes=5), "3 h 5 min"),
        (timedelta(days=1, minutes=59), "1 day"),
        (timedelta(days=2, hours=6), "2 days 6 h"),
        (timedelta(seconds=-5), "0 min"),
    ],
)
def test_age_is_told_in_its_two_largest_parts(waited: timedelta, told: str) -> None:
    now = timezone.now()

    assert age_between(now - waited, now) == told
