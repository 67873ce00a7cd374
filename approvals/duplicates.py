"""The same VAT number at the same partner: the one rule. Nothing of another partner is ever looked at."""

from dataclasses import dataclass
from typing import Any, Literal

from approvals.models import RegistrationRequest
from approvals.workflow import OPEN, State
from customers.models import Customer, CustomerStatus, Partner
from customers.models.customer import LIVING


@dataclass(frozen=True, kw_only=True)
class Duplicate:
    """Where a partner already has a VAT number. `customer` is set for kind *customer*, `request` for the others."""

    kind: Literal["customer", "request", "draft"]
    customer: Customer | None = None
    request: RegistrationRequest | None = None

    @property
    def company_name(self) -> str:
        if self.customer is not None:
            return self.customer.name
        return self.request.company_name if self.request is not None else ""

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


def find(*, partner: Partner, vat_number: str, exclude: RegistrationRequest | None = None) -> Duplicate | None:
    """What the partner has with this canonical number: a living customer, an open request, a draft; or None.

    `exclude` is the request that is being worked on: neither it nor the customer it opened counts. No number, no
    duplicate: a customer without a VAT number is told apart by the approver.
    """
    if not vat_number:
        return None
    customers = Customer.objects.filter(partner=partner, vat_number=vat_number, status__in=LIVING)
    requests = RegistrationRequest.objects.filter(partner=partner, state__in=OPEN)
    if exclude is not None:
        customers = customers.exclude(request=exclude)
        requests = requests.exclude(pk=exclude.pk)
    customer = customers.first()
    if customer is not None and customer.status != CustomerStatus.PENDING:
        return Duplicate(kind="customer", customer=customer)
    requests = requests.select_related("created_by", "submitted_by")
    # A pending customer holds its number although the request it belongs to may be having it corrected.
    request = (requests.filter(customer=customer) if customer else requests.filter(vat_number=vat_number)).first()
    if request is not None:
        return Duplicate(kind="draft" if request.state == State.DRAFT else "request", request=request)
    return Duplicate(kind="customer", customer=customer) if customer is not None else None
