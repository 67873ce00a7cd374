"""The record of who did what and when. Verbs call `record` in the transaction of the change itself."""

from typing import Any

from customers.models import Customer, Event, Partner


def record(
    *,
    actor: Any,
    action: str,
    partner: Partner,
    customer: Customer | None = None,
    reference: str = "",
    **facts: Any,
) -> Event:
    """Write one event.

    `action` is a dotted verb (`request.submitted`); `reference` the public number of what it is about; `facts` what is
    worth keeping, as JSON. `actor` is a user, or None for what the portal did by itself.
    """
    return Event.objects.create(
        actor=actor,
        actor_name=actor.get_full_name() if actor else "",
        actor_is_staff=bool(actor and actor.is_staff),
        action=action,
        partner=partner,
        customer=customer,
        reference=reference or (customer.number if customer else ""),
        facts=facts,
    )
