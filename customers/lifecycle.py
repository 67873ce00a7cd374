"""The verbs of a customer's life: opened by a submission, activated by an approval, closed, ended."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from customers import own_numbers, search_rows
from customers.details import CustomerDetails
from customers.history import change, record
from customers.models import Customer, CustomerStatus, Industry, Partner
from customers.relationships import Relationship

FILLED = (
    "vat_number",
    "national_number",
    "no_vat_reason",
    "name",
    "legal_name",
    "phone",
    "phone_extension",
    "street",
    "postcode",
    "city",
    "country",
    "language",
    "relationship",
)


class WrongStatus(Exception):
    """The customer is not in a state in which this can be done."""


def _fill(customer: Customer, details: CustomerDetails, relationship: Relationship, uses_secwise_watch: bool) -> None:
    number = details.vat_number or details.national_number
    if number != (customer.vat_number or customer.national_number):
        own_numbers.refuse(customer.partner, number)
    customer.vat_number = details.vat_number
    customer.national_number = details.national_number
    customer.no_vat_reason = details.no_vat_reason
    customer.name = details.name
    customer.legal_name = details.legal_name
    customer.phone = details.phone
    customer.phone_extension = details.phone_extension
    customer.street = details.street
    customer.postcode = details.postcode
    customer.city = details.city
    customer.country = details.country
    customer.industry = Industry.objects.get(code=details.industry_code)
    customer.language = details.language
    customer.relationship = relationship
    customer.uses_secwise_watch = uses_secwise_watch


def _facts(customer: Customer) -> dict[str, Any]:
    """What `_fill` fills in, as it goes on record."""
    values = {name: str(getattr(customer, name)) for name in FILLED}
    return values | {"uses_secwise_watch": customer.uses_secwise_watch, "industry": customer.industry.name}


@transaction.atomic
def open_customer(
    *,
    actor: Any,
    partner: Partner,
    details: CustomerDetails,
    relationship: Relationship,
    uses_secwise_watch: bool,
) -> Customer:
    """Write a customer that waits for approval (*pending*).

    Raises OwnNumber where the number is no customer's, and django.db.IntegrityError where the partner already has a
    living customer with it.
    """
    customer = Customer(partner=partner, status=CustomerStatus.PENDING)
    _fill(customer, details, relationship, uses_secwise_watch)
    customer.save()
    search_rows.refresh(customer)
    record(actor=actor, action="customer.opened", partner=partner, customer=customer)
    return customer


@transaction.atomic
def correct_details(
    *,
    actor: Any,
    customer: Customer,
    details: CustomerDetails,
    relationship: Relationship,
    uses_secwise_watch: bool,
) -> Customer:
    """Write corrected facts to a customer. The row is locked; field-by-field history comes from simple-history.

    Raises as `open_customer`, where the number changes.
    """
    customer = (
        Customer.objects.select_for_update(of=("self",)).select_related("partner", "industry").get(pk=customer.pk)
    )
    before = _facts(customer)
    _fill(customer, details, relationship, uses_secwise_watch)
    customer.save()
    search_rows.refresh(customer)
    facts = change(before, _facts(customer))
    record(actor=actor, action="customer.corrected", partner=customer.partner, customer=customer, **facts)
    return customer


def _move(
    *, actor: Any, customer: Customer, target: CustomerStatus, sources: tuple[CustomerStatus, ...], **facts: Any
) -> Customer:
    customer = Customer.objects.select_for_update(of=("self",)).select_related("partner").get(pk=customer.pk)
    if customer.status not in sources:
        raise WrongStatus(customer.status)
    customer.status = target
    if target == CustomerStatus.ACTIVE and customer.approved_at is None:
        customer.approved_at = timezone.now()
    customer.save()
    search_rows.refresh(customer)
    record(actor=actor, action=f"customer.{target.value}", partner=customer.partner, customer=customer, **facts)
    return customer


@transaction.atomic
def activate(*, actor: Any, customer: Customer) -> Customer:
    """Approve: from now on the customer is in the table. Raises WrongStatus unless it is pending."""
    return _move(actor=actor, customer=customer, target=CustomerStatus.ACTIVE, sources=(CustomerStatus.PENDING,))


@transaction.atomic
def close(*, actor: Any, customer: Customer, status: CustomerStatus) -> Customer:
    """Close a pending customer as *rejected* or *withdrawn*; its VAT number is free again. Raises WrongStatus."""
    if status not in (CustomerStatus.REJECTED, CustomerStatus.WITHDRAWN):
        raise WrongStatus(status)
    return _move(actor=actor, customer=customer, target=status, sources=(CustomerStatus.PENDING,))
