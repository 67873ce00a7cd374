"""Keeps what a search row says of its customer’s people true. Called by whatever writes contacts or roles."""

from collections.abc import Collection, Iterable

from django.db import transaction

from contacts.models import Contact, ContactSearch
from contacts.search_people import Crowd, Found
from customers import search_rows, search_text
from customers.models import Customer, Partner
from customers.search_rows import BATCH, People, Values, phone_forms
from customers.search_upsert import upsert


def people_of(customers: Collection[Customer]) -> dict[Customer, People]:
    """What is said of the people of each customer: one query for all."""
    crowd = Crowd([customer.pk for customer in customers])
    return {customer: crowd.people(customer) for customer in customers}


def contact_rows(contacts: Iterable[Contact]) -> list[Values]:
    """The search rows of contacts as they should be, in the order of their keys; nothing is written."""
    return [Found.of(contact).row for contact in sorted(contacts, key=lambda contact: contact.pk)]


def text_of(*, name: str, email: str, phone: str, number: str = "") -> str:
    """The folded text by which somebody is found where contacts are chosen or looked up."""
    phones = phone_forms(phone) if phone else ""
    return search_text.document([name, email, phones, search_text.domain(email), number])


def index(contacts: Iterable[Contact]) -> None:
    """Write the search rows of contacts that were written: one query for hundreds of them."""
    rows = contact_rows(contacts)
    for start in range(0, len(rows), BATCH):
        upsert(ContactSearch, rows[start : start + BATCH])


@transaction.atomic(savepoint=False)
def refresh(customers: Iterable[Customer]) -> None:
    """Write the search rows of customers whose people changed: a handful of queries for each few hundred of them."""
    every = list(customers)
    search_rows.lock(every)
    for batch in _batches(every):
        search_rows.write(people_of(batch))


def write(customers: Iterable[Customer], partner: Partner, crowd: Crowd | None = None) -> None:
    """The same for customers of one partner, which the caller has read under its lock (`search_rows.hold`).

    `crowd`: their people, where the caller has read these under the lock as well.
    """
    every = list(customers)
    for customer in every:
        customer.partner = partner
    for batch in _batches(every):
        search_rows.write({customer: crowd.people(customer) for customer in batch} if crowd else people_of(batch))


def _batches(customers: list[Customer]) -> Iterable[list[Customer]]:
    customers.sort(key=lambda customer: customer.pk)
    return (customers[start : start + BATCH] for start in range(0, len(customers), BATCH))
