"""Freezes what a submission says, so that what was decided on stays readable whatever changes afterwards."""

from collections.abc import Iterable, Sequence
from typing import Any

import phonenumbers
from django_countries.fields import Country

from approvals.models import Evidence
from contacts.models import Contact, RoleAssignment
from contacts.policy import ROLE_POLICY
from contacts.violations import Violation
from customers import vat, vat_checks
from customers.models import Customer
from customers.vies import Outcome


def freeze(
    *,
    customer: Customer,
    signing_authority: bool,
    liability: str,
    evidence: Iterable[Evidence],
    warnings: Sequence[Violation],
    register_reason: str = "",
) -> dict[str, Any]:
    """Return `Submission.snapshot`: plain JSON out of the rows as they were just written.

    Keys: vat (the number, or the national one with the reason for it), register (what the VAT register had said by
    then; `reason`: why it may not know the number, as the partner says), details, relationship, uses_secwise_watch,
    roles (every role, in the order of the policy, `holder` None where nobody fills it), signing_authority, liability
    (the sentence as it was shown, or ""), evidence, warnings.
    A warning's `message` is English with `%(name)s` places for its `params`: translate, then fill.
    """
    country = Country(str(customer.country))
    return {
        "vat": {
            "number": customer.vat_number,
            "readable": _readable_vat(customer.vat_number),
            "country": country.code,
            "national_number": customer.national_number,
            "no_vat_reason": customer.no_vat_reason,
        },
        "register": _register(customer, register_reason),
        "details": {
            "name": customer.name,
            "legal_name": customer.legal_name,
            "phone": customer.phone,
            "phone_readable": readable_phone(customer.phone),
            "phone_extension": customer.phone_extension,
            "street": customer.street,
            "postcode": customer.postcode,
            "city": customer.city,
            "country": country.code,
            "country_name": country.name,
            "industry_code": customer.industry.code,
            "industry": customer.industry.name,
            "language": customer.language,
        },
        "relationship": str(customer.relationship),
        "uses_secwise_watch": customer.uses_secwise_watch,
        "roles": _roles(customer),
        "signing_authority": signing_authority,
        "liability": liability,
        "evidence": [
            {
                "key": str(document.key),
                "kind": str(document.kind),
                "name": document.name,
                "size": document.size,
                "sha256": document.sha256,
                "content_type": document.content_type,
            }
            for document in evidence
        ],
        "warnings": [
            {
                "role": found.role.value,
                "code": found.code,
                "message": found.message,
                "params": {key: str(value) for key, value in found.params.items()},
            }
            for found in warnings
        ],
    }


def _register(customer: Customer, reason: str) -> dict[str, str]:
    check = vat_checks.known(partner=customer.partner, number=customer.vat_number)
    if check is None:
        blank = dict.fromkeys(("cause", "name", "address", "identifier", "asked_at", "reason"), "")
        return {"state": "not_asked", **blank}
    return {
        "state": check.outcome,
        "cause": check.cause,
        "name": check.name,
        "address": check.address,
        "identifier": check.identifier,
        "asked_at": check.asked_at.isoformat(),
        "reason": reason if check.outcome == Outcome.NOT_REGISTERED else "",
    }


def _roles(customer: Customer) -> list[dict[str, Any]]:
    held = {
        assignment.role: assignment.contact
        for assignment in RoleAssignment.objects.filter(customer=customer).select_related("contact")
    }
    return [{"role": role.value, "holder": _holder(held.get(role.value))} for role in ROLE_POLICY]


def _holder(contact: Contact | None) -> dict[str, str] | None:
    if contact is None:
        return None
    return {
        "contact": contact.number,
        "name": contact.full_name,
        "kind": str(contact.kind),
        "side": contact.side.value,
        "email": contact.email,
        "phone": contact.phone,
        "phone_readable": readable_phone(contact.phone),
        "phone_extension": contact.phone_extension,
    }


def _readable_vat(number: str) -> str:
    stored = vat.stored(number)
    return stored.readable if stored else number


def readable_phone(e164: str) -> str:
    """The number as one would print it: `+32 2 555 01 42`."""
    try:
        parsed = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
