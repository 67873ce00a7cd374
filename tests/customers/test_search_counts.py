"""How many customers a page says there are, and of how many it is a part."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from customers import search_pages
from customers.models import Customer
from customers.search_pages import Count, Page, find
from customers.search_plan import Expectation, Plan
from customers.selection import selection_for
from portal.models import User

Budget = Callable[..., Any]


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize(
    ("expected", "number"), [(98_432, 98_000), (5_001, 5_000), (5_951, 6_000), (999_999, 1_000_000), (5, 5)]
)
def test_what_is_not_counted_is_said_in_two_figures(
    expected: int, number: int, csm: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Plan, "expectation", lambda _plan, _whole=None: Expectation(rows=expected, cost=0))
    monkeypatch.setattr(search_pages, "PLENTY", 5)

    assert find(selection_for(csm), size=2).count == Count(number=number, exact=False, about=True)


@pytest.mark.usefixtures("ours")
def test_a_probe_that_saw_all_there_is_counts_exactly(csm: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_pages, "PLENTY", 0)

    assert find(selection_for(csm, query="zwaan")).count == Count(number=5)


@pytest.mark.usefixtures("theirs")
def test_of_how_many_is_counted_in_the_statement_of_the_page(
    ours: list[Customer], csm: User, onboarder: User, django_assert_num_queries: Budget
) -> None:
    for user, number in ((onboarder, len(ours)), (csm, 9)):
        selection, whole = selection_for(user, query="zwaan 4"), selection_for(user)
        # PostgreSQL's planner is asked first.
        with django_assert_num_queries(1 + (connection.vendor == "postgresql")):
            page = find(selection, among=whole)

        assert (page.count, page.among) == (Count(number=1), Count(number=number))


@pytest.mark.usefixtures("theirs")
def test_of_how_many_is_said_where_nothing_is_found(ours: list[Customer], onboarder: User) -> None:
    assert find(selection_for(onboarder, query="qqqq"), among=selection_for(onboarder)).among == Count(number=len(ours))
    assert find(selection_for(onboarder, query="qqqq")).among is None


@pytest.mark.usefixtures("theirs")
def test_more_than_are_counted_are_told_as_the_planner_expects_them(
    ours: list[Customer], csm: User, onboarder: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_pages, "MOST_COUNTED", len(ours) - 1)
    monkeypatch.setattr(Plan, "expectation", lambda _plan, _whole: Expectation(rows=0, cost=0, among=968_432))

    told = [find(selection_for(user, query="zwaan"), among=selection_for(user)).among for user in (csm, onboarder)]

    # Within one partner the planner is not believed: it knows of all partners together.
    assert told == [Count(number=970_000, exact=False, about=True), Count(number=4, exact=False)]


@pytest.mark.usefixtures("theirs")
@pytest.mark.parametrize(
    ("expected", "told"),
    [
        (19_965, Count(number=20_000, exact=False, about=True)),
        (3, Count(number=4, exact=False)),  # Fewer than there are for certain.
        (None, Count(number=4, exact=False)),
    ],
)
def test_so_many_that_counting_them_stopped_are_told_as_the_page_of_all_tells_them(
    expected: int | None, told: Count, ours: list[Customer], csm: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_pages, "MOST_COUNTED", len(ours) - 1)
    monkeypatch.setattr(Plan, "expectation", lambda _plan, _whole: Expectation(rows=0, cost=0, among=expected))
    monkeypatch.setattr(search_pages, "_counted", lambda whole, _expected: whole.counted(len(ours)))

    assert find(selection_for(csm, query="zwaan"), among=selection_for(csm)).among == told


def test_a_page_is_a_part_only_of_what_is_more() -> None:
    def is_part(number: int, among: Count | None) -> bool:
        return Page(rows=[], count=Count(number=number, exact=False, about=True), among=among).is_part

    more = Count(number=10_000, exact=False)
    assert [is_part(*case) for case in ((440, more), (10_000, more), (14_000, more), (3, None))] == [
        True,
        False,
        False,
        False,
    ]
