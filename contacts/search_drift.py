"""Whether the search rows are true: compared with what would be written now, and mended where wanted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from contacts import search_rows as people_rows
from contacts.models import Contact, ContactSearch
from customers import search_rows
from customers.models import Customer, CustomerSearch
from customers.search_rows import BATCH, Values
from customers.search_upsert import columns


@dataclass(frozen=True, kw_only=True)
class Drift:
    """A customer or a contact whose search row says something else than it should."""

    subject: Customer | Contact
    fields: tuple[str, ...]
    """Which columns; empty where the row is missing."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Whose rows, how they should be, and how they are written."""

    model: Any
    search: Any
    wanted: Callable[[Sequence[Any]], Sequence[Values]]
    write: Callable[[Iterable[Any]], None]


KINDS = (
    Kind(
        model=Customer,
        search=CustomerSearch,
        wanted=lambda batch: search_rows.rows(people_rows.people_of(batch)),
        write=people_rows.refresh,
    ),
    Kind(model=Contact, search=ContactSearch, wanted=people_rows.contact_rows, write=people_rows.index),
)


def drifts() -> Iterator[Drift]:
    """Every customer, and then every contact, whose row is missing or not true, in the order of their keys. Reads in
    batches; writes nothing."""
    for kind in KINDS:
        last = 0
        while batch := list(kind.model.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
            yield from _drifts_of(kind, batch)
            last = batch[-1].pk


def rebuild(told: Callable[[int], None] = lambda _count: None) -> int:
    """Write every search row that is missing or not true; return how many. `told` hears how many were looked at."""
    seen = mended = 0
    for kind in KINDS:
        last = 0
        while True:
            with transaction.atomic():
                # Locked, as every verb locks what it writes: nobody's change is written over.
                batch = list(kind.model.objects.select_for_update().filter(pk__gt=last).order_by("pk")[:BATCH])
                wrong = [drift.subject for drift in _drifts_of(kind, batch)]
                kind.write(wrong)
            if not batch:
                break
            last = batch[-1].pk
            seen += len(batch)
            mended += len(wrong)
            told(seen)
    return mended


def _drifts_of(kind: Kind, batch: Sequence[Any]) -> Iterator[Drift]:
    names = columns(kind.search)
    keys = [subject.pk for subject in batch]
    rows = {row[0]: row for row in kind.search.objects.filter(pk__in=keys).values_list(*names)}
    for subject, wanted in zip(batch, kind.wanted(batch), strict=True):
        row = rows.get(subject.pk)
        if row is None:
            yield Drift(subject=subject, fields=())
        elif row != wanted:
            compared = zip(names, row, wanted, strict=True)
            yield Drift(
                subject=subject, fields=tuple(name for name, is_so, should_be in compared if is_so != should_be)
            )
