"""The first statement of every verb on a request."""

from approvals.models import RegistrationRequest
from approvals.refusals import RequestGone


def lock(request: RegistrationRequest) -> RegistrationRequest:
    """The request as it is now, locked until the end of the transaction. Raises RequestGone where it was deleted.

    Every verb locks the request first, then the customer, then contacts: one order, so no deadlock.
    """
    rows = RegistrationRequest.objects.select_for_update(of=("self",)).order_by()
    current = rows.select_related("partner", "customer", "created_by", "updated_by").filter(pk=request.pk).first()
    if current is None:
        raise RequestGone
    return current
