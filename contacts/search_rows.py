"""Keeps the people part of a customer's search row true. Called by every function that writes contacts or roles."""

from collections.abc import Iterable

from django.db.models import Q

from contacts.models import Contact
from customers import search_rows, search_text
from customers.models import Customer
from customers.search_rows import phone_forms


def people_of(customer: Customer) -> str:
    """The folded text of a customer's own contacts and of whoever fills its roles."""
    contacts = Contact.objects.filter(Q(customer=customer) | Q(assignments__customer=customer)).distinct()
    fields: list[str] = []
    for contact in contacts.order_by("pk"):
        fields += [contact.full_name, contact.email, phone_forms(contact.phone) if contact.phone else ""]
    return search_text.document(fields) if fields else ""


def refresh(customers: Iterable[Customer]) -> None:
    """Write the search rows of customers whose people changed."""
    for customer in customers:
        search_rows.refresh(customer, people=people_of(customer))
