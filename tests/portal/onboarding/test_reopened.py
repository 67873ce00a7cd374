"""A request that came back keeps what was corrected in the meantime, and takes what the partner changes."""

import pytest

from approvals.decisions import decide
from approvals.workflow import Move
from contacts.models import Contact
from portal.models import User
from tests.portal.onboarding.walk import Walk, contacts_of

INES = {
    "dpo-side": "customer",
    "dpo-first_name": "Ines",
    "dpo-last_name": "Vermeulen",
    "dpo-email": "ines@kempenvaart.example",
}


@pytest.fixture
def reopened(walk: Walk, own_contact: Contact, approver: User) -> Walk:
    walk.to_contacts()
    walk.open("contacts").press(**contacts_of(own_contact, dpo="") | INES)
    walk.confirm()
    decide(actor=approver, request=walk.draft, move=Move.ASK_FOR_CHANGES, version=1, reason="Which Ines?")
    return walk


def test_what_arxus_corrected_in_a_contact_survives_the_second_confirmation(reopened: Walk) -> None:
    Contact.objects.filter(first_name="Ines").update(last_name="Vermeulen-Claes")

    assert "Vermeulen-Claes" in reopened.open("review").response.content.decode()
    reopened.confirm()

    assert Contact.objects.get(first_name="Ines").last_name == "Vermeulen-Claes"


def test_what_the_partner_changes_in_a_reopened_request_is_written(reopened: Walk) -> None:
    page = reopened.open("contacts")
    form = page.response.context["form"]
    answer = {name: form[name].value() for name in form.fields if form[name].value()}
    changed = {f"dpo-edit-{name}": value for name, value in (("key", "new-1"), ("first_name", "Inès"))}
    kept = {"dpo-edit-last_name": "Vermeulen", "dpo-edit-email": "ines@kempenvaart.example"}

    assert page.press(**answer | changed | kept).status_code == 302
    reopened.confirm()

    assert Contact.objects.get(email="ines@kempenvaart.example").first_name == "Inès"
