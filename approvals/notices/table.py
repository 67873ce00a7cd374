"""Who is told of what happened, and in which words: the one table of notices.

A row leads from a recorded action to the people who are told of it and to what they read: a line in the portal and, if
they want it, a mail. `%(company)s`, `%(reference)s`, `%(actor)s`, … stand for the facts.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from approvals.models import NotificationKind as Kind
from approvals.notices.notice import Audience, Letter, Notice, Page
from customers.models import Event

NOTICES: Mapping[str, tuple[Notice, ...]] = {
    "request.submitted": (
        Notice(
            kind=Kind.SUBMITTED,
            audience=Audience.SENDER,
            line=_("We have your request for %(company)s."),
            page=Page.REQUEST,
            letter=Letter(
                subject=_("%(reference)s: sent for %(company)s"),
                title=_("We have your request. There is nothing to do for you now."),
                text=_("%(company)s, %(reference)s. Sent on %(sent)s by %(sender)s."),
                button=_("Follow the request"),
                next=_("%(answer)s You can withdraw the request until then."),
            ),
        ),
        Notice(
            kind=Kind.SUBMITTED,
            audience=Audience.APPROVERS,
            line=_("%(partner)s sent a request for %(company)s."),
            page=Page.DECISION,
            by_mail=False,
            letter=Letter(
                subject=_("%(reference)s: to decide, %(company)s"),
                title=_("A request waits for a decision"),
                text=_("%(company)s, %(reference)s. Sent on %(sent)s by %(sender)s, %(partner)s."),
                button=_("Open the request"),
                next=_("It waits for whoever takes it first."),
            ),
        ),
    ),
    "request.resubmitted": (
        Notice(
            kind=Kind.RESUBMITTED,
            audience=Audience.SENDER,
            line=_("We have your changes for %(company)s."),
            page=Page.REQUEST,
            letter=Letter(
                subject=_("%(reference)s: sent again for %(company)s"),
                title=_("We have your changes. There is nothing to do for you now."),
                text=_("%(company)s, %(reference)s. Sent again on %(sent)s by %(sender)s."),
                button=_("Follow the request"),
                next=_("%(answer)s You can withdraw the request until then."),
            ),
        ),
        Notice(
            kind=Kind.RESUBMITTED,
            audience=Audience.ASKER,
            line=_("%(partner)s sent the changes for %(company)s."),
            page=Page.DECISION,
            by_mail=False,
            letter=Letter(
                subject=_("%(reference)s: changed and sent again, %(company)s"),
                title=_("The changes that were asked for are here"),
                text=_("%(company)s, %(reference)s. Sent again on %(sent)s by %(sender)s, %(partner)s."),
                button=_("Open the request"),
                next=_("It has kept its place in the queue."),
            ),
        ),
    ),
    "request.changes_requested": (
        Notice(
            kind=Kind.CHANGES_REQUESTED,
            audience=Audience.SENDER,
            line=_("We ask for changes to your request for %(company)s."),
            page=Page.CHANGES,
            settles=True,
            letter=Letter(
                subject=_("%(reference)s: changes needed for %(company)s"),
                title=_("Change your request and send it back"),
                text=_("%(company)s, %(reference)s. Sent on %(sent)s by %(sender)s. This is what we ask:"),
                button=_("Change and send back"),
                next=_("We then answer %(within)s. Everything else stays as you sent it."),
                tells_reason=True,
            ),
        ),
    ),
    "request.approved": (
        Notice(
            kind=Kind.APPROVED,
            audience=Audience.SENDER,
            line=_("%(company)s is approved."),
            page=Page.CUSTOMER,
            settles=True,
            letter=Letter(
                subject=_("%(reference)s: %(company)s is approved"),
                title=_("Your customer is approved: you can start"),
                text=_("%(company)s, %(reference)s. Sent on %(sent)s by %(sender)s."),
                button=_("Open the customer"),
                next=_("It is in Customer Management from now on."),
                tells_reason=True,
            ),
        ),
    ),
    "request.rejected": (
        Notice(
            kind=Kind.REJECTED,
            audience=Audience.SENDER,
            line=_("Your request for %(company)s is rejected."),
            page=Page.REQUEST,
            settles=True,
            letter=Letter(
                subject=_("%(reference)s: %(company)s is rejected"),
                title=_("Read why we rejected your request"),
                text=_("%(company)s, %(reference)s. Sent on %(sent)s by %(sender)s. This is the reason:"),
                button=_("Open the request"),
                next=_("You can register this customer again once the reason is settled."),
                tells_reason=True,
            ),
        ),
    ),
    "request.withdrawn": (
        Notice(
            kind=Kind.WITHDRAWN,
            audience=Audience.SENDER,
            line=_("%(actor)s withdrew the request for %(company)s."),
            page=Page.REQUEST,
            settles=True,
            letter=Letter(
                subject=_("%(reference)s: withdrawn for %(company)s"),
                title=_("Your request is withdrawn. There is nothing to do for you now."),
                text=_("%(actor)s withdrew %(company)s, %(reference)s, sent on %(sent)s by %(sender)s."),
                button=_("Open the request"),
                next=_("You can register this customer again at any time."),
            ),
        ),
        Notice(
            kind=Kind.WITHDRAWN,
            audience=Audience.HANDLER,
            line=_("%(partner)s withdrew the request for %(company)s."),
            page=Page.DECISION,
            by_mail=False,
            letter=Letter(
                subject=_("%(reference)s: withdrawn, %(company)s"),
                title=_("A request you worked on is withdrawn"),
                text=_("%(actor)s, %(partner)s, withdrew %(company)s, %(reference)s, sent on %(sent)s."),
                button=_("Open the request"),
                next=_("There is nothing left to decide."),
            ),
        ),
    ),
    "request.approved_first": (
        Notice(
            kind=Kind.SECOND_APPROVAL,
            audience=Audience.APPROVERS,
            line=_("%(company)s, of %(partner)s, waits for a second approver."),
            page=Page.DECISION,
            by_mail=False,
            letter=Letter(
                subject=_("%(reference)s: a second approver, %(company)s"),
                title=_("A request waits for a second approver"),
                text=_("%(actor)s approved %(company)s, %(reference)s, of %(partner)s. It takes two."),
                button=_("Open the request"),
                next=_("Whoever approves it now decides it."),
            ),
        ),
    ),
    "request.late": (
        Notice(
            kind=Kind.LATE,
            audience=Audience.SENDER,
            line=_("Our answer to your request for %(company)s is late."),
            page=Page.REQUEST,
            letter=Letter(
                subject=_("%(reference)s: our answer is late, %(company)s"),
                title=_("Our answer is late. There is nothing to do for you."),
                text=_("%(company)s, %(reference)s. Sent on %(sent)s by %(sender)s."),
                button=_("Follow the request"),
                next=_("%(answer)s"),
            ),
        ),
        Notice(
            kind=Kind.LATE,
            audience=Audience.APPROVERS,
            line=_("The answer to %(partner)s about %(company)s is late."),
            page=Page.DECISION,
            by_mail=False,
            letter=Letter(
                subject=_("%(reference)s: late, %(company)s"),
                title=_("The answer to a request is late"),
                text=_("%(company)s, %(reference)s. Sent on %(sent)s by %(sender)s, %(partner)s."),
                button=_("Open the request"),
                next=_("The partner is told that we are late."),
            ),
        ),
    ),
    "message.sent": (
        Notice(
            kind=Kind.MESSAGE,
            audience=Audience.THEIR_WRITERS,
            line=_("%(actor)s wrote to you: %(topic)s"),
            page=Page.CONVERSATION,
            letter=Letter(
                subject=_("%(reference)s: a message for you"),
                title=_("Read your message"),
                text=_("%(actor)s wrote about %(topic)s, %(reference)s:"),
                button=_("Read and answer"),
                next=_("Answer in the portal, so that your colleagues can follow it."),
                tells_message=True,
            ),
        ),
        Notice(
            kind=Kind.MESSAGE,
            audience=Audience.ARXUS_WRITERS,
            line=_("%(actor)s, %(partner)s, wrote: %(topic)s"),
            page=Page.CONVERSATION,
            letter=Letter(
                subject=_("%(reference)s: a message from %(partner)s"),
                title=_("Somebody wrote to us"),
                text=_("%(actor)s, %(partner)s, wrote about %(topic)s, %(reference)s:"),
                button=_("Read and answer"),
                next=_("Answer in the portal: the partner is told there and by mail."),
                tells_message=True,
            ),
        ),
    ),
    "message.noted": (
        Notice(
            kind=Kind.MESSAGE,
            audience=Audience.ARXUS_WRITERS,
            line=_("%(actor)s left a note for Arxus only: %(topic)s."),
            page=Page.CONVERSATION,
            letter=Letter(
                subject=_("%(reference)s: a note for Arxus only"),
                title=_("A colleague left a note"),
                text=_("%(actor)s left a note about %(topic)s, %(reference)s. Notes are read in the portal only."),
                button=_("Read the note"),
                next=_("The partner does not see it."),
            ),
        ),
    ),
}


def action_of(event: Event) -> str:
    """The row of the table for an event: sending again is told differently."""
    is_again = event.action == "request.submitted" and event.facts.get("version", 1) > 1
    return "request.resubmitted" if is_again else event.action


def notice_for(event: Event, *, staff: bool) -> Notice:
    """What somebody of Arxus, or of a partner, reads of an event. Whoever of Arxus sent a request as a member of its
    partner reads what the partner does where nobody else of Arxus is told."""
    notices = NOTICES[action_of(event)]
    return next((notice for notice in notices if notice.audience.is_staff is staff), notices[0])


def kinds_for(*, staff: bool, partner: bool = True) -> list[Kind]:
    """What this side is ever told of, in the order of the table; of a customer's own people: messages."""
    if not staff and not partner:
        return [Kind.MESSAGE]
    told = [notice.kind for notices in NOTICES.values() for notice in notices if notice.audience.is_staff is staff]
    return list(dict.fromkeys([*told, Kind.DIGEST] if staff else told))


def is_by_mail(kind: Kind, *, staff: bool) -> bool:
    """Whether this side gets a kind by mail where somebody has not chosen."""
    notices = (notice for notices in NOTICES.values() for notice in notices)
    return any(notice.by_mail for notice in notices if notice.kind == kind and notice.audience.is_staff is staff)
