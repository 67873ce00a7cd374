"""What is worth a second look in people: on the card of a role, beside the field, on the review; it stops nobody."""

from typing import Any

import pytest

from contacts import cards, step
from contacts.forms import ContactsForm, PersonForm
from contacts.offers import AddressBook
from contacts.person_hints import hints_by_role
from contacts.policy import ROLE_POLICY, Role, Side
from contacts.roster import PersonDetails, as_entry
from customers.models import Partner
from customers.relationships import Relationship
from tests import builders

pytestmark = pytest.mark.django_db


def entry(email: str, side: Side = Side.CUSTOMER, phone: str = "+32470550117") -> dict[str, Any]:
    return as_entry(PersonDetails(side=side, first_name="Anna", last_name="Peeters", email=email, phone=phone))


@pytest.fixture
def colleagues(partner: Partner) -> None:
    for name in ("els", "tom"):
        builders.make_contact(partner, email=f"{name}@brightcloud.example")


def codes(partner: Partner, role: Role, email: str, **changed: Any) -> list[str]:
    book = AddressBook(partner=partner, people={"new-1": entry(email, **changed)})
    return [hint.code for hint in hints_by_role({role: book.candidates["new-1"]}, book)[role]]


@pytest.mark.parametrize(
    ("role", "email", "changed", "expected"),
    [
        (Role.DPO, "anna@atelier.example", {}, []),
        (Role.DPO, "anna@gmail.com", {}, ["free_mail"]),
        (Role.DPO, "anna@gmial.com", {}, ["typo"]),
        (Role.DPO, "anna@brightcloud.example", {}, ["own_domain"]),
        (Role.DPO, "anna@brightcloud.example", {"side": Side.OWN}, []),
        (Role.DPO, "anna@brightclud.example", {"side": Side.OWN}, ["typo"]),
        (Role.COMMERCIAL, "anna@mail.cronos.be", {}, ["near_banned"]),
        (Role.DPO, "anna@mail.cronos.be", {}, []),
        (Role.DPO, "anna@atelier.example", {"phone": "+32440123456"}, ["phone_not_planned"]),
        (Role.DPO, "anna@atelier.example", {"phone": ""}, []),
    ],
)
def test_people_are_looked_at_beside_the_others(
    partner: Partner, colleagues: None, role: Role, email: str, changed: dict[str, Any], expected: list[str]
) -> None:
    assert codes(partner, role, email, **changed) == expected


def test_the_customers_domain_at_somebody_of_the_partner_is_seen(partner: Partner, colleagues: None) -> None:
    people = {
        "new-1": entry("anna@atelier.example"),
        "new-2": entry("jan@atelier.example"),
        "new-3": entry("guest@atelier.example", side=Side.OWN),
    }
    book = AddressBook(partner=partner, people=people)
    found = hints_by_role({Role.DPO: book.candidates["new-3"], Role.TECHNICAL: book.candidates["new-1"]}, book)
    assert {role: [hint.code for hint in hints] for role, hints in found.items()} == {
        Role.DPO: ["customers_domain"],
        Role.TECHNICAL: [],
    }


def test_of_another_partners_contacts_nothing_is_known(partner: Partner, other_partner: Partner) -> None:
    for _number in range(3):
        builders.make_contact(other_partner, email=f"{_number}@northwind-it.example")
    assert codes(partner, Role.DPO, "anna@northwind-it.example") == []
    assert codes(partner, Role.DPO, "anna@northwind-t.example") == []


def test_the_card_says_it_once_for_whoever_fills_several_roles(partner: Partner) -> None:
    book = AddressBook(partner=partner, people={"new-1": entry("anna@gmail.com")})
    form = ContactsForm(
        initial={"relationship": "reseller", "technical": "new-1", "dpo": "new-1", "commercial": "new-1"}, book=book
    )
    shown = cards.build(form, step.opened({}, book=book).person_forms)
    said = {
        card.role: [fact.text for fact in card.facts if "gmail.com" in fact.text and "@" not in fact.text[:7]]
        for card in shown.cards
    }
    words = "Anybody can have an address at gmail.com. One at the company’s own domain tells Arxus who it is."
    assert said == {role: [words] if role is Role.TECHNICAL else [] for role in ROLE_POLICY}
    kinds = {card.role: card.facts[0].kind for card in shown.cards if card.facts}
    assert kinds == dict.fromkeys((Role.TECHNICAL, Role.COMMERCIAL, Role.DPO), "warn")


def person_form(partner: Partner, **typed: str) -> PersonForm:
    data = {"side": "customer", "first_name": "Anna", "last_name": "Peeters", "phone": "0470 55 01 17"} | typed
    return PersonForm(data, book=AddressBook(partner=partner), role=Role.DPO, relationship=Relationship.RESELLER)


@pytest.mark.parametrize(
    ("typed", "email", "phone"),
    [
        ({"email": "anna@atelier.example"}, None, None),
        ({"email": "anna@gmial.com"}, ["This address is at gmial.com. Is gmail.com meant?"], None),
        ({"email": "ANNA@GMIAL.COM ", "side": "nonsense"}, ["This address is at gmial.com. Is gmail.com meant?"], None),
        ({"email": "anna@gmial"}, None, None),
        ({"email": ""}, None, None),
        (
            {"email": "anna@atelier.example", "phone": "+32 440 12 34 56"},
            None,
            ["The phone number is in no numbering plan we know. Check it: new ranges are taken all the same."],
        ),
        ({"email": "anna@atelier.example", "phone": "112"}, None, None),
    ],
)
def test_it_stands_beside_the_field(
    partner: Partner, typed: dict[str, str], email: list[str] | None, phone: list[str] | None
) -> None:
    form = person_form(partner, **typed)
    assert (form.hints_of("email"), form.hints_of("phone")) == (email, phone)


def test_it_stops_nobody(partner: Partner, colleagues: None) -> None:
    for email in ("anna@gmial.com", "anna@gmail.com", "anna@brightcloud.example", "anna@mail.cronos.be"):
        assert person_form(partner, email=email, phone="+32 440 12 34 56").is_valid()
