"""What carries legal weight is read before it is confirmed, and a disk that is full loses none of it."""

import errno
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage

from approvals.models import Evidence
from contacts.models import Contact
from customers.models import Partner
from tests import builders
from tests.portal.onboarding.walk import Page, Walk, contacts_of, pdf


def declared(page: Page) -> dict[str, str]:
    rows = [row for section in page.response.context["review"].sections for row in section.rows]
    return {row.label: row.value for row in rows if row.label in ("Authority to sign", "Liability")}


def test_the_review_says_who_is_declared_to_sign_and_who_is_liable(walk: Walk, own_contact: Contact) -> None:
    walk.to_review(own_contact)
    assert declared(walk.open("review")) == {
        "Authority to sign": "Els Goossens has authority to sign for this customer",
        "Liability": "We have no such agreement. Brightcloud accepts all legal liability for this customer.",
    }


def test_the_review_names_whoever_took_the_place_of_the_declared_signatory(
    walk: Walk, own_contact: Contact, partner: Partner
) -> None:
    walk.to_review(own_contact)
    other = builders.make_contact(partner, first_name="Nora", last_name="Aerts")
    # The tick was made beside another name, on a page that could not redraw itself.
    walk.open("contacts", "change").press(**contacts_of(own_contact, commercial=other.number))
    assert declared(walk.open("review"))["Authority to sign"] == "Nora Aerts has authority to sign for this customer"


def test_a_declaration_left_out_is_said_in_full_on_top_and_once_beside_its_box(
    walk: Walk, own_contact: Contact
) -> None:
    walk.to_review(own_contact)
    page = walk.open("review").press(declaration_1="on", declaration_3="on").content.decode()
    sentence = "We may share the data of these people with Arxus, and they know."
    assert page.count(f"To confirm, tick this: {sentence}") == 1
    assert page.count(sentence) == 2
    assert page.count("Tick this to confirm.") == 1
    assert 'aria-describedby="id_declaration_2_error"' in page
    assert '<div class="invalid-feedback" id="id_declaration_2_error">' in page


def test_a_full_disk_is_said_beside_the_document_and_the_rest_is_kept(
    walk: Walk, own_contact: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any, **_kwargs: Any) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "save", full)
    walk.to_contacts()
    answer = contacts_of(own_contact)
    response = walk.open("contacts").press(**answer, evidence=pdf())
    assert response.status_code == 200
    assert response.context["form"].errors == {
        "evidence": ["We could not keep this file just now. Add it again in a few minutes."]
    }
    kept = walk.draft.answers["steps"]["contacts"]
    assert {name: kept[name] for name in answer} == answer
    assert Evidence.objects.count() == 0


def test_drawing_the_cards_anew_keeps_no_document(walk: Walk, own_contact: Contact) -> None:
    walk.to_contacts()
    assert walk.open("contacts").press("refresh", **contacts_of(own_contact), evidence=pdf()).status_code == 200
    assert Evidence.objects.count() == 0
