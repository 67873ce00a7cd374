"""Keeps the search row of a customer true. Called by every function that writes a customer."""

from collections.abc import Mapping

import phonenumbers

from customers import search_text
from customers.models import Customer, CustomerSearch

BATCH = 500
"""Rows in one statement."""
VAT_LENGTH = 20


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


def _row(customer: Customer, people: str) -> CustomerSearch:
    return CustomerSearch(
        customer=customer,
        partner_id=customer.partner_id,
        status=customer.status,
        name_sort=search_text.fold(customer.name)[:400],
        # A Belgian enterprise number is looked for as the VAT number with the same digits.
        vat=customer.vat_number or customer.national_number[:VAT_LENGTH],
        people=people,
        doc=search_text.document(own_fields(customer)) + people,
    )


def rows(people: Mapping[Customer, str]) -> list[CustomerSearch]:
    """The search rows of customers as they should be, in the order of their keys; nothing is written."""
    return [_row(customer, people[customer]) for customer in sorted(people, key=lambda customer: customer.pk)]


def write(people: Mapping[Customer, str]) -> None:
    """Write the search rows of customers, each with the folded text of its people: one query for hundreds of them.

    In the order of their keys, so that two writers that share customers wait for each other instead of for ever.
    """
    CustomerSearch.objects.bulk_create(
        rows(people),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["customer"],
        update_fields=["partner", "status", "name_sort", "vat", "people", "doc"],
    )


def refresh(customer: Customer) -> None:
    """Write the search row of a customer that changed; the text of its people stays as it is."""
    row = CustomerSearch.objects.filter(pk=customer.pk).only("people").first()
    write({customer: row.people if row else ""})
