"""What a decision may ask for, how it is kept, and how it reads."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from approvals.changes import asking
from approvals.changes.asking import Asked
from approvals.changes.asking_refusals import NotAskable
from approvals.decisions import decide
from approvals.models import AskedChange, Decision, Mailing, NotificationKind, RegistrationRequest, Snippet
from approvals.notices import letters
from approvals.refusals import ReasonMissing
from approvals.workflow import Move, State
from customers.models import Partner
from portal.models import User
from tests.portal.reading import text_of
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

PHONE = Asked(field="details.phone", code="nobody_answers", text="Twice.")


@pytest.fixture
def sent(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder)


def ask(approver: User, request: RegistrationRequest, *changes: Asked, reason: str = "") -> Decision:
    made = decide(actor=approver, request=request, move=Move.ASK_FOR_CHANGES, version=1, asked=changes, reason=reason)
    assert isinstance(made, Decision)
    return made


@pytest.mark.parametrize(
    "changes",
    [
        [Asked(field="partner", code="other", text="x")],
        [Asked(field="signing_authority", code="other", text="x")],
        [Asked(field="details.phone", code="mail_returned")],
        [Asked(field="details.phone", code="")],
        [Asked(field="details.phone", code="other")],
        [Asked(field="details.phone", code="other", text=" \u200b\x00 ")],
        [Asked(field="details.phone", code="other", text="x" * 2001)],
        [PHONE, PHONE],
    ],
)
def test_what_cannot_be_asked_for_is_refused_and_nothing_is_decided(
    approver: User, sent: RegistrationRequest, changes: list[Asked]
) -> None:
    with pytest.raises(NotAskable):
        ask(approver, sent, *changes)
    sent.refresh_from_db()
    assert (sent.state, Decision.objects.count()) == (State.SUBMITTED, 0)


def test_nothing_asked_and_nothing_said_is_no_reason(approver: User, sent: RegistrationRequest) -> None:
    with pytest.raises(ReasonMissing):
        ask(approver, sent, reason="\u200b")


def test_other_decisions_ask_for_nothing(approver: User, sent: RegistrationRequest) -> None:
    decide(actor=approver, request=sent, move=Move.REJECT, version=1, reason="No.", asked=[PHONE])
    assert not AskedChange.objects.exists()


def test_texts_are_kept_clean_and_one_text_tells_it_all(approver: User, sent: RegistrationRequest) -> None:
    made = ask(approver, sent, Asked(field="details.phone", code="other", text=" a\r\nb\x07 "), reason="Thanks.")
    assert list(made.asked.values_list("field", "code", "text")) == [("details.phone", "other", "a\nb")]
    assert (made.remark, made.reason) == ("Thanks.", "Phone number: a\nb\nThanks.")
    assert asking.words_of(made) == made.reason


def test_a_decision_of_before_says_what_it_said(approver: User, sent: RegistrationRequest) -> None:
    made = ask(approver, sent, reason="Which Ines?")
    assert asking.words_of(made) == made.reason == "Which Ines?"
    assert asking.standing(sent) is None
    sent.refresh_from_db()
    assert asking.standing(sent) == made


def test_the_partner_reads_each_change_on_its_page(
    approver: User, onboarder: User, sent: RegistrationRequest, signed_in: Any
) -> None:
    ask(approver, sent, PHONE, reason="Soon, if you can.")
    words = text_of(signed_in(onboarder).get(f"/requests/{sent.reference}/"))
    assert "Phone number We called this number and reached nobody. Twice. Soon, if you can." in words
    assert "Sofie" not in words


def test_the_mail_says_it_and_leads_to_the_page_that_answers(approver: User, sent: RegistrationRequest) -> None:
    ask(approver, sent, PHONE)
    body = str(letters.compose(Mailing.objects.get(kind=NotificationKind.CHANGES_REQUESTED)).body)
    assert "Phone number: We called this number and reached nobody. Twice." in body
    assert f"/requests/{sent.reference}/changes/" in body


@pytest.mark.parametrize(
    "row",
    [
        {"field": "details.phone", "code": "other", "text": ""},
        {"field": "details.phone", "code": "", "text": "x"},
        {"field": "", "code": "missing", "text": ""},
    ],
)
def test_the_database_keeps_no_change_without_field_and_reason(
    approver: User, sent: RegistrationRequest, row: dict[str, str]
) -> None:
    made = ask(approver, sent, PHONE)
    with pytest.raises(IntegrityError), transaction.atomic():
        AskedChange.objects.create(decision=made, position=2, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        AskedChange.objects.create(decision=made, position=2, field=PHONE.field, code="missing")


@pytest.mark.parametrize("shared", [True, False])
def test_a_title_is_one_text(approver: User, second_approver: User, shared: bool) -> None:
    owner = None if shared else approver
    Snippet.objects.create(owner=owner, title="Called", text="x")
    Snippet.objects.create(owner=second_approver, title="Called", text="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Snippet.objects.create(owner=owner, title="Called", text="y")
