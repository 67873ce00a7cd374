"""Who at a customer accepted the Microsoft agreement, on pages: `{% load agreements %}`."""

from typing import Any

from django import template

from approvals.models import RegistrationRequest
from contacts.acceptance import may_record
from customers.models import Customer

register = template.Library()


@register.inclusion_tag("components/_agreement.html", takes_context=True)
def agreement(context: Any, customer: Customer) -> dict[str, Any]:
    """Who accepted it and when, with the way to put it on record for whoever may: `{% agreement customer %}`. One
    query. For staff and the customer's partner, never for its own users."""
    request = context["request"]
    return {
        "customer": customer,
        "acceptance": customer.acceptances.select_related("recorded_by").first(),
        "may_record": may_record(request.user, customer),
        "is_staff": request.user.is_staff,
        "here": request.path,
    }


@register.inclusion_tag("components/_agreement_in_short.html", takes_context=True)
def agreement_in_short(context: Any, registration: RegistrationRequest) -> dict[str, Any]:
    """The same for staff beside much else, out of what was asked for with the request (`acceptance.in_short`)."""
    request = context["request"]
    may = registration.customer is not None and may_record(request.user, registration.customer)
    return {"registration": registration, "may_record": may, "here": request.path}
