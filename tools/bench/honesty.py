"""Whether a search finds what it has to: judged by the page itself, before anything is timed."""

import re
from collections.abc import Callable, Collection, Iterable
from urllib.parse import urlencode

from tools.bench.terms import Term
from tools.bench.visitor import Visitor, two_at_once

MOST_PAGES = 200

_TABLE = re.compile(r"<tbody\b.*?</tbody>", re.DOTALL)
_ROW = re.compile(r'href="/customers/(C-[0-9A-Z]{4}-[0-9A-Z]{4})/')
_NEXT = re.compile(r"\bpage=(after-C-[0-9A-Z]{4}-[0-9A-Z]{4})\b")

Fetch = Callable[[str], str]
"""The HTML of the page at a path."""


class Dishonest(Exception):
    """A search did not find what it was drawn from, or found what there is not: its speed is worth nothing."""


def rows_on(page: str) -> list[str]:
    """The numbers of the customers that a page of the table shows, in its order."""
    return list(dict.fromkeys(_ROW.findall("".join(_TABLE.findall(page)))))


def check(term: Term, fetch: Fetch) -> list[str]:
    """The rows of the first page.

    Raises Dishonest unless the pages show the customer that a drawn term was drawn from, or, for a word of the fixed
    lists, unless the first page shows exactly the rows that a plain reading of the data finds.

    The customer may stand on any page: the one that begins behind the customer before it in the table is asked for
    first, where it has to be the first row.
    """
    first = fetch(term.path)
    shown = rows_on(first)
    if term.target is None:
        if tuple(shown) != term.first_page or bool(shown) is (term.kind == "nothing"):
            raise Dishonest(f"“{term.text}” ({term.kind}) shows {len(shown)} rows; {len(term.first_page)} are right")
        return shown
    number = term.target.number
    if number in shown:
        return shown
    if term.target.before:
        behind = rows_on(fetch(f"{term.path}&{urlencode({'page': f'after-{term.target.before}'})}"))
        if behind[:1] == [number]:
            return shown
    if number not in _all_pages(term, first, fetch):
        raise Dishonest(f"“{term.text}” ({term.kind}) does not find {number}, which it was drawn from")
    return shown


def checked(visitor: Visitor, some: Iterable[Term]) -> dict[str, list[str]]:
    """The rows of the first page of each search, by its path. Raises Dishonest where one does not find what it must."""
    every = list(some)
    shown = two_at_once(lambda term: check(term, lambda path: visitor.page(path).body), every)
    return {term.path: rows for term, rows in zip(every, shown, strict=True)}


def _all_pages(term: Term, page: str, fetch: Fetch) -> Collection[str]:
    found = rows_on(page)
    for _ in range(MOST_PAGES):
        following = [cursor for cursor in _NEXT.findall(page) if found and cursor == f"after-{found[-1]}"]
        if not following:
            break
        page = fetch(f"{term.path}&page={following[0]}")
        found += rows_on(page)
    return found
