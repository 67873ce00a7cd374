"""What people type about people, and what the form says to it."""

from typing import Any

import pytest

from contacts.forms import PersonForm
from contacts.forms.person import typed_values
from contacts.offers import AddressBook
from contacts.policy import ContactKind, Role, Side
from contacts.roster import PersonDetails, as_entry, from_entry
from customers.models import Customer, Partner
from customers.relationships import Relationship
from tests.builders import make_contact, make_customer

pytestmark = pytest.mark.django_db

INES = {
    "side": "customer",
    "first_name": "Ines",
    "last_name": "Vermeulen",
    "email": "ines@kempenvaart.example",
    "phone": "0470 55 01 17",
}


@pytest.fixture
def book(partner: Partner, customer: Customer) -> AddressBook:
    return AddressBook(partner=partner, customer=customer)


def person_form(
    book: AddressBook,
    role: Role = Role.TECHNICAL,
    relationship: Relationship | None = Relationship.RESELLER,
    **typed: Any,
) -> PersonForm:
    return PersonForm(INES | typed, book=book, role=role, relationship=relationship)


def faults(form: Any) -> dict[str, list[str | None]]:
    return {name: [error.code for error in errors] for name, errors in form.errors.as_data().items()}


def test_a_person_comes_out_clean(book: AddressBook) -> None:
    form = person_form(book, first_name="  Ine\u0308s ", email="Ines@KempenVaart.example", phone="0470/55.01.17 ext 5")

    assert form.is_valid()
    assert form.details == PersonDetails(
        side=Side.CUSTOMER,
        first_name="Inës",
        last_name="Vermeulen",
        email="Ines@kempenvaart.example",
        phone="+32470550117",
        phone_extension="5",
    )


def test_the_fields_are_labelled_as_people_and_tests_go_by(book: AddressBook) -> None:
    labels = {name: str(field.label) for name, field in person_form(book, Role.WATCH_LIST).fields.items()}
    assert labels == {
        "side": "Works for",
        "is_list": "This is a distribution list",
        "first_name": "First name",
        "last_name": "Last name",
        "email": "Email",
        "phone": "Phone number",
        "phone_extension": "Extension",
        "also": "Use this person for",
    }


@pytest.mark.parametrize("name", ["first_name", "last_name"])
@pytest.mark.parametrize(
    "typed",
    [
        "Ø",
        "O'Brien",
        "Null",
        "N/A",
        "🦊",
        "李",
        "x" * 120,
        "Nguyễn",
        "a\u0301" * 120,
        "=HYPERLINK(1)",
        "{{7*7}}",
        "%(x)s",
    ],
)
def test_every_name_that_people_have_is_accepted(book: AddressBook, name: str, typed: str) -> None:
    assert faults(person_form(book, **{name: typed})) == {}


@pytest.mark.parametrize("name", ["first_name", "last_name"])
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("   ", "required"),
        ("\u200b\u200d", "required"),
        ("\u3164", "required"),
        ("x" * 121, "max_length"),
        ("\u202eexe.fdp", "turned_text"),
        ("Els\nGoossens", "several_lines"),
        ("Els\x00", "control_character"),
        ("Els\x1b[31m", "control_character"),
        ("E" + "\u0301" * 300, "piled_marks"),
    ],
)
def test_what_is_no_name_is_refused_in_words(book: AddressBook, name: str, typed: str, code: str) -> None:
    form = person_form(book, **{name: typed})
    assert faults(form) == {name: [code]}
    assert form.errors[name][0].endswith((".", "it."))
    assert form[name].value() == typed


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("+3212345", "impossible"),
        ("+999123456", "unknown_calling_code"),
        ("+32 90 012 345", "premium"),
        ("112", "short_number"),
        ("1-800-FLOWERS", "letters"),
        ("4" * 40, "impossible"),
        ("=1+1", "format"),
    ],
)
def test_what_is_no_phone_number_is_refused_in_words(book: AddressBook, typed: str, code: str) -> None:
    assert faults(person_form(book, phone=typed)) == {"phone": [code]}


def test_a_phone_number_is_asked_for_where_the_role_needs_one(book: AddressBook) -> None:
    assert faults(person_form(book, Role.TECHNICAL, phone="")) == {"phone": ["required"]}
    assert faults(person_form(book, Role.DPO, phone="")) == {}
    assert faults(person_form(book, Role.DPO, phone="", also=["commercial"])) == {"phone": ["phone_missing"]}


def test_a_service_line_is_refused_where_the_role_needs_a_person(book: AddressBook) -> None:
    assert faults(person_form(book, Role.TECHNICAL, phone="0800 12 345")) == {"phone": ["phone_not_personal"]}
    assert faults(person_form(book, Role.DPO, phone="0800 12 345")) == {}


def test_a_number_is_read_with_the_partners_country(other_partner: Partner) -> None:
    form = person_form(AddressBook(partner=other_partner), phone="06 12345678")
    assert form.is_valid()
    assert form.details.phone == "+31612345678"


@pytest.mark.parametrize("typed", ["12a", "٣", "12345678901"])
def test_an_extension_is_a_few_digits(book: AddressBook, typed: str) -> None:
    assert list(faults(person_form(book, phone_extension=typed))) == ["phone_extension"]


def test_two_extensions_that_differ_are_asked_about(book: AddressBook) -> None:
    assert list(faults(person_form(book, phone="0470550117 ext 5", phone_extension="6"))) == ["phone_extension"]


def test_the_banned_domain_is_refused_for_the_commercial_role_only(book: AddressBook) -> None:
    assert faults(person_form(book, Role.COMMERCIAL, email="ines@CRONOS.be")) == {"email": ["blocked_domain"]}
    assert faults(person_form(book, Role.TECHNICAL, email="ines@cronos.be")) == {}
    assert faults(person_form(book, also=["commercial"], email="ines@cronos.be")) == {"email": ["blocked_domain"]}


def test_all_that_is_wrong_is_said_at_once(partner: Partner) -> None:
    make_contact(partner, first_name="Els", last_name="Goossens", email="els@brightcloud.example")
    book = AddressBook(partner=partner)

    banned = person_form(book, Role.COMMERCIAL, email="ines@cronos.be", phone="+32 2")
    assert faults(banned) == {"email": ["blocked_domain"], "phone": ["impossible"]}
    nameless = person_form(book, Role.COMMERCIAL, last_name="", first_name="", email="ines@cronos.be", side="")
    assert list(nameless.errors) == ["side", "first_name", "last_name", "email"]
    (said,) = nameless.errors["email"]
    assert said == (
        "Microsoft does not accept addresses at cronos.be for this role. "
        "Give ines@cronos.be an address at another domain, or choose someone else."
    )
    taken = person_form(book, side="own", email="els@brightcloud.example", phone="112")
    assert faults(taken) == {"phone": ["short_number"], "email": ["email_taken"]}
    blank = person_form(book, Role.DPO, also=["commercial"], side="", first_name="", last_name="", email="", phone="")
    assert faults(blank) == {
        "side": ["required"],
        "first_name": ["required"],
        "last_name": ["required"],
        "email": ["required"],
        "phone": ["phone_missing"],
    }
    assert blank.errors["phone"] == ["This contact has no phone number. Add one, or choose someone else."]


def test_a_field_that_is_not_understood_is_scolded_once(book: AddressBook) -> None:
    form = person_form(book, Role.TECHNICAL, phone="", email="ines@", also=["commercial"])
    assert faults(form) == {"email": ["domain"], "phone": ["required"]}


def test_it_has_to_be_said_whom_a_person_works_for(book: AddressBook) -> None:
    assert faults(person_form(book, side="")) == {"side": ["required"]}
    assert faults(person_form(book, side="arxus")) == {"side": ["invalid_choice"]}
    assert faults(person_form(book, relationship=None, side="")) == {"side": ["required"]}


def test_in_a_value_add_relationship_everybody_is_the_partners_own(book: AddressBook) -> None:
    form = person_form(book, relationship=Relationship.VALUE_ADD_PARTNER, side="")
    assert form.is_valid()
    assert form.details.side is Side.OWN
    assert not form.asks_side


def test_in_a_value_add_relationship_a_posted_person_of_the_customer_is_refused(book: AddressBook) -> None:
    form = person_form(book, relationship=Relationship.VALUE_ADD_PARTNER, side="customer")
    assert faults(form) == {"side": ["wrong_side"]}
    assert "does not know Arxus" in form.errors["side"][0]


def test_a_distribution_list_has_one_name_and_only_watches(book: AddressBook) -> None:
    form = person_form(book, Role.WATCH_LIST, is_list="on", first_name="", last_name="Service desk", phone="")
    assert form.is_valid()
    assert (form.details.kind, form.details.full_name) == (ContactKind.LIST, "Service desk")

    too_much = person_form(book, Role.WATCH_LIST, is_list="on", also=["dpo"], phone="")
    assert faults(too_much) == {"is_list": ["list_not_accepted"]}
    tampered = person_form(book, Role.DPO, is_list="on")
    assert tampered.is_valid()
    assert tampered.details.kind is ContactKind.PERSON


@pytest.mark.parametrize("also", [["staff"], ["admin", "dpo"]])
def test_a_role_outside_the_list_is_refused(book: AddressBook, also: list[str]) -> None:
    assert faults(person_form(book, also=also)) == {"also": ["invalid_choice"]}


@pytest.mark.parametrize("email", ["els@brightcloud.example", "ELS@BrightCloud.example"])
def test_an_address_of_an_own_contact_leads_to_that_contact(partner: Partner, email: str) -> None:
    make_contact(partner, first_name="Els", last_name="Goossens", email="els@brightcloud.example")

    form = person_form(AddressBook(partner=partner), side="own", email=email)
    assert faults(form) == {"email": ["email_taken"]}
    assert form.errors["email"] == [
        "Els Goossens has this address already. Choose Els Goossens in the list, or enter another address."
    ]
    assert faults(person_form(AddressBook(partner=partner), side="customer", email=email)) == {}


def test_nothing_shows_of_another_partners_contacts(partner: Partner, other_partner: Partner) -> None:
    make_contact(other_partner, email="els@brightcloud.example")
    make_contact(make_customer(other_partner), email="els@brightcloud.example")
    make_contact(make_customer(partner), email="els@brightcloud.example")

    for side in ("own", "customer"):
        form = person_form(AddressBook(partner=partner), side=side, email="els@brightcloud.example")
        assert faults(form) == {}


def test_an_amendment_keeps_side_kind_and_number(partner: Partner) -> None:
    els = make_contact(partner, first_name="Els", phone="")
    book = AddressBook(partner=partner)
    amended = book.get(els.number)
    assert amended is not None
    typed = typed_values(amended.person) | {"phone": "0470 55 01 17", "side": "customer", "is_list": "on"}

    form = PersonForm(typed, book=book, role=Role.TECHNICAL, relationship=Relationship.RESELLER, amended=amended)
    assert form.is_valid()
    assert form.details == PersonDetails(
        side=Side.OWN,
        first_name="Els",
        last_name=els.last_name,
        email=els.email,
        phone="+32470550117",
        contact=els.number,
    )


def test_a_person_survives_the_drafts_json() -> None:
    person = PersonDetails(side=Side.OWN, kind=ContactKind.LIST, last_name="Service desk", email="desk@x.be")
    assert from_entry(as_entry(person)) == person
