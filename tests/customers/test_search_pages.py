"""Pages of a selection against a slow and obvious reference: plain Python over all rows."""

import random
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from customers import search_pages, search_plan, search_rows, search_text
from customers.models import Customer, CustomerSearch, Partner
from customers.search_pages import Count, Page, find, first_ids, neighbours
from customers.search_plan import Expectation, Plan
from customers.search_rows import People
from customers.selection import SORTS, Selection
from tests import builders

SIZE = 7
WAYS = {
    "all that match are gathered": (10**9, 10**9, "0"),
    "a probe sees everything": (0, 10**9, "0"),
    "a probe comes up short": (0, 5, "0"),
    "a probe sees about a page": (0, 12, "0"),
    "a probe goes on where a sample holds what matches": (0, 40, "100"),
    "a probe ends where a sample holds nothing": (0, 41, "0"),
}
SURE = 6
"""Read by a probe before it looks at the sample."""
NAMES = ("Acme", "Acme NV", "Acme BV", "NV Acme", "Zénith", "Zenith", "De Zwaan", "Zwaan & Zonen", "Anvers Nautique")
TOWNS = ("Gent", "Antwerpen", "Liège", "", "Saint-Georges")
PEOPLE = ("els@acme.be", "an@notacme.be", "jan.acme@zwaan.example", "")
QUERIES = (
    *(
        "",
        "a",
        "nv",
        "n",
        "acme",
        "ACME bv",
        "zénith",
        "de zwaan",
        "zonen zwaan",
        "gent",
        "antwerpen acme",
        "acme gent",
    ),
    *("@acme.be", "@acme", "els@acme.be", "9000", "B-9000", "02 555 01", "+32 2 555", "BE 09999", "be 9999", "9999"),
    *("---", "%", "_", "qqqq", "liege", "acme gent nv", "gent acme", "BE0009999996", "\\", "'", "a' OR 1=1 --", "\x00"),
)
FILTERS: dict[str, tuple[Q, Any]] = {
    "none": (Q(), lambda row: True),
    "state": (Q(status="active"), lambda row: row.status == "active"),
    "country": (Q(country__in=["NL", "LU"]), lambda row: row.country in ("NL", "LU")),
    "both": (Q(country="BE") & ~Q(status="ended"), lambda row: row.country == "BE" and row.status != "ended"),
    "elsewhere": (
        Q(customer__in=Customer.objects.filter(street="Kaai 1").values("pk")),
        lambda row: row.customer.street == "Kaai 1",
    ),
}


@pytest.fixture
def rows(db: None) -> list[CustomerSearch]:
    """Some dozens of customers of three partners, many of them alike."""
    chance = random.Random(7)
    industry = builders.make_industry()
    partners = [builders.make_partner(name) for name in ("Brightcloud", "Étoile IT", "brightcloud")]
    customers = Customer.objects.bulk_create(
        Customer(
            partner=chance.choice(partners),
            number=f"C-0000-{serial:04d}",
            name=chance.choice(NAMES),
            vat_number=builders.belgian_vat(serial),
            city=chance.choice(TOWNS),
            postcode=chance.choice(("9000", "2000", "")),
            country=chance.choice(("BE", "BE", "NL")),
            status="pending" if approved is None else chance.choice(("active", "active", "ended")),
            approved_at=approved,
            phone="+3225550142",
            street=chance.choice(("Kaai 1", "Kaai 2")),
            relationship="reseller",
            industry=industry,
        )
        for serial in range(1, 61)
        for approved in (chance.choice((None, *(datetime(2026, 1, day, 9, tzinfo=UTC) for day in range(1, 6)))),)
    )
    chance.shuffle(customers)
    people = {customer: chance.choice(PEOPLE) for customer in customers}
    search_rows.write(
        {
            customer: People(text=search_text.document([email, search_text.domain(email)]) if email else "")
            for customer, email in people.items()
        }
    )
    return list(CustomerSearch.objects.select_related("customer"))


def wanted(rows: list[CustomerSearch], selection: Selection, holds: Any) -> list[str]:
    """The numbers of a selection, in its order."""
    query = selection.query
    found = [row for row in rows if holds(row) and selection.partner in (None, row.partner_id)]
    if query == "BE0009999996":
        found = [row for row in found if row.vat == query]
    elif query:
        words = search_text.words(query)
        found = [row for row in found if words and all(stands_in(word, row.doc) for word in words)]
    columns = selection.sort.columns
    found = [row for row in found if None not in [getattr(row, column) for column in columns]]
    found.sort(key=lambda row: [getattr(row, column) for column in columns], reverse=selection.sort.descending)
    if selection.best_first:
        found.sort(key=lambda row: row.name_sort not in search_text.full_names(query))
    return [row.customer.number for row in found]


def stands_in(word: str, doc: str) -> bool:
    at_a_start = len(word) <= 2 or word.startswith(("@", "be0"))
    return (f" {word}" if at_a_start else word) in doc


def walked(selection: Selection) -> list[Page]:
    pages = [find(selection, size=SIZE)]
    while pages[-1].next:
        pages.append(find(selection, pages[-1].next, size=SIZE))
    return pages


def walked_back(selection: Selection, last: Page) -> list[Page]:
    pages = [last]
    while pages[0].previous:
        pages.insert(0, find(selection, pages[0].previous, size=SIZE))
    return pages


def numbers_on(pages: list[Page]) -> list[str]:
    return [row["number"] for page in pages for row in page.rows]


def test_pages_hold_what_a_slow_search_finds(rows: list[CustomerSearch], monkeypatch: pytest.MonkeyPatch) -> None:
    partners = [None, *Partner.objects.values_list("pk", flat=True)]

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        query=st.sampled_from(QUERIES),
        sort=st.sampled_from(sorted(SORTS)),
        filtered=st.sampled_from(sorted(FILTERS)),
        partner=st.sampled_from(partners),
        best_first=st.booleans(),
        way=st.sampled_from(sorted(WAYS)),
    )
    def check(query: str, sort: str, filtered: str, partner: int | None, best_first: bool, way: str) -> None:
        plenty, probed, part = WAYS[way]
        monkeypatch.setattr(search_pages, "PLENTY", plenty)
        monkeypatch.setattr(search_pages, "PROBED", probed)
        monkeypatch.setattr(search_pages, "PROBED_BESIDE", min(probed, 2_000))
        monkeypatch.setattr(search_plan, "SURE", SURE)
        monkeypatch.setattr(search_plan, "PART", part)
        monkeypatch.setattr(Plan, "expectation", lambda _plan, _whole=None: Expectation(rows=0, cost=0))
        narrowed, holds = FILTERS[filtered]
        selection = Selection(
            visible=Q(),
            partner=partner,
            narrowed=narrowed,
            query=query,
            sort=SORTS[sort],
            best_first=best_first,
        )
        expected = wanted(rows, selection, holds)

        assert [row.customer.number for row in selection.queryset().select_related("customer")] == expected
        pages = walked(selection)
        assert numbers_on(pages) == expected
        assert [page.is_first for page in pages] == [True] + [False] * (len(pages) - 1)
        whole = Selection(visible=Q(), partner=partner, sort=SORTS[sort])
        assert find(selection, size=SIZE, among=whole).among == Count(
            number=len(wanted(rows, whole, FILTERS["none"][1]))
        )
        assert numbers_on(walked_back(selection, pages[-1])) == expected
        numbers = dict(CustomerSearch.objects.values_list("pk", "customer__number"))
        assert [numbers[key] for key in first_ids(selection, 5)] == expected[:5]
        if all(page.count.exact for page in pages):
            assert {page.count.number for page in pages} == {len(expected)}
        for place in {0, len(expected) // 2, len(expected) - 1} & set(range(len(expected))):
            customer = Customer(number=expected[place])
            around = [None, *expected, None]
            assert neighbours(selection, customer) == (around[place], around[place + 2])

    check()
