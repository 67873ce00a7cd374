"""Whether the search rows are true: compared with what would be written now, and mended where wanted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from contacts import search_rows as people_rows
from contacts.models import Contact, ContactSearch
from contacts.search_people import Crowd
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


OF_CUSTOMERS = Kind(
    model=Customer,
    search=CustomerSearch,
    wanted=lambda batch: search_rows.rows(people_rows.people_of(batch)),
    write=people_rows.refresh,
)
OF_CONTACTS = Kind(model=Contact, search=ContactSearch, wanted=people_rows.contact_rows, write=people_rows.index)


def drifts() -> Iterator[Drift]:
    """Every customer and every contact whose row is missing or not true: customers in the order of their keys, some
    hundreds and then the contacts of these; at last partners' own. Writes nothing."""
    for batch in _batches(Customer.objects.all()):
        crowd = Crowd([customer.pk for customer in batch])
        people = {customer: crowd.people(customer) for customer in batch}
        yield from _drifts_of(OF_CUSTOMERS, search_rows.rows(people))
        yield from _drifts_of(OF_CONTACTS, crowd.contact_rows())
    for own in _batches(Contact.objects.filter(customer__isnull=True)):
        yield from _drifts_of(OF_CONTACTS, people_rows.contact_rows(own))


def _batches(subjects: QuerySet[Any]) -> Iterator[list[Any]]:
    last = 0
    while batch := list(subjects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def rebuild(told: Callable[[int], None] = lambda _count: None) -> int:
    """Write every search row that is missing or not true; return how many. `told` hears how many were looked at."""
    seen = mended = 0
    for kind in (OF_CUSTOMERS, OF_CONTACTS):
        last = 0
        while True:
            with transaction.atomic():
                # Locked, as every verb locks what it writes: nobody's change is written over.
                batch = list(kind.model.objects.select_for_update().filter(pk__gt=last).order_by("pk")[:BATCH])
                wrong = _wrong(kind, kind.wanted(batch))
                kind.write([subject for subject in batch if subject.pk in wrong])
            if not batch:
                break
            last = batch[-1].pk
            seen += len(batch)
            mended += len(wrong)
            told(seen)
    return mended


def _drifts_of(kind: Kind, wanted: Sequence[Values]) -> Iterator[Drift]:
    wrong = _wrong(kind, wanted)
    subjects = kind.model.objects.in_bulk(wrong)
    for key, fields in wrong.items():
        if key in subjects:  # Nobody has deleted it meanwhile.
            yield Drift(subject=subjects[key], fields=fields)


def _wrong(kind: Kind, wanted: Sequence[Values]) -> dict[int, tuple[str, ...]]:
    """The keys of the rows that are missing or not as wanted, each with the fields that differ."""
    names = columns(kind.search)
    rows = {row[0]: row for row in kind.search.objects.filter(pk__in=[row[0] for row in wanted]).values_list(*names)}
    return {
        row[0]: tuple(name for name, is_so, so in zip(names, rows[row[0]], row, strict=True) if is_so != so)
        if row[0] in rows
        else ()
        for row in wanted
        if rows.get(row[0]) != row
    }
