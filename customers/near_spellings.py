"""What to look for instead of a query that found nothing, each of which does find something.

The same words may be found where filters do not hide them. If not, a slip of the finger is looked for: customers that
hold all other words, and one near this word. No word comes from beyond the selection; and what is offered was read off
a customer that it finds, so that nobody has to try it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from django.core.exceptions import EmptyResultSet
from django.db import connection

from customers.letter_slips import (
    begun_part_of,
    begun_pattern,
    can_begin,
    can_slip,
    distance,
    near_patterns,
    near_words,
    parts_of,
)
from customers.querysets import looked_up_by
from customers.search_pages import Count
from customers.search_plan import Plan
from customers.search_sql import TABLE, Sql, composed, joined
from customers.search_text import fold, like_pattern, without_legal_forms, words
from customers.selection import Selection

OFFERED = 3
TRIED = 2_000
"""How many customers that hold a part of a word are looked at for a word near it, for each part."""
READ = 100
"""How many of them are read where there is one."""
COUNTED = 1_000
LEGAL_FORMS = -1
"""In the place of a word that may be wrong."""

# What is not needed is not read: `near` only where the wider selection holds nothing, `begun` where that does neither.
INSTEAD = """
WITH wider AS MATERIALIZED (SELECT count(*) AS number FROM ({wider}) AS hits),
near AS MATERIALIZED ({near}),
begun AS MATERIALIZED ({begun})
SELECT wider.number, docs.place, docs.doc{known}
FROM wider LEFT JOIN (SELECT * FROM near UNION ALL SELECT * FROM begun) AS docs ON 1 = 1
"""
NOT_WIDER = Sql("(SELECT number FROM wider) = 0")
NOT_NEAR = Sql("(SELECT number FROM wider) = 0 AND NOT EXISTS (SELECT 1 FROM near)")
BRANCH = "SELECT * FROM ({some}) AS those"
TRYING = "SELECT * FROM ({some}) AS those WHERE {near} LIMIT {read}"
NOBODY = "SELECT {columns} FROM {table} WHERE 1 = 0"
KNOWN = ", CASE WHEN {not_near} AND EXISTS ({some}) THEN 1 ELSE 0 END"
# The planner weighs a pattern that it sees, and may read the whole table for it. One that comes out of a subquery it
# looks up by trigrams, whatever it is.
UNSEEN = "doc {operator} (SELECT CAST(%s AS text))"


@dataclass(frozen=True, kw_only=True)
class Instead:
    wider: Count
    """How many customers the same words find in the wider selection."""
    near: Sequence[str] = ()
    """Up to three queries that find something in the selection itself, the nearest first."""


def instead(selection: Selection, wider: Selection) -> Instead:
    """What to look for where `selection` holds nothing: the same words in the `wider` one, else words near them.

    One statement; one more where several words are unknown.
    """
    typed = [] if looked_up_by(selection.query) is not None else words(selection.query)
    number, known, docs = _asked(selection, wider, typed)
    if number:
        return Instead(wider=Count(number=min(number, COUNTED), exact=number <= COUNTED))
    unknown = [word for word, is_known in zip(typed, known, strict=False) if not is_known]
    if not docs and len(unknown) > 1 and all(map(can_slip, unknown)):
        found = _respelled(selection.query, unknown, _with_words_near(selection, typed, unknown))
    else:
        found = _meant(selection.query, typed, docs)
    return Instead(wider=Count(number=0), near=tuple(islice(found, OFFERED)))


def _asked(
    selection: Selection, wider: Selection, typed: Sequence[str]
) -> tuple[int, Sequence[int], dict[int, list[str]]]:
    """How many the wider selection holds; where nothing else is found, whether each word stands anywhere in the scope;
    and the texts of customers in which something else stands for a word, by the place of that word."""
    places = [place for place, word in enumerate(typed) if can_slip(word)]
    scope = Selection(visible=selection.visible, partner=selection.partner)
    known = [
        composed(KNOWN, not_near=NOT_NEAR, some=_some(scope, "1", _holding(word), limit=1))
        for word in typed
        if len(typed) > 1
    ]
    near = [branch for place in places for branch in _near(selection, typed, [place], str(place), NOT_WIDER)]
    begun = [_begun(selection, typed, place) for place in places if can_begin(typed[place])]
    if bare := _without_legal_forms(typed):
        columns = f"{LEGAL_FORMS} AS place, doc"
        near.append(_some(replace(selection, query=""), columns, *map(_holding, bare), NOT_WIDER, limit=1))
    statement = composed(
        INSTEAD,
        wider=_some(wider, "1 AS hit", limit=COUNTED + 1),
        near=_united(near),
        begun=_united(begun),
        known=joined("", known),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        rows = cursor.fetchall()
    docs: dict[int, list[str]] = {}
    for _number, place, doc, *_known in rows:
        if place is not None:
            docs.setdefault(place, []).append(doc)
    return rows[0][0], rows[0][3:], docs


def _with_words_near(selection: Selection, typed: Sequence[str], unknown: Sequence[str]) -> list[str]:
    """The texts of customers that hold the known words, and one near each of the others."""
    places = [place for place, word in enumerate(typed) if word in unknown]
    statement = _united(_near(selection, typed, places, "0"))
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return [doc for _place, doc in cursor.fetchall()]


def _near(selection: Selection, typed: Sequence[str], wrong: Sequence[int], place: str, *only_if: Sql) -> Iterator[Sql]:
    """Customers that hold all words but some, and one that is near each of those.

    They are looked up by what is still right of the first of these, and so many are looked at.
    """
    others = [_holding(other) for there, other in enumerate(typed) if there not in wrong]
    near = joined(" AND ", [_matching(near_patterns(typed[there])) for there in wrong])
    parts = [_unseen("LIKE", "LIKE", f"%{part}%") for part in parts_of(typed[wrong[0]])]
    if selection.partner is not None:
        # All its rows are read anyway, once.
        parts = [composed("({parts})", parts=joined(" OR ", parts))]
    for part in parts:
        some = _some(replace(selection, query=""), f"{place} AS place, doc", *others, part, *only_if, limit=TRIED)
        yield composed(TRYING, some=some, near=near, read=READ)


def _begun(selection: Selection, typed: Sequence[str], place: int) -> Sql:
    """Customers that hold all other words, and one that begins as this one does but for a slip."""
    others = [_holding(other) for there, other in enumerate(typed) if there != place]
    part = _unseen("LIKE", "LIKE", f"%{begun_part_of(typed[place])}%")
    some = _some(replace(selection, query=""), f"{place} AS place, doc", *others, part, NOT_NEAR, limit=TRIED)
    return composed(TRYING, some=some, near=_matching([begun_pattern(typed[place])]), read=READ)


def _some(selection: Selection, columns: str, *also: Sql, limit: int) -> Sql:
    try:
        return Plan.of(selection).some(columns, *also, limit=limit)
    except EmptyResultSet:
        return _nobody(columns)


def _nobody(columns: str) -> Sql:
    return composed(NOBODY, columns=columns, table=TABLE)


def _united(branches: Iterable[Sql]) -> Sql:
    return joined(" UNION ALL ", [composed(BRANCH, some=some) for some in branches] or [_nobody("0 AS place, doc")])


def _holding(word: str) -> Sql:
    return Sql("doc LIKE %s", (like_pattern(word),))


def _unseen(on_postgresql: str, elsewhere: str, pattern: str) -> Sql:
    operator = on_postgresql if connection.vendor == "postgresql" else elsewhere
    return Sql(composed(UNSEEN, operator=operator).text, (pattern,))


def _matching(patterns: Iterable[str]) -> Sql:
    """Whether one of these holds for a text."""
    return composed("({any})", any=joined(" OR ", [_unseen("~", "REGEXP", pattern) for pattern in patterns]))


def _without_legal_forms(typed: Sequence[str]) -> list[str]:
    """The other words; none where there is no difference."""
    bare = without_legal_forms(" ".join(typed)).split()
    return bare if len(bare) < len(typed) else []


def _meant(query: str, typed: Sequence[str], docs: dict[int, list[str]]) -> Iterator[str]:
    """What may have been meant, the nearest first, where a word or the legal forms are wrong."""
    if LEGAL_FORMS in docs:
        yield _with(query, dict.fromkeys(set(typed) - set(_without_legal_forms(typed)), ""))
    # The longest word is the likeliest to be wrong.
    for place in sorted(set(docs) - {LEGAL_FORMS}, key=lambda place: -len(typed[place])):
        yield from _respelled(query, [typed[place]], docs[place])


def _respelled(query: str, wrong: Sequence[str], docs: Sequence[str]) -> Iterator[str]:
    """The query with other words for these, the nearest and commonest in the texts first."""
    found = Counter(others for doc in docs for others in product(*(near_words(word, doc) for word in wrong)))
    slipped = {others: sum(map(distance, wrong, others)) for others in found}
    for others in sorted(found, key=lambda others: (slipped[others], -found[others], others)):
        respelled = _with(query, dict(zip(wrong, others, strict=True)))
        if looked_up_by(respelled) is None and any(_holds_all(doc, words(respelled)) for doc in docs):
            yield respelled


def _holds_all(doc: str, wanted: Sequence[str]) -> bool:
    return all(like_pattern(word)[1:-1] in doc for word in wanted)


def _with(query: str, others: dict[str, str]) -> str:
    """The query as typed, but for these words; one that stands for nothing is left out."""
    return " ".join(filter(None, (others.get(fold(word), word) for word in query.split())))
