"""The page in Arxus Admin on which staff record who accepted the Microsoft agreement, and where it is read."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from approvals.workflow import State
from contacts.models import Acceptance
from customers.models import Customer, Partner
from portal.models import User
from tests import builders
from tests.hostile import TEXTS
from tests.portal.reading import links_of, text_of
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


@pytest.fixture
def staff(approver: User, signed_in: SignIn) -> Client:
    return signed_in(approver)


def address(customer: Customer) -> str:
    return f"/admin/contacts/acceptance/{customer.number}/"


def typed(**fields: str) -> dict[str, str]:
    return {
        "first_name": "Els",
        "last_name": "Janssens",
        "email": "els@atelier-janssens.example",
        "phone": "0470 55 01 17",
        "accepted_on": "2026-03-02",
    } | fields


def test_what_is_typed_is_kept_as_contacts_are(staff: Client, customer: Customer) -> None:
    response = staff.post(address(customer), typed(phone="014 55 01 42 ext 12", accepted_on="02/03/2026"))

    assert response["Location"] == reverse("admin:customers_customer_change", args=[customer.pk])
    made = Acceptance.objects.get()
    assert (made.phone, made.phone_extension, made.accepted_on) == ("+3214550142", "12", date(2026, 3, 2))


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"first_name": ""}, "first_name", "Enter the first name."),
        ({"last_name": "\u200b"}, "last_name", "Enter the last name."),
        ({"first_name": "two\nlines"}, "first_name", "Write this on one line."),
        ({"email": ""}, "email", "Enter the e-mail address."),
        ({"email": "els@"}, "email", "no domain that mail can reach"),
        ({"email": "a@b.example, c@d.example"}, "email", "one address alone"),
        ({"phone": "12"}, "phone", "phone"),
        ({"accepted_on": ""}, "accepted_on", "Enter the day"),
        ({"accepted_on": "yesterday"}, "accepted_on", "Write the day as"),
        ({"accepted_on": "2026-02-30"}, "accepted_on", "Write the day as"),
        ({"accepted_on": "2999-01-01"}, "accepted_on", "still to come"),
        ({"accepted_on": "1999-01-01"}, "accepted_on", "before 2010"),
    ],
)
def test_a_fault_is_named_at_its_field_and_nothing_typed_is_lost(
    fields: dict[str, str], field: str, words: str, staff: Client, customer: Customer
) -> None:
    response = staff.post(address(customer), typed(**fields))

    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert words.lower() in text_of(response).lower()
    assert Acceptance.objects.count() == 0


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_is_typed_gets_an_answer(text: str, staff: Client, customer: Customer) -> None:
    for field in typed():
        assert staff.post(address(customer), typed(**{field: text})).status_code in (200, 302, 400)


def test_a_correction_begins_with_what_is_on_record(staff: Client, customer: Customer) -> None:
    staff.post(address(customer), typed())
    page = staff.get(address(customer))
    assert b'value="Janssens"' in page.content
    assert b'value="2026-03-02"' in page.content

    staff.post(address(customer), typed(last_name="Jansen"))

    assert "corrected since" in text_of(staff.get(address(customer)))
    assert Acceptance.objects.count() == 2


@pytest.mark.parametrize(
    ("asked", "is_followed"),
    [
        ("/admin/approvals/registrationrequest/", True),
        ("https://evil.example/", False),
        ("//evil.example/", False),
        ("/\\evil.example/", False),
        ("javascript:alert(1)", False),
    ],
)
def test_afterwards_one_is_back_where_one_came_from_on_our_own_pages(
    asked: str, is_followed: bool, staff: Client, customer: Customer
) -> None:
    response = staff.post(f"{address(customer)}?next={asked}", typed())

    standard = reverse("admin:customers_customer_change", args=[customer.pk])
    assert response["Location"] == (asked if is_followed else standard)


def test_who_may_read_and_who_may_write(
    customer: Customer, onboarder: User, csm: User, approver: User, signed_in: SignIn
) -> None:
    reader = builders.make_user(is_staff=True)
    names = ("view_acceptance", "view_customer")
    reader.user_permissions.set(Permission.objects.filter(codename__in=names))
    people = {
        "approver": approver,
        "csm": csm,
        "reader": reader,
        "bare": builders.make_user(is_staff=True),
        "member": onboarder,
    }

    def answers(user: User) -> tuple[int, int]:
        client = signed_in(user)
        return client.get(address(customer)).status_code, client.post(address(customer), typed()).status_code

    assert {name: answers(user) for name, user in people.items()} == {
        "approver": (200, 302),
        "csm": (200, 302),
        "reader": (200, 403),
        "bare": (403, 403),
        "member": (302, 302),
    }


@pytest.mark.parametrize("number", ["C-0000-0000", "nonsense", "REQ-0000-0000"])
def test_a_customer_there_is_not_is_not_found(number: str, staff: Client) -> None:
    assert staff.get(f"/admin/contacts/acceptance/{number}/").status_code == 404


def test_a_rejected_customer_is_read_only(staff: Client, partner: Partner, onboarder: User) -> None:
    closed = make_request(partner, onboarder, State.REJECTED).customer
    assert closed is not None

    assert staff.get(address(closed)).context["form"] is None
    assert staff.post(address(closed), typed()).status_code == 403


PAGES: dict[str, Callable[[Any], str]] = {
    "decision": lambda request: f"/admin/approvals/registrationrequest/{request.reference}/change/",
    "record": lambda request: reverse("admin:customers_customer_change", args=[request.customer_id]),
    "portal": lambda request: f"/customers/{request.customer.number}/",
}


@pytest.mark.parametrize("page", PAGES)
def test_it_is_read_and_offered_to_staff_where_the_customer_is(
    page: str, staff: Client, partner: Partner, onboarder: User
) -> None:
    request = make_request(partner, onboarder, State.APPROVED)
    assert request.customer is not None
    where = PAGES[page](request)
    before = staff.get(where)
    offered = f"{address(request.customer)}?next={where.replace('/', '%2F')}"
    assert "Not on record who accepted it at the customer." in text_of(before)
    assert offered in links_of(before)

    staff.post(address(request.customer), typed())

    after = text_of(staff.get(where))
    assert ("Els Janssens" in after, "2 March 2026" in after) == (True, True)
    assert ("Recorded by Sofie Dhondt" in after) is (page != "decision")


def test_the_partner_reads_it_and_the_customers_own_people_do_not(
    customer: Customer,
    staff: Client,
    onboarder: User,
    viewer: User,
    customer_user: User,
    signed_in: SignIn,
) -> None:
    staff.post(address(customer), typed())

    def read(user: User) -> str:
        return text_of(signed_in(user).get(f"/customers/{customer.number}/"))

    for user in (onboarder, viewer):
        assert ("Els Janssens" in read(user), "Recorded by Arxus" in read(user), "Sofie" in read(user)) == (
            True,
            True,
            False,
        )
    assert "Microsoft agreement" not in read(customer_user)
