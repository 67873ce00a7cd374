"""What an address says of the table, and the one address there is for it."""

import random

import pytest
from django.http import QueryDict

from contacts.models import Contact
from contacts.policy import Role
from customers.models import Customer, Partner
from customers.selection import SORTS
from portal.directory.columns import COLUMNS
from portal.directory.listing import Listing
from portal.models import User
from tests import builders


def read(user: User, address: str) -> Listing:
    return Listing.read(user, QueryDict(address))


def test_an_empty_address_is_the_plain_table(onboarder: User) -> None:
    listing = read(onboarder, "")

    assert (listing.query, dict(listing.filters), listing.sort) == ("", {}, "name")
    assert listing.columns == ("company", "vat", "relationship", "roles", "approved")
    assert listing.address() == ""


def test_staff_see_whose_customer_it_is_without_asking(csm: User) -> None:
    assert read(csm, "").columns == ("company", "vat", "relationship", "partner", "roles", "approved")


@pytest.mark.parametrize(
    "address",
    [
        "nothing=known",
        "sort=vat",
        "sort=--name",
        "sort=partner",
        "columns=",
        "columns=secrets,partner",
        "columns=csm",
        "status=pending",
        "status=rejected",
        "status=active",
        "relationship=reseller%00",
        "relationship=RESELLER",
        "country=XX",
        "country=Belgium",
        "industry=nothing",
        "roles=some",
        "partner=1",
        "csm=mine",
        "holder=CON-0000-0000",
        "holder=nobody",
        "approved_from=yesterday",
        "approved_to=2026-02-30",
        "approved_from=0001-01-01",
        "q=%00%0a",
        f"country={'B' * 5000}",
        "sort=name&sort=",
    ],
)
def test_what_nobody_knows_is_as_if_it_were_not_there(address: str, onboarder: User) -> None:
    assert read(onboarder, address).address() == ""


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("q=++acme++nv+", "q=acme+nv"),
        ("sort=-approved&q=a", "q=a&sort=-approved"),
        ("country=nl&country=BE&country=nl", "country=BE&country=NL"),
        ("status=any", "status=any"),
        ("columns=town,company,town", "columns=company,town"),
        ("columns=town&columns=vat", "columns=company,town,vat"),
        ("columns=company,vat,relationship,roles,approved", ""),
        ("approved_from=31/03/2026", "approved_from=2026-03-31"),
        ("relationship=reseller&relationship=value_add_partner", "relationship=reseller"),
        ("roles=incomplete&junk=1", "roles=incomplete"),
        ("industry=H&industry=H", "industry=H"),
        ("page=after-C-4K7P-M2XN", ""),
        ("approved_to=2026-01-01&approved_from=2026-05-01", ""),
    ],
)
def test_there_is_one_address_for_one_table(typed: str, canonical: str, onboarder: User) -> None:
    builders.make_industry("H")

    assert read(onboarder, typed).address() == canonical


def test_an_address_changes_in_one_thing(onboarder: User) -> None:
    listing = read(onboarder, "q=acme&country=BE&country=NL&sort=-name")

    assert listing.address(sort="name") == "q=acme&country=BE&country=NL"
    assert listing.address(country=None) == "q=acme&sort=-name"
    assert listing.address(page="after-C-4K7P-M2XN").endswith("&page=after-C-4K7P-M2XN")
    assert listing.unfiltered == "q=acme&sort=-name"
    assert listing.unsearched == "country=BE&country=NL&sort=-name"


def test_the_way_back_from_a_customer_is_never_empty(onboarder: User) -> None:
    assert read(onboarder, "").trail == "sort=name"
    assert read(onboarder, "q=a").trail == "q=a&sort=name"
    assert read(onboarder, "sort=-town").trail == "sort=-town"


def test_reading_an_address_gives_the_listing_it_was_made_of(
    partner: Partner, customer: Customer, onboarder: User, csm: User
) -> None:
    """Drawn addresses, junk among them: what is read from one is read from its canonical form too, and is the same."""
    contact = builders.make_contact(customer)
    builders.assign(customer, Role.DPO, contact)
    drawn = random.Random(5)
    values = {
        "q": ["acme", " BE 0477.472.701 ", "é&=?#%", "a" * 99 + " b c", "‮+x"],
        "status": ["active", "ended", "any", "pending"],
        "relationship": ["reseller", "value_add_partner", "other"],
        "country": ["BE", "nl", "FR", "??"],
        "industry": ["H", "nothing"],
        "partner": [str(partner.pk), "0", "x"],
        "csm": ["mine", str(csm.pk), "-1"],
        "roles": ["complete", "incomplete", ""],
        "approved_from": ["2026-01-31", "01/02/2026", "soon"],
        "approved_to": ["2026-02-28", "2025-01-01"],
        "holder": [contact.number, contact.number.lower(), "CON-1"],
        "sort": [*SORTS, "junk"],
        "columns": [*COLUMNS, "town,phone", ",,"],
        "junk": ["1", "2"],
    }
    for _round in range(150):
        params = QueryDict(mutable=True)
        for key in drawn.sample(sorted(values), drawn.randint(0, 6)):
            for value in drawn.sample(values[key], drawn.randint(1, 2)):
                params.appendlist(key, value)
        user = drawn.choice([onboarder, csm])

        listing = Listing.read(user, params)
        again = read(user, listing.address())

        assert again == listing
        assert again.address() == listing.address()


class TestWhatIsNotOnesOwn:
    def test_a_partners_member_cannot_ask_for_a_partner_or_a_csm(
        self, partner: Partner, other_partner: Partner, csm: User, onboarder: User
    ) -> None:
        for address in (f"partner={other_partner.pk}", f"partner={partner.pk}", f"csm={csm.pk}", "csm=mine"):
            assert read(onboarder, address).address() == ""
            assert read(onboarder, address).selection(onboarder).partner == partner.pk

    def test_somebody_elses_contact_is_no_contact(
        self, other_partner: Partner, onboarder: User, stranger: User, csm: User
    ) -> None:
        contact: Contact = builders.make_contact(other_partner)
        address = f"holder={contact.number}"

        assert read(onboarder, address).address() == ""
        assert read(stranger, address).address() == address
        assert read(csm, address).address() == address

    def test_columns_and_sorts_of_staff_are_for_staff(self, onboarder: User, csm: User) -> None:
        address = "sort=partner&columns=company,partner,csm"

        assert read(onboarder, address).address() == "columns=company"
        assert read(csm, address).address() == address
