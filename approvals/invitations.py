"""Who is to be invited into the portal once a customer is approved.

Accounts are still made by hand, so nothing is sent from here: the record says whom an administrator, and later the
invitation itself, has to reach.
"""

from typing import Any

from approvals.models import RegistrationRequest
from contacts import access
from contacts.models import Contact
from customers.history import record


def invite_on_approval(*, actor: Any, request: RegistrationRequest) -> list[Contact]:
    """Record whoever's role needs portal access at the customer of this request. Part of the approval's transaction.

    Of a Value Add Partner's customer these are the partner's own people alone: the role policy admits no others.
    """
    customer = request.customer
    people = access.invited(customer) if customer is not None else []
    for contact in people:
        record(
            actor=actor,
            action="contact.to_be_invited",
            partner=request.partner,
            customer=customer,
            reference=request.reference,
            name=contact.full_name,
            contact=contact.number,
        )
    return people
