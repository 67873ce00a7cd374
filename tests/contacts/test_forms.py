"""Who is chosen for the roles, and what the form says to it."""

from typing import Any

import pytest

from contacts.forms import ContactsForm
from contacts.offers import AddressBook
from contacts.policy import EvidenceKind, Role, Side
from contacts.roster import PersonDetails, as_entry
from customers.models import Customer, Partner
from customers.relationships import Relationship
from tests.builders import make_contact, make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(partner: Partner, customer: Customer) -> AddressBook:
    return AddressBook(partner=partner, customer=customer)


def faults(form: Any) -> dict[str, list[str | None]]:
    return {name: [error.code for error in errors] for name, errors in form.errors.as_data().items()}


def first_faults(form: Any) -> dict[str, str | None]:
    return {name: codes[0] for name, codes in faults(form).items()}


def filled(key: str, **answer: str) -> dict[str, str]:
    values = {"relationship": "reseller", "signing_authority": "on"}
    return values | dict.fromkeys(("technical", "commercial", "dpo", "watch_list"), key) | answer


def test_the_fields_of_the_roles_carry_the_titles_of_the_policy(book: AddressBook) -> None:
    form = ContactsForm(book=book)
    assert [str(form.fields[role.value].label) for role in Role] == [
        "Technical contact",
        "Commercial contact",
        "DPO contact",
        "Watch List contact",
        "Security Incident contact",
    ]
    assert [label for _value, label in form.fields["relationship"].choices] == ["Reseller", "Value Add Partner"]
    assert str(form.fields["uses_secwise_watch"].label) == "This customer uses Secwise Watch"


def test_an_empty_answer_is_told_what_is_missing(book: AddressBook) -> None:
    assert faults(ContactsForm({}, book=book)) == {
        "relationship": ["required"],
        "technical": ["role_empty"],
        "commercial": ["role_empty"],
        "dpo": ["role_empty"],
        "watch_list": ["role_empty"],
    }


def test_an_opened_page_scolds_for_nothing(book: AddressBook) -> None:
    assert ContactsForm(initial={"relationship": "reseller"}, book=book).errors == {}


def test_a_valid_answer_is_a_roster(partner: Partner, customer: Customer) -> None:
    marie = make_contact(customer)
    form = ContactsForm(filled(marie.number), book=AddressBook(partner=partner, customer=customer))

    assert form.is_valid()
    assert form.roster.relationship is Relationship.RESELLER
    assert form.roster.holders == dict.fromkeys(
        (Role.TECHNICAL, Role.COMMERCIAL, Role.DPO, Role.WATCH_LIST), marie.number
    )
    assert form.roster.signing_authority
    assert form.warnings == []
    assert form.liability_wording == ""


def test_no_roster_comes_out_of_an_answer_that_does_not_hold(book: AddressBook) -> None:
    with pytest.raises(ValueError, match="valid"):
        _roster = ContactsForm({}, book=book).roster


def test_a_foreign_number_is_answered_exactly_like_one_that_nobody_has(
    partner: Partner, other_partner: Partner, customer: Customer
) -> None:
    keys = [
        make_contact(other_partner).number,
        make_contact(make_customer(other_partner)).number,
        make_contact(make_customer(partner)).number,
        "CON-0000-0000",
        "new-7",
        "<script>",
        "\0",
        "x" * 10_000,
    ]
    forms = [ContactsForm(filled(key), book=AddressBook(partner=partner, customer=customer)) for key in keys]
    said = {str(form.errors.get_json_data()) for form in forms}

    assert len(said) == 1
    assert first_faults(forms[0]) == dict.fromkeys(("technical", "commercial", "dpo", "watch_list"), "unknown")
    assert not any("Els" in html or "script" in html for html in said)


def test_a_refusal_stands_where_it_is_mended(partner: Partner) -> None:
    els = make_contact(partner)
    answer = filled(els.number)
    del answer["signing_authority"]

    assert faults(ContactsForm(answer, book=AddressBook(partner=partner))) == {
        "signing_authority": ["authority_undeclared"],
        "evidence": ["agreement_missing"],
    }


def test_accepting_the_liability_keeps_the_sentence_as_shown(partner: Partner) -> None:
    els = make_contact(partner)
    form = ContactsForm(filled(els.number, accepts_liability="on"), book=AddressBook(partner=partner))

    assert form.is_valid()
    assert form.liability_wording == (
        "We have no such agreement. Brightcloud accepts all legal liability for this customer."
    )
    assert [found.code for found in form.warnings] == ["liability_accepted", "side_not_preferred"]


def test_with_the_agreement_nobody_accepts_the_liability(partner: Partner) -> None:
    els = make_contact(partner)
    form = ContactsForm(
        filled(els.number, accepts_liability="on"),
        book=AddressBook(partner=partner),
        evidence={EvidenceKind.LIABILITY_AGREEMENT},
    )

    assert form.is_valid()
    assert form.liability_wording == ""


def test_a_percent_sign_in_a_name_is_only_a_percent_sign(other_partner: Partner) -> None:
    other_partner.name = "100% IT %(name)s"
    els = make_contact(other_partner, first_name="%(name)s", last_name="{0}", phone="")
    form = ContactsForm(filled(els.number), book=AddressBook(partner=other_partner))

    assert form.errors["technical"] == ["%(name)s {0} has no phone number. Add one, or choose someone else."]
    assert "100% IT %(name)s accepts" in str(form.fields["accepts_liability"].label)


def test_changing_the_relationship_keeps_the_choice_and_says_what_no_longer_fits(
    partner: Partner, customer: Customer
) -> None:
    marie = make_contact(customer, first_name="Marie", last_name="Thys")
    answer = filled(marie.number, relationship="value_add_partner")
    form = ContactsForm(initial=answer, book=AddressBook(partner=partner, customer=customer))

    assert form.key(Role.DPO) == marie.number
    assert form.fields["dpo"].widget.choices[1:] == [("This customer", [(marie.number, "Marie Thys")])]
    assert [str(error.message) for error in form.blocks(Role.DPO)] == [
        "Marie Thys works for the customer, who does not know Arxus. Choose someone of your own organisation."
    ]


def test_lists_new_people_and_namesakes_are_told_apart(partner: Partner) -> None:
    make_contact(partner, kind="list", first_name="", last_name="Service desk", email="desk@x.be")
    make_contact(partner, first_name="Jan", last_name="Peeters", email="jan@x.be")
    make_contact(partner, first_name="Jan", last_name="Peeters", email="jan2@x.be")
    people = {"new-1": as_entry(PersonDetails(side=Side.CUSTOMER, first_name="Ines", last_name="V", email="i@x.be"))}
    form = ContactsForm(book=AddressBook(partner=partner, people=people))

    own, customers = form.fields["watch_list"].widget.choices[1:]
    assert [label for _key, label in own[1]] == [
        "Service desk (list)",
        "Jan Peeters, jan@x.be",
        "Jan Peeters, jan2@x.be",
    ]
    assert customers == ("This customer", [("new-1", "Ines V (new)")])
    assert "Service desk (list)" not in str(form.fields["dpo"].widget.choices)


def test_a_new_person_whose_address_was_taken_meanwhile_is_refused(partner: Partner) -> None:
    people = {"new-1": as_entry(PersonDetails(side=Side.OWN, last_name="Els", email="els@x.be", phone="+32470550117"))}
    make_contact(partner, first_name="Els", last_name="Goossens", email="ELS@x.be")
    form = ContactsForm(filled("new-1", accepts_liability="on"), book=AddressBook(partner=partner, people=people))

    assert first_faults(form) == dict.fromkeys(("technical", "commercial", "dpo", "watch_list"), "email_taken")
    assert form.errors["dpo"] == [
        "Els Goossens has the address ELS@x.be already. Choose Els Goossens instead, or change the address."
    ]


@pytest.mark.parametrize("count", [1, 50])
def test_the_step_asks_once_however_many_contacts_there_are(
    count: int, partner: Partner, customer: Customer, django_assert_num_queries: Any
) -> None:
    keys = [make_contact(partner).number for _ in range(count)]
    book = AddressBook(partner=partner, customer=customer)

    with django_assert_num_queries(1):
        form = ContactsForm(filled(keys[0], accepts_liability="on"), book=book)
        assert form.is_valid()
        assert str(form["technical"]).count("<option") == count + 1
