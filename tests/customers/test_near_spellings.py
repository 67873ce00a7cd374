"""What is offered when nothing fits: queries spelled a little otherwise that do find something."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from customers import near_spellings
from customers.letter_slips import near_words, slips
from customers.models import Customer, Partner
from customers.near_spellings import Instead, instead
from customers.search_pages import Count, find
from customers.selection import Selection, selection_for
from portal.models import User
from tests import builders


def near(selection: Selection) -> list[str]:
    return list(instead(selection, selection).near)


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
        ("bakkn", ["bakkerij"]),
        ("boekhn", ["boekhandel"]),
        ("turnh gnet", []),
        ("jansn zonen", ["janssens zonen"]),
        ("bkake", []),
        ("zwa", []),
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


# --- What the same words find elsewhere, and what it costs ------------------------------------------------------------


@pytest.mark.usefixtures("ours")
def test_what_filters_hide_is_counted_and_nothing_else_is_looked_for(
    onboarder: User, django_assert_num_queries: Any
) -> None:
    selection = selection_for(onboarder, query="gent", narrowed=Q(status="ended"))

    with django_assert_num_queries(1):
        told = instead(selection, replace(selection, narrowed=Q()))

    assert told == Instead(wider=Count(number=2))


@pytest.mark.usefixtures("ours")
def test_more_than_are_counted_are_said_to_be_more(onboarder: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near_spellings, "COUNTED", 1)
    selection = selection_for(onboarder, query="gent", narrowed=Q(status="ended"))

    assert instead(selection, replace(selection, narrowed=Q())).wider == Count(number=1, exact=False)


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize(
    ("typed", "offered", "asked"),
    [
        ("bakerij", ["bakkerij"], 1),
        ("bakerij gent", ["bakkerij gent"], 1),
        ("bakerij zwana", ["bakkerij zwaan"], 2),
        ("zwxqpj gent", [], 1),
        ("zwxqpj qqqqqq gent", [], 2),
        ("boekhandel de zwaan nv", [], 1),
        ("bakkn gent", ["bakkerij gent"], 1),
        ("BE0403019261", [], 1),
    ],
)
def test_it_takes_one_statement_and_a_second_one_where_several_words_are_unknown(
    typed: str, offered: list[str], asked: int, onboarder: User, csm: User, django_assert_num_queries: Any
) -> None:
    for user in (onboarder, csm):
        selection = selection_for(user, query=typed, narrowed=Q(status="active"))
        wider = replace(selection, narrowed=Q())

        with django_assert_num_queries(asked):
            assert instead(selection, wider) == Instead(wider=Count(number=0), near=tuple(offered))


@pytest.mark.usefixtures("ours")
def test_somebody_who_sees_nothing_is_offered_nothing(partner: Partner) -> None:
    selection = selection_for(builders.make_user(), query="bakerij gent")

    assert instead(selection, replace(selection, partner=partner.pk)) == Instead(wider=Count(number=0))


@pytest.mark.parametrize("typed", ["bakerij", "bakerij zwana", "bakkn", "de zwaan bv"])
def test_within_one_partner_only_its_index_is_read(typed: str, ours: list[Customer], onboarder: User) -> None:
    if connection.vendor != "postgresql":
        # Nothing is planned by statistics there, and no trigrams are kept.
        assert connection.vendor == "sqlite"
        return
    selection = selection_for(onboarder, query=typed, narrowed=Q(status="active"))
    with CaptureQueriesContext(connection) as asked:
        near(selection)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    for statement in asked:
        read = set(indexes_of(statement["sql"]))

        assert read <= {"search_partner_name", "customers_customersearch_partner_id_19b68986"}
        assert read


def indexes_of(statement: str) -> Iterator[str]:
    """The indexes by which a plan reads the search rows."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) " + statement)
        (told,) = cursor.fetchone()
    pending = [(json.loads(told) if isinstance(told, str) else told)[0]["Plan"]]
    while pending:
        node = pending.pop()
        pending += node.get("Plans", [])
        if node.get("Relation Name") == "customers_customersearch" or node["Node Type"] == "Bitmap Index Scan":
            yield node.get("Index Name") or node["Node Type"]


# --- What a slip is ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word", ["zwaan", "peeters", "janssens", "bakkerij", "rousseau", "vandenberghe", "schrijnwerkerij"]
)
def test_the_word_meant_is_among_those_near_whatever_slipped(word: str) -> None:
    typed = {
        *(word[:place] + word[place + 1 :] for place in range(len(word))),
        *(word[:place] + word[place] + word[place:] for place in range(len(word))),
        *(word[:place] + "x" + word[place + 1 :] for place in range(len(word))),
        *(word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(len(word) - 1)),
    }

    for slipped in typed - {word}:
        assert near_words(slipped, f" de {word} nv ") == {word}


@pytest.mark.parametrize(
    ("typed", "folded", "found"),
    [
        ("bakerij", " bakkerijen bakkerij ", {"bakkerij"}),
        ("brouwrij", " brouwerijhuis brouwerij ", {"brouwerij", "brouwerijhuis"}),
        ("bakkerij", " bakkerij ", set()),
        ("bakrij", " bakkerij ", set()),
        ("vandebergh", " vandenberghe ", {"vandenberghe"}),
        ("bakerij", " bakker1j ", set()),
        ("kempn", " kempenvaart kempisch ", {"kempenvaart", "kempisch"}),
        ("kempn", " kempenvaart kempen ", {"kempen"}),
        ("kepm", " kempenvaart ", set()),
    ],
)
def test_longer_words_may_hold_more_slips(typed: str, folded: str, found: set[str]) -> None:
    assert near_words(typed, folded) == found


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
