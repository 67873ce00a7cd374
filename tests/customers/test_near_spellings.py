"""What is offered when nothing fits: queries spelled a little otherwise that do find something."""

from dataclasses import replace

import pytest
from django.db.models import Q

from customers.models import Customer, Partner
from customers.near_spellings import near, slips
from customers.search_pages import find
from customers.selection import selection_for
from portal.models import User
from tests import builders


@pytest.fixture
def ours(partner: Partner) -> list[Customer]:
    towns = {
        "Bakkerij De Zwaan NV": "Gent",
        "Janssens & Zonen": "Turnhout",
        "Boekhandel Zénith": "Gent",
        "Zwaard": "",
    }
    return [builders.make_customer(partner, name=name, city=city) for name, city in towns.items()]


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("bakerij", ["bakkerij"]),
        ("bakkkerij", ["bakkerij"]),
        ("bakkerji", ["bakkerij"]),
        ("bakkerij zwaam", ["bakkerij zwaan"]),
        ("zwaan Bakerij", ["zwaan bakkerij"]),
        ("BAKERIJ zwana", ["bakkerij zwaan"]),
        ("jansens", ["janssens"]),
        ("boekhnadle", ["boekhandel"]),
        ("zwaah", ["zwaan"]),
        ("zenihtt gent", []),
        ("zenit turnhout", []),
        ("bakkerij de zwaan bv", ["bakkerij de zwaan"]),
        ("qqqqqq", []),
        ("xyz", []),
        ("0999 99 99 98", []),
        ("BE0403019261", []),
        ("@acmee.be", []),
        ("---", []),
        ("", []),
    ],
)
def test_a_slip_of_the_finger_is_seen_through(typed: str, offered: list[str], onboarder: User) -> None:
    assert near(selection_for(onboarder, query=typed)) == offered


@pytest.mark.usefixtures("ours")
def test_what_is_offered_finds_something(onboarder: User) -> None:
    selection = selection_for(onboarder, query="bakerij zwana")

    for query in near(selection):
        assert find(replace(selection, query=query)).rows


@pytest.mark.usefixtures("ours")
def test_no_word_comes_from_another_partner(stranger: User, other_partner: Partner) -> None:
    builders.make_customer(other_partner, name="Windroos")

    assert near(selection_for(stranger, query="bakerij")) == []
    assert near(selection_for(stranger, query="winroos")) == ["windroos"]


@pytest.mark.usefixtures("ours")
def test_filters_hold_for_what_is_offered_too(onboarder: User) -> None:
    assert near(selection_for(onboarder, query="bakerij", narrowed=Q(status="ended"))) == []


def test_no_more_than_three_are_offered_the_nearest_and_commonest_first(partner: Partner, onboarder: User) -> None:
    for name in ("Molen", "Molens", "Molenz", "Molen BV", "Mollen", "Moolen", "Molentje"):
        builders.make_customer(partner, name=name, city="")

    offered = near(selection_for(onboarder, query="molem"))

    assert (offered[0], len(offered)) == ("molen", 1)
    assert len(near(selection_for(onboarder, query="molenx"))) == 3


@pytest.mark.parametrize(
    ("typed", "meant", "told"),
    [
        ("zwaan", "zwaan", (0, 0)),
        ("zwan", "zwaan", (1, 1)),
        ("zwaaan", "zwaan", (1, 1)),
        ("zwaam", "zwaan", (1, 1)),
        ("zwana", "zwaan", (1, 1)),
        ("zwaan", "zwaanhoek", (4, 0)),
        ("zwana", "zwaanhoek", (5, 1)),
        ("anker", "zwaan", (5, 5)),
        ("a", "", (1, 1)),
    ],
)
def test_slips_are_letters_left_out_added_changed_or_swapped(typed: str, meant: str, told: tuple[int, int]) -> None:
    assert slips(typed, meant) == told
