"""Who is told of what happened, and in which words: the one table of notices.

A row leads from a recorded action to the people who are told of it and to what they read: a line in the portal and, if
they want it, a mail. `%(company)s`, `%(reference)s`, `%(actor)s`, … stand for the facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals.models import NotificationKind as Kind

Words = str | Promise


class Audience(StrEnum):
    """Who is told. Whom that means for one event: `approvals.audiences`."""

    SENDER = "sender"
    """Whoever sent the latest version; after they left, the partner's administrators."""
    APPROVERS = "approvers"
    """Everybody who may decide."""
    ASKER = "asker"
    """Whoever asked for the changes that are made now; after they left, everybody who may decide."""

    THEIR_WRITERS = "their_writers"
    """Those of the partner, or of the customer, who take part in a conversation."""
    ARXUS_WRITERS = "arxus_writers"
    """Those of Arxus who do."""

    @property
    def is_staff(self) -> bool:
        return self not in (Audience.SENDER, Audience.THEIR_WRITERS)


class Page(StrEnum):
    """Where the one link leads."""

    REQUEST = "request"
    DECISION = "decision"
    CUSTOMER = "customer"
    THREAD = "thread"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """The words of a mail."""

    subject: Words
    title: Words
    """The first line: what to do, or that there is nothing to do."""
    text: Words
    button: Words
    next: Words
    tells_reason: bool = False


@dataclass(frozen=True, kw_only=True)
class Notice:
    kind: Kind
    audience: Audience
    line: Words
    """What the portal says."""
    page: Page
    letter: Letter
    by_mail: bool = True
    """Whether it also goes out by mail to somebody who has not chosen."""
    settles: bool = False
    """Whether staff have nothing left to do about what they were told of this request before."""


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
            page=Page.REQUEST,
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
    ),
}

_BY_KIND = {(notice.kind, notice.audience.is_staff): notice for notices in NOTICES.values() for notice in notices}


def notice_for(kind: str, *, staff: bool) -> Notice:
    """The notice that somebody got: staff and partners read different words about the same."""
    return _BY_KIND[Kind(kind), staff]
