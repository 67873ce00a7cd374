"""The conversation on the page of a request; and that an internal note is nowhere but in front of Arxus staff."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from approvals.models import Mailing, Message, Notification, RegistrationRequest, Thread
from approvals.notices import letters
from approvals.workflow import State
from customers.models import Event, Partner
from portal.models import User
from tests.approvals import talk
from tests.conftest import SignIn
from tests.portal.reading import text_of
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

SECRET = "Zorgvuldig: they never heard of this partner"


@pytest.fixture
def sent(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder)


def post(client: Client, request: RegistrationRequest, **values: Any) -> HttpResponse:
    fields = {"body": "When do you answer?", "token": str(uuid.uuid4())} | values
    return client.post(f"/requests/{request.reference}/messages/", fields)  # type: ignore[return-value]


@time_machine.travel("2026-11-23T09:00:00+00:00", tick=False)
def test_both_sides_read_each_other(
    sent: RegistrationRequest, onboarder: User, viewer: User, csm: User, approver: User, signed_in: SignIn
) -> None:
    assert post(signed_in(onboarder), sent).headers["Location"] == f"/requests/{sent.reference}/#conversation"
    talk.write(approver, sent, "Today.")
    talk.write(csm, sent, "I asked them to.")

    page = text_of(signed_in(viewer).get(f"/requests/{sent.reference}/"))
    assert "Lotte Verlinden Brightcloud, just now When do you answer?" in page
    assert "Arxus just now Today." in page
    assert "Hanne Wouters Arxus, just now I asked them to." in page
    assert "Sofie" not in page
    assert "Write to Arxus" not in page
    assert "You, just now When do you answer?" in text_of(signed_in(onboarder).get(f"/requests/{sent.reference}/"))


def test_staff_write_from_the_portal_too_internally_unless_they_say_otherwise(
    sent: RegistrationRequest, csm: User, signed_in: SignIn
) -> None:
    client = signed_in(csm)
    page = client.get(f"/requests/{sent.reference}/").content.decode()
    assert re.search(r'name="readers" value="internal"[^>]*checked', page)

    post(client, sent, readers="internal", body="For us")
    post(client, sent, readers="shared", body="For all")
    assert list(Message.objects.values_list("body", "is_internal")) == [("For us", True), ("For all", False)]

    refused = post(client, sent, readers="anybody", body="For whom?")
    assert "Say who reads it." in text_of(refused)
    assert Message.objects.count() == 2


def test_a_partner_cannot_ask_for_an_internal_note(
    sent: RegistrationRequest, onboarder: User, signed_in: SignIn
) -> None:
    post(signed_in(onboarder), sent, readers="internal")

    assert Message.objects.get().is_internal is False


@pytest.mark.parametrize(("persona", "status"), [("viewer", 302), ("stranger", 404), ("customer_user", 404)])
def test_others_send_nothing(
    persona: str, status: int, sent: RegistrationRequest, signed_in: SignIn, request: pytest.FixtureRequest
) -> None:
    assert post(signed_in(request.getfixturevalue(persona)), sent).status_code == status
    assert Thread.objects.count() == 0


def test_a_draft_has_no_conversation(partner: Partner, onboarder: User, signed_in: SignIn) -> None:
    draft = make_request(partner, onboarder, State.DRAFT)
    assert post(signed_in(onboarder), draft).status_code == 302
    assert Thread.objects.count() == 0
    assert "Write to Arxus" not in text_of(signed_in(onboarder).get(f"/requests/{draft.reference}/"))


def test_what_was_typed_is_kept_where_it_is_not_sent(
    sent: RegistrationRequest, onboarder: User, signed_in: SignIn
) -> None:
    response = post(signed_in(onboarder), sent, body="x" * 5_001)

    assert "Keep it under 5000 characters; this is 5001." in text_of(response)
    assert "x" * 5_001 in response.content.decode()
    assert "<title>Error:" in response.content.decode()


PLACES = (
    "/",
    "/requests/",
    "/requests/?tab=arxus",
    "/requests/?tab=done",
    "/requests/{request}/",
    "/requests/{request}/?messages=all",
    "/customers/{customer}/",
    "/customers/{customer}/history/",
    "/customers/{customer}/documents/",
    "/customers/?q=zorgvuldig",
    "/help/",
    "/help/messages/",
    "/help/messages/{thread}/",
    "/help/messages/{question}/",
    "/help/messages/attachments/{file}/",
)


@pytest.mark.parametrize("persona", ["onboarder", "administrator", "viewer", "customer_user", "stranger"])
def test_an_internal_note_changes_no_byte_of_what_others_get(
    persona: str, partner: Partner, onboarder: User, approver: User, signed_in: SignIn, request: pytest.FixtureRequest
) -> None:
    """With notes before, between and after what is shared, of a request that never had a message, and with files."""
    user = request.getfixturevalue(persona)
    with time_machine.travel("2026-11-20T09:00:00+00:00", tick=False):
        spoken = make_request(partner, onboarder, State.APPROVED)
        silent = make_request(partner, onboarder)
        talk.write(onboarder, spoken, "Shared one")
        talk.write(approver, spoken, "Shared two")
        question = talk.ask(onboarder).thread
    client = signed_in(user)

    def everything() -> dict[str, tuple[int, bytes]]:
        known = {"customer": spoken.customer.number, "question": question.reference}
        found: dict[str, tuple[int, bytes]] = {}
        for of in (spoken, silent):
            for place in PLACES:
                thread = Thread.objects.filter(request=of).first()
                file = Message.objects.filter(is_internal=True, attachments__isnull=False).first()
                address = place.format(
                    **known,
                    request=of.reference,
                    thread=thread.reference if thread else "MSG-0000-0000",
                    file=file.attachments.get().key if file else uuid.UUID(int=0),
                )
                answer = client.get(address)
                found[f"{of.reference} {place}"] = (answer.status_code, _bare(b"".join(answer)))
        return found

    with time_machine.travel("2026-11-23T09:00:00+00:00", tick=False):
        before = everything()
        for about in (spoken, silent, question):
            talk.note(approver, about, SECRET, files=[talk.pdf("zorgvuldig.pdf")])
            talk.note(approver, about, SECRET + " again")
        assert everything() == before


def _bare(content: bytes) -> bytes:
    return re.sub(rb'name="(csrfmiddlewaretoken|token)" value="[^"]*"', b"", content)


def test_an_internal_note_costs_a_partner_no_query(
    sent: RegistrationRequest,
    onboarder: User,
    approver: User,
    signed_in: SignIn,
    django_assert_num_queries: Callable[[int], Any],
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    client = signed_in(onboarder)
    with django_assert_max_num_queries(20) as counted:
        client.get(f"/requests/{sent.reference}/")

    for number in range(3):
        talk.note(approver, sent, f"{SECRET} {number}", files=[talk.pdf()])

    with django_assert_num_queries(len(counted)):
        client.get(f"/requests/{sent.reference}/")


def test_nobody_but_staff_is_told_of_an_internal_note(
    sent: RegistrationRequest, onboarder: User, approver: User, second_approver: User, csm: User, signed_in: SignIn
) -> None:
    talk.write(onboarder, sent)
    talk.write(second_approver, sent, "Today.")
    talk.note(approver, sent, SECRET)

    event = Event.objects.latest("pk")
    assert (event.action, event.facts) == ("message.noted", {})
    for told in (Notification, Mailing):
        assert set(told.objects.filter(event=event).values_list("recipient__is_staff", flat=True)) <= {True}
    for mailing in Mailing.objects.filter(event=event):
        assert SECRET not in str(letters.compose(mailing).message())
    assert SECRET in text_of(signed_in(csm).get(f"/requests/{sent.reference}/"))


def test_the_other_side_is_told(sent: RegistrationRequest, onboarder: User, colleague: User, approver: User) -> None:
    talk.write(colleague, sent)
    talk.write(approver, sent, "Today.")

    told = Notification.objects.filter(event=Event.objects.latest("pk"))
    assert {one.recipient for one in told} == {onboarder, colleague}


def test_the_page_takes_as_many_queries_whatever_the_number_of_messages(
    sent: RegistrationRequest,
    onboarder: User,
    approver: User,
    signed_in: SignIn,
    django_assert_num_queries: Callable[[int], Any],
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    talk.write(onboarder, sent, files=[talk.pdf()])
    client = signed_in(onboarder)
    with django_assert_max_num_queries(20) as counted:
        client.get(f"/requests/{sent.reference}/")

    for number in range(9):
        talk.write(approver, sent, f"{number}", files=[talk.pdf()])

    with django_assert_num_queries(len(counted)):
        client.get(f"/requests/{sent.reference}/")
