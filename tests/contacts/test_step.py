"""What the buttons of the contacts step do."""

from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict

from contacts import step
from contacts.offers import AddressBook
from contacts.policy import Side
from contacts.roster import PersonDetails, as_entry
from customers.models import Customer, Partner
from tests.builders import make_contact

pytestmark = pytest.mark.django_db

ROLES = ("technical", "commercial", "dpo", "watch_list", "security_incident")


def posted(**fields: str | list[str]) -> MultiValueDict[str, str]:
    """A POST; a double underscore in a name stands for the dash of a prefix."""
    return MultiValueDict(
        {
            name.replace("__", "-"): value if isinstance(value, list) else [value]
            for name, value in ({"relationship": "reseller"} | fields).items()
        }
    )


def ines(prefix: str = "dpo", **fields: str | list[str]) -> dict[str, Any]:
    typed = {"side": "customer", "first_name": "Ines", "last_name": "Vermeulen", "email": "ines@x.be"} | fields
    return {f"{prefix}__{name}": value for name, value in typed.items()}


@pytest.fixture
def book(partner: Partner, customer: Customer) -> AddressBook:
    return AddressBook(partner=partner, customer=customer)


def test_a_new_contact_gets_the_role_and_those_ticked_beside_it(book: AddressBook) -> None:
    outcome = step.take("create:dpo", data=posted(**ines(also=["watch_list"])), book=book)

    assert outcome.settled
    assert outcome.anchor == "dpo"
    assert outcome.people == {
        "new-1": as_entry(
            PersonDetails(side=Side.CUSTOMER, first_name="Ines", last_name="Vermeulen", email="ines@x.be")
        )
    }
    assert outcome.answer == {"relationship": "reseller", "dpo": "new-1", "watch_list": "new-1"}


def test_a_second_contact_gets_a_key_of_its_own(book: AddressBook) -> None:
    first = step.take("create:dpo", data=posted(**ines()), book=book)
    second = step.take(
        "create:technical", data=posted(**ines("technical", email="i@x.be", phone="0470550117")), book=first.book
    )

    assert set(second.people) == {"new-1", "new-2"}
    assert second.answer["technical"] == "new-2"


def test_a_contact_who_is_refused_stays_typed_with_what_is_wrong(book: AddressBook) -> None:
    outcome = step.take("create:dpo", data=posted(**ines(email="ines@localhost")), book=book)

    assert not outcome.settled
    assert outcome.people == {}
    assert list(outcome.person_forms["dpo"].errors) == ["email"]
    assert outcome.answer["dpo-email"] == "ines@localhost"


def test_a_blank_new_contact_is_told_what_to_enter(book: AddressBook) -> None:
    outcome = step.take("create:dpo", data=posted(dpo__last_name=""), book=book)
    assert list(outcome.person_forms["dpo"].errors) == ["side", "first_name", "last_name", "email"]


def test_next_takes_in_who_was_typed_and_not_added(book: AddressBook) -> None:
    outcome = step.take("next", data=posted(**ines(), **ines("watch_list", email="w@x.be")), book=book)

    assert outcome.settled
    assert (outcome.answer["dpo"], outcome.answer["watch_list"]) == ("new-1", "new-2")


def test_next_is_not_settled_while_somebody_typed_is_refused(book: AddressBook) -> None:
    outcome = step.take("next", data=posted(**ines(last_name="")), book=book)
    assert not outcome.settled


@pytest.mark.parametrize("intent", ["back", "later", "refresh", "fill", "remove:1", "create:technical-edit", "", "<x>"])
def test_what_is_half_typed_is_kept_whatever_is_pressed(intent: str, book: AddressBook) -> None:
    outcome = step.take(intent, data=posted(**ines(email="", phone="+32 2")), book=book)

    assert outcome.settled
    assert outcome.people == {}
    again = step.opened(outcome.answer, book=book).person_forms["dpo"]
    assert again.is_typed
    assert (again["first_name"].value(), again["phone"].value()) == ("Ines", "+32 2")
    assert again.errors == {}


def test_cancel_lets_go_of_one_person_and_keeps_the_rest(book: AddressBook) -> None:
    data = posted(commercial="CON-1", **ines("commercial"), **ines(first_name="Half"))

    outcome = step.take("cancel:commercial", data=data, book=book)
    assert (outcome.settled, outcome.anchor, outcome.people) == (True, "commercial", {})
    assert not outcome.person_forms["commercial"].is_typed
    assert outcome.answer == {
        "relationship": "reseller",
        "commercial": "CON-1",
        "dpo-side": "customer",
        "dpo-first_name": "Half",
        "dpo-last_name": "Vermeulen",
        "dpo-email": "ines@x.be",
    }


def test_blank_forms_leave_nothing_in_the_answer(book: AddressBook) -> None:
    blank = {f"{role}__{name}": "" for role in ROLES for name in ("first_name", "last_name", "email", "phone")}
    outcome = step.take("later", data=posted(**blank, dpo__side="own"), book=book)
    assert outcome.answer == {"relationship": "reseller"}


def test_nothing_but_the_steps_own_fields_gets_into_the_draft(book: AddressBook) -> None:
    data = posted(
        partner="2", status="approved", is_staff="on", dpo__contact="CON-0000-0000", evidence="x", people="{}"
    )
    assert step.take("later", data=data, book=book).answer == {"relationship": "reseller"}


def test_what_no_database_keeps_does_not_get_into_the_draft(book: AddressBook) -> None:
    outcome = step.take("create:dpo", data=posted(**ines(first_name="In\0es"), technical="\0"), book=book)

    assert "\0" not in str(outcome.answer.values())
    assert list(outcome.person_forms["dpo"].errors) == ["first_name"]


def test_one_person_fills_the_needed_roles_still_open(partner: Partner, customer: Customer) -> None:
    els, pieter = make_contact(partner).number, make_contact(partner).number
    book = AddressBook(partner=partner, customer=customer)

    outcome = step.take("fill", data=posted(fill_with=els, dpo=pieter), book=book)
    assert {role: outcome.answer.get(role) for role in ROLES} == {
        "technical": els,
        "commercial": els,
        "dpo": pieter,
        "watch_list": els,
        "security_incident": None,
    }
    with_secwise = step.take("fill", data=posted(fill_with=els, uses_secwise_watch="on"), book=book)
    assert with_secwise.answer["security_incident"] == els


def test_filling_gives_nobody_a_role_they_may_not_fill(partner: Partner, customer: Customer) -> None:
    desk = make_contact(partner, kind="list").number
    marie = make_contact(customer).number
    book = AddressBook(partner=partner, customer=customer)

    listed = step.take("fill", data=posted(fill_with=desk), book=book).answer
    assert {role for role in ROLES if role in listed} == {"watch_list"}
    theirs = step.take("fill", data=posted(fill_with=marie, relationship="value_add_partner"), book=book).answer
    assert not set(ROLES) & set(theirs)
    unknown = step.take("fill", data=posted(fill_with="CON-0000-0000"), book=book).answer
    assert not set(ROLES) & set(unknown)


def test_a_quick_choice_fills_its_role(partner: Partner) -> None:
    els = make_contact(partner).number
    outcome = step.take(f"pick:dpo:{els}", data=posted(), book=AddressBook(partner=partner))

    assert (outcome.answer["dpo"], outcome.anchor) == (els, "dpo")


@pytest.mark.parametrize(
    "intent", ["pick:dpo:CON-0000-0000", "pick:staff:new-1", "pick", "create:staff", "edit:x", "cancel:staff"]
)
def test_buttons_that_are_not_on_the_page_do_nothing(intent: str, book: AddressBook) -> None:
    outcome = step.take(intent, data=posted(), book=book)
    assert outcome.answer == {"relationship": "reseller"}
    assert outcome.people == {}


def edited(prefix: str, key: str, **fields: str) -> dict[str, Any]:
    typed = {"first_name": "Els", "last_name": "Goossens", "email": "els@x.be", "phone": "", "phone_extension": ""}
    return {f"{prefix}__{name}": value for name, value in (typed | fields | {"key": key}).items()}


def test_an_own_contact_is_amended_in_the_draft_only(partner: Partner) -> None:
    els = make_contact(partner, first_name="Els", last_name="Goossens", email="els@x.be", phone="")
    data = posted(technical=els.number, **edited("technical-edit", els.number, phone="0470 55 01 17"))

    outcome = step.take("edit:technical", data=data, book=AddressBook(partner=partner))

    assert outcome.settled
    assert outcome.people[els.number]["phone"] == "+32470550117"
    assert outcome.people[els.number]["contact"] == els.number
    assert outcome.answer == {"relationship": "reseller", "technical": els.number}
    els.refresh_from_db()
    assert els.phone == ""


def test_an_amendment_that_changes_nothing_is_none(partner: Partner) -> None:
    els = make_contact(partner, first_name="Els", last_name="Goossens", email="els@x.be", phone="")
    data = posted(technical=els.number, **edited("technical-edit", els.number))

    for intent in ("edit:technical", "next"):
        outcome = step.take(intent, data=data, book=AddressBook(partner=partner))
        assert outcome.settled
        assert outcome.people == {}


def test_a_cancelled_amendment_leaves_the_contact_as_it_was(partner: Partner) -> None:
    els = make_contact(partner, first_name="Els", last_name="Goossens", email="els@x.be", phone="")
    data = posted(technical=els.number, **edited("technical-edit", els.number, last_name="Claes"))

    outcome = step.take("cancel:technical-edit", data=data, book=AddressBook(partner=partner))
    assert (outcome.anchor, outcome.people) == ("technical", {})
    assert outcome.answer == {"relationship": "reseller", "technical": els.number}
    assert outcome.person_forms["technical-edit"]["last_name"].value() == "Goossens"


def test_an_amendment_goes_to_whom_the_page_showed(partner: Partner) -> None:
    els = make_contact(partner, first_name="Els", last_name="Goossens", email="els@x.be", phone="")
    pieter = make_contact(partner).number
    data = posted(dpo=pieter, **edited("dpo-edit", els.number, last_name="Claes"))

    outcome = step.take("next", data=data, book=AddressBook(partner=partner))
    assert outcome.answer["dpo"] == pieter
    assert outcome.people[els.number]["last_name"] == "Claes"


def test_somebody_out_of_reach_cannot_be_amended(partner: Partner, other_partner: Partner) -> None:
    foreign = make_contact(other_partner).number
    data = posted(technical=foreign, **edited("technical-edit", foreign, last_name="Claes"))

    assert step.take("edit:technical", data=data, book=AddressBook(partner=partner)).people == {}


def test_a_draft_holds_a_limited_number_of_people(partner: Partner) -> None:
    people = {
        f"new-{number}": as_entry(PersonDetails(side=Side.OWN, last_name="X", email=f"x{number}@x.be"))
        for number in range(1, step.MAX_PEOPLE + 1)
    }
    outcome = step.take("create:dpo", data=posted(**ines()), book=AddressBook(partner=partner, people=people))

    assert not outcome.settled
    assert len(outcome.people) == step.MAX_PEOPLE
    assert outcome.person_forms["dpo"].non_field_errors()


def test_a_resubmission_edits_who_was_sent_before_in_place(partner: Partner, customer: Customer) -> None:
    marie = make_contact(customer, first_name="Marie", last_name="Thys", email="m@x.be", phone="")
    sent = as_entry(
        PersonDetails(side=Side.CUSTOMER, first_name="Marie", last_name="Thys", email="m@x.be", contact=marie.number)
    )
    book = AddressBook(partner=partner, customer=customer, people={"new-1": sent})
    assert set(book.candidates) == {"new-1"}
    data = posted(dpo="new-1", **edited("dpo-edit", "new-1", first_name="Marie", last_name="Thijs", email="m@x.be"))

    outcome = step.take("next", data=data, book=book)
    assert (outcome.people["new-1"]["last_name"], outcome.people["new-1"]["contact"]) == ("Thijs", marie.number)
