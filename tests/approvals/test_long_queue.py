"""Two thousand requests wait: the queue and the decision page take as many queries as with two."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from approvals import bulk, holding
from approvals.bulk import Chosen
from approvals.models import FirstApproval, RegistrationRequest, Submission
from customers.models import Customer, Partner
from portal.models import User
from tests import builders
from tests.approvals.test_long_record import SECONDS, quickest
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

QUEUE = "/admin/approvals/registrationrequest/"
WAITING = 2_000
BUDGET = 15
SignIn = Callable[[User], Client]
MaxQueries = Callable[[int], Any]


@pytest.fixture
def waiting(partner: Partner, onboarder: User, second_approver: User) -> list[RegistrationRequest]:
    """The oldest first; every tenth is held by a colleague, every tenth waits for a second approver."""
    pattern = make_request(partner, onboarder)
    submission = pattern.submissions.get()
    assert pattern.customer is not None
    now = timezone.now()
    common: dict[str, Any] = {
        "partner": partner,
        "created_by": onboarder,
        "updated_by": onboarder,
        "submitted_by": onboarder,
    }
    numbers = [builders.belgian_vat(7_000_000 + number) for number in range(WAITING)]
    fields: dict[str, Any] = {
        "partner": partner,
        "industry": pattern.customer.industry,
        "country": "BE",
        "status": "pending",
    }
    fields |= {"relationship": pattern.customer.relationship}
    customers = Customer.objects.bulk_create(
        Customer(name=f"Waiting {number}", vat_number=vat, **fields) for number, vat in enumerate(numbers)
    )
    requests = RegistrationRequest.objects.bulk_create(
        RegistrationRequest(
            customer=customer,
            company_name=customer.name,
            vat_number=customer.vat_number,
            state="submitted",
            submitted_at=now - timedelta(days=90, minutes=-number),
            due_at=now,
            held_by=second_approver if number % 10 == 0 else None,
            held_at=now if number % 10 == 0 else None,
            **common,
        )
        for number, customer in enumerate(customers)
    )
    snapshot = submission.snapshot
    sent = Submission.objects.bulk_create(
        Submission(
            request=request,
            version=1,
            submitted_by=onboarder,
            snapshot=snapshot | {"vat": snapshot["vat"] | {"number": request.vat_number}},
        )
        for request in requests
    )
    FirstApproval.objects.bulk_create(FirstApproval(submission=one, approved_by=second_approver) for one in sent[1::10])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # As a server does by itself a while after so many rows came in.
    return requests


@pytest.mark.parametrize("address", ["", "?only=mine", "?only=second", "?page=40", "?q=Waiting"])
def test_every_view_of_the_queue_keeps_within_its_queries(
    address: str,
    waiting: list[RegistrationRequest],
    approver: User,
    signed_in: SignIn,
    django_assert_max_num_queries: MaxQueries,
) -> None:
    holding.take(actor=approver, request=waiting[2])
    staff = signed_in(approver)
    with django_assert_max_num_queries(BUDGET):
        assert staff.get(QUEUE + address).status_code == 200


@pytest.mark.parametrize("place", [2, 1_000, WAITING - 1])
def test_the_decision_page_keeps_within_its_queries_wherever_the_request_stands(
    place: int,
    waiting: list[RegistrationRequest],
    approver: User,
    signed_in: SignIn,
    django_assert_max_num_queries: MaxQueries,
) -> None:
    staff = signed_in(approver)
    with django_assert_max_num_queries(BUDGET):
        page = staff.get(f"{QUEUE}{waiting[place].reference}/change/")
    assert (page.context["place"].position, page.context["place"].total) == (place + 1, WAITING + 1)


def test_taking_the_oldest_asks_little(
    waiting: list[RegistrationRequest], approver: User, django_assert_max_num_queries: MaxQueries
) -> None:
    with django_assert_max_num_queries(10):
        # The first is held; the second waits for a second approver, who this person may be.
        assert holding.take_oldest(actor=approver) == waiting[1]


def test_a_page_of_the_queue_that_is_foreseen_asks_a_few_for_each(
    waiting: list[RegistrationRequest], approver: User, django_assert_max_num_queries: MaxQueries
) -> None:
    chosen = [Chosen(reference=request.reference, version=1) for request in waiting[:50]]
    with django_assert_max_num_queries(2 * len(chosen)):
        assert len(bulk.foreseen(actor=approver, chosen=chosen)) == 50


def test_the_queue_and_the_decision_page_are_quick_with_all_of_them_waiting(
    waiting: list[RegistrationRequest], approver: User, signed_in: SignIn
) -> None:
    staff = signed_in(approver)
    for address in (QUEUE, f"{QUEUE}?page=40", f"{QUEUE}{waiting[1_000].reference}/change/"):
        assert quickest(partial(staff.get, address)) < SECONDS
