"""Keeps what a search row says of its customer’s people true. Called by whatever writes contacts or roles."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import cast

from django.db import transaction

from contacts.gaps import gap_code, must_be_mended
from contacts.models import Contact, ContactSearch, RoleAssignment
from contacts.nominees import gaps_of
from contacts.policy import Role
from customers import search_rows, search_text
from customers.models import Customer, Partner
from customers.search_rows import BATCH, People, phone_forms

NAME_LENGTH = 250


def people_of(customers: Collection[Customer]) -> dict[Customer, People]:
    """The folded text of each customer's own contacts and of whoever fills its roles, and what is wrong with the
    roles: two queries for all."""
    found: dict[int, dict[int, Contact]] = defaultdict(dict)
    holders: dict[int, dict[Role, Contact]] = defaultdict(dict)
    for contact in Contact.objects.filter(customer__in=customers).order_by():
        found[cast(int, contact.customer_id)][contact.pk] = contact
    assigned = RoleAssignment.objects.filter(customer__in=customers).select_related("contact")
    for assignment in assigned.order_by():
        found[assignment.customer_id][assignment.contact_id] = assignment.contact
        holders[assignment.customer_id][Role(assignment.role)] = assignment.contact
    return {
        customer: People(
            text=_document([contact for _key, contact in sorted(found[customer.pk].items())]),
            gap=_gap(customer, holders[customer.pk]),
        )
        for customer in customers
    }


def _fields(contact: Contact) -> list[str]:
    return [contact.full_name, contact.email, phone_forms(contact.phone) if contact.phone else ""]


def _document(people: Collection[Contact]) -> str:
    fields: list[str] = []
    for contact in people:
        fields += _fields(contact)
    fields += sorted({search_text.domain(contact.email) for contact in people})
    return search_text.document(fields) if fields else ""


def contact_rows(contacts: Iterable[Contact]) -> list[ContactSearch]:
    """The search rows of contacts as they should be, in the order of their keys; nothing is written."""
    return [
        ContactSearch(
            contact=contact,
            partner_id=contact.partner_id,
            name_sort=search_text.fold(contact.full_name)[:NAME_LENGTH],
            doc=text_of(name=contact.full_name, email=contact.email, phone=contact.phone, number=contact.number),
        )
        for contact in sorted(contacts, key=lambda contact: contact.pk)
    ]


def text_of(*, name: str, email: str, phone: str, number: str = "") -> str:
    """The folded text by which somebody is found where contacts are chosen or looked up."""
    phones = phone_forms(phone) if phone else ""
    return search_text.document([name, email, phones, search_text.domain(email), number])


def index(contacts: Iterable[Contact]) -> None:
    """Write the search rows of contacts that were written: one query for hundreds of them."""
    ContactSearch.objects.bulk_create(
        contact_rows(contacts),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["contact"],
        update_fields=["partner", "name_sort", "doc"],
    )


def _gap(customer: Customer, holders: dict[Role, Contact]) -> str:
    found = gaps_of(holders, relationship=customer.relationship, uses_secwise_watch=customer.uses_secwise_watch)
    return gap_code(must_be_mended(found))


@transaction.atomic(savepoint=False)
def refresh(customers: Iterable[Customer]) -> None:
    """Write the search rows of customers whose people changed: a handful of queries for each few hundred of them."""
    every = list(customers)
    search_rows.lock(every)
    _write(every)


def write(customers: Iterable[Customer], partner: Partner) -> None:
    """The same for customers of one partner, which the caller has read under its lock (`search_rows.hold`)."""
    every = list(customers)
    for customer in every:
        customer.partner = partner
    _write(every)


def _write(customers: list[Customer]) -> None:
    customers.sort(key=lambda customer: customer.pk)
    for start in range(0, len(customers), BATCH):
        search_rows.write(people_of(customers[start : start + BATCH]))
