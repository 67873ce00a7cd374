"""A search that does not find what it must fails the run, however quick it is."""

import random
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

import pytest

from customers.search_text import words
from tools.bench.honesty import Dishonest, check, rows_on
from tools.bench.terms import KINDS, Drawn, Target, Term

NUMBERS = [f"C-0000-{place:04d}" for place in range(200)]
A_PAGE = 50


def html(numbers: Sequence[str], following: str = "") -> str:
    rows = "".join(f'<tr><td><a class="row-link" href="/customers/{number}/?q=x">…</a></td></tr>' for number in numbers)
    link = f'<a rel="next" href="?q=x&amp;page={following}">Next</a>' if following else ""
    # Links elsewhere on the page are no rows of the table.
    return f'<a href="/customers/{NUMBERS[-1]}/">seen lately</a><table><tbody>{rows}</tbody></table>{link}'


class Table:
    """A table that finds these customers, and knows the order of all."""

    def __init__(self, found: Sequence[str], *, follows_cursors: bool = True) -> None:
        self.found, self.follows_cursors = list(found), follows_cursors
        self.asked: list[str] = []

    def __call__(self, path: str) -> str:
        self.asked.append(path)
        cursor = parse_qs(urlsplit(path).query).get("page", [""])[0].removeprefix("after-")
        left = [number for number in self.found if number > cursor] if self.follows_cursors else self.found
        more = f"after-{left[A_PAGE - 1]}" if len(left) > A_PAGE else ""
        return html(left[:A_PAGE], more)


def drawn(place: int) -> Term:
    return Term(
        kind="part of a name",
        text="x",
        target=Target(number=NUMBERS[place], before=NUMBERS[place - 1] if place else ""),
    )


def test_the_rows_of_a_page_are_those_of_its_table() -> None:
    assert rows_on(html(NUMBERS[3:5])) == NUMBERS[3:5]


@pytest.mark.parametrize("place", [0, 49, 50, 120, 199])
def test_a_customer_is_found_on_whichever_page_it_stands(place: int) -> None:
    table = Table(NUMBERS)

    check(drawn(place), table)

    assert len(table.asked) <= 2


def test_a_customer_is_found_where_the_pages_have_an_order_of_their_own() -> None:
    """Best hits first: the customer right before it in the plain table is not the one before it here."""
    table = Table([number for number in NUMBERS if number not in NUMBERS[60:90]])
    term = Term(kind="name prefix", text="x", target=Target(number=NUMBERS[130], before=NUMBERS[20]))

    check(term, table)


@pytest.mark.parametrize(
    "table",
    [
        Table([number for number in NUMBERS if number != NUMBERS[120]]),
        Table([]),
        Table(NUMBERS[:50]),
        Table(NUMBERS[:50], follows_cursors=False),
    ],
    ids=["that row is missing", "nothing is found", "the rest is cut off", "every page is the first one"],
)
def test_a_page_without_the_customer_fails_the_run(table: Table) -> None:
    with pytest.raises(Dishonest, match=f"does not find {NUMBERS[120]}"):
        check(drawn(120), table)


def test_a_common_word_shows_exactly_the_first_rows_of_a_plain_reading() -> None:
    right = Term(kind="common word", text="x", first_page=tuple(NUMBERS[:50]))

    check(right, Table(NUMBERS))
    for wrong in (Table(NUMBERS[1:]), Table(NUMBERS[:49]), Table([])):
        with pytest.raises(Dishonest, match="50 are right"):
            check(right, wrong)


def test_a_word_that_stands_nowhere_finds_nothing() -> None:
    nothing = Term(kind="nothing", text="x")

    check(nothing, Table([]))
    with pytest.raises(Dishonest):
        check(nothing, Table(NUMBERS[:1]))


def test_fixed_lists_that_the_data_do_not_bear_out_fail_the_run() -> None:
    """A common word without rows, or a row for a word of the other list: the plain reading found them so, too."""
    for term, table in (
        (Term(kind="common word", text="x"), Table([])),
        (Term(kind="nothing", text="x", first_page=(NUMBERS[0],)), Table(NUMBERS[:1])),
    ):
        with pytest.raises(Dishonest):
            check(term, table)


ANKER = Drawn(
    target=Target(number="C-0000-0001", before=""),
    name="Bakkerij Het Anker BV",
    vat="BE0123456749",
    town="Sint-Niklaas",
    phone="+32470551234",
    email="an.peeters1@bakkerij-het-anker-7.example",
)


@pytest.mark.parametrize(
    ("kind", "found_in"),
    [
        ("exact VAT", ["be0123456749"]),
        ("name prefix", ["bakkerij het anker bv"]),
        ("part of a name", ["bakkerij", "anker"]),
        ("word and town", ["bakkerij", "anker", "sintniklaas"]),
        ("part of an e-mail", ["anpeeters1bakkerijhetanker7example"]),
        ("end of a phone", ["32470551234"]),
    ],
)
def test_a_term_is_made_of_what_its_customer_is_found_by(kind: str, found_in: list[str]) -> None:
    for seed in range(20):
        made = KINDS[kind](ANKER, random.Random(seed))
        assert len(made) >= 4
        for word in words(made):
            assert any(word in text for text in found_in)
