"""The same number at the same partner: the one rule. Nothing of another partner is ever looked at.

The number is the VAT number, or the national one of a company that has none; a Belgian company is the same by either.
"""

from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Exists, Q

from approvals.models import RegistrationRequest
from approvals.querysets import RegistrationRequestQuerySet
from approvals.refusals import DuplicateNumber
from approvals.workflow import OPEN, State
from customers.models import Customer, CustomerStatus, Partner
from customers.models.customer import LIVING
from customers.querysets import COMPANY, CustomerQuerySet


@dataclass(frozen=True, kw_only=True)
class Duplicate:
    """Where a partner already has a number. `customer` is set for kind *customer*, `request` for the others."""

    kind: Literal["customer", "request", "draft"]
    customer: Customer | None = None
    request: RegistrationRequest | None = None

    @property
    def company_name(self) -> str:
        if self.customer is not None:
            return self.customer.name
        return self.request.company_name if self.request is not None else ""

    @property
    def has_ended(self) -> bool:
        """Whether it is a customer that the partner once had."""
        return self.customer is not None and self.customer.status == CustomerStatus.ENDED

    @property
    def reference(self) -> str:
        """The public number to link to."""
        if self.customer is not None:
            return self.customer.number
        return self.request.reference if self.request is not None else ""

    @property
    def owner(self) -> Any:
        """Whose request or draft it is; None for a customer."""
        return (self.request.submitted_by or self.request.created_by) if self.request is not None else None


def taken(*, partner: Partner, number: str, exclude: RegistrationRequest | None = None) -> Exists | Q:
    """The condition that `find` finds something: for a statement that asks more besides."""
    if not number:
        return Q(pk__in=[])
    customers, requests = _holding(partner, number, exclude)
    return Exists(customers) | Exists(requests)


def find(*, partner: Partner, vat_number: str, exclude: RegistrationRequest | None = None) -> Duplicate | None:
    """What the partner has with this canonical number: a living customer, an open request, a draft; or None.

    `vat_number` may be a national number. `exclude` is the request that is being worked on: neither it nor the customer
    it opened counts. No number, no duplicate.
    """
    if not vat_number:
        return None
    customers, requests = _holding(partner, vat_number, exclude)
    if not customers.values("pk").union(requests.values("pk")).exists():
        return None  # As a rule there is nothing, and one question is enough.
    customer = customers.first()
    if customer is not None and customer.status != CustomerStatus.PENDING:
        return Duplicate(kind="customer", customer=customer)
    if customer is not None:
        # A pending customer holds its number although the request it belongs to may be having it corrected.
        requests = RegistrationRequest.objects.filter(customer=customer, state__in=OPEN)
    request = requests.select_related("created_by", "submitted_by").first()
    if request is not None:
        return Duplicate(kind="draft" if request.state == State.DRAFT else "request", request=request)
    return Duplicate(kind="customer", customer=customer) if customer is not None else None


def refuse_duplicate(*, partner: Partner, number: str, exclude: RegistrationRequest | None = None) -> None:
    """Raise DuplicateNumber where `find` finds something."""
    if found := find(partner=partner, vat_number=number, exclude=exclude):
        raise DuplicateNumber(found)


def _holding(
    partner: Partner, number: str, exclude: RegistrationRequest | None
) -> tuple[CustomerQuerySet, RegistrationRequestQuerySet]:
    """The living customers and the open requests of the partner with this number."""
    customers = Customer.objects.alias(company=COMPANY).filter(partner=partner, company=number, status__in=LIVING)
    requests = RegistrationRequest.objects.alias(company=COMPANY).filter(
        partner=partner, company=number, state__in=OPEN
    )
    if exclude is not None:
        customers = customers.exclude(request=exclude)
        requests = requests.exclude(pk=exclude.pk)
    return customers, requests
