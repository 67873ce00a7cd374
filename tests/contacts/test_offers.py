"""Who can be chosen, as the draft and everybody else have them."""

from dataclasses import replace

from contacts.models import Contact
from contacts.offers import AddressBook, details_of
from customers.models import Partner
from tests import builders


def test_a_draft_changes_only_what_it_changed_and_keeps_what_others_correct_meanwhile(partner: Partner) -> None:
    els = builders.make_contact(partner, last_name="Goossens", phone="+32470550117")
    mine = replace(details_of(els), last_name="Goossens-Maes")
    kept = AddressBook(partner=partner).with_person(els.number, mine).entries

    # Another draft is confirmed, or Arxus corrects the number.
    Contact.objects.filter(pk=els.pk).update(phone="+32470550199")

    person = AddressBook(partner=partner, people=kept).people[els.number]
    assert (person.last_name, person.phone) == ("Goossens-Maes", "+32470550199")


def test_amending_twice_still_knows_what_the_contact_was_at_first(partner: Partner) -> None:
    els = builders.make_contact(partner, first_name="Els", last_name="Goossens", phone="+32470550117")
    book = AddressBook(partner=partner).with_person(els.number, replace(details_of(els), last_name="Goossens-Maes"))
    Contact.objects.filter(pk=els.pk).update(phone="+32470550199")
    again = AddressBook(partner=partner, people=book.entries)
    # The page was opened before the number changed: it still holds the old one.
    typed = replace(details_of(els), first_name="Elsje", last_name="Goossens-Maes")

    person = AddressBook(partner=partner, people=again.with_person(els.number, typed).entries).people[els.number]

    assert (person.first_name, person.last_name, person.phone) == ("Elsje", "Goossens-Maes", "+32470550199")
