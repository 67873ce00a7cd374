"""Letting a Value Add Partner's customer go without its written approval (settled question 10), in Django admin."""

from collections.abc import Callable

import pytest
from django.test import Client

from approvals.models import RegistrationRequest
from approvals.workflow import State
from customers.models import Event, Partner
from customers.relationships import Relationship
from portal.models import User
from tests.portal.reading import text_of
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

QUEUE = "/admin/approvals/registrationrequest/"
SignIn = Callable[[User], Client]


def page_of(request: RegistrationRequest) -> str:
    return f"{QUEUE}{request.reference}/change/"


@pytest.fixture
def staff(approver: User, signed_in: SignIn) -> Client:
    return signed_in(approver)


def test_an_exception_is_granted_with_a_reason_once_changes_were_asked_for(
    staff: Client, partner: Partner, onboarder: User
) -> None:
    stuck = make_request(partner, onboarder, State.CHANGES_REQUESTED, relationship=Relationship.VALUE_ADD_PARTNER)
    address = f"{QUEUE}{stuck.reference}/exception/"
    assert address in staff.get(page_of(stuck)).content.decode()

    refused = staff.post(address, {"exception_reason": " "})
    assert "Write down why: it stays with the request." in text_of(refused)
    granted = staff.post(address, {"exception_reason": "The customer is in receivership."})

    assert (granted.status_code, granted["Location"]) == (302, page_of(stuck))
    stuck.refresh_from_db()
    assert (stuck.approval_exception, stuck.exception_reason) == (True, "The customer is in receivership.")
    assert Event.objects.filter(action="request.exception_granted").count() == 1
    assert address not in staff.get(page_of(stuck)).content.decode()


def test_an_exception_for_a_decided_request_is_refused(staff: Client, partner: Partner, onboarder: User) -> None:
    closed = make_request(partner, onboarder, State.APPROVED, relationship=Relationship.VALUE_ADD_PARTNER)

    response = staff.post(f"{QUEUE}{closed.reference}/exception/", {"exception_reason": "Late."})

    assert response.status_code == 409
    closed.refresh_from_db()
    assert closed.approval_exception is False


@pytest.mark.parametrize(
    ("state", "relationship"),
    [
        (State.SUBMITTED, Relationship.VALUE_ADD_PARTNER),
        (State.CHANGES_REQUESTED, Relationship.RESELLER),
        (State.REJECTED, Relationship.VALUE_ADD_PARTNER),
    ],
)
def test_an_exception_is_not_offered_where_it_would_change_nothing(
    state: State, relationship: Relationship, staff: Client, partner: Partner, onboarder: User
) -> None:
    request = make_request(partner, onboarder, state, relationship=relationship)

    assert staff.get(page_of(request)).context["exception_form"] is None


def test_a_draft_that_cannot_be_sent_is_named_by_the_reference_its_partner_reads_out(
    staff: Client, approver: User, partner: Partner, onboarder: User
) -> None:
    draft = make_request(partner, onboarder, State.DRAFT, name="Secret NV")
    typed = draft.reference.lower().replace("-", " ")

    response = staff.post(
        f"{QUEUE}exception/", {"reference": typed, "exception_reason": "In receivership."}, follow=True
    )

    draft.refresh_from_db()
    assert (draft.approval_exception, draft.exception_granted_by) == (True, approver)
    assert f"{draft.reference} may now be sent without a document." in text_of(response)
    assert "Secret NV" not in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter the reference that the partner gives you."),
        ("REQ", "A reference looks like REQ-7F3K-9Q2M."),
        ("C-4K7P-M2XN", "A reference looks like REQ-7F3K-9Q2M."),
        ("REQ-0000-0000", "There is no request with this reference."),
    ],
)
def test_a_reference_that_is_none_is_asked_for_again_with_the_reason_kept(
    typed: str, words: str, staff: Client
) -> None:
    response = staff.post(f"{QUEUE}exception/", {"reference": typed, "exception_reason": "In receivership."})

    assert words in text_of(response)
    assert "In receivership." in response.content.decode()
    assert b"<title>Error:" in response.content
    assert not Event.objects.exists()


def test_a_decided_request_gets_no_exception_by_its_reference_either(
    staff: Client, partner: Partner, onboarder: User
) -> None:
    closed = make_request(partner, onboarder, State.REJECTED)

    response = staff.post(f"{QUEUE}exception/", {"reference": closed.reference, "exception_reason": "Late."})

    assert "rejected this request on" in text_of(response)
    closed.refresh_from_db()
    assert closed.approval_exception is False
