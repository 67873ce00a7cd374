"""Drafts are started, saved step by step and deleted; nobody's text is lost without being told."""

from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from approvals import drafts, evidence
from approvals.models import Evidence, RegistrationRequest
from approvals.refusals import DuplicateNumber, NotAllowed, RequestGone, StaleDraft, WrongState
from approvals.workflow import State
from contacts.policy import EvidenceKind
from customers.models import Customer, Event, Partner
from portal.models import User
from tests import builders
from tests.approvals import filled
from tests.request_builders import PDF, make_request

pytestmark = pytest.mark.django_db

ANSWER = {"name": "Kempenvaart Logistiek NV", "city": "Turnhout"}


def save(actor: User, request: RegistrationRequest, **fields: Any) -> RegistrationRequest:
    values: dict[str, Any] = {"version": request.version, "step": "details", "answer": ANSWER, "done": True}
    return drafts.save_step(actor=actor, request=request, **values | fields)


def test_the_first_step_makes_a_draft_and_nothing_else(partner: Partner, onboarder: User) -> None:
    typed = {"vat_number": "be 0123.456", "country": "BE"}
    request = drafts.start(actor=onboarder, partner=partner, answer=typed, vat_number=filled.VAT)

    request.refresh_from_db()
    assert (request.partner, request.state, request.version) == (partner, State.DRAFT, 1)
    assert (request.created_by, request.updated_by, request.vat_number) == (onboarder, onboarder, filled.VAT)
    assert request.answers == {"steps": {"vat": typed}, "done": ["vat"], "people": {}}
    assert Customer.objects.count() == 0
    event = Event.objects.get()
    assert (event.action, event.actor, event.reference) == ("request.started", onboarder, request.reference)


@pytest.mark.parametrize("persona", ["viewer", "stranger", "approver", "customer_user"])
def test_only_an_onboarder_of_the_partner_starts_one(
    persona: str, partner: Partner, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed):
        filled.started(partner, request.getfixturevalue(persona))
    assert RegistrationRequest.objects.count() == 0


def test_a_number_that_a_colleague_has_in_a_draft_is_told_with_their_name(
    partner: Partner, onboarder: User, colleague: User
) -> None:
    theirs = filled.started(partner, colleague)
    with pytest.raises(DuplicateNumber) as refusal:
        filled.started(partner, onboarder)
    assert (refusal.value.found.kind, refusal.value.found.request) == ("draft", theirs)
    assert "Pieter Maes" in refusal.value.words


def test_a_step_is_kept_as_it_was_typed_and_the_version_grows(
    partner: Partner, onboarder: User, colleague: User
) -> None:
    request = filled.started(partner, onboarder)
    saved = save(colleague, request, company_name="Kempenvaart Logistiek NV")

    saved.refresh_from_db()
    assert saved.answers["steps"]["details"] == ANSWER
    assert saved.answers["done"] == ["vat", "details"]
    assert (saved.version, saved.updated_by, saved.company_name) == (2, colleague, "Kempenvaart Logistiek NV")
    assert saved.vat_number == filled.VAT


def test_a_step_left_unfinished_is_kept_and_is_not_done(partner: Partner, onboarder: User) -> None:
    request = save(onboarder, filled.started(partner, onboarder))
    request = save(onboarder, request, answer={"name": ""}, done=False)
    assert request.answers["steps"]["details"] == {"name": ""}
    assert request.answers["done"] == ["vat"]


def test_people_are_replaced_only_when_given(partner: Partner, onboarder: User) -> None:
    people = {"new-1": {"side": "own", "last_name": "Maes"}}
    request = save(onboarder, filled.started(partner, onboarder), people=people)
    request = save(onboarder, request, step="contacts", answer={"relationship": "reseller"})
    assert request.answers["people"] == people


def test_the_same_answer_sent_twice_is_one_save(partner: Partner, onboarder: User) -> None:
    request = filled.started(partner, onboarder)
    first = save(onboarder, request)
    again = save(onboarder, request, version=1)
    assert (first.version, again.version) == (2, 2)


def test_what_no_database_can_keep_is_left_out(partner: Partner, onboarder: User) -> None:
    request = filled.started(partner, onboarder)
    saved = save(
        onboarder, request, answer={"na\x00me": "Acme\x00 \ud800NV", "list": ["a\x00"]}, company_name="Acme\x00 NV"
    )
    saved.refresh_from_db()
    assert saved.answers["steps"]["details"] == {"name": "Acme NV", "list": ["a"]}
    assert saved.company_name == "Acme NV"


def test_a_very_long_company_name_does_not_stop_the_draft(partner: Partner, onboarder: User) -> None:
    saved = save(onboarder, filled.started(partner, onboarder), company_name="x" * 5000)
    saved.refresh_from_db()
    assert saved.company_name == "x" * 400


class TestTwoTabs:
    """The same draft, open twice."""

    def test_the_second_save_is_told_who_changed_which_fields_and_nothing_is_lost(
        self, partner: Partner, onboarder: User, colleague: User
    ) -> None:
        request = save(onboarder, filled.started(partner, onboarder))
        tab = RegistrationRequest.objects.get(pk=request.pk)
        save(colleague, request, answer=ANSWER | {"city": "Geel"})

        with pytest.raises(StaleDraft) as refusal:
            save(onboarder, tab, answer=ANSWER | {"name": "Kempenvaart NV"})

        assert refusal.value.fields == ("name", "city")
        assert refusal.value.request.updated_by == colleague
        assert refusal.value.request.answers["steps"]["details"] == ANSWER | {"city": "Geel"}
        assert refusal.value.words.startswith("Pieter Maes changed this request on ")
        tab.refresh_from_db()
        assert tab.answers["steps"]["details"] == ANSWER | {"city": "Geel"}

    def test_saving_another_step_from_an_old_page_is_told_too(self, partner: Partner, onboarder: User) -> None:
        request = filled.started(partner, onboarder)
        save(onboarder, request)
        with pytest.raises(StaleDraft) as refusal:
            save(onboarder, request, version=1, step="contacts", answer={"relationship": "reseller"})
        assert refusal.value.fields == ("relationship",)

    def test_with_the_version_it_was_told_the_save_goes_through(self, partner: Partner, onboarder: User) -> None:
        request = filled.started(partner, onboarder)
        save(onboarder, request)
        with pytest.raises(StaleDraft) as refusal:
            save(onboarder, request, version=1, answer={"name": "Other"})
        saved = save(onboarder, request, version=refusal.value.request.version, answer={"name": "Other"})
        assert saved.answers["steps"]["details"] == {"name": "Other"}


def test_the_vat_number_can_be_changed_but_not_to_a_taken_one(partner: Partner, onboarder: User) -> None:
    request = filled.started(partner, onboarder)
    saved = save(onboarder, request, step="vat", vat_number=filled.OTHER_VAT)
    assert saved.vat_number == filled.OTHER_VAT

    customer = builders.make_customer(partner, vat_number=filled.VAT)
    with pytest.raises(DuplicateNumber) as refusal:
        save(onboarder, saved, step="vat", answer={"vat_number": "x"}, vat_number=filled.VAT)
    assert refusal.value.found.customer == customer
    saved.refresh_from_db()
    assert saved.vat_number == filled.OTHER_VAT


def test_a_request_that_came_back_is_edited_like_a_draft(partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, State.CHANGES_REQUESTED)
    assert save(onboarder, request).version == 2


@pytest.mark.parametrize("state", [State.SUBMITTED, State.APPROVED, State.REJECTED, State.WITHDRAWN])
def test_a_request_out_of_the_partners_hands_is_not_edited(state: State, partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, state)
    with pytest.raises(WrongState) as refusal:
        save(onboarder, request)
    assert refusal.value.state is state


@pytest.mark.parametrize("persona", ["viewer", "stranger", "approver"])
def test_only_an_onboarder_of_the_partner_saves_and_deletes(
    persona: str, partner: Partner, onboarder: User, request: pytest.FixtureRequest
) -> None:
    draft = filled.started(partner, onboarder)
    person = request.getfixturevalue(persona)
    with pytest.raises(NotAllowed):
        save(person, draft)
    with pytest.raises(NotAllowed):
        drafts.discard(actor=person, request=draft)
    assert RegistrationRequest.objects.get().version == 1


def test_deleting_a_draft_takes_its_documents_and_files_along(
    partner: Partner, onboarder: User, colleague: User, django_capture_on_commit_callbacks: Any
) -> None:
    request = filled.started(partner, onboarder)
    upload = SimpleUploadedFile("agreement.pdf", PDF)
    document = evidence.add(actor=onboarder, request=request, kind=EvidenceKind.LIABILITY_AGREEMENT, upload=upload)

    with django_capture_on_commit_callbacks(execute=True):
        drafts.discard(actor=colleague, request=request)

    assert (RegistrationRequest.objects.count(), Evidence.objects.count()) == (0, 0)
    assert not storages["evidence"].exists(document.file.name)
    event = Event.objects.get(action="request.discarded")
    assert (event.actor, event.reference) == (colleague, request.reference)


def test_a_number_is_free_again_after_its_draft_is_deleted(partner: Partner, onboarder: User) -> None:
    drafts.discard(actor=onboarder, request=filled.started(partner, onboarder))
    assert filled.started(partner, onboarder).vat_number == filled.VAT


@pytest.mark.parametrize("state", [state for state in State if state is not State.DRAFT])
def test_what_was_ever_sent_is_not_deleted(state: State, partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, state)
    with pytest.raises(WrongState):
        drafts.discard(actor=onboarder, request=request)
    assert RegistrationRequest.objects.count() == 1


def test_saving_or_deleting_a_draft_that_is_gone_is_told(partner: Partner, onboarder: User) -> None:
    request = filled.started(partner, onboarder)
    gone = RegistrationRequest.objects.get(pk=request.pk)
    drafts.discard(actor=onboarder, request=request)
    with pytest.raises(RequestGone):
        save(onboarder, gone)
    with pytest.raises(RequestGone):
        drafts.discard(actor=onboarder, request=gone)
