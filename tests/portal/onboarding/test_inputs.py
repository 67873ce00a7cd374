"""Whatever is typed or sent to the details and contacts steps: an answer in words, everything kept, nothing broken."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from approvals.models import Evidence
from contacts.models import Contact
from customers.models import Customer, Partner
from tests import builders
from tests.portal.onboarding.walk import DETAILS, Walk, address, contacts_of, pdf

NASTY = [
    "",
    "   ",
    "\u200b",
    "\u202eexe.fdp",
    "A" + "\u0323" * 300,
    "nul\x00byte",
    "\x1b[31mred",
    "two\nlines",
    "x" * 5_000,
    "\ufffd",
]
HARMLESS = [
    "X",
    "\U0001f469\u200d\U0001f4bb",
    "O'Brien & Zonen",
    "Null",
    "N/A",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=1>',
    "{{7*7}}{% include 'x' %}${7*7}%(x)s{0.__class__}",
    "=HYPERLINK(1)",
    "'; drop table x; --",
    "../../etc/passwd",
    "株式会社",
]
TEXTS = ["name", "legal_name", "street", "postcode", "city"]
OPTIONAL = {"legal_name"}


@pytest.mark.parametrize("field", TEXTS)
@pytest.mark.parametrize("typed", NASTY)
def test_what_cannot_be_kept_is_explained_at_its_field(walk: Walk, field: str, typed: str) -> None:
    walk.start()
    response = walk.open("details").press(**DETAILS | {field: typed})
    if field in OPTIONAL and not typed.strip("\u200b "):
        assert response.status_code == 302
        return
    assert response.status_code == 200
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert {name: form[name].value() for name in DETAILS} == DETAILS | {field: typed}
    kept = walk.open("details").response.context["form"]
    assert kept[field].value() == typed.replace("\x00", "")
    assert walk.draft.answers["done"] == ["vat"]


@pytest.mark.parametrize("typed", HARMLESS)
def test_what_only_looks_dangerous_is_kept_and_shown_as_it_is(walk: Walk, own_contact: Contact, typed: str) -> None:
    walk.to_contacts(name=typed, legal_name=typed, street=typed, city=typed)
    walk.open("contacts").press(**contacts_of(own_contact))
    page = walk.open("review").response.content.decode()
    assert "<img src=x" not in page
    assert "<svg/onload" not in page
    walk.confirm()
    customer = Customer.objects.get()
    assert (customer.name, customer.legal_name, customer.street, customer.city) == (typed, typed, typed, typed)


@pytest.mark.parametrize("length", [307, 400])
def test_long_company_names_go_all_the_way(walk: Walk, own_contact: Contact, length: int) -> None:
    name = ("Kempenvaart " * 40)[:length].strip().ljust(length, "x")
    walk.to_contacts(name=name)
    walk.open("contacts").press(**contacts_of(own_contact))
    assert name in walk.open("review").response.content.decode()
    walk.confirm()
    assert Customer.objects.get().name == walk.draft.company_name == name


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("phone", "+3212345"),
        ("phone", "+999 123 456 789"),
        ("phone", "112"),
        ("phone", "0900 12 345"),
        ("phone", "1-800-FLOWERS"),
        ("phone", "1" * 40),
        ("phone", "\x00"),
        ("phone_extension", "abc"),
        ("country", "ZZ"),
        ("country", ""),
        ("industry", "nope"),
        ("industry", "1 or 1=1"),
        ("language", "xx"),
    ],
)
def test_choices_and_numbers_that_are_wrong_keep_the_rest(walk: Walk, field: str, typed: str) -> None:
    walk.start()
    response = walk.open("details").press(**DETAILS | {field: typed})
    assert response.status_code == 200
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert {name: form[name].value() for name in DETAILS} == DETAILS | {field: typed}


def test_a_megabyte_of_text_is_refused_in_words(walk: Walk) -> None:
    walk.start()
    response = walk.open("details").press(**DETAILS | {"name": "x" * 1_000_000})
    assert response.status_code == 200
    assert len(walk.draft.answers["steps"]["details"]["name"]) == 10_000


def test_a_postcode_that_does_not_fit_is_a_warning_on_the_review(walk: Walk, own_contact: Contact) -> None:
    walk.to_contacts(postcode="ABC")
    walk.open("contacts").press(**contacts_of(own_contact))
    warnings = walk.open("review").response.context["review"].warnings
    assert warnings[0].url == address(walk.draft, "details", "change")
    assert "postcode" in warnings[0].text
    walk.confirm()
    assert Customer.objects.get().postcode == "ABC"


def test_an_address_in_another_country_than_the_number_is_a_warning(walk: Walk, own_contact: Contact) -> None:
    walk.to_contacts(country="NL", postcode="1012 JS", phone="+31207940800")
    walk.open("contacts").press(**contacts_of(own_contact))
    texts = [warning.text for warning in walk.open("review").response.context["review"].warnings]
    assert (
        "The VAT number (Belgium) and the address (Netherlands) are of two countries. "
        "Go on if that is right: Arxus sees it."
    ) in texts


def test_fields_that_are_none_of_the_page_change_nothing(
    walk: Walk, own_contact: Contact, other_partner: Partner
) -> None:
    walk.start()
    extras = {
        "partner": str(other_partner.pk),
        "state": "approved",
        "status": "active",
        "approved_by": "1",
        "is_staff": "on",
        "company_name": "Other",
        "approval_exception": "on",
        "reference": "REQ-0000-0000",
        "wizard_goto_step": "review",
    }
    before = walk.draft.partner
    walk.open("details").press(**DETAILS | {key: value for key, value in extras.items() if key != "wizard_goto_step"})
    walk.open("contacts").press(**contacts_of(own_contact) | extras)
    draft = walk.draft
    assert (draft.partner, draft.state, draft.approval_exception) == (before, "draft", False)
    assert draft.company_name == DETAILS["name"]
    kept = {name for answer in draft.answers["steps"].values() for name in answer}
    assert not kept & set(extras)


def test_going_to_another_step_by_the_library_own_field_skips_nothing(walk: Walk) -> None:
    walk.start()
    response = walk.open("details").press(**DETAILS | {"name": ""}, wizard_goto_step="review")
    assert response.url == address(walk.draft, "review")
    assert walk.client.get(response.url).url == address(walk.draft, "details")


@pytest.mark.parametrize("key", ["CON-0000-0000", "new-1", "1", "-1", "admin", "x" * 5_000, "\x00", "<b>"])
def test_a_contact_there_is_not_is_refused(walk: Walk, own_contact: Contact, key: str) -> None:
    walk.to_contacts()
    response = walk.open("contacts").press(**contacts_of(own_contact, dpo=key))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["dpo"]
    assert walk.draft.answers["done"] == ["vat", "details"]


def test_the_contact_of_another_partner_is_refused_like_one_there_is_not(
    walk: Walk, own_contact: Contact, other_partner: Partner, partner: Partner
) -> None:
    foreign = builders.make_contact(other_partner)
    of_another_customer = builders.make_contact(builders.make_customer(partner))
    walk.to_contacts()
    said = {
        tuple(walk.open("contacts").press(**contacts_of(own_contact, dpo=key)).context["form"].errors["dpo"])
        for key in (foreign.number, of_another_customer.number, "CON-0000-0000")
    }
    assert len(said) == 1


def test_filling_in_uses_one_person_for_every_open_role(walk: Walk, own_contact: Contact) -> None:
    walk.to_contacts()
    response = walk.open("contacts").press("fill", relationship="reseller", fill_with=own_contact.number)
    assert response.status_code == 302
    form = walk.open("contacts").response.context["form"]
    filled = {name: form[name].value() for name in ("technical", "commercial", "dpo", "watch_list")}
    assert filled == dict.fromkeys(filled, own_contact.number)


def test_refreshing_saves_nothing(walk: Walk, own_contact: Contact) -> None:
    walk.to_contacts()
    before = walk.draft.answers
    response = walk.open("contacts").press("refresh", **contacts_of(own_contact))
    assert response.status_code == 200
    assert response.context["form"].errors == {}
    assert walk.draft.answers == before


@pytest.mark.parametrize(
    "intent", ["", "nonsense", "create:admin", "cancel:admin", "edit:dpo", "pick:dpo:1", "remove:", "remove:x", "\x00"]
)
def test_a_button_there_is_not_keeps_what_was_typed(walk: Walk, own_contact: Contact, intent: str) -> None:
    walk.to_contacts()
    response = walk.open("contacts").press(intent, **contacts_of(own_contact))
    assert response.status_code == 302
    assert walk.draft.answers["steps"]["contacts"]["technical"] == own_contact.number
    assert walk.draft.answers["done"] == ["vat", "details"]


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("empty.pdf", b"", "application/pdf"),
        SimpleUploadedFile("page.pdf", b"<html><script>alert(1)</script></html>", "application/pdf"),
        SimpleUploadedFile("x.svg", b"<svg onload='alert(1)'/>", "image/svg+xml"),
        SimpleUploadedFile("x.exe", b"MZ\x90\x00", "application/pdf"),
    ],
    ids=lambda upload: upload.name,
)
def test_a_document_that_is_not_taken_is_explained_and_the_rest_kept(
    walk: Walk, own_contact: Contact, upload: Any
) -> None:
    walk.to_contacts()
    upload.seek(0)
    response = walk.open("contacts").press(**contacts_of(own_contact, accepts_liability=""), evidence=upload)
    assert response.status_code == 200
    assert {name: len(errors) for name, errors in response.context["form"].errors.items()} == {"evidence": 1}
    assert response.context["form"]["technical"].value() == own_contact.number
    assert Evidence.objects.count() == 0


def test_a_file_that_is_no_document_is_called_so_and_not_missing(walk: Walk, own_contact: Contact) -> None:
    walk.to_contacts()
    upload = SimpleUploadedFile("agreement.pdf", b"Dear Arxus, this is a letter.", "application/pdf")
    response = walk.open("contacts").press(**contacts_of(own_contact, accepts_liability=""), evidence=upload)
    assert response.context["form"].errors == {
        "evidence": [
            "This file is not a PDF, PNG or JPEG, whatever its name says. Save the document as a PDF and add that."
        ]
    }
    assert response.content.decode().count("add the signed agreement") == 0


def test_a_document_is_kept_and_can_be_taken_away(walk: Walk, own_contact: Contact) -> None:
    walk.to_contacts()
    walk.open("contacts").press("later", **contacts_of(own_contact), evidence=pdf())
    document = Evidence.objects.get()
    page = walk.open("contacts")
    assert document.name in page.response.content.decode()
    page.press(f"remove:{document.key}", **contacts_of(own_contact))
    assert Evidence.objects.count() == 0


def test_the_document_of_another_request_cannot_be_taken_away(walk: Walk, own_contact: Contact) -> None:
    walk.to_contacts()
    walk.open("contacts").press("later", **contacts_of(own_contact), evidence=pdf())
    document = Evidence.objects.get()
    walk.start("NL123456782B90", "NL")
    walk.open("details").press(**DETAILS)
    walk.open("contacts").press(f"remove:{document.key}", **contacts_of(own_contact))
    assert Evidence.objects.get() == document


def test_several_values_for_one_field_break_nothing(walk: Walk) -> None:
    walk.start()
    response = walk.open("details").press(**DETAILS | {"name": ["One", "Two"], "country": ["BE", "NL"]})
    assert response.status_code == 302
    assert walk.draft.company_name == "Two"
    walk.open("details").press("later", **DETAILS | {"name": ["One", ""]})
    assert walk.draft.company_name == ""
