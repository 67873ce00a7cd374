"""The panel that asks for changes: picked fields, reasons, saved texts; nothing typed is ever lost."""

from typing import Any

import pytest
from django.test import Client

from approvals.changes.asking import Asked
from approvals.decisions import decide
from approvals.models import AskedChange, Decision, RegistrationRequest, Snippet
from approvals.workflow import Move, State
from customers.models import Partner
from portal.models import User
from tests.hostile import TEXTS
from tests.portal.reading import text_of
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

QUEUE = "/admin/approvals/registrationrequest/"
PHONE, DPO_EMAIL = "details.phone", "roles.dpo.email"


@pytest.fixture
def staff(signed_in: Any, approver: User) -> Client:
    return signed_in(approver)


@pytest.fixture
def sent(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder, name="Kempenvaart Logistiek NV")


def press(client: Client, request: RegistrationRequest, intent: str = "send", **typed: Any) -> Any:
    data = {name.replace("__", "-", 1).replace("__", "."): value for name, value in typed.items()}
    return client.post(f"{QUEUE}{request.reference}/decide/ask_for_changes/", {"version": 1, "intent": intent} | data)


def rows() -> list[tuple[str, str, str]]:
    return list(AskedChange.objects.values_list("field", "code", "text"))


def test_what_is_picked_is_asked_in_the_order_of_the_fields(staff: Client, sent: RegistrationRequest) -> None:
    response = press(
        staff,
        sent,
        ask=[DPO_EMAIL, PHONE],
        code__roles__dpo__email="mail_returned",
        text__roles__dpo__email="Since Monday.\r\n",
        code__details__phone="nobody_answers",
        reason="Thanks!",
    )
    sent.refresh_from_db()
    assert (response.status_code, sent.state) == (302, State.CHANGES_REQUESTED)
    assert rows() == [(PHONE, "nobody_answers", ""), (DPO_EMAIL, "mail_returned", "Since Monday.")]
    assert Decision.objects.get().remark == "Thanks!"
    assert sent.reason == (
        "Phone number: We called this number and reached nobody.\n"
        "DPO contact: email: Mail to this address comes back. Since Monday.\n"
        "Thanks!"
    )


def test_what_is_not_picked_is_not_asked_whatever_stands_beside_it(staff: Client, sent: RegistrationRequest) -> None:
    press(staff, sent, ask=[PHONE], code__details__phone="missing", code__details__name="missing", text__x="y")
    assert rows() == [(PHONE, "missing", "")]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ask": [PHONE]}, "Phone number: choose a reason."),
        ({"ask": [PHONE], "code__details__phone": "other"}, "Phone number: write down what is wrong."),
        ({"ask": [PHONE], "code__details__phone": "mail_returned"}, "Choose a reason of the list."),
        ({"ask": [PHONE], "code__details__phone": "' OR 1=1"}, "Choose a reason of the list."),
        ({"ask": ["partner"]}, "One of the fields is not in this version. Pick again."),
        ({"ask": ["signing_authority"]}, "One of the fields is not in this version. Pick again."),
        (
            {"ask": [PHONE], "code__details__phone": "other", "text__details__phone": "x" * 2001},
            "Keep it under 2000 characters; this is 2001.",
        ),
        ({}, "Pick at least one field, or write what should change."),
    ],
)
def test_a_panel_that_is_not_complete_says_why_and_keeps_what_was_typed(
    staff: Client, sent: RegistrationRequest, typed: dict[str, Any], words: str
) -> None:
    response = press(staff, sent, text__roles__dpo__email="Kept all the same.", snippet_title="A title", **typed)
    assert response.status_code == 200
    assert words in text_of(response)
    assert "Kept all the same." in text_of(response)
    assert response.context["opened"] == "ask_for_changes"
    assert not Decision.objects.exists()


@pytest.mark.parametrize("hostile", TEXTS)
def test_hostile_text_is_shown_as_text(staff: Client, sent: RegistrationRequest, hostile: str) -> None:
    response = press(staff, sent, ask=[PHONE], text__details__phone=hostile, snippet_title=hostile)
    assert hostile not in response.content.decode() or "<" not in hostile


def test_a_colleague_was_first_and_what_was_asked_is_still_there(
    staff: Client, sent: RegistrationRequest, second_approver: User
) -> None:
    decide(actor=second_approver, request=sent, move=Move.REJECT, version=1, reason="No.")
    response = press(staff, sent, ask=[PHONE], code__details__phone="missing", reason="And hurry.")
    assert response.status_code == 409
    assert "Your reason was not sent: Phone number: This is missing. And hurry." in text_of(response)
    assert rows() == []


def test_a_text_is_saved_inserted_and_stays_typed_meanwhile(
    staff: Client, sent: RegistrationRequest, approver: User
) -> None:
    typed = {"ask": [PHONE], "code__details__phone": "other", "text__details__phone": "Call them first."}
    saved = press(staff, sent, "keep:text-details.phone", snippet_title=" First  call ", reason="Soon", **typed)
    snippet = Snippet.objects.get()
    assert (snippet.title, snippet.text, snippet.owner) == ("First call", "Call them first.", approver)
    assert "“First call” is saved." in text_of(saved)
    assert "Soon" in text_of(saved)

    inserted = press(staff, sent, "use:reason", snippet=snippet.pk, reason="Soon", **typed)
    form = inserted.context["ask_form"]
    assert form["reason"].value() == "Soon\nCall them first."
    assert (form["text-details.phone"].value(), form.picked) == ("Call them first.", [PHONE])
    assert not Decision.objects.exists()


@pytest.mark.parametrize("field", ["self", "cls", "snapshot", "data", "version", "ask", "changed", "nope", ""])
def test_a_text_for_what_is_no_text_of_the_panel_changes_nothing(
    staff: Client, sent: RegistrationRequest, approver: User, field: str
) -> None:
    snippet = Snippet.objects.create(owner=approver, title="First call", text="Call them first.")
    response = press(staff, sent, f"use:{field}", snippet=snippet.pk, reason="Soon", ask=[PHONE])
    form = response.context["ask_form"]
    assert (response.status_code, form["reason"].value(), form.picked) == (200, "Soon", [PHONE])
    assert form["version"].value() == 1


def test_a_shared_text_is_everybodys_and_an_own_one_is_nobody_elses(
    staff: Client, sent: RegistrationRequest, signed_in: Any, second_approver: User
) -> None:
    press(staff, sent, "keep:reason", reason="For all of us", snippet_title="Ours", snippet_shared="on")
    press(staff, sent, "keep:reason", reason="For me", snippet_title="Mine")
    colleague = signed_in(second_approver)
    assert [one.title for one in colleague.get(f"{QUEUE}texts/").context["snippets"]] == ["Ours"]
    mine = Snippet.objects.get(title="Mine")
    stolen = press(colleague, sent, "use:reason", snippet=mine.pk)
    assert "For me" not in text_of(stolen)
    assert "Choose a saved text first." in text_of(stolen)
    assert colleague.get(f"/admin/approvals/snippet/{mine.pk}/change/").status_code == 302
    assert "For me" not in text_of(colleague.get("/admin/approvals/snippet/"))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"reason": " \u200b"}, "There is nothing to save yet"),
        ({"reason": "x", "snippet_title": "y" * 81}, "This title is too long."),
        ({"reason": "x", "snippet_title": "Taken"}, "A saved text is called “Taken” already."),
        ({"reason": "x", "snippet_title": "Ours", "snippet_shared": "on"}, "A saved text is called “Ours” already."),
    ],
)
def test_a_text_that_cannot_be_saved_is_not_and_says_why(
    staff: Client, sent: RegistrationRequest, approver: User, typed: dict[str, str], words: str
) -> None:
    Snippet.objects.create(owner=approver, title="Taken", text="x")
    Snippet.objects.create(owner=None, title="Ours", text="x")
    assert words in text_of(press(staff, sent, "keep:reason", **typed))
    assert Snippet.objects.count() == 2


def test_texts_are_kept_in_order_in_the_admin(staff: Client, approver: User) -> None:
    added = staff.post("/admin/approvals/snippet/add/", {"title": "Called", "text": "We called.", "is_shared": "on"})
    assert (added.status_code, Snippet.objects.get().owner) == (302, None)
    again = staff.post("/admin/approvals/snippet/add/", {"title": "Called", "text": "Twice.", "is_shared": "on"})
    assert "There is a saved text with this title already." in text_of(again)
    changed = staff.post(f"/admin/approvals/snippet/{Snippet.objects.get().pk}/change/", {"title": "C", "text": "W"})
    assert (changed.status_code, Snippet.objects.get().owner) == (302, approver)


def test_who_only_reads_neither_asks_nor_sees_saved_texts(signed_in: Any, csm: User, sent: RegistrationRequest) -> None:
    reader = signed_in(csm)
    assert press(reader, sent, ask=[PHONE], code__details__phone="missing").status_code == 403
    assert reader.get(f"{QUEUE}{sent.reference}/change/").context["ask_form"] is None
    assert reader.get("/admin/approvals/snippet/").status_code == 403
    assert reader.get(f"{QUEUE}texts/").status_code == 403


def test_only_parts_of_people_who_are_there_can_be_asked_for(staff: Client, partner: Partner, onboarder: User) -> None:
    empty = [{"role": "dpo", "holder": None}]
    request = make_request(partner, onboarder, roles=empty)
    form = staff.get(f"{QUEUE}{request.reference}/change/").context["ask_form"]
    assert [path for path in form.offered if path.startswith("roles.dpo")] == ["roles.dpo"]
    assert Asked(field="roles.dpo", code="nobody_named").text == ""
