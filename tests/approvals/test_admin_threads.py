"""Conversations in Arxus Admin: what waits for an answer, the answer, and notes for Arxus alone."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from approvals.conversations import conversation
from approvals.models import Message, RegistrationRequest, Thread, ThreadState
from customers.models import Customer, Partner
from portal.models import User
from tests.approvals import talk
from tests.conftest import SignIn
from tests.portal.reading import companies_in, text_of
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

LIST = "/admin/approvals/thread/"


@pytest.fixture
def sent(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder, name="Kempenvaart NV")


def page_of(about: RegistrationRequest | Thread) -> str:
    kind = "thread" if isinstance(about, Thread) else "registrationrequest"
    return f"/admin/approvals/{kind}/{about.reference}/change/"


def post(client: Client, address: str, **values: Any) -> HttpResponse:
    fields = {"body": "They are new here.", "readers": "internal", "token": str(uuid.uuid4())} | values
    return client.post(address, fields)  # type: ignore[return-value]


def test_on_the_decision_page_a_note_is_the_default_and_looks_like_one(
    sent: RegistrationRequest, approver: User, signed_in: SignIn
) -> None:
    client = signed_in(approver)
    address = f"/admin/approvals/registrationrequest/{sent.reference}/message/"
    page = client.get(page_of(sent)).content.decode()
    assert re.search(r'name="readers" value="internal"[^>]*checked', page)
    assert f'action="{address}"' in page

    assert post(client, address).headers["Location"] == f"{page_of(sent)}#conversation"
    post(client, address, readers="shared", body="When does the contract end?")

    shown = client.get(page_of(sent)).content.decode()
    articles = re.findall(r'<article class="(message[^"]*)">(.*?)</article>', shown, re.DOTALL)
    assert [kind for kind, _said in articles] == ["message internal mine", "message mine"]
    assert "Internal: only Arxus reads this" in articles[0][1]
    assert "#i-lock" in articles[0][1]
    assert "Brightcloud reads this" in articles[1][1]


def test_what_was_typed_on_the_decision_page_is_kept_where_it_is_not_sent(
    sent: RegistrationRequest, approver: User, signed_in: SignIn
) -> None:
    address = f"/admin/approvals/registrationrequest/{sent.reference}/message/"
    refused = post(signed_in(approver), address, body="x" * 5_001, readers="shared")

    assert "Keep it under 5000 characters" in text_of(refused)
    assert "<title>Error:" in refused.content.decode()
    assert re.search(r'value="shared"[^>]*checked', refused.content.decode())
    assert Message.objects.count() == 0


def test_what_waits_stands_longest_first_and_ones_own_partners_on_top(
    sent: RegistrationRequest,
    onboarder: User,
    stranger: User,
    customer_user: User,
    approver: User,
    csm: User,
    signed_in: SignIn,
) -> None:
    talk.ask(stranger, "First, of another partner")
    talk.write(onboarder, sent)
    talk.ask(customer_user, "Third, of a customer")
    talk.write(approver, talk.ask(onboarder, "Answered").thread)
    conversation.close(actor=onboarder, thread=talk.ask(onboarder, "Closed").thread)
    talk.note(approver, make_request(sent.partner, onboarder, name="Only noted NV"))

    assert companies_in(signed_in(approver).get(LIST)) == [
        "First, of another partner",
        "Kempenvaart NV",
        "Third, of a customer",
    ]
    assert companies_in(signed_in(csm).get(LIST)) == [
        "Kempenvaart NV",
        "Third, of a customer",
        "First, of another partner",
    ]
    client = signed_in(csm)
    assert companies_in(client.get(LIST, {"tab": "answered"})) == ["Answered"]
    assert companies_in(client.get(LIST, {"tab": "closed"})) == ["Closed"]
    assert re.search(r"Messages\s*<span class=\"count\">3", client.get(LIST).content.decode())


def test_a_question_is_answered_and_closed(onboarder: User, csm: User, signed_in: SignIn) -> None:
    thread = talk.ask(onboarder).thread
    client = signed_in(csm)

    post(client, page_of(thread), readers="shared", body="Try again.")
    assert Thread.objects.get().state == ThreadState.AT_ASKER
    assert Message.objects.latest("pk").signed_as == "Hanne Wouters"

    client.get(f"{LIST}{thread.reference}/close/")
    assert Thread.objects.get().state == ThreadState.AT_ASKER
    client.post(f"{LIST}{thread.reference}/close/")
    assert Thread.objects.get().state == ThreadState.CLOSED


def test_the_conversation_of_a_request_is_on_the_page_of_the_request(
    sent: RegistrationRequest, onboarder: User, approver: User, signed_in: SignIn
) -> None:
    thread = talk.write(onboarder, sent).thread

    assert signed_in(approver).get(page_of(thread)).headers["Location"] == f"{page_of(sent)}#conversation"


def test_staff_are_told_when_the_partner_does_not_read_along(
    customer: Customer, customer_user: User, approver: User, signed_in: SignIn
) -> None:
    thread = talk.ask(customer_user).thread
    said = text_of(signed_in(approver).get(page_of(thread)))

    assert "Between Atelier Janssens BV and Arxus: Brightcloud does not read this." in said
    assert "Atelier Janssens BV and Arxus" in said


def test_staff_without_the_rights_neither_read_nor_write(
    sent: RegistrationRequest, onboarder: User, csm: User, signed_in: SignIn
) -> None:
    thread = talk.ask(onboarder).thread
    csm.groups.clear()
    client = signed_in(csm)

    for address in (LIST, page_of(thread)):
        assert client.get(address).status_code == 403
    for address in (
        page_of(thread),
        f"{LIST}{thread.reference}/close/",
        f"/admin/approvals/registrationrequest/{sent.reference}/message/",
    ):
        assert post(client, address).status_code == 403
    assert Message.objects.count() == 1
    assert client.get("/help/messages/").status_code == 404


@pytest.mark.parametrize("persona", ["onboarder", "customer_user"])
def test_others_do_not_get_in(persona: str, onboarder: User, signed_in: SignIn, request: pytest.FixtureRequest) -> None:
    thread = talk.ask(onboarder).thread
    client = signed_in(request.getfixturevalue(persona))

    assert post(client, page_of(thread), readers="internal").status_code == 302
    assert Message.objects.count() == 1


def test_nobody_edits_or_deletes_a_message(onboarder: User, approver: User, signed_in: SignIn) -> None:
    thread = talk.ask(onboarder).thread
    approver.is_superuser = True
    approver.save()
    client = signed_in(approver)

    for address in ("delete/", "history/", "add/"):
        assert client.get(f"{LIST}{thread.pk}/{address}").status_code == 404
    for model in ("message", "attachment", "reading"):
        assert client.get(f"/admin/approvals/{model}/").status_code == 404


def test_the_list_takes_as_many_queries_whatever_waits(
    onboarder: User,
    partner: Partner,
    csm: User,
    signed_in: SignIn,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    for number in range(12):
        talk.ask(onboarder, f"Question {number}")
        talk.write(onboarder, make_request(partner, onboarder))
    client = signed_in(csm)

    with django_assert_max_num_queries(6):
        assert len(companies_in(client.get(LIST))) == 24
