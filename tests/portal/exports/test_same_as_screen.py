"""A file holds what the table shows: the same rows, in the same order, with the same columns, all pages of it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from contacts import search_rows
from contacts.policy import Role
from customers.models import Customer, CustomerStatus, Partner
from customers.relationships import Relationship
from portal.models import User
from portal.templatetags.look import phone_readable
from tests import builders
from tests.conftest import SignIn
from tests.portal.exports.reading import content_of, csv_texts, screen_texts, xlsx_texts

pytestmark = pytest.mark.django_db

TOWNS = (("Gent", "BE"), ("Breda", "NL"), ("Liège", "BE"), ("", "FR"), ("'s-Hertogenbosch", "NL"), ("Aachen", "DE"))
NAMES = ("Van Damme", "Élan Énergie", "De Meester & Zonen", "3M", "+Plus", "van der Beken", "Ōsaka “Beer”", "O'Neill")
PHONES = ("+3225550142", "+32470550117", "+31201234567", "", "+4921112345678")

LISTINGS: dict[str, tuple[str, ...]] = {
    "onboarder": (
        "",
        "q=van",
        "sort=-approved&columns=company,approved,number",
        "sort=town&columns=company,town,phone,number,vat,country",
        "status=any&relationship=value_add_partner&sort=-name",
        "roles=incomplete&country=NL&country=BE&columns=roles,company",
    ),
    "csm": (
        "",
        "sort=partner&columns=company,partner,csm,country,industry",
        "sort=-town&status=ended&columns=company,town,roles,relationship",
        "q={exact}&columns=company,number,partner,phone",
    ),
}


@pytest.fixture
def customers(partner: Partner, other_partner: Partner) -> list[Customer]:
    """More than two pages of partner's, some of another's."""
    industries = [builders.make_industry(), builders.make_industry("C", name="Making “things”; a; lot")]
    start = datetime(2026, 3, 29, tzinfo=UTC)
    made = [
        Customer(
            partner=partner if number % 9 else other_partner,
            name=f"{NAMES[number % len(NAMES)]} {number % 13}",
            vat_number="" if number % 10 == 3 else builders.belgian_vat(5_000_000 + number),
            national_number=builders.belgian_vat(5_000_000 + number) if number % 10 == 3 else "",
            no_vat_reason="exempt" if number % 10 == 3 else "",
            status=CustomerStatus.ENDED if number % 7 == 5 else CustomerStatus.ACTIVE,
            relationship=list(Relationship)[number % 2].value,
            phone=PHONES[number % len(PHONES)],
            street="Kanaalkade 14",
            postcode="2300",
            city=TOWNS[number % len(TOWNS)][0],
            country=TOWNS[number % len(TOWNS)][1],
            language="nl",
            industry=industries[number % 2],
            approved_at=start + timedelta(hours=number * 7),
        )
        for number in range(112)
    ]
    made = Customer.objects.bulk_create(made)
    search_rows.refresh(made)
    builders.assign(made[1], Role.DPO, builders.make_contact(partner))
    return made


def as_on_screen(rows: list[list[str]]) -> list[list[str]]:
    """A file has telephone numbers as they are dialled, days as Excel reads them, and blanks as they are."""
    heads = rows[0]
    formats: dict[str, Callable[[str], str]] = {
        "Phone": phone_readable,
        "Approved on": lambda day: f"{datetime.strptime(day, '%d/%m/%Y'):%-d %b %Y}",
    }
    shown = [[formats.get(head, str)(cell) for head, cell in zip(heads, row, strict=True)] for row in rows[1:]]
    return [heads, *([" ".join(cell.split()) for cell in row] for row in shown)]


def test_ten_listings_are_the_same_on_screen_as_csv_and_in_excel(
    customers: list[Customer], onboarder: User, csm: User, signed_in: SignIn, settings: Settings
) -> None:
    settings.EXPORTS_PER_HOUR = settings.SEARCHES_PER_MINUTE = 1000
    compared = 0
    for user, addresses in zip((onboarder, csm), LISTINGS.values(), strict=True):
        client = signed_in(user)
        for address in addresses:
            address = address.format(exact=customers[42].vat_number)
            screen = screen_texts(client, address)
            csv_file = csv_texts(content_of(client.get(f"/customers/export.csv?{address}")))
            xlsx_file = xlsx_texts(content_of(client.get(f"/customers/export.xlsx?{address}")))
            assert (address, as_on_screen(csv_file)) == (address, screen)
            assert (address, as_on_screen(xlsx_file)) == (address, screen)
            assert len(screen) > 1
            compared += len(screen)
    assert compared > 500
