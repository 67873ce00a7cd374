"""The submitter's side takes a request back while it is undecided."""

from typing import Any

from django.db import transaction

from approvals import notifications
from approvals.holding import let_go
from approvals.locking import lock
from approvals.models import RegistrationRequest
from approvals.standing import refusal
from approvals.workflow import Move, State
from customers import lifecycle
from customers.history import record
from customers.models import CustomerStatus


@transaction.atomic(durable=True)
def withdraw(*, actor: Any, request: RegistrationRequest) -> RegistrationRequest:
    """Withdraw a request; its customer is closed and the VAT number is free again.

    Raises NotAllowed, and WrongState once it is decided or withdrawn.
    """
    current = lock(request)
    if found := refusal(Move.WITHDRAW, current, actor):
        raise found
    if current.customer is not None:
        lifecycle.close(actor=actor, customer=current.customer, status=CustomerStatus.WITHDRAWN)
    current.state = State.WITHDRAWN.value
    let_go(current)
    current.due_at = None
    current.updated_by = actor
    current.save()
    event = record(
        actor=actor,
        action="request.withdrawn",
        partner=current.partner,
        customer=current.customer,
        reference=current.reference,
    )
    notifications.announce(event, submission=current.submissions.latest("version"))
    return current
