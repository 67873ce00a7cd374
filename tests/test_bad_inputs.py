"""Whatever is sent in any field, by a client that is no browser: an answer in words, and what was typed kept."""

import pytest
from django.test import Client, override_settings

from approvals.models import RegistrationRequest
from approvals.workflow import State
from contacts.models import Contact
from customers.models import Partner
from portal.models import User
from tests import builders
from tests.hostile import FEW, HOSTILE, client_of, send, shown
from tests.portal.onboarding.walk import DECLARED, DETAILS, MARKER, Walk, contacts_of
from tests.request_builders import make_request

SURE = {"vat_number": "BE 0202.239.951", "country": "BE"}
PERSON = {
    "technical-side": "own",
    "technical-first_name": "Nora",
    "technical-last_name": "Aerts",
    "technical-email": "nora@brightcloud.example",
    "technical-phone": "0470 55 01 17",
    "technical-phone_extension": "",
    "technical-also": ["commercial", "dpo"],
}


@pytest.fixture
def walk(onboarder: User) -> Walk:
    return Walk(client_of(onboarder))


@pytest.fixture
def own_contact(partner: Partner) -> Contact:
    return builders.make_contact(partner, email="els@brightcloud.example")


@pytest.mark.parametrize("field", SURE)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_the_number_step_answers_and_keeps_what_was_typed(
    walk: Walk, onboarder: User, field: str, hostile: bytes
) -> None:
    response = send(walk.client, "/customers/new/", {MARKER: "vat", **SURE, field: hostile})
    if hostile.decode(errors="replace").isdecimal() and response.status_code == 302:
        return  # digits of another script are digits
    assert response.status_code == 200
    form = response.context["form"]
    assert form.errors
    assert {name: form[name].value() for name in SURE} == SURE | {field: shown(hostile)}


@pytest.mark.parametrize("field", DETAILS)
def test_the_details_step_answers_and_keeps_what_was_typed(walk: Walk, field: str) -> None:
    walk.start()
    for hostile in FEW:
        page = walk.open("details")
        response = send(walk.client, page.url, page.hidden | DETAILS | {field: hostile})
        assert response.status_code in (200, 302)
        if response.status_code == 200:
            form = response.context["form"]
            assert list(form.errors) == [field]
            assert {name: form[name].value() for name in DETAILS} == DETAILS | {field: shown(hostile)}


@pytest.mark.parametrize("field", [*PERSON, "technical", "relationship", "intent", "fill_with", "signing_authority"])
def test_the_contacts_step_answers_and_keeps_what_was_typed(walk: Walk, own_contact: Contact, field: str) -> None:
    walk.to_contacts()
    typed = contacts_of(own_contact) | {"technical": "", "intent": "create:technical"} | PERSON
    for hostile in FEW:
        page = walk.open("contacts")
        response = send(walk.client, page.url, page.hidden | typed | {field: hostile})
        assert response.status_code in (200, 302)
        if response.status_code == 200:
            assert response.context["has_errors"]
            assert walk.draft.answers["steps"]["contacts"]["technical-last_name"] or field == "technical-last_name"


@pytest.mark.parametrize("field", [*DECLARED, "version", "seen", MARKER, "intent", "wizard_goto_step"])
def test_the_review_sends_nothing_that_is_not_as_the_page_made_it(walk: Walk, own_contact: Contact, field: str) -> None:
    walk.to_review(own_contact)
    page = walk.open("review")
    for hostile in (b"\x00", b"\xff\xfe", b"9" * 5_000, b"99", b"-1", b"None", b"[]"):
        ticked = DECLARED if field not in DECLARED else {**DECLARED, "version": page.hidden["version"] - 1}
        response = send(walk.client, page.url, page.hidden | ticked | {field: hostile})
        assert response.status_code in (200, 302, 400, 409)
    assert RegistrationRequest.objects.get().state in (State.DRAFT, State.SUBMITTED)


@pytest.mark.parametrize("field", ["reason", "version"])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_decision_answers_whatever_is_sent(
    hostile: bytes, field: str, partner: Partner, onboarder: User, approver: User
) -> None:
    sent = make_request(partner, onboarder, State.SUBMITTED)
    address = f"/admin/approvals/registrationrequest/{sent.reference}/decide/reject/"
    response = send(client_of(approver), address, {"reason": "No.", "version": 1, field: hostile})
    assert response.status_code in (200, 302, 409)


@override_settings(ACCOUNT_RATE_LIMITS=False)
@pytest.mark.parametrize("field", ["login", "password"])
def test_signing_in_answers_whatever_is_sent(field: str, db: None) -> None:
    sure = {"login": "reseller@brightcloud.example", "password": builders.PASSWORD}
    for hostile in HOSTILE:
        assert send(Client(), "/accounts/login/", {**sure, field: hostile}).status_code == 200
        assert send(Client(), "/accounts/password/reset/", {"email": hostile}).status_code in (200, 302)
