"""Keeps the search row of a customer true. Called by every function that writes a customer."""

import phonenumbers

from customers import search_text
from customers.models import Customer, CustomerSearch


def phone_forms(e164: str) -> str:
    """The two ways people type the end of a number: international (`3225550142`) and national (`025550142`)."""
    try:
        parsed = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
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
        customer.city,
        customer.postcode,
        phone_forms(customer.phone),
        customer.number,
    ]


def refresh(customer: Customer, *, people: str | None = None) -> None:
    """Write the search row of one customer. `people` is the folded text of its people; None keeps what it was."""
    if people is None:
        row = CustomerSearch.objects.filter(pk=customer.pk).only("people").first()
        people = row.people if row else ""
    CustomerSearch.objects.update_or_create(
        customer=customer,
        defaults={
            "partner_id": customer.partner_id,
            "status": customer.status,
            "name_sort": search_text.fold(customer.name)[:400],
            "vat": customer.vat_number,
            "people": people,
            "doc": search_text.document(own_fields(customer)) + people,
        },
    )
