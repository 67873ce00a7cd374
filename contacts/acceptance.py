"""The customer's own acceptance of the Microsoft agreement, as Arxus learned of it: who there, and when.

Something else than the partner's declarations at Confirm (settled question 9). Nobody is written to: for the customer
of a Value Add Partner it is a fact about its signatory like any other.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone

from contacts.models import Acceptance
from customers.history import change, record
from customers.models import Customer
from customers.models.customer import LIVING

RECORD = "contacts.add_acceptance"
EARLIEST = date(2010, 1, 1)
"""Microsoft sold nothing through partners of this sort before."""


class MayNotRecord(Exception):
    """The person has no right to record it, or the customer came to nothing."""


class OutOfTime(Exception):
    """A day to come, in the time zone of Arxus, or one before EARLIEST."""


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """Who accepted it at the customer, cleaned as a contact's details are, and on which day."""

    first_name: str
    last_name: str
    email: str
    phone: str = ""
    phone_extension: str = ""
    accepted_on: date


def may_record(user: Any, customer: Customer) -> bool:
    """Whether this person may say who accepted for this customer, before its approval or after it."""
    is_staff = user.is_active and user.is_staff and user.has_perm(RECORD) and user.has_perm("customers.view_customer")
    return bool(is_staff and customer.status in LIVING)


@transaction.atomic
def record_acceptance(*, actor: Any, customer: Customer, accepted: Accepted) -> Acceptance:
    """Put an acceptance on record; what was there before stays, and the latest holds.

    The same once more, as by a double click, is the record that is there. Raises MayNotRecord, OutOfTime.
    """
    customer = Customer.objects.select_for_update(of=("self",)).select_related("partner").get(pk=customer.pk)
    if not may_record(actor, customer):
        raise MayNotRecord
    if not EARLIEST <= accepted.accepted_on <= timezone.localdate():
        raise OutOfTime
    standing = customer.acceptances.first()
    before = _values(standing) if standing else {}
    facts = change(before, _words(accepted))
    if standing is not None and not facts:
        return standing
    made = Acceptance.objects.create(customer=customer, recorded_by=actor, **asdict(accepted))
    record(
        actor=actor,
        action="agreement.corrected" if standing else "agreement.recorded",
        partner=customer.partner,
        customer=customer,
        name=made.full_name,
        **facts,
    )
    return made


def in_short(customer: str) -> dict[str, Any]:
    """Annotations for a query about something else: `accepted_by` and `accepted_on`, NULL where nothing is on record.
    `customer` is the path to the customer's key."""
    latest = Acceptance.objects.filter(customer=OuterRef(customer))
    name = Concat("first_name", Value(" "), "last_name")
    return {
        "accepted_by": Subquery(latest.values(name=name)[:1]),
        "accepted_on": Subquery(latest.values("accepted_on")[:1]),
    }


def _values(standing: Acceptance) -> dict[str, str]:
    return {name: str(getattr(standing, name)) for name in Accepted.__dataclass_fields__}


def _words(accepted: Accepted) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(accepted).items()}
