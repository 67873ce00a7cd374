"""Two approvers on the pages: what the first is told, what the second reads, what a red check asks for."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from approvals import holding
from approvals.decisions import decide
from approvals.models import FirstApproval, RegistrationRequest
from approvals.workflow import Move
from contacts.models import Contact
from customers.models import Partner, VatCheck
from portal.models import User
from tests.portal.reading import text_of
from tests.request_builders import days_ago, make_request

pytestmark = pytest.mark.django_db

QUEUE = "/admin/approvals/registrationrequest/"
WHY = "Registered last week: <b>the register</b> is {{ behind }}."
SignIn = Callable[[User], Client]


def page_of(request: RegistrationRequest) -> str:
    return f"{QUEUE}{request.reference}/change/"


def post(client: Client, request: RegistrationRequest, act: str, **data: Any) -> Any:
    return client.post(f"{QUEUE}{request.reference}/{act}/", data)


@pytest.fixture
def staff(approver: User, signed_in: SignIn) -> Client:
    return signed_in(approver)


@pytest.fixture
def sent(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder, name="Kempenvaart Logistiek NV", submitted_at=days_ago(2))


@pytest.fixture
def liable(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder, name="Liable NV", submitted_at=days_ago(1), liability="We are liable.")


@pytest.fixture
def red(sent: RegistrationRequest, settings: Any) -> RegistrationRequest:
    settings.VIES_URL = "http://127.0.0.1:9/rest-api"
    now = timezone.now()
    VatCheck.objects.create(
        partner=sent.partner, number=sent.vat_number, outcome="not_registered", asked_at=now, tried_at=now
    )
    return sent


def test_the_first_is_told_that_a_second_decides_and_goes_on(
    staff: Client, sent: RegistrationRequest, liable: RegistrationRequest
) -> None:
    assert "the partner bears the liability" in text_of(staff.get(page_of(liable)))
    response = post(staff, liable, "decide/approve", version="1")

    assert response["Location"] == page_of(sent)
    words = f"Liable NV ({liable.reference}) has your approval. It now waits for a second approver."
    assert words in text_of(staff.get(response["Location"]))

    again = staff.get(page_of(liable))
    assert "You approved this version as the first of two" in text_of(again)
    assert "decide/approve" not in again.content.decode()
    assert "decide/reject" in again.content.decode()
    assert post(staff, liable, "decide/approve", version="1").status_code == 409


def test_the_second_reads_who_was_first_and_decides(
    liable: RegistrationRequest, approver: User, second_approver: User, signed_in: SignIn
) -> None:
    decide(actor=approver, request=liable, move=Move.APPROVE, version=1)
    second = signed_in(second_approver)
    words = text_of(second.get(page_of(liable)))
    assert "Sofie Dhondt approved this version as the first of two" in words
    assert "You are the second approver, after Sofie Dhondt: your approval decides." in words

    post(second, liable, "decide/approve", version="1")
    assert "Karim Benali after Sofie Dhondt" in text_of(second.get(page_of(liable)))


def test_a_red_one_asks_for_a_reason_and_keeps_it_from_markup(
    staff: Client, red: RegistrationRequest, second_approver: User, signed_in: SignIn
) -> None:
    without = post(staff, red, "decide/approve", version="1")
    assert without.status_code == 200
    assert without.context["opened"] == Move.APPROVE
    assert "Write down why you approve all the same." in text_of(without)
    assert b"<title>Error:" in without.content
    assert not FirstApproval.objects.exists()

    post(staff, red, "decide/approve", version="1", override_reason=WHY)
    seen = signed_in(second_approver).get(page_of(red)).content.decode()
    assert "&lt;b&gt;the register&lt;/b&gt; is {{ behind }}." in seen


def test_the_reason_for_a_red_one_survives_a_refusal(
    staff: Client, red: RegistrationRequest, second_approver: User
) -> None:
    holding.take(actor=second_approver, request=red)
    response = post(staff, red, "decide/approve", version="1", override_reason="Seen the letter.")
    assert (response.status_code, "Seen the letter." in text_of(response)) == (409, True)


def test_access_is_asked_for_where_it_is_not_confirmed(staff: Client, sent: RegistrationRequest) -> None:
    assert "access_confirmed" not in staff.get(page_of(sent)).content.decode()
    Contact.objects.update(access_confirmed_at=None, access_confirmed_by=None)

    assert "access_confirmed" in staff.get(page_of(sent)).content.decode()
    without = post(staff, sent, "decide/approve", version="1")
    assert "Confirm portal access and ServiceNow permissions for Els Goossens" in text_of(without)
    assert post(staff, sent, "decide/approve", version="1", access_confirmed="on").status_code == 302


def test_a_press_right_after_a_first_approval_is_refused_too(
    staff: Client, sent: RegistrationRequest, liable: RegistrationRequest
) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        post(staff, liable, "decide/approve", version="1")
        hasty = post(staff, sent, "decide/approve", version="1")
    assert (hasty.status_code, "You decided on Liable NV a moment ago." in text_of(hasty)) == (409, True)
