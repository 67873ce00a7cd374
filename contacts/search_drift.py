"""Whether the search rows are true: compared with what would be written now, and mended where wanted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

from contacts import search_rows as people_rows
from customers import search_rows
from customers.models import Customer, CustomerSearch
from customers.search_rows import BATCH

FIELDS = tuple(field.attname for field in CustomerSearch._meta.concrete_fields)


@dataclass(frozen=True, kw_only=True)
class Drift:
    """A customer whose search row says something else than it should."""

    customer: Customer
    fields: tuple[str, ...]
    """Which columns; empty where the row is missing."""


def drifts() -> Iterator[Drift]:
    """Every customer whose row is missing or not true, in the order of their keys. Reads in batches; writes nothing."""
    last = 0
    while batch := list(Customer.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from _drifts_of(batch)
        last = batch[-1].pk


def rebuild(told: Callable[[int], None] = lambda _count: None) -> int:
    """Write every search row that is missing or not true; return how many. `told` hears how many were looked at."""
    seen = mended = last = 0
    while True:
        with transaction.atomic():
            # Locked, as every verb locks the customer it writes: nobody's change is written over.
            batch = list(Customer.objects.select_for_update().filter(pk__gt=last).order_by("pk")[:BATCH])
            wrong = [drift.customer for drift in _drifts_of(batch)]
            people_rows.refresh(wrong)
        if not batch:
            return mended
        last = batch[-1].pk
        seen += len(batch)
        mended += len(wrong)
        told(seen)


def _drifts_of(batch: list[Customer]) -> Iterator[Drift]:
    rows = CustomerSearch.objects.in_bulk([customer.pk for customer in batch])
    for customer, wanted in zip(batch, search_rows.rows(people_rows.people_of(batch)), strict=True):
        row = rows.get(customer.pk)
        wrong = tuple(name for name in FIELDS if row is None or getattr(row, name) != getattr(wanted, name))
        if wrong:
            yield Drift(customer=customer, fields=wrong if row is not None else ())
