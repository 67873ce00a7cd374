"""Queries spelled a little otherwise, each of which does find something in the same selection.

A slip of the finger leaves a part of a word as it was: the customers that hold this part and all other words are read,
some hundreds at most, and their words are compared with the one typed. No word comes from beyond the selection.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import islice, product
from operator import or_

from django.db.models import Q

from customers.models import CustomerSearch
from customers.querysets import found_by, looked_up_by
from customers.search_pages import first_ids
from customers.search_text import fold, without_legal_forms, words
from customers.selection import SORTS, Selection

OFFERED = 3
SHORTEST = 4
"""Of fewer letters, everything is near everything."""
TWO_SLIPS = 8
"""From so many letters on, two of them may be wrong."""
READ = 300
"""How many customers are read for each part of a word."""


def near(selection: Selection) -> list[str]:
    """Up to three such queries, the nearest first. Asked only where the query itself finds nothing."""
    typed = words(selection.query)
    if not typed or looked_up_by(selection.query) is not None:
        return []
    return list(islice((query for query in _candidates(selection, typed) if _finds(selection, query)), OFFERED))


def _candidates(selection: Selection, typed: Sequence[str]) -> Iterator[str]:
    bare = without_legal_forms(" ".join(typed))
    if bare and bare != " ".join(typed):
        yield _with(selection.query, dict.fromkeys(set(typed) - set(bare.split()), ""))
    # A query of one word was just looked for, and found nothing.
    unknown = [word for word in typed if not _finds(selection, word)] if len(typed) > 1 else list(typed)
    if unknown:
        known = [word for word in typed if word not in unknown]
        for others in product(*(_others(selection, word, known) for word in unknown)):
            yield _with(selection.query, dict(zip(unknown, others, strict=True)))
    else:
        for word in sorted(typed, key=len, reverse=True)[:OFFERED]:
            for other in _others(selection, word, [known for known in typed if known != word]):
                yield _with(selection.query, {word: other})


def _finds(selection: Selection, query: str) -> bool:
    return bool(first_ids(replace(selection, query=query, best_first=False, sort=SORTS["name"]), 1))


def _with(query: str, others: dict[str, str]) -> str:
    """The query as typed, but for these words; one that stands for nothing is left out."""
    return " ".join(filter(None, (others.get(fold(word), word) for word in query.split())))


def _others(selection: Selection, word: str, known: Sequence[str]) -> list[str]:
    """Words like this one, the nearest first, in customers in which the known words stand too."""
    if len(word) < SHORTEST or not word.isalpha():
        return []
    found: Counter[str] = Counter()
    halves, thirds = _parts(word)
    # Names that begin with the first half are many of those meant, and few of those that hold it somewhere.
    beginning = Q(name_sort__gte=halves[0], name_sort__lt=f"{halves[0]}\U0010ffff")
    plain = replace(selection, query=" ".join(known), best_first=False, sort=SORTS["name"])
    for parts, among in ((halves[:1], beginning), (halves, Q()), (thirds, Q())):
        if not parts:
            continue
        holding = reduce(or_, (found_by(part, "") for part in parts))
        keys = first_ids(replace(plain, narrowed=selection.narrowed & among & holding), READ * len(parts))
        for doc in CustomerSearch.objects.filter(pk__in=keys).values_list("doc", flat=True):
            found.update({other for other in doc.split() if other.isalpha() and any(part in other for part in parts)})
    allowed = 1 if len(word) < TWO_SLIPS else 2
    near: list[tuple[int, int, str]] = []
    for other, count in found.items():
        whole, start = slips(word, other)
        # The beginning of a word is as much as people type of it.
        slipped = min(whole, start + 1)
        if other != word and slipped <= allowed:
            near.append((slipped, -count, other))
    return [other for _slipped, _count, other in sorted(near)[:OFFERED]]


def _parts(word: str) -> tuple[list[str], list[str]]:
    """Parts of a word one of which is still right: halves of one with a slip, thirds of one that may have two."""
    length, half = len(word), len(word) // 2
    # Two letters that changed places across the middle spoil both halves.
    halves = [word[:half], word[half:], word[: half - 1] + word[half] + word[half - 1] + word[half + 1 :]]
    if length < TWO_SLIPS:
        return halves, []
    first, second = length // 3, length // 3 + (length + 1) // 3
    return halves, [word[:first], word[first:second], word[second:]]


def slips(typed: str, meant: str) -> tuple[int, int]:
    """How many letters were left out, added, changed or swapped with the next: in the whole word, and at the fewest in
    its beginning."""
    longest = len(typed) + 3
    before: list[int] = []
    row = list(range(min(len(meant), longest) + 1))
    for place, letter in enumerate(typed, start=1):
        last, row = row, [place]
        for there, other in enumerate(meant[:longest], start=1):
            cost = min(last[there] + 1, row[there - 1] + 1, last[there - 1] + (letter != other))
            if place > 1 and there > 1 and letter == meant[there - 2] and typed[place - 2] == other:
                cost = min(cost, before[there - 2] + 1)
            row.append(cost)
        before = last
    return row[-1] + max(len(meant) - longest, 0), min(row)
