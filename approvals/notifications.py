"""Who is told of what happened to a request. What a mail says is in `letters`, when it leaves in `tasks`."""

from typing import Any

from django.contrib.auth import get_user_model

from approvals import tasks
from approvals.models import Mailing, MailKind, RegistrationRequest, Submission
from approvals.standing import is_onboarder
from customers.permissions import MembershipRole


def announce(kind: MailKind, submission: Submission, *, actor: Any) -> None:
    """Write the mails about one submission, in the transaction of the change: they leave when it is committed.

    Telling somebody twice of the same thing is impossible: a mailing is unique.
    """
    for recipient in audience(submission.request):
        mailing, is_new = Mailing.objects.get_or_create(
            request=submission.request,
            kind=kind,
            version=submission.version,
            recipient=recipient,
            defaults={"actor_name": actor.get_full_name()},
        )
        if is_new:
            tasks.deliver.enqueue(str(mailing.key))


def audience(request: RegistrationRequest) -> list[Any]:
    """Who is told: whoever sent the latest version; after they left, the partner's administrators.

    Always people of the partner. Nobody of the customer's is told of a request, whatever the relationship.
    """
    sender = request.submitted_by
    if sender is not None and is_onboarder(sender, request.partner):
        return [sender]
    administrators = get_user_model().objects.filter(
        is_active=True, membership__partner=request.partner, membership__role=MembershipRole.ADMINISTRATOR.value
    )
    return list(administrators.order_by("pk"))
