"""What the line above the table says: how many customers there are, how sure that is, and of how many."""

import re

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client

from customers.models import CustomerStatus, Partner
from customers.search_pages import Count, Page
from portal.directory.listing import Listing
from portal.models import User
from tests import builders
from tests.conftest import SignIn


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


@pytest.mark.parametrize(
    ("count", "listed", "searched"),
    [
        (Count(number=0), "0 customers", "0 customers match"),
        (Count(number=1), "1 customer", "1 customer matches"),
        (Count(number=1000), "1,000 customers", "1,000 customers match"),
        (Count(number=1000, exact=False), "More than 1,000 customers", "More than 1,000 customers match"),
        (Count(number=98000, exact=False, about=True), "About 98,000 customers", "About 98,000 customers match"),
    ],
)
def test_a_count_says_how_sure_it_is(count: Count, listed: str, searched: str, onboarder: User) -> None:
    for address, said in (("", listed), ("q=a", searched), ("country=BE", searched)):
        context = {"page": Page(rows=[], count=count), "listing": Listing.read(onboarder, QueryDict(address))}
        words = re.sub(r"<[^>]+>", "", render_to_string("directory/_count.html", context)).split()
        assert " ".join(words) == said


@pytest.mark.parametrize(
    ("count", "among", "said"),
    [
        (Count(number=64), Count(number=212), "64 of 212 customers match"),
        (Count(number=1), Count(number=212), "1 of 212 customers matches"),
        (Count(number=0), Count(number=2), "0 of 2 customers match"),
        (Count(number=3), Count(number=3), "3 customers match"),
        (Count(number=0), Count(number=0), "0 customers match"),
        (Count(number=64), Count(number=10_000, exact=False), "64 of more than 10,000 customers match"),
        (
            Count(number=98_000, exact=False, about=True),
            Count(number=970_000, exact=False, about=True),
            "About 98,000 of about 970,000 customers match",
        ),
        (
            Count(number=50, exact=False),
            Count(number=970_000, exact=False, about=True),
            "More than 50 of about 970,000 customers match",
        ),
    ],
)
def test_what_is_narrowed_says_of_how_many_it_is(count: Count, among: Count, said: str, onboarder: User) -> None:
    page = Page(rows=[], count=count, among=among)
    context = {"page": page, "listing": Listing.read(onboarder, QueryDict("q=a"))}
    words = re.sub(r"<[^>]+>", "", render_to_string("directory/_count.html", context)).split()

    assert " ".join(words) == said


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("q=anker", "1 of 3 customers matches"),
        ("country=NL", "1 of 3 customers matches"),
        ("q=brug&status=any", "2 of 4 customers match"),
        ("status=ended", "1 customer matches"),
        ("", "3 customers"),
    ],
)
def test_a_part_of_the_customers_is_told_of_ones_own(
    address: str, said: str, partner: Partner, other_partner: Partner, client: Client
) -> None:
    for name, fields in {
        "Anker": {},
        "Brug": {},
        "Cool": {"country": "NL", "vat_number": ""},
        "Brugge": {"status": CustomerStatus.ENDED},
    }.items():
        builders.make_customer(partner, name=name, **fields)
    builders.make_customer(other_partner, name="Anker")

    count = re.search(
        r"<span data-count>(.*?)</span>", client.get(f"/customers/?{address}").content.decode(), re.DOTALL
    )

    assert count is not None
    assert " ".join(re.sub(r"<[^>]+>", "", count[1]).split()) == said
