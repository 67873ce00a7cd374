"""Keeps what a search row says of its customer’s people true. Called by whatever writes contacts or roles."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import transaction

from contacts.gaps import gap_code, must_be_mended
from contacts.models import Contact, RoleAssignment
from contacts.nominees import gaps_of
from contacts.policy import Role
from customers import search_rows, search_text
from customers.models import Customer
from customers.search_rows import BATCH, People, phone_forms


def people_of(customers: Collection[Customer]) -> dict[Customer, People]:
    """The folded text of each customer's own contacts and of whoever fills its roles, and what is wrong with the
    roles: three queries for all."""
    found: dict[int, set[int]] = defaultdict(set)
    roles: dict[int, dict[Role, int]] = defaultdict(dict)
    for customer, contact in Contact.objects.filter(customer__in=customers).values_list("customer", "pk").order_by():
        found[customer].add(contact)
    assigned = RoleAssignment.objects.filter(customer__in=customers).values_list("customer", "role", "contact")
    for customer, role, contact in assigned.order_by():
        found[customer].add(contact)
        roles[customer][Role(role)] = contact
    contacts = Contact.objects.in_bulk(set().union(*found.values()))
    return {
        customer: People(
            text=_document([contacts[contact] for contact in sorted(found[customer.pk])]),
            gap=_gap(customer, {role: contacts[contact] for role, contact in roles[customer.pk].items()}),
        )
        for customer in customers
    }


def _document(people: Collection[Contact]) -> str:
    fields: list[str] = []
    for contact in people:
        fields += [contact.full_name, contact.email, phone_forms(contact.phone) if contact.phone else ""]
    fields += sorted({search_text.domain(contact.email) for contact in people})
    return search_text.document(fields) if fields else ""


def _gap(customer: Customer, holders: dict[Role, Contact]) -> str:
    found = gaps_of(holders, relationship=customer.relationship, uses_secwise_watch=customer.uses_secwise_watch)
    return gap_code(must_be_mended(found))


@transaction.atomic(savepoint=False)
def refresh(customers: Iterable[Customer]) -> None:
    """Write the search rows of customers whose people changed: a handful of queries for each few hundred of them."""
    every = list(customers)
    search_rows.lock(every)
    for start in range(0, len(every), BATCH):
        search_rows.write(people_of(every[start : start + BATCH]))
