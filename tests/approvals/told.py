"""Events of the table of notices, each about something, and who is told of which."""

from typing import Any

from approvals import notifications
from approvals.models import Message, Submission
from approvals.workflow import State
from customers.history import record
from customers.models import Event, Partner
from portal.models import User
from tests.approvals import talk
from tests.request_builders import make_request

PERSONAS = (
    "onboarder",
    "colleague",
    "administrator",
    "viewer",
    "stranger",
    "customer_user",
    "approver",
    "second_approver",
    "csm",
)


class Told:
    """One event of a row of the table, about one request or conversation, announced or about to be."""

    def __init__(self, action: str, partner: Partner, sender: User, actor: User, **fields: Any) -> None:
        self.request = make_request(
            partner, sender, State.APPROVED if action == "request.approved" else State.SUBMITTED, **fields
        )
        self.submission: Submission | None = self.request.submissions.get()
        self.message: Message | None = None
        if action.startswith("message."):
            write = talk.note if action == "message.noted" else talk.write
            self.message, self.submission = write(actor, self.request), None
            self.event = Event.objects.filter(action=action).latest("pk")
            return
        again = action == "request.resubmitted"
        self.event = record(
            actor=actor,
            action="request.submitted" if again else action,
            partner=partner,
            customer=self.request.customer,
            reference=self.request.reference,
            version=2 if again else 1,
        )

    def announce(self) -> None:
        notifications.announce(self.event, submission=self.submission, message=self.message)


# By whom, and who is told: with the sender an onboarder of the partner, and nobody of Arxus involved before.
APPROVERS = {"approver", "second_approver", "third_approver"}
AUDIENCE: dict[str, tuple[str, set[str]]] = {
    "request.submitted": ("onboarder", {"onboarder", *APPROVERS}),
    "request.resubmitted": ("onboarder", {"onboarder", *APPROVERS}),
    "request.changes_requested": ("approver", {"onboarder"}),
    "request.approved": ("approver", {"onboarder"}),
    "request.rejected": ("approver", {"onboarder"}),
    "request.withdrawn": ("colleague", {"onboarder"}),
    "request.approved_first": ("approver", APPROVERS - {"approver"}),
    "request.late": ("csm", {"onboarder", *APPROVERS}),
    "message.sent": ("onboarder", {"csm"}),
    "message.noted": ("approver", set()),
}
