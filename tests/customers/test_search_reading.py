"""What reading a page of customers costs, and what of others it never touches."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q

from customers import search_pages, search_plan
from customers.models import Customer, Partner
from customers.search_pages import Count, Cursor, find, first_ids, neighbours
from customers.search_plan import Expectation, Plan
from customers.search_sql import JoinedCondition, Sql, composed
from customers.selection import SORTS, Selection, selection_for
from portal.models import User
from tests import builders
from tests.hostile import TEXTS

Budget = Callable[..., Any]


def named(selection: Selection, cursor: Cursor | None = None) -> list[str]:
    return [row["name"] for row in find(selection, cursor).rows]


# --- What of others is never touched ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("theirs")
@pytest.mark.parametrize("sort", sorted(SORTS))
@pytest.mark.parametrize("query", ["", "zwaan", "zwaluw", "gent zwaan"])
def test_a_partner_finds_its_own_customers_only(
    query: str, sort: str, ours: list[Customer], onboarder: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {customer.name for customer in ours} if query != "zwaluw" else set()
    for plenty in (0, 10**9):
        monkeypatch.setattr(search_pages, "PLENTY", plenty)
        page = find(selection_for(onboarder, query=query, sort=SORTS[sort]))

        assert {row["name"] for row in page.rows} == own
        assert {row["partner_name"] for row in page.rows} <= {"Brightcloud"}


def test_the_place_of_somebody_elses_customer_is_no_place(
    ours: list[Customer], theirs: list[Customer], onboarder: User
) -> None:
    selection = selection_for(onboarder, query="zwaan")
    unknown, foreign = Cursor(number="C-0000-0000"), Cursor(number=theirs[1].number)

    assert named(selection, foreign) == named(selection, unknown) == named(selection)
    assert neighbours(selection, theirs[1]) == (None, None)
    assert neighbours(selection, ours[1]) == (ours[0].number, ours[2].number)


@pytest.mark.usefixtures("ours")
def test_asking_for_another_partner_gives_nothing(other_partner: Partner, partner: Partner, onboarder: User) -> None:
    assert named(selection_for(onboarder, partner=other_partner.pk)) == []
    assert len(named(selection_for(onboarder, partner=partner.pk))) == 5


@pytest.mark.usefixtures("ours", "theirs")
def test_staff_look_into_one_partner(csm: User, other_partner: Partner) -> None:
    assert named(selection_for(csm, query="zwaan", partner=other_partner.pk)) == ["Zwaan 0", "Zwaan 2 b"]


@pytest.mark.usefixtures("ours")
def test_somebody_without_rights_finds_nothing_and_asks_nothing(db: None, django_assert_num_queries: Budget) -> None:
    nobody = builders.make_user()

    selection = selection_for(nobody, query="zwaan")
    with django_assert_num_queries(0):
        page = find(selection)
        assert first_ids(selection, 5) == []

    assert (page.rows, page.count) == ([], Count(number=0))


@pytest.mark.parametrize("query", ["", "zwaan", "nv", "BE0999999897", "Zwaan 0", "0999999897", "@acme", "REQ-00000000"])
@pytest.mark.parametrize("sort", ["name", "-town", "approved"])
def test_within_one_partner_only_its_index_is_read(
    query: str, sort: str, ours: list[Customer], theirs: list[Customer], onboarder: User
) -> None:
    if connection.vendor != "postgresql":
        # Nothing is planned by statistics there, and no trigrams are kept.
        assert connection.vendor == "sqlite"
        return
    plan = Plan.of(selection_for(onboarder, query=query, sort=SORTS[sort]))

    read = set(indexes_of(plan.gathered(None, backwards=False, limit=51)))

    assert read <= {"search_partner_name", "customers_customersearch_partner_id_19b68986"}
    assert read


def indexes_of(statement: Sql) -> Iterator[str]:
    """The indexes by which a plan reads the search rows, were the table too large to be read as a whole."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        explained = composed("EXPLAIN (FORMAT JSON) WITH {statement} SELECT * FROM page, told", statement=statement)
        cursor.execute(explained.text, explained.params)
        (told,) = cursor.fetchone()
    pending = [(json.loads(told) if isinstance(told, str) else told)[0]["Plan"]]
    while pending:
        node = pending.pop()
        pending += node.get("Plans", [])
        if node.get("Relation Name") == "customers_customersearch" or node["Node Type"] == "Bitmap Index Scan":
            yield node.get("Index Name") or node["Node Type"]


# --- What is read in vain ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize(
    ("part", "query", "narrowed", "read"),
    [
        # A part of a number and a country that contradicts it.
        ("100", "BE0", Q(country="NL"), 2),
        ("0", "BE0", Q(name_sort="zwaan 3"), 2),
        ("100", "BE0", Q(name_sort="zwaan 3"), 4),
        # A page that is filled at once needs no sample.
        ("0", "BE0", Q(country="BE"), 1),
        # What one condition finds is known to the planner.
        ("0", "BE0", Q(status="ended"), 4),
        ("0", "", Q(country="NL"), 4),
    ],
)
def test_no_more_rows_are_read_in_order_where_a_sample_holds_none_that_matches(
    part: str, query: str, narrowed: Q, read: int, csm: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        # Nothing is planned by statistics there: all that match are gathered.
        assert connection.vendor == "sqlite"
        return
    monkeypatch.setattr(search_plan, "SURE", 2)
    monkeypatch.setattr(search_plan, "PART", part)
    plan = Plan.of(selection_for(csm, query=query, narrowed=narrowed))

    statement = plan.probed(None, backwards=False, limit=1, probed=4)

    # What `seen` counts afterwards it reads off the index alone.
    assert rows_read_in_order(statement) == read


def rows_read_in_order(statement: Sql) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        explained = composed("EXPLAIN (ANALYZE, FORMAT JSON) WITH {plan} SELECT * FROM page, told", plan=statement)
        cursor.execute(explained.text, explained.params)
        (told,) = cursor.fetchone()
    pending = [(json.loads(told) if isinstance(told, str) else told)[0]["Plan"]]
    read = 0
    while pending:
        node = pending.pop()
        pending += node.get("Plans", [])
        if node["Node Type"] == "Index Scan" and "Filter" not in node:
            read = max(read, node["Actual Rows"])
    return int(read)


# --- What it costs ----------------------------------------------------------------------------------------------------


def asked(first: int) -> int:
    """So many statements, and one more where the planner is asked."""
    return first + (connection.vendor == "postgresql")


@pytest.mark.parametrize("way", ["gathered", "probed"])
@pytest.mark.parametrize("sort", ["name", "-town"])
def test_a_page_takes_one_statement_and_so_does_every_later_one(
    way: str,
    sort: str,
    ours: list[Customer],
    csm: User,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Budget,
) -> None:
    monkeypatch.setattr(search_pages, "PLENTY", 10**9 if way == "gathered" else 0)
    selection = selection_for(csm, query="zwaan", sort=SORTS[sort])

    with django_assert_num_queries(asked(1)):
        first = find(selection, size=2)
    with django_assert_num_queries(asked(1)):
        second = find(selection, first.next, size=2)
    with django_assert_num_queries(asked(1)):
        assert find(selection, second.previous, size=2).rows == first.rows


@pytest.mark.usefixtures("ours")
def test_a_probe_in_vain_takes_one_more(
    csm: User, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Budget
) -> None:
    monkeypatch.setattr(search_pages, "PLENTY", 0)
    monkeypatch.setattr(search_pages, "PROBED", 2)
    selection = selection_for(csm, query="zwaan 4")

    with django_assert_num_queries(asked(2)):
        assert find(selection).count == Count(number=1)


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize(
    ("sort", "expected", "is_read_in_order"),
    [
        ("name", Expectation(rows=10_000, cost=0), True),
        ("name", Expectation(rows=9_999, cost=0), False),
        ("town", Expectation(rows=49_999, cost=0), False),
        ("town", Expectation(rows=50_000, cost=0), True),
        ("name", Expectation(rows=2_500, cost=80_000), True),
        ("town", Expectation(rows=2_500, cost=80_000), False),
        ("town", Expectation(rows=2_500, cost=0, noted=60_000), True),
        ("name", Expectation(rows=2_499, cost=80_000), False),
        ("name", Expectation(rows=2_500, cost=0, noted=60_000), True),
        ("name", Expectation(rows=2_500, cost=0, noted=59_999), False),
    ],
)
def test_what_is_dear_to_gather_is_read_in_order_where_a_page_is_likely_to_be_met(
    sort: str, expected: Expectation, is_read_in_order: bool, csm: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Plan, "expectation", lambda _plan, _whole=None: expected)

    count = find(selection_for(csm, query="zwaan", sort=SORTS[sort]), size=2).count

    # Read until the page is full, nobody knows how many there are.
    assert count.about == is_read_in_order


@pytest.mark.usefixtures("ours")
def test_a_number_is_looked_up_without_asking_the_planner(csm: User, django_assert_num_queries: Budget) -> None:
    selection = selection_for(csm, query="BE0403019261")

    with django_assert_num_queries(1):
        find(selection)


# --- What is refused, and what is survived ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_filter_that_joins_is_a_mistake_of_ours() -> None:
    with pytest.raises(JoinedCondition):
        find(Selection(visible=Q(), narrowed=Q(customer__city="Gent")))


@pytest.mark.usefixtures("ours")
def test_odd_queries_find_what_they_say_or_nothing(csm: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for plenty in (0, 10**9):
        monkeypatch.setattr(search_pages, "PLENTY", plenty)
        for text in (*TEXTS, "%s", "%(a)s", "{0}", "zwaan %", "a" * 5_000, " ".join("abcdefghijkl"), "C-????-????"):
            for row in find(selection_for(csm, query=text)).rows:
                assert row["name"].startswith("Zwaan")


def test_best_hits_stand_first_on_every_page_and_once(partner: Partner, csm: User) -> None:
    for name in ("Acme Bouw", "Acme", "Zacme", "Acme NV", "SA Acme", "Acme Zonen"):
        builders.make_customer(partner, name=name)
    best, others = ["Acme", "Acme NV", "SA Acme"], ["Acme Bouw", "Acme Zonen", "Zacme"]

    assert named(selection_for(csm, query="acme")) == best + others
    assert named(selection_for(csm, query="acme", sort=SORTS["-name"])) == best[::-1] + others[::-1]


@pytest.mark.parametrize("plenty", [0, 10**9])
@pytest.mark.parametrize("size", [1, 2, 4])
@pytest.mark.parametrize("sort", ["name", "-name", "town", "approved", "-partner"])
def test_pages_that_begin_and_end_among_the_best_hits_leave_nothing_out(
    plenty: int, size: int, sort: str, partner: Partner, csm: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_pages, "PLENTY", plenty)
    for name in ("Acme Bouw", "Acme", "Zacme", "Acme NV", "SA Acme"):
        builders.make_customer(partner, name=name)
    selection = selection_for(csm, query="acme", sort=SORTS[sort])
    whole = [row["number"] for row in find(selection).rows]

    pages = [find(selection, size=size)]
    while pages[-1].next:
        pages.append(find(selection, pages[-1].next, size=size))
    backwards = [pages[-1]]
    while backwards[-1].previous:
        backwards.append(find(selection, backwards[-1].previous, size=size))

    assert [row["number"] for page in pages for row in page.rows] == whole
    # Going back, a first page that would not be full begins the list anew.
    full = [page for page in backwards[1:] if not page.is_first]
    assert [page.rows for page in full] == [page.rows for page in pages[1:-1]][::-1]
    assert backwards[-1].rows == pages[0].rows


def test_a_company_with_these_digits_stands_before_a_phone_with_them(partner: Partner, csm: User) -> None:
    builders.make_customer(partner, name="A by phone", phone="+32477472701")
    builders.make_customer(partner, name="Z by number", vat_number="BE0477472701")

    assert named(selection_for(csm, query="0477 472 701")) == ["Z by number", "A by phone"]
