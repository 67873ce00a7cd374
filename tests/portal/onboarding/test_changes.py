"""The page that answers what was asked: just those fields, over the same draft as the wizard."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from approvals import drafts
from approvals.changes.asking import Asked
from approvals.decisions import decide
from approvals.models import RegistrationRequest, Submission
from approvals.workflow import Move, State
from contacts.models import Contact
from customers.models import Industry, Partner
from portal.models import User
from tests import builders
from tests.portal.onboarding.walk import DECLARED, DETAILS, Page, Walk, pdf
from tests.portal.reading import text_of

pytestmark = pytest.mark.django_db

PHONE = Asked(field="details.phone", code="nobody_answers", text="Before noon, too.")
ADDRESS = Asked(field="details.address", code="no_post_there")
DPO_PHONE = Asked(field="roles.dpo.phone", code="not_dialable")
COMMERCIAL = Asked(field="roles.commercial", code="may_not_sign")


class Changes(Page):
    """The page as it was opened; `press` sends what its fields hold, with what is typed over them."""

    def __init__(self, client: Client, request: RegistrationRequest) -> None:
        self.client = client
        self.url = reverse("request-changes", args=[request.reference])
        self.response = client.get(self.url)
        page = self.response.context["page"]
        self.hidden = {"version": page.row.version, "signer": page.commercial}
        self.hidden |= {f"seen-{step}": mark for step, mark in self.response.context["marks"].items()}
        for bound in page.shown():
            value = bound.value()
            if value not in (None, "", False) and not bound.field.widget.needs_multipart_form:
                self.hidden[bound.html_name] = "on" if value is True else value

    @property
    def names(self) -> list[str]:
        return [bound.html_name for bound in self.response.context["page"].shown()]

    def send(self, **typed: Any) -> Any:
        return self.press("next", **DECLARED | typed)


@pytest.fixture
def sent(walk: Walk, own_contact: Contact) -> RegistrationRequest:
    walk.to_review(own_contact)
    walk.confirm()
    return walk.draft


@pytest.fixture
def ask(sent: RegistrationRequest, approver: User, walk: Walk) -> Any:
    def asked(*changes: Asked, reason: str = "") -> Changes:
        version = sent.submissions.count()
        decide(actor=approver, request=sent, move=Move.ASK_FOR_CHANGES, version=version, asked=changes, reason=reason)
        sent.refresh_from_db()
        return Changes(walk.client, sent)

    return asked


def latest(request: RegistrationRequest) -> Submission:
    request.refresh_from_db()
    return request.submissions.latest("version")


def test_it_shows_just_what_is_asked_with_why_and_as_it_is_now(ask: Any) -> None:
    page = ask(DPO_PHONE, PHONE, reason="Nearly there.")
    words = text_of(page.response)
    assert page.names == [
        "phone",
        "phone_extension",
        "reply-details.phone",
        "dpo-edit-phone",
        "dpo-edit-phone_extension",
        "reply-roles.dpo.phone",
    ]
    assert page.hidden["phone"] == DETAILS["phone"]
    assert page.hidden["dpo-edit-phone"] == "+32 470 55 01 17"
    for told in ("Arxus asks for 2 changes", "Nearly there.", "We called this number", "Before noon, too."):
        assert told in words


def test_what_is_mended_is_sent_and_nothing_else_changes(ask: Any, sent: RegistrationRequest) -> None:
    before = latest(sent).snapshot
    response = ask(PHONE).send(phone="014 55 01 99", name="Tampered NV", city="Gent")
    assert (response.status_code, response["Location"]) == (302, reverse("request-sent", args=[sent.reference]))
    after = latest(sent)
    assert (after.version, sent.state) == (2, State.SUBMITTED)
    assert after.snapshot["details"] == before["details"] | {
        "phone": "+3214550199",
        "phone_readable": "+32 14 55 01 99",
    }
    assert len(after.declarations) == 3


def test_one_persons_number_is_mended_wherever_they_are(
    ask: Any, sent: RegistrationRequest, own_contact: Contact
) -> None:
    assert ask(DPO_PHONE).send(**{"dpo-edit-phone": "0470 55 01 99"}).status_code == 302
    own_contact.refresh_from_db()
    assert (own_contact.phone, own_contact.last_name) == ("+32470550199", own_contact.last_name)
    holders = [entry["holder"]["phone"] for entry in latest(sent).snapshot["roles"] if entry["holder"]]
    assert set(holders) == {"+32470550199"}


def test_one_person_in_two_roles_is_amended_in_one_place(ask: Any, own_contact: Contact) -> None:
    page = ask(DPO_PHONE, Asked(field="roles.technical.phone", code="not_direct"))
    assert [name for name in page.names if name.endswith("-phone")] == ["technical-edit-phone"]
    page.send(**{"technical-edit-phone": "0470 55 01 98"})
    own_contact.refresh_from_db()
    assert own_contact.phone == "+32470550198"


def test_a_role_is_given_to_somebody_else_and_declared_anew(
    ask: Any, sent: RegistrationRequest, partner: Partner
) -> None:
    other = builders.make_contact(partner, first_name="Pieter", last_name="Maes")
    page = ask(COMMERCIAL)
    refused = page.send(commercial=other.number)
    assert refused.status_code == 200
    assert latest(sent).version == 1
    again = Changes(page.client, sent)
    assert again.hidden["commercial"] == other.number
    assert "Pieter Maes has authority to sign for this customer" in text_of(again.response)
    assert "signing_authority" not in again.hidden
    assert again.send(signing_authority="on", accepts_liability="on").status_code == 302
    assert latest(sent).snapshot["roles"][1]["holder"]["name"] == "Pieter Maes"


def test_a_new_person_can_be_created_in_place(ask: Any, sent: RegistrationRequest) -> None:
    page = ask(Asked(field="roles.dpo", code="has_left"))
    new = {"first_name": "Noor", "last_name": "Claes", "email": "noor@kempenvaart.example", "side": "customer"}
    response = page.press("create:dpo", **{f"dpo-{name}": value for name, value in new.items()})
    assert response.status_code == 302
    assert Changes(page.client, sent).send().status_code == 302
    assert latest(sent).snapshot["roles"][2]["holder"]["name"] == "Noor Claes"


def test_a_document_is_added_where_it_is_asked(ask: Any, sent: RegistrationRequest) -> None:
    page = ask(Asked(field="evidence.liability_agreement", code="document_missing"))
    assert page.send(evidence=pdf("signed.pdf")).status_code == 302
    assert [entry["name"] for entry in latest(sent).snapshot["evidence"]] == ["signed.pdf"]


def test_a_document_that_nobody_asked_for_is_not_taken(ask: Any, sent: RegistrationRequest) -> None:
    ask(PHONE).send(phone="014 55 01 99", evidence=pdf())
    assert not sent.evidence.exists()


@pytest.mark.parametrize("typed", ["not a number", "", "0", "\x00", "<script>alert(1)</script>", "9" * 5000])
def test_an_answer_that_does_not_do_is_kept_and_named(ask: Any, sent: RegistrationRequest, typed: str) -> None:
    response = ask(PHONE, ADDRESS).send(phone=typed, city="Geel")
    assert response.status_code == 200
    assert b"<title>Error:" in response.content
    assert b"<script>alert(1)" not in response.content
    sent.refresh_from_db()
    assert (sent.state, sent.answers["steps"]["details"]["city"]) == (State.CHANGES_REQUESTED, "Geel")


def test_the_declarations_are_made_again(ask: Any, sent: RegistrationRequest) -> None:
    response = ask(PHONE).press("next", phone="014 55 01 99", declaration_1="on")
    assert "To confirm, tick this: We may share the data" in text_of(response)
    assert latest(sent).version == 1


def test_unchanged_it_is_sent_with_a_reply_only_or_when_said_so(ask: Any, sent: RegistrationRequest) -> None:
    refused = ask(PHONE).send()
    assert "Nothing has changed since you last sent this." in text_of(refused)
    assert "Send it as it is: nothing has to change." in text_of(refused)
    assert latest(sent).version == 1
    assert Changes(refused.client, sent).send(as_it_was="on").status_code == 302
    assert latest(sent).version == 2


def test_a_reply_goes_along(ask: Any, sent: RegistrationRequest) -> None:
    assert ask(PHONE).send(**{"reply-details.phone": "They answer after noon only."}).status_code == 302
    assert latest(sent).replies == {"details.phone": "They answer after noon only."}


def test_saved_for_later_everything_typed_is_there_again(ask: Any, sent: RegistrationRequest) -> None:
    page = ask(PHONE, DPO_PHONE)
    typed = {"phone": "01", "dpo-edit-phone": "02", "reply-details.phone": "Soon."}
    assert page.press("later", **typed)["Location"] == reverse("request", args=[sent.reference])
    again = Changes(page.client, sent)
    assert {name: again.hidden[name] for name in typed} == typed
    assert latest(sent).version == 1


def test_enter_in_a_field_sends_nothing(ask: Any, sent: RegistrationRequest) -> None:
    response = ask(PHONE).press("check", phone="014 55 01 99", **DECLARED)
    assert (response.status_code, latest(sent).version) == (302, 1)
    assert sent.answers["steps"]["details"]["phone"] == "014 55 01 99"


def test_pressed_twice_it_is_one_version_and_one_answer(ask: Any, sent: RegistrationRequest) -> None:
    page = ask(PHONE, DPO_PHONE)
    typed = {"phone": "014 55 01 99", "dpo-edit-phone": "0470 55 01 99", "reply-details.phone": "Done."}
    answers = [page.send(**typed), page.send(**typed)]
    assert [answer["Location"] for answer in answers] == [reverse("request-sent", args=[sent.reference])] * 2
    assert latest(sent).version == 2


def test_what_a_colleague_saved_meanwhile_is_shown_beside_what_was_typed(
    ask: Any, sent: RegistrationRequest, colleague: User
) -> None:
    page = ask(PHONE)
    kept = sent.answers["steps"]["details"]
    drafts.save_step(
        actor=colleague,
        request=sent,
        version=sent.version,
        step="details",
        answer=kept | {"phone": "014 55 01 77"},
        done=True,
    )
    response = page.send(phone="014 55 01 99", **{"reply-details.phone": "Kept too"})
    assert response.status_code == 409
    words = text_of(response)
    assert "014 55 01 99" in words
    assert "014 55 01 77" in words
    assert "Kept too" in response.content.decode()
    sent.refresh_from_db()
    assert (sent.state, sent.answers["steps"]["details"]["phone"]) == (State.CHANGES_REQUESTED, "014 55 01 77")

    fields = dict(response.context["fields"]) | {f"seen-{key}": mark for key, mark in response.context["marks"].items()}
    kept_mine = page.client.post(page.url, fields | {"version": sent.version})
    assert kept_mine.status_code == 302
    assert latest(sent).snapshot["details"]["phone"] == "+3214550199"


def test_another_step_saved_meanwhile_is_no_conflict(ask: Any, sent: RegistrationRequest, colleague: User) -> None:
    page = ask(DPO_PHONE)
    answer = sent.answers["steps"]["details"] | {"city": "Geel"}
    drafts.save_step(actor=colleague, request=sent, version=sent.version, step="details", answer=answer, done=True)
    assert page.send(**{"dpo-edit-phone": "0470 55 01 99"}).status_code == 302
    assert latest(sent).snapshot["details"]["city"] == "Geel"


def test_sent_by_a_colleague_meanwhile_what_was_typed_is_shown_and_not_lost(
    ask: Any, sent: RegistrationRequest, colleague: User, signed_in: Any
) -> None:
    page = ask(PHONE)
    assert Changes(signed_in(colleague), sent).send(phone="014 55 01 77").status_code == 302
    response = page.send(phone="014 55 01 99")
    assert response.status_code == 409
    assert "014 55 01 99" in text_of(response)
    assert latest(sent).version == 2


def test_what_no_longer_holds_elsewhere_is_named_with_the_way_there(ask: Any, sent: RegistrationRequest) -> None:
    page = ask(PHONE)
    Industry.objects.update(retired=True)
    response = page.send(phone="014 55 01 99")
    assert response.status_code == 200
    assert "This industry is no longer offered. Choose another." in text_of(response)
    assert reverse("onboarding", args=[sent.reference, "details"]) + "?mend=1" in response.content.decode()
    assert latest(sent).version == 1


@pytest.mark.parametrize("intent", ["create:dpo", "pick:dpo:CON-1", "remove:1", "edit:technical", "fill", "../"])
def test_buttons_that_are_not_on_the_page_are_refused(ask: Any, intent: str) -> None:
    assert ask(PHONE).press(intent).status_code == 400


def test_roles_that_were_not_asked_about_stay_as_they_are(
    ask: Any, sent: RegistrationRequest, partner: Partner
) -> None:
    other = builders.make_contact(partner)
    before = latest(sent).snapshot["roles"]
    ask(PHONE).send(phone="014 55 01 99", technical=other.number, relationship="value_add_partner", dpo="")
    assert latest(sent).snapshot["roles"] == before


def test_only_a_remark_leaves_the_way_into_the_steps(ask: Any) -> None:
    words = text_of(ask(reason="Call us first.").response)
    assert "Call us first." in words
    assert "Everything else, as it is now" in words


def test_before_and_after_the_question_there_is_no_such_page(
    sent: RegistrationRequest, walk: Walk, viewer: User, stranger: User, signed_in: Any, ask: Any
) -> None:
    url = reverse("request-changes", args=[sent.reference])
    assert walk.client.get(url)["Location"] == reverse("request", args=[sent.reference])
    ask(PHONE)
    for user in (viewer, stranger):
        assert signed_in(user).get(url).status_code == 404
        assert signed_in(user).post(url, {"version": 1, "intent": "next"}).status_code == 404
