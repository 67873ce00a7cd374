"""Portal access and ServiceNow permissions of the people whose role needs them: Arxus confirms both before approving.

Confirmed once, it holds for every customer at which the person fills such a role.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils import timezone

from contacts.models import Contact, RoleAssignment
from contacts.policy import ROLE_POLICY
from customers import search_rows
from customers.history import record
from customers.models import Customer

INVITED = [role.value for role, rule in ROLE_POLICY.items() if rule.invited]


def invited(customer: Customer) -> list[Contact]:
    """Whoever gets portal access and ServiceNow permissions for this customer.

    `has_account`: whether somebody signs in with this address already.
    """
    accounts = get_user_model().objects.filter(is_active=True, email=Lower(OuterRef("email")))
    filling = RoleAssignment.objects.filter(contact=OuterRef("pk"), customer=customer, role__in=INVITED)
    return list(Contact.objects.filter(Exists(filling)).annotate(has_account=Exists(accounts)))


def unconfirmed(customer: Customer) -> list[Contact]:
    """Those of them whose access nobody of Arxus has confirmed."""
    return [contact for contact in invited(customer) if contact.access_confirmed_at is None]


@transaction.atomic
def confirm(*, actor: Any, customer: Customer) -> list[Contact]:
    """Note that whoever is invited has portal access and ServiceNow permissions, or gets them now.

    Returns those for whom it was not on record yet. Locks the partner, then contacts, by id: lock the customer before.
    """
    search_rows.hold([customer.partner_id])
    waiting = [contact.pk for contact in unconfirmed(customer)]
    rows = Contact.objects.select_for_update().filter(pk__in=waiting, access_confirmed_at=None).order_by("pk")
    confirmed = list(rows)
    for contact in confirmed:
        contact.access_confirmed_at = timezone.now()
        contact.access_confirmed_by = actor
        contact.save()
        record(
            actor=actor,
            action="contact.access_confirmed",
            partner=customer.partner,
            customer=customer,
            reference=contact.number,
            name=contact.full_name,
        )
    return confirmed
