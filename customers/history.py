"""The record of who did what and when. Verbs call `record` in the transaction of the change itself."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.utils import timezone

from customers.models import Customer, Event, Partner

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def record(
    *,
    actor: Any,
    action: str,
    partner: Partner | None,
    customer: Customer | None = None,
    reference: str = "",
    **facts: Any,
) -> Event:
    """Write one event.

    `action` is a dotted verb (`request.submitted`); `partner` is None for what is of no partner's; `reference` the
    public number of what it is about; `facts` what is worth keeping, as JSON: of a change `before` and `after`, field
    by field (`change`). `actor` is a user, or None for what the portal did by itself.
    """
    return Event.objects.create(
        at=_moment.get() or timezone.now(),
        actor=actor,
        actor_name=actor.get_full_name() if actor else "",
        actor_is_staff=bool(actor and actor.is_staff),
        action=action,
        partner=partner,
        customer=customer,
        reference=reference or (customer.number if customer else ""),
        facts=facts,
    )


def change(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a change: `before` and `after`, with the fields that differ; nothing where none does."""
    differing = [name for name in after if before.get(name) != after[name]]
    if not differing:
        return {}
    return {
        "before": {name: before.get(name) for name in differing},
        "after": {name: after[name] for name in differing},
    }


@contextmanager
def told_of(moment: datetime) -> Iterator[None]:
    """What is recorded meanwhile happened at this moment: for the demonstration, which tells of former days. What is
    on record cannot be aged afterwards."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
