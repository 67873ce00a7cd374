"""The pages of the history in Arxus Admin: in order, for whom, and what they cost."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from approvals.desk.history_filters import A_PAGE
from customers.models import Customer, Event, Partner
from portal.models import User
from tests import builders
from tests.approvals.test_admin_history import ADDRESS, happened, names_in
from tests.conftest import SignIn
from tests.request_builders import days_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(approver: User, signed_in: SignIn) -> Client:
    return signed_in(approver)


def pages(client: Client, rel: str) -> str:
    content = client.content.decode()
    found = re.search(rf'rel="{rel}" href="([^"]+)"', content)
    return found[1].replace("&amp;", "&") if found else ""


def test_pages_follow_each_other_without_gap_or_repeat_and_back(staff: Client) -> None:
    moment = days_ago(1)
    for number in range(2 * A_PAGE + 7):
        happened(f"{number}", None, moment + timedelta(seconds=number // 3))
    seen, shown, address = [], [], ""
    while True:
        page: Any = staff.get(ADDRESS + address)
        shown.append([event.pk for event in page.context["page"].rows])
        seen += shown[-1]
        if not (address := pages(page, "next")):
            break

    assert seen == list(Event.objects.values_list("pk", flat=True))
    back: Any = staff.get(ADDRESS + pages(page, "prev"))
    assert [event.pk for event in back.context["page"].rows] == shown[-2]


def test_a_page_keeps_what_is_looked_for(staff: Client, approver: User) -> None:
    for number in range(A_PAGE + 1):
        happened(f"{number}", approver)
    happened("other", None)

    older = pages(staff.get(ADDRESS, {"who": "Sofie Dhondt"}), "next")

    assert older.startswith("?who=Sofie+Dhondt&before=")
    assert [event.facts["name"] for event in staff.get(ADDRESS + older).context["page"].rows] == ["0"]


@pytest.mark.parametrize("key", ["0", "9" * 18, "9" * 40, "-1", "1.5", "²"])
@pytest.mark.parametrize("name", ["before", "after"])
def test_an_odd_page_is_the_latest(name: str, key: str, staff: Client) -> None:
    happened("there", None)

    assert names_in(staff, **{name: key}) == ["there"]


# --- Rights and costs -----------------------------------------------------------------------------------------------


def test_it_is_read_with_the_right_and_written_by_nobody(
    approver: User, csm: User, onboarder: User, signed_in: SignIn
) -> None:
    event = happened("there", None)
    root = builders.make_user("root@arxus.example", is_staff=True, is_superuser=True)
    one = f"{ADDRESS}{event.pk}/"

    assert [signed_in(user).get(ADDRESS).status_code for user in (approver, root, csm, onboarder)] == [
        200,
        200,
        403,
        302,
    ]
    client = signed_in(root)
    answers = [
        client.post(address, {"action": "delete_selected", "_selected_action": event.pk, "post": "yes"}).status_code
        for address in (ADDRESS, f"{ADDRESS}add/", f"{one}change/", f"{one}delete/")
    ]
    assert answers == [405, 403, 403, 403]
    assert Event.objects.get().facts == {"name": "there"}


FILTERS: list[dict[str, str]] = [
    {},
    {"who": "Sofie Dhondt"},
    {"partner": "Brightcloud"},
    {"customer": "Atelier Janssens"},
    {"kind": "requests"},
    {"who": "Sofie Dhondt", "partner": "Brightcloud", "customer": "Atelier", "since": "2020-01-01"},
]


@pytest.mark.parametrize("asked", FILTERS)
def test_a_page_of_many_keeps_within_ten_queries(
    asked: dict[str, str],
    staff: Client,
    approver: User,
    partner: Partner,
    customer: Customer,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    Event.objects.bulk_create(
        Event(
            actor=approver,
            actor_name="Sofie Dhondt",
            action="request.taken",
            partner=partner,
            customer=customer,
            reference=f"REQ-0000-{number:04d}",
            facts={"before": {"name": "a"}, "after": {"name": "b"}},
        )
        for number in range(2_000)
    )

    with django_assert_max_num_queries(10):
        assert len(staff.get(ADDRESS, asked).context["page"].rows) == A_PAGE


@pytest.mark.parametrize(
    ("where", "index"),
    [
        ("", "event_at"),
        ("reference = 'REQ-0000-0000'", "event_reference_at"),
        ("partner_id = 1", "event_partner_at"),
        ("actor_id = 1", "event_actor_at"),
        ("actor_name = 'Nobody'", "event_actor_name_at"),
        ("customer_id IN (1)", "event_customer_at"),
        ("action = 'industry.added'", "event_action_at"),
    ],
)
def test_every_filter_has_an_index_that_ends_with_the_moment(where: str, index: str) -> None:
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, Event._meta.db_table)
    column = where.partition(" ")[0]

    assert constraints[index]["columns"] == [*filter(None, [column]), "at"] + (["id"] if not column else [])
    assert json.dumps(constraints[index]["orders"][-1]) == '"DESC"'
