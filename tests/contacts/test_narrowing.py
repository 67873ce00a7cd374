"""A partner with hundreds of contacts: short lists, and a search that finds whom one may choose and nobody else."""

from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict

from contacts import step
from contacts.cards import build
from contacts.forms import ContactsForm
from contacts.models import Contact
from contacts.narrowing import LISTED
from contacts.offers import AddressBook, details_of
from contacts.policy import Role
from contacts.search_rows import index
from customers.models import Customer, Partner
from tests import builders
from tests.contacts.rosters import person

pytestmark = pytest.mark.django_db

MANY = 60


@pytest.fixture
def colleagues(partner: Partner) -> list[Contact]:
    made = Contact.objects.bulk_create(
        Contact(
            partner=partner,
            first_name=f"Aad{number:03d}",
            last_name="Smit",
            email=f"aad{number:03d}@bright.example",
            phone="+32470550117",
        )
        for number in range(MANY)
    )
    index(made)
    return made


@pytest.fixture
def zoe(partner: Partner, colleagues: list[Contact]) -> Contact:
    """Last in the alphabet, so that no short list has her by itself."""
    return builders.make_contact(
        partner, first_name="Zoë", last_name="Van den Broeck", email="z.broeck@cloud-9.example", phone="+32470991234"
    )


def looked_for(query: str, book: AddressBook, role: Role = Role.DPO, **answer: Any) -> ContactsForm:
    data = {"relationship": "reseller", f"{role.value}-find": query} | answer
    outcome = step.take("refresh", data=MultiValueDict({name: [value] for name, value in data.items()}), book=book)
    return ContactsForm(initial=outcome.answer, book=outcome.book)


def keys(form: ContactsForm, role: Role = Role.DPO) -> list[str]:
    return [key for _group, choices in form.fields[role.value].widget.choices[1:] for key, _label in choices]


@pytest.mark.parametrize(
    "query",
    ["zoe", "broeck zoë", "VAN DEN BROECK", "z.broeck@", "@cloud-9.example", "991234", "0470 99 12 34", "broec"],
)
def test_somebody_is_found_by_parts_of_name_address_and_number(query: str, partner: Partner, zoe: Contact) -> None:
    assert keys(looked_for(query, AddressBook(partner=partner))) == [zoe.number]


def test_without_a_search_the_list_is_short_and_says_of_how_many(partner: Partner, zoe: Contact) -> None:
    form = looked_for("", AddressBook(partner=partner))
    card = build(form, step.opened({}, book=form.book).person_forms).cards[0]

    assert (len(keys(form)), zoe.number in keys(form)) == (LISTED, False)
    assert card.find is not None
    assert card.find.told == "50 of 61 contacts are listed. Find others by name, e-mail or phone."


def test_whoever_is_chosen_fills_another_role_or_is_the_customers_is_always_listed(
    partner: Partner, customer: Customer, zoe: Contact
) -> None:
    theirs = builders.make_contact(customer, first_name="Zz")
    book = AddressBook(partner=partner, customer=customer).with_person("new-1", person(email="new@kempen.example"))

    form = looked_for("", book, technical=zoe.number)

    for role in (Role.TECHNICAL, Role.DPO):
        assert {zoe.number, theirs.number, "new-1"} <= set(keys(form, role))
        assert len(keys(form, role)) == LISTED
    assert keys(looked_for("aad007", book, dpo=zoe.number)).count(zoe.number) == 1


def test_people_of_the_draft_are_found_as_they_are_in_the_draft(partner: Partner, zoe: Contact) -> None:
    renamed = AddressBook(partner=partner).with_person(
        zoe.number, person(**(vars(details_of(zoe)) | {"first_name": "Chloé"}))
    )

    assert keys(looked_for("chloe broeck", renamed)) == [zoe.number]
    assert keys(looked_for("zoe van", renamed)) == []


@pytest.mark.usefixtures("colleagues")
def test_nobody_elses_contacts_are_found_whatever_is_typed(
    partner: Partner, other_partner: Partner, customer: Customer
) -> None:
    strangers = [
        builders.make_contact(other_partner, last_name="Vreemd"),
        builders.make_contact(builders.make_customer(other_partner), last_name="Vreemd"),
        builders.make_contact(builders.make_customer(partner), last_name="Vreemd"),
    ]
    book = AddressBook(partner=partner, customer=customer)

    form = looked_for("vreemd", book)
    told = build(form, step.opened({}, book=book).person_forms).cards[list(Role).index(Role.DPO)].find

    assert keys(form) == []
    assert told is not None
    assert told.told == "Nobody who can fill this role is found. Type less, or create a new contact."
    for stranger in strangers:
        assert stranger.number not in keys(looked_for(stranger.number, book))
        assert stranger.number not in keys(looked_for(stranger.email, book))


@pytest.mark.parametrize("query", ["%", "_", "'", "\\", "\0", "  ", "é" * 500, "<script>", "%s"])
def test_odd_queries_do_no_harm(query: str, partner: Partner, zoe: Contact) -> None:
    assert len(keys(looked_for(query, AddressBook(partner=partner)))) <= LISTED


def test_a_search_costs_one_query_more(partner: Partner, zoe: Contact, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        form = looked_for("zoe", AddressBook(partner=partner))
        build(form, step.opened({}, book=form.book).person_forms)


def test_with_few_contacts_nothing_is_searched(partner: Partner) -> None:
    els = builders.make_contact(partner)

    form = looked_for("nobody", AddressBook(partner=partner))

    assert keys(form) == [els.number]
    assert build(form, step.opened({}, book=form.book).person_forms).cards[0].find is None


def test_what_is_looked_for_is_no_part_of_the_answer(partner: Partner, zoe: Contact) -> None:
    data = MultiValueDict({"dpo-find": ["zoe"], "dpo": [zoe.number]})

    assert step.take("next", data=data, book=AddressBook(partner=partner)).answer == {"dpo": zoe.number}
