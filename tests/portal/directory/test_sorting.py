"""The order of the table: by each head, both ways, over pages."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.test import Client

from customers.models import Customer, Partner
from portal.directory import views
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.reading import companies_in, links_of

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def made(partner: Partner, other_partner: Partner, monkeypatch: pytest.MonkeyPatch) -> list[Customer]:
    """Seven customers on pages of three: in two towns, of two partners, two approved at the same moment."""
    monkeypatch.setattr(views, "PAGE", 3)
    rows = [
        ("Aa", "Zele", other_partner, 1),
        ("Bb", "Aalst", partner, 6),
        ("Cc", "Zele", partner, 5),
        ("Dd", "Aalst", other_partner, 4),
        ("Ee", "Zele", partner, 3),
        ("Ff", "Aalst", partner, 2),
        ("Gg", "Zele", partner, 1),
    ]
    return [
        builders.make_customer(of, name=name, city=city, approved_at=START + timedelta(days=days))
        for name, city, of, days in rows
    ]


def walk(client: Client, address: str, rel: str) -> Iterator[list[str]]:
    while address:
        response = client.get(address)
        yield companies_in(response)
        found = re.search(rf'<a [^>]*rel="{rel}"[^>]*href="([^"]*)"', response.content.decode())
        address = unescape(found[1]) if found else ""


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("name", "Aa Bb Cc Dd Ee Ff Gg"),
        ("-name", "Gg Ff Ee Dd Cc Bb Aa"),
        ("town", "Bb Dd Ff Aa Cc Ee Gg"),
        ("-town", "Gg Ee Cc Aa Ff Dd Bb"),
        ("approved", "Aa Gg Ff Ee Dd Cc Bb"),
        ("-approved", "Bb Cc Dd Ee Ff Gg Aa"),
        ("partner", "Bb Cc Ee Ff Gg Aa Dd"),
        ("-partner", "Dd Aa Gg Ff Ee Cc Bb"),
    ],
)
def test_every_order_holds_over_its_pages_both_ways(
    sort: str, order: str, made: list[Customer], csm: User, signed_in: SignIn
) -> None:
    names, client = order.split(), signed_in(csm)

    forwards = list(walk(client, f"/customers/?sort={sort}", "next"))
    last = Customer.objects.get(name=names[-1])
    backwards = list(walk(client, f"/customers/?sort={sort}&page=before-{last.number}", "prev"))

    assert forwards == [names[0:3], names[3:6], names[6:]]
    assert backwards == [names[3:6], names[0:3]]


@pytest.mark.parametrize("page", ["after", "before"])
def test_a_place_in_one_order_is_a_place_in_any(page: str, made: list[Customer], csm: User, signed_in: SignIn) -> None:
    client = signed_in(csm)

    for sort in ("town", "-approved", "partner"):
        response = client.get(f"/customers/?sort={sort}&page={page}-{made[3].number}")
        assert response.status_code == 200
        assert companies_in(response)


def heads_of(client: Client, address: str) -> list[tuple[str, str, list[str]]]:
    """What each head says, how it is sorted, where it leads."""
    page = client.get(address).content.decode()
    found = re.findall(r'<th scope="col"(?: aria-sort="(\w+)")?[^>]*>(.*?)</th>', page, re.DOTALL)
    return [
        (
            " ".join(re.sub(r"<[^>]+>", " ", head).split()),
            direction,
            [unescape(href) for href in re.findall(r'<a href="([^"]*)"', head)],
        )
        for direction, head in found
    ]


def test_heads_lead_to_their_order_and_back(customer: Customer, csm: User, signed_in: SignIn) -> None:
    client = signed_in(csm)

    assert heads_of(client, "/customers/?q=a") == [
        ("Company Town", "ascending", ["/customers/?q=a&sort=-name", "/customers/?q=a&sort=town"]),
        ("VAT number", "", []),
        ("Relationship", "", []),
        ("Partner", "", ["/customers/?q=a&sort=partner"]),
        ("Roles", "", []),
        ("Approved on", "", ["/customers/?q=a&sort=-approved"]),
    ]
    assert heads_of(client, "/customers/?sort=-approved")[5] == (
        "Approved on",
        "descending",
        ["/customers/?sort=approved"],
    )


def test_a_town_with_a_column_of_its_own_is_sorted_there(
    customer: Customer, onboarder: User, signed_in: SignIn
) -> None:
    assert heads_of(signed_in(onboarder), "/customers/?columns=company,town&sort=-town") == [
        ("Company", "", ["/customers/?columns=company,town"]),
        ("Town", "descending", ["/customers/?sort=town&columns=company,town"]),
    ]


def test_another_order_begins_at_its_first_page(made: list[Customer], csm: User, signed_in: SignIn) -> None:
    response = signed_in(csm).get(f"/customers/?page=after-{made[2].number}")

    assert "/customers/?sort=town" in links_of(response)
