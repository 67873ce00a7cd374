"""What a row of the table of notices says (`approvals.notices.table`)."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from approvals.models import NotificationKind

Words = str | Promise


class Audience(StrEnum):
    """Who is told. Whom that means for one event: `approvals.notices.audiences`."""

    SENDER = "sender"
    """Whoever sent the latest version; after they left, the partner's administrators."""
    APPROVERS = "approvers"
    """Everybody who may decide."""
    ASKER = "asker"
    """Whoever asked for the changes that are made now; after they left, everybody who may decide."""
    HANDLER = "handler"
    """Whoever of Arxus worked on the request last."""

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
    CHANGES = "changes"
    """Where the partner answers what was asked."""
    DECISION = "decision"
    CUSTOMER = "customer"
    CONVERSATION = "conversation"


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
    """Whether the decision's reason follows the text."""
    tells_message: bool = False
    """Whether the message itself follows the text: never an internal one, which leaves the portal by no way."""


@dataclass(frozen=True, kw_only=True)
class Notice:
    kind: NotificationKind
    audience: Audience
    line: Words
    """What the portal says."""
    page: Page
    letter: Letter
    by_mail: bool = True
    """Whether it also goes out by mail to somebody who has not chosen."""
    settles: bool = False
    """Whether staff have nothing left to do about what they were told of this request before."""
