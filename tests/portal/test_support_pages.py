"""Questions to support in the portal: asked from any page, answered in Arxus Admin, read by one's own organisation."""

import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from approvals.conversations.conversation import MAX_CHARACTERS
from approvals.models import Message, RegistrationRequest, Thread, ThreadState
from approvals.workflow import State
from customers.models import Customer, Event, Partner
from portal.models import User
from tests import hostile
from tests.approvals import talk
from tests.conftest import SignIn
from tests.portal.reading import text_of
from tests.request_builders import PDF, make_request

pytestmark = pytest.mark.django_db

NEW = "/help/messages/new/"


def fields(**values: Any) -> dict[str, Any]:
    return {"subject": "Cannot sign in", "body": "Since today.", "token": str(uuid.uuid4())} | values


def waiting(client: Client) -> list[str]:
    """What stands beside Help in the frame."""
    page = client.get("/help/").content.decode()
    help_link = page[page.index('href="/help/"') : page.index("</a>", page.index('href="/help/"'))]
    return re.findall(r'class="count">(\d+)', help_link)


def test_a_question_is_asked_from_a_page_and_answered_in_the_portal(
    onboarder: User, approver: User, customer: Customer, signed_in: SignIn
) -> None:
    client = signed_in(onboarder)
    page = f"/customers/{customer.number}/"
    assert f'href="{NEW}?page={page}"' in client.get(page).content.decode()
    assert "About Atelier Janssens BV" in text_of(client.get(NEW, {"page": page}))

    sent = client.post(NEW, fields(page=page))

    thread = Thread.objects.get()
    assert sent.headers["Location"] == f"/help/messages/{thread.reference}/"
    assert (thread.about_customer, thread.page, thread.state) == (customer, page, ThreadState.AT_ARXUS)
    assert waiting(client) == []

    answer = signed_in(approver).post(
        f"/admin/approvals/thread/{thread.reference}/change/",
        fields(body="Try again.", readers="shared"),
    )
    assert answer.headers["Location"] == f"/admin/approvals/thread/{thread.reference}/change/#conversation"
    assert waiting(client) == ["1"]
    read = text_of(client.get(f"/help/messages/{thread.reference}/"))
    assert re.search(r"Arxus (just now|now|\d+ seconds? ago) Try again\.", read)
    assert "Sofie" not in read
    assert waiting(client) == []


def test_colleagues_read_along_and_others_do_not(
    onboarder: User, viewer: User, stranger: User, customer_user: User, signed_in: SignIn
) -> None:
    reference = talk.ask(onboarder, "Only ours").thread.reference
    lists = {user: text_of(signed_in(user).get("/help/messages/")) for user in (viewer, stranger, customer_user)}

    assert [("Only ours" in said, reference in said) for said in lists.values()] == [
        (True, True),
        (False, False),
        (False, False),
    ]


def test_the_partner_does_not_read_what_its_customer_asks(
    customer_user: User, administrator: User, customer: Customer, signed_in: SignIn
) -> None:
    thread = talk.ask(customer_user, "About our partner", files=[talk.pdf()]).thread
    key = Message.objects.get().attachments.get().key
    client = signed_in(administrator)

    assert "About our partner" not in text_of(client.get("/help/messages/"))
    for address in (f"/help/messages/{thread.reference}/", f"/help/messages/attachments/{key}/"):
        assert client.get(address).status_code == 404
    assert "message" not in text_of(client.get(f"/customers/{customer.number}/history/"))


@pytest.mark.parametrize(
    "page",
    [
        "https://evil.example/",
        "//evil.example/x",
        "/nowhere/",
        "javascript:alert(1)",
        "/help/\x00",
        "/help/<script>",
        "/" + "x" * 5_000,
        "/requests/REQ-0000-0000/",
    ],
)
def test_a_page_that_is_none_of_theirs_is_about_nothing(page: str, onboarder: User, signed_in: SignIn) -> None:
    client = signed_in(onboarder)
    shown = client.get(NEW, {"page": page})
    assert "About" not in text_of(shown)
    assert "evil" not in shown.content.decode()
    client.post(NEW, fields(page=page))

    thread = Thread.objects.get()
    assert (thread.about_request, thread.about_customer) == (None, None)
    assert thread.page in ("", "/requests/REQ-0000-0000/")


def test_somebody_elses_page_is_like_one_there_is_not(
    other_partner: Partner, stranger: User, onboarder: User, signed_in: SignIn
) -> None:
    theirs = make_request(other_partner, stranger, name="Geheim NV")
    client = signed_in(onboarder)

    hidden = client.get(NEW, {"page": f"/requests/{theirs.reference}/"})
    unknown = client.get(NEW, {"page": "/requests/REQ-0000-0000/"})

    assert "Geheim" not in hidden.content.decode()
    assert _bare(hidden.content, theirs.reference) == _bare(unknown.content, "REQ-0000-0000")


def _bare(content: bytes, reference: str) -> bytes:
    return re.sub(rb'name="(csrfmiddlewaretoken|token)" value="[^"]*"', b"", content).replace(reference.encode(), b"")


def test_staff_see_no_more_of_a_draft_than_its_number(
    partner: Partner, onboarder: User, approver: User, signed_in: SignIn
) -> None:
    draft = make_request(partner, onboarder, State.DRAFT, name="Nog Geheim NV")
    signed_in(onboarder).post(NEW, fields(page=f"/onboarding/{draft.reference}/details/"))
    thread = Thread.objects.get()
    assert thread.about_request == draft

    read = text_of(signed_in(approver).get(f"/admin/approvals/thread/{thread.reference}/change/"))

    assert "Nog Geheim" not in read
    assert f"Asked on /onboarding/{draft.reference}/details/" in read


def test_a_question_about_a_deleted_draft_stays(partner: Partner, onboarder: User, signed_in: SignIn) -> None:
    draft = make_request(partner, onboarder, State.DRAFT)
    thread = talk.ask(onboarder, about_request=draft).thread
    signed_in(onboarder).post(f"/requests/{draft.reference}/discard/")

    assert not RegistrationRequest.objects.exists()
    assert signed_in(onboarder).get(f"/help/messages/{thread.reference}/").status_code == 200


def test_what_was_typed_is_kept_where_it_is_not_sent(onboarder: User, signed_in: SignIn, settings: Settings) -> None:
    settings.MESSAGES_PER_HOUR = 0
    typed = fields(body="Very <b>long</b> story", attached=SimpleUploadedFile("a.pdf", PDF))
    response = signed_in(onboarder).post(NEW, typed)

    said = text_of(response)
    assert "Send this one later" in said
    assert "Very <b>long</b> story" in said
    assert "choose them again" in said
    assert 'value="Cannot sign in"' in response.content.decode()
    assert typed["token"] in response.content.decode()
    assert Thread.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"subject": ""}, "Say in a few words what it is about."),
        ({"body": ""}, "Write your message first."),
        ({"body": "x" * (MAX_CHARACTERS + 1)}, "Keep it under 5000 characters; this is 5001."),
        ({"attached": SimpleUploadedFile("a.exe", b"MZ\x90")}, "This file is not a PDF, PNG or JPEG"),
    ],
)
def test_a_mistake_is_named_beside_its_field(
    values: dict[str, Any], words: str, onboarder: User, signed_in: SignIn
) -> None:
    response = signed_in(onboarder).post(NEW, fields(**values))

    assert words in text_of(response)
    assert "<title>Error:" in response.content.decode()
    assert Thread.objects.count() == 0


@pytest.mark.parametrize("text", hostile.HOSTILE, ids=range(len(hostile.HOSTILE)))
def test_whatever_is_sent_it_is_taken_or_named(text: bytes, onboarder: User, approver: User, signed_in: SignIn) -> None:
    client = signed_in(onboarder)
    response = hostile.send(client, NEW, fields(subject=text, body=text, token=text, page=text))
    assert response.status_code in (200, 302)
    response = hostile.send(client, NEW, fields(body=text, token=text))
    assert response.status_code in (200, 302)

    for thread in Thread.objects.all():
        for reader, address in (
            (client, "/help/messages/{}/"),
            (signed_in(approver), "/admin/approvals/thread/{}/change/"),
        ):
            shown = reader.get(address.format(thread.reference)).content.decode()
            assert "<img src=x" not in shown
            assert "\x1b" not in shown


def test_links_in_a_message_are_text(onboarder: User, signed_in: SignIn) -> None:
    thread = talk.ask(onboarder, body="https://evil.example/ javascript:alert(1) [x](http://evil.example)").thread

    shown = signed_in(onboarder).get(f"/help/messages/{thread.reference}/").content.decode()
    assert 'href="http' not in shown[shown.index('class="said"') :]


def test_a_file_leaves_as_an_attachment_and_nothing_else(onboarder: User, viewer: User, signed_in: SignIn) -> None:
    message = talk.ask(onboarder, files=[talk.pdf('a";\r\nX: y.pdf')])
    response = signed_in(viewer).get(f"/help/messages/attachments/{message.attachments.get().key}/")

    assert b"".join(response) == PDF
    headers = response.headers
    assert (headers["Content-Type"], headers["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "X" not in headers
    assert Event.objects.latest("pk").action == "message.downloaded"


def test_the_same_form_twice_is_one_question(onboarder: User, signed_in: SignIn) -> None:
    client, form = signed_in(onboarder), fields()
    places = {client.post(NEW, form).headers["Location"] for _ in range(2)}

    assert len(places) == Thread.objects.count() == Message.objects.count() == 1


def test_a_settled_question_is_opened_by_writing(onboarder: User, signed_in: SignIn) -> None:
    thread = talk.ask(onboarder).thread
    client, address = signed_in(onboarder), f"/help/messages/{thread.reference}/"
    client.get(f"{address}close/")
    assert Thread.objects.get().state == ThreadState.AT_ARXUS

    client.post(f"{address}close/")
    assert "This conversation is closed." in text_of(client.get(address))

    client.post(address, fields(body="Not yet."))
    assert Thread.objects.get().state == ThreadState.AT_ARXUS


def test_of_a_long_conversation_the_latest_is_shown_and_the_rest_a_click_away(
    onboarder: User, signed_in: SignIn, settings: Settings
) -> None:
    settings.MESSAGES_PER_HOUR = 100
    thread = talk.ask(onboarder, body="Number one").thread
    for number in range(2, 53):
        talk.write(onboarder, thread, f"Number {number}.")
    client, address = signed_in(onboarder), f"/help/messages/{thread.reference}/"

    latest = text_of(client.get(address))
    assert ("Number one" in latest, "Number 3." in latest, "Show the earlier messages" in latest) == (False, True, True)
    assert "Number one" in text_of(client.get(address, {"messages": "all"}))
