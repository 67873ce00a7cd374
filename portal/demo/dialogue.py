"""What people of the demonstration have done lately: requests in hands, questions asked and answered."""

import uuid
from datetime import timedelta

from approvals import decisions, holding
from approvals.conversations import conversation
from approvals.models import FirstApproval, RegistrationRequest, Submission
from approvals.workflow import Move, State
from customers.history import told_of
from customers.models import Partner
from portal.demo.accounts import BRIGHTCLOUD, NORTHWIND
from portal.models import User


def tell(people: dict[str, User]) -> None:
    """Told once, after the requests are there."""
    lotte, bram = (User.objects.get(email=f"reseller@{domain}.example") for domain in ("brightcloud", "northwind-it"))
    karim, hanne = people["approver2@arxus.example"], people["csm@arxus.example"]
    _first_of_two_approvals(karim)
    in_hand = _waiting(BRIGHTCLOUD)[-2]
    holding.take(actor=karim, request=in_hand)
    _say(lotte, in_hand, "The customer moves to new offices on 1 December. Should we send the new address now?")
    _say(karim, in_hand, "Rang them: they answer at the number given, and know of the request.", internal=True)
    _say(karim, in_hand, "Send it once they are there: we take the address of the register for now.")
    asked = conversation.start(
        actor=lotte,
        subject="Who gets the notices of new versions?",
        body="Our technical contact says that nothing has come since October. Is there a list one can be added to?",
        page="/help/",
        token=uuid.uuid4(),
    )
    conversation.write(
        actor=hanne,
        thread=asked.thread,
        body="The Watch List contact gets them. For this customer that is your service desk: look in its mailbox.",
        token=uuid.uuid4(),
    )
    conversation.start(
        actor=bram,
        subject="A company in Luxembourg that has no VAT number yet",
        body="It was founded last week and has its RCS number. Can we register it already?",
        page="/customers/new/",
        token=uuid.uuid4(),
    )


def _waiting(partner: str) -> list[RegistrationRequest]:
    owner = Partner.objects.get(name=partner)
    return list(RegistrationRequest.objects.filter(partner=owner, state=State.SUBMITTED.value).oldest_first())


def _first_of_two_approvals(approver: User) -> None:
    """A partner that bears the liability takes two approvers; one has approved."""
    for request in _waiting(NORTHWIND):
        submission = Submission.objects.filter(request=request).latest("version")
        if submission.snapshot["liability"]:
            moment = submission.submitted_at + timedelta(hours=2)
            with told_of(moment):
                decisions.decide(
                    actor=approver,
                    request=request,
                    move=Move.APPROVE,
                    version=submission.version,
                    access_confirmed=True,
                )
            FirstApproval.objects.filter(submission=submission).update(approved_at=moment)


def _say(actor: User, request: RegistrationRequest, body: str, *, internal: bool = False) -> None:
    conversation.write(actor=actor, request=request, body=body, internal=internal, token=uuid.uuid4())
