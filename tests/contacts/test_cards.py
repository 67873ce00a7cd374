"""What the role cards show."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.template.loader import render_to_string
from pytest_django import Settings

from contacts import cards, guide, step
from contacts.card_parts import Contacts, RoleCard
from contacts.forms import ContactsForm
from contacts.offers import AddressBook
from contacts.policy import Role
from customers.models import Customer, Partner
from customers.relationships import Relationship
from tests.builders import make_contact

pytestmark = pytest.mark.django_db


@dataclass
class Document:
    key: str
    kind: str
    name: str
    size: int


def built(partner: Partner, customer: Customer | None = None, *, tried: bool = False, **answer: str) -> Contacts:
    book = AddressBook(partner=partner, customer=customer)
    outcome = step.opened({"relationship": "reseller"} | answer, book=book)
    given: Any = {"data": outcome.answer} if tried else {"initial": outcome.answer}
    form = ContactsForm(book=book, **given)
    document = Document("k", "liability_agreement", "agreement.pdf", 2048)
    return cards.build(form, outcome.person_forms, evidence=[document])


def card(contacts: Contacts, role: Role) -> RoleCard:
    return next(card for card in contacts.cards if card.role is role)


def badges(contacts: Contacts) -> dict[str, str]:
    return {card.role.value: card.badge.label for card in contacts.cards}


def test_an_untouched_step_is_open(partner: Partner) -> None:
    contacts = built(partner)
    assert badges(contacts) == {
        "technical": "Open",
        "commercial": "Open",
        "dpo": "Open",
        "watch_list": "Open",
        "security_incident": "Not needed",
    }
    assert (contacts.counted, contacts.is_complete) == ("0 of 4 roles filled.", False)
    assert all(not card.messages for card in contacts.cards)


def test_a_filled_step_is_counted(partner: Partner, customer: Customer) -> None:
    marie = make_contact(customer, first_name="Marie").number
    filled = dict.fromkeys(("technical", "commercial", "dpo", "watch_list"), marie) | {"signing_authority": "on"}
    contacts = built(partner, customer, **filled)

    assert badges(contacts) == {
        "technical": "Filled",
        "commercial": "Same as Technical",
        "dpo": "Same as Technical",
        "watch_list": "Same as Technical",
        "security_incident": "Not needed",
    }
    assert (contacts.counted, contacts.is_complete, contacts.remarks) == ("4 of 4 roles filled.", True, [])
    assert contacts.fill_choices == []


def test_the_technical_card_says_who_is_invited(partner: Partner, customer: Customer) -> None:
    marie = make_contact(customer, first_name="Marie", email="m@x.be", phone="+32470550117").number
    facts = card(built(partner, customer, technical=marie), Role.TECHNICAL).facts

    assert [(fact.kind, fact.text) for fact in facts] == [
        ("good", "m@x.be"),
        ("good", "+32 470 55 01 17"),
        ("idle", "Portal access and ServiceNow permissions: Marie is invited on approval"),
    ]


def test_the_commercial_card_asks_for_what_the_policy_asks(partner: Partner, customer: Customer) -> None:
    els = make_contact(partner, first_name="Els", last_name="Goossens").number
    reseller = card(built(partner, commercial=els), Role.COMMERCIAL)
    assert (reseller.badge.label, reseller.messages) == ("Needs a document and your confirmation", [])
    assert reseller.evidence is not None
    assert reseller.evidence.title == "Els works for you, and the agreement transfers the liability"
    assert reseller.evidence.liability is not None
    assert [document.name for document in reseller.evidence.documents] == ["agreement.pdf"]
    assert reseller.signing is not None
    assert reseller.signing.label == "Els Goossens has authority to sign for this customer"

    value_add = card(built(partner, commercial=els, relationship="value_add_partner"), Role.COMMERCIAL)
    assert value_add.evidence is not None
    assert value_add.evidence.label == "Written approval of the customer"
    assert value_add.evidence.liability is None
    assert value_add.evidence.documents == []

    marie = make_contact(customer).number
    assert card(built(partner, customer, commercial=marie), Role.COMMERCIAL).evidence is None


def test_the_commercial_card_says_all_that_it_waits_for(partner: Partner, customer: Customer) -> None:
    els = make_contact(partner).number
    marie = make_contact(customer).number

    def waits(**answer: str) -> tuple[str, str]:
        contacts = built(partner, customer, **answer)
        remark = next(remark.text for remark in contacts.remarks if remark.href == "#commercial")
        return card(contacts, Role.COMMERCIAL).badge.label, remark

    assert waits(commercial=els) == (
        "Needs a document and your confirmation",
        "Commercial needs a document and your confirmation",
    )
    assert waits(commercial=els, signing_authority="on") == ("Needs a document", "Commercial needs a document")
    assert waits(commercial=els, accepts_liability="on") == ("To be confirmed", "Commercial needs your confirmation")
    assert waits(commercial=marie) == ("To be confirmed", "Commercial needs your confirmation")


def test_the_liability_stays_until_the_agreement_is_there(partner: Partner) -> None:
    els = make_contact(partner, first_name="Els").number
    book = AddressBook(partner=partner)
    outcome = step.opened({"relationship": "reseller", "commercial": els}, book=book)
    form = ContactsForm(book=book, initial=outcome.answer)
    evidence = card(cards.build(form, outcome.person_forms), Role.COMMERCIAL).evidence

    assert evidence is not None
    assert evidence.title == "Els works for you, so the liability stays with you"


def test_a_changed_relationship_marks_what_no_longer_fits_and_how_to_mend_it(
    partner: Partner, customer: Customer
) -> None:
    els = make_contact(partner, first_name="Els", last_name="Goossens").number
    marie = make_contact(customer, first_name="Marie", last_name="Thys").number
    contacts = built(partner, customer, technical=els, dpo=marie, relationship="value_add_partner")
    dpo = card(contacts, Role.DPO)

    assert dpo.badge.label == "No longer fits"
    assert dpo.messages == [
        "Marie Thys works for the customer, who does not know Arxus. Choose someone of your own organisation."
    ]
    assert [(choice.intent, choice.label) for choice in dpo.quick_choices] == [(f"pick:dpo:{els}", "Els Goossens")]
    assert [remark.text for remark in contacts.remarks] == [
        "Commercial is open",
        "DPO needs someone else",
        "Watch List is open",
    ]


def test_a_contact_who_lacks_what_the_role_needs_can_be_edited_in_place(partner: Partner) -> None:
    without = make_contact(partner, phone="").number
    contacts = built(partner, technical=without, dpo=without)

    assert card(contacts, Role.TECHNICAL).badge.label == "Not complete"
    edit = card(contacts, Role.TECHNICAL).edit
    assert edit is not None
    assert (edit.intent, edit.key, edit.is_open) == ("edit:technical", without, False)
    assert card(contacts, Role.DPO).edit is None


def test_the_same_person_is_offered_for_every_role_still_open(partner: Partner) -> None:
    make_contact(partner, kind="list", first_name="", last_name="Desk")
    els = make_contact(partner, first_name="Els", last_name="Goossens").number
    contacts = built(partner, technical=els)

    assert [label for _key, label in contacts.fill_choices] == ["Els Goossens", "Desk (list)"]
    assert [box.choice_label for box in card(contacts, Role.DPO).create.also] == ["Commercial", "Watch List"]


def test_once_tried_every_card_says_what_is_missing(partner: Partner) -> None:
    contacts = built(partner, tried=True)
    assert card(contacts, Role.DPO).messages == ["Choose the DPO contact, or create a new one."]
    assert card(contacts, Role.SECURITY_INCIDENT).messages == []


@pytest.mark.parametrize("tried", [True, False])
def test_the_page_escapes_whatever_people_typed(tried: bool, partner: Partner, customer: Customer) -> None:
    evil = make_contact(customer, first_name="<img src=x onerror=alert(1)>", last_name="{{7*7}}%(x)s", phone="").number
    contacts = built(partner, customer, tried=tried, technical=evil, commercial=evil, relationship="value_add_partner")
    html = render_to_string("onboarding/_contacts_fields.html", {"contacts": contacts})

    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt; {{7*7}}%(x)s" in html


# --- The role guide -----------------------------------------------------------------------------------------------


def test_the_guide_says_whose_person_each_role_may_be() -> None:
    whose = {(role, kind): guide.whose(role, kind) for role in Role for kind in Relationship}
    assert {sentence for (_role, kind), sentence in whose.items() if kind is Relationship.VALUE_ADD_PARTNER} == {
        "Must be yours.",
        "Must be yours, also a distribution list.",
    }
    assert whose[Role.WATCH_LIST, Relationship.RESELLER] == (
        "May be yours or the customer’s, also a distribution list."
    )


def test_the_guide_recommends_the_customers_people_to_resellers_only() -> None:
    assert guide.best(Role.COMMERCIAL, Relationship.RESELLER) == "Best: the customer’s own signatory."
    assert guide.best(Role.COMMERCIAL, Relationship.VALUE_ADD_PARTNER) == ""
    assert guide.best(Role.DPO, Relationship.VALUE_ADD_PARTNER) == "Best: whoever handles privacy incidents."


def test_the_guide_page_is_made_from_the_policy() -> None:
    rows = list(guide.rows())
    html = render_to_string("pages/_role_guide.html", {"rows": rows})

    assert [row.role for row in rows] == list(Role)
    for row in rows:
        for text in (row.title, row.receives, row.needed, row.requirements, *(part.text for part in row.relationships)):
            assert text in html
    assert [part.text for part in rows[1].relationships] == [
        " ".join(
            (
                "May be yours or the customer’s.",
                "Best: the customer’s own signatory.",
                "If yours: with a signed agreement that transfers the liability, or you accept it.",
            )
        ),
        "Must be yours. With the customer’s written approval.",
    ]


def test_the_guide_names_the_domains_that_are_refused_for_who_signs(settings: Settings) -> None:
    settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS = ["cronos.be", "other.example"]
    found = {row.role for row in guide.rows() if "cronos.be, other.example" in row.requirements}
    assert found == {Role.COMMERCIAL}
    settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS = []
    assert guide.requirements(Role.COMMERCIAL) == "Authority to sign and a phone number of their own."
