"""The registration requests of one company: its own, those begun from it or it from, and former ones of its number."""

from typing import Any

from django.db.models import Q, QuerySet

from approvals.models import RegistrationRequest
from customers.models import Customer
from portal.work import with_what_lines_name


def requests_of(user: Any, customer: Customer) -> QuerySet[Any]:
    """At the customer's own partner only, the latest first. What staff do not see, a partner's drafts, is not there."""
    number = customer.vat_number or customer.national_number
    concerned = Q(customer=customer)
    if number:
        # A Belgian company is the same by its VAT number and by its national one (`customers.querysets.COMPANY`).
        concerned |= Q(vat_number=number) | Q(national_number=number)
    registration: RegistrationRequest | None = getattr(customer, "request", None)
    if registration is not None:
        concerned |= Q(copied_from=registration) | Q(pk=registration.copied_from_id)
    found = RegistrationRequest.objects.visible_to(user).filter(concerned, partner=customer.partner_id)
    return with_what_lines_name(found).select_related("copied_from").order_by("-created_at", "-pk")
