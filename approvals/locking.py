"""The first statement of every verb on a request."""

from typing import Any

from django.db.models import Value

from approvals.models import RegistrationRequest
from approvals.refusals import RequestGone


def lock(request: RegistrationRequest) -> RegistrationRequest:
    """The request as it is now, locked until the end of the transaction. Raises RequestGone where it was deleted.

    Every verb locks the request first, then the customer, then contacts: one order, so no deadlock.
    """
    return lock_and_ask(request, Value(True))[0]


def lock_and_ask(request: RegistrationRequest, question: Any) -> tuple[RegistrationRequest, bool]:
    """As `lock`, with the answer to a condition about the rest of the database, in one statement."""
    # No joins: PostgreSQL, having waited for the lock, joins the new row to the old neighbours, and a row whose
    # `updated_by` has changed meanwhile would seem to be gone.
    rows = RegistrationRequest.objects.select_for_update().order_by().filter(pk=request.pk)
    current = rows.annotate(answered=question).first()
    if current is None:
        raise RequestGone
    if RegistrationRequest.partner.is_cached(request):
        current.partner = request.partner  # Every verb asks for it, and it never changes.
    return current, bool(vars(current).pop("answered"))
