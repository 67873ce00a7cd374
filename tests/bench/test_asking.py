"""What is asked before anything is timed: two questions at once, and what stays as it is only once."""

from collections.abc import Sequence
from threading import Barrier
from typing import Any

import pytest

from tools.bench import terms
from tools.bench.honesty import Dishonest, checked
from tools.bench.site import Person
from tools.bench.terms import Term
from tools.bench.visitor import Answer, NoAnswer, Visitor, two_at_once

NUMBERS = tuple(f"C-0000-{place:04d}" for place in range(3))


class Pages(Visitor):
    """A server whose pages show these customers, whatever is asked for."""

    def __init__(self, numbers: Sequence[str]) -> None:
        super().__init__(address="")
        self.rows = "".join(f'<tr><td><a href="/customers/{number}/">…</a></td></tr>' for number in numbers)

    def page(self, path: str) -> Answer:
        return Answer(status=200, body=f"<tbody>{self.rows}</tbody>", location="", seconds=0.0)


class Database:
    """Answers every plain reading alike, and counts them."""

    def __init__(self) -> None:
        self.readings: list[Any] = []

    def execute(self, _statement: str, params: Any = None) -> list[tuple[str]]:
        self.readings.append(params)
        return [(number,) for number in NUMBERS]


def person(name: str) -> Person:
    visitor = Pages(NUMBERS)
    return Person(name=name, email="", partner=None, shown=3, held=3, product=visitor, beside=visitor, peers=None)


def test_two_questions_are_asked_at_once_and_answered_in_their_order() -> None:
    both = Barrier(2, timeout=30)

    def ask(question: int) -> int:
        both.wait()
        return question * 10

    assert two_at_once(ask, [4, 1, 3, 2]) == [40, 10, 30, 20]


def test_a_question_without_an_answer_fails_all_of_them() -> None:
    def ask(question: int) -> int:
        if question == 2:
            raise NoAnswer("2")
        return question

    with pytest.raises(NoAnswer, match="2"):
        two_at_once(ask, [1, 2, 3])


def test_one_search_among_many_that_shows_other_rows_fails_the_run() -> None:
    right = [Term(kind="common word", text=text, first_page=NUMBERS) for text in ("a", "nv", "van")]

    assert checked(Pages(NUMBERS), right) == {term.path: list(NUMBERS) for term in right}
    with pytest.raises(Dishonest, match="“x”"):
        checked(Pages(NUMBERS), [*right, Term(kind="common word", text="x", first_page=NUMBERS[:2])])


def test_words_of_the_fixed_lists_are_read_once_for_each_person() -> None:
    database: Any = Database()
    csm, member = person("csm"), person("member")

    first = terms.common(database, csm)

    assert [(term.text, term.first_page) for term in first] == [(text, NUMBERS) for text in terms.COMMON]
    assert terms.common(database, csm) == first
    assert len(database.readings) == len(terms.COMMON)
    terms.common(database, member)
    assert len(database.readings) == 2 * len(terms.COMMON)
