"""Keeps the search row of a customer true. Called by every function that writes a customer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import phonenumbers
from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects

from customers import phone, search_text
from customers.models import Customer, CustomerSearch, Partner
from customers.prepared import Prepared, Slot
from customers.search_upsert import upsert

BATCH = 500
"""Rows in one statement."""
VAT_LENGTH = 20
Values = tuple[Any, ...]
"""A search row: every column in its order (`customers.search_upsert.columns`)."""


@dataclass(frozen=True, kw_only=True)
class People:
    """What a customer's search row says of its people. Who they are is known further up."""

    text: str = ""
    """Folded, what they are found by."""
    gap: str = ""
    """The code of what is wrong with those in its roles."""


@lru_cache(maxsize=4_096)  # Whoever fills a role for one customer mostly does for others.
def phone_forms(e164: str) -> str:
    """The two ways people type the end of a number: international (`3225550142`) and national (`025550142`)."""
    parsed = phone.read(e164)
    if parsed is None:
        return e164
    national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return f"{e164} {''.join(filter(str.isdigit, national))}"


def own_fields(customer: Customer) -> list[str]:
    """What a customer is found by apart from its people."""
    return [
        customer.name,
        customer.legal_name,
        customer.vat_number,
        customer.vat_number[2:],
        *_national_forms(customer.national_number),
        customer.city,
        customer.postcode,
        phone_forms(customer.phone),
        customer.number,
    ]


def _national_forms(number: str) -> list[str]:
    """How a national number is found: in its words (`DE HRB 12345`), in one piece, and without its country."""
    joined = number.replace(" ", "")
    return [number, joined, joined[2:]]


@lru_cache(maxsize=64)  # Batches hold customers of few partners.
def partner_sort(name: str) -> str:
    """What a partner is sorted by."""
    return search_text.fold(name)[:200]


def _row(customer: Customer, people: People) -> Values:
    return (
        customer.pk,
        customer.partner_id,
        customer.status,
        search_text.fold(customer.name)[:400],
        search_text.fold(customer.city)[:120],
        partner_sort(customer.partner.name),
        customer.approved_at,
        customer.relationship,
        str(customer.country),
        customer.industry_id,
        people.gap,
        # A Belgian enterprise number is looked for as the VAT number with the same digits.
        customer.vat_number or customer.national_number[:VAT_LENGTH],
        people.text,
        search_text.document(own_fields(customer)) + people.text,
    )


def rows(people: Mapping[Customer, People]) -> list[Values]:
    """The search rows of customers as they should be, in the order of their keys; nothing is written."""
    customers = sorted(people, key=lambda customer: customer.pk)
    prefetch_related_objects(customers, "partner")
    return [_row(customer, people[customer]) for customer in customers]


def hold(partners: Collection[int]) -> dict[int, Partner]:
    """Hold these partners until the transaction ends, and read them anew.

    Whoever writes search rows does this before reading what goes into them, so that nobody writes over a row what
    another has just changed. In the order of locks it comes after customers and before contacts.
    """
    if len(partners) == 1:
        rows = _one_held().ask(key=next(iter(partners)))
    else:
        rows = list(_held().filter(pk__in=partners).order_by("pk"))
    return {partner.pk: partner for partner in rows}


def _held() -> QuerySet[Partner]:
    return Partner.objects.select_for_update(no_key=True)


@cache
def _one_held() -> Prepared[Partner]:
    return Prepared(_held().filter(pk=Slot("key", Partner._meta.pk)))


def lock(customers: Collection[Customer]) -> None:
    """Hold the partners of these customers (`hold`)."""
    partners = hold({customer.partner_id for customer in customers})
    for customer in customers:
        customer.partner = partners[customer.partner_id]


def write(people: Mapping[Customer, People]) -> None:
    """Write the search rows of customers, each with what is said of its people: one query for hundreds of them.

    The customers are `lock`ed.
    """
    written = rows(people)
    for start in range(0, len(written), BATCH):
        upsert(CustomerSearch, written[start : start + BATCH])


@transaction.atomic(savepoint=False)
def refresh(customer: Customer) -> None:
    """Write the search row of a customer that changed; what is said of its people stays as it is.

    Whoever changes its relationship or its use of Secwise Watch appoints its people next (`contacts.assignment`), and
    that says again what is wrong with them.
    """
    lock([customer])
    row = CustomerSearch.objects.filter(pk=customer.pk).only("people", "gap").first()
    write({customer: People(text=row.people, gap=row.gap) if row else People()})


def rename(partner: Partner) -> None:
    """Write the search rows of the customers of a partner whose new name has just been saved: one query."""
    CustomerSearch.objects.filter(partner=partner).update(partner_sort=partner_sort(partner.name))
