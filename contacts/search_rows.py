"""Keeps the people part of a customer's search row true. Called by every function that writes contacts or roles."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from contacts.models import Contact, RoleAssignment
from customers import search_rows, search_text
from customers.models import Customer
from customers.search_rows import BATCH, phone_forms


def people_of(customers: Collection[Customer]) -> dict[Customer, str]:
    """The folded text of each customer's own contacts and of whoever fills its roles: three queries for all."""
    links: dict[int, set[int]] = defaultdict(set)
    owned = Contact.objects.filter(customer__in=customers).values_list("customer", "pk")
    assigned = RoleAssignment.objects.filter(customer__in=customers).values_list("customer", "contact")
    for customer, contact in (*owned.order_by(), *assigned.order_by()):
        links[customer].add(contact)
    contacts = Contact.objects.in_bulk(set().union(*links.values()))
    return {
        customer: _document([contacts[contact] for contact in sorted(links[customer.pk])]) for customer in customers
    }


def _document(people: Iterable[Contact]) -> str:
    fields: list[str] = []
    for contact in people:
        fields += [contact.full_name, contact.email, phone_forms(contact.phone) if contact.phone else ""]
    return search_text.document(fields) if fields else ""


def refresh(customers: Iterable[Customer]) -> None:
    """Write the search rows of customers whose people changed: a handful of queries for each few hundred of them."""
    every = list(customers)
    for start in range(0, len(every), BATCH):
        search_rows.write(people_of(every[start : start + BATCH]))
