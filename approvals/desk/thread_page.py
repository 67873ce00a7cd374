"""What a page shows of a conversation: its messages as this reader reads them, and the form to write the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from approvals.conversations.voices import ARXUS, answers_for_arxus, may_write_about
from approvals.desk.message_forms import MessageForm
from approvals.models import Attachment, Message, RegistrationRequest, Thread
from approvals.querysets import MessageQuerySet, reads_internal
from approvals.workflow import State

LATEST = 50
"""Messages shown at once; the earlier ones are a click away."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One message, as `components/_message.html` shows it."""

    who: str
    side: str
    """Whose person that is, where `who` does not say it."""
    sent_at: datetime
    body: str
    attachments: Sequence[Attachment]
    is_internal: bool
    is_mine: bool
    seen_by: str
    """Who reads it; empty where it goes without saying."""


@dataclass(frozen=True, kw_only=True)
class Conversation:
    lines: Sequence[Line]
    has_earlier: bool
    form: MessageForm | None
    """None for whoever may only read."""
    partner: str
    """With whom Arxus shares; what staff read of the other side."""


def of_request(
    user: Any, request: RegistrationRequest, *, form: MessageForm | None = None, everything: bool = False
) -> Conversation:
    """The conversation of a request that this person sees. Two queries at most."""
    messages = Message.objects.filter(thread__request=request)
    partner = request.partner.name
    if form is None and may_write_about(user, request):
        form = reply(user, partner)
    return _conversation(user, messages, partner, form, everything)


def of_thread(user: Any, thread: Thread, *, form: MessageForm | None = None, everything: bool = False) -> Conversation:
    """A question to support that this person sees. Two queries at most."""
    partner = other_side(thread)
    if form is None and (answers_for_arxus(user) or not user.is_staff):
        form = reply(user, partner)
    return _conversation(user, Message.objects.filter(thread=thread), partner, form, everything)


def context(user: Any, request: RegistrationRequest, *, form: MessageForm | None, asked: str) -> dict[str, Any]:
    """What the page of a request needs; `asked` is `all` where the earlier messages are wanted too."""
    if request.state == State.DRAFT:
        return {"conversation": None}
    found = of_request(user, request, form=form, everything=asked == "all")
    return {"conversation": found if found.lines or found.form else None}


def reply(user: Any, partner: str, data: Any = None, files: Any = None) -> MessageForm:
    """The form for the next message; staff say in it whether `partner` reads along."""
    return MessageForm(data, files, partner=partner if user.is_staff else "")


def other_side(thread: Thread) -> str:
    """With whom Arxus speaks."""
    return str(thread.customer.name if thread.customer is not None else thread.partner.name)


def _conversation(
    user: Any, messages: MessageQuerySet, partner: str, form: MessageForm | None, everything: bool
) -> Conversation:
    said = messages.visible_to(user).order_by("-pk").prefetch_related("attachments")
    found = list(said if everything else said[: LATEST + 1])
    has_earlier = not everything and len(found) > LATEST
    shown = found[:LATEST] if has_earlier else found
    return Conversation(
        lines=[_line(user, message, partner) for message in reversed(shown)],
        has_earlier=has_earlier,
        form=form,
        partner=partner,
    )


def _line(user: Any, message: Message, partner: str) -> Line:
    is_mine = message.author_id == user.pk
    who = message.author_name if reads_internal(user) else message.signed_as
    side = ARXUS if message.is_staff else partner
    return Line(
        who=who,
        side=_("You") if is_mine else "" if who == side else side,
        sent_at=message.sent_at,
        body=message.body,
        attachments=list(message.attachments.all()),
        is_internal=message.is_internal,
        is_mine=is_mine,
        seen_by=_seen_by(message, partner) if reads_internal(user) else "",
    )


def _seen_by(message: Message, partner: str) -> str:
    if message.is_internal:
        return _("Internal: only Arxus reads this")
    return _("%(partner)s reads this") % {"partner": partner} if message.is_staff else ""
