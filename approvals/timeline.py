"""What happened, in sentences: the one table of words for recorded actions. Pages and admin both read from here.

Partners read “Arxus” where Arxus staff acted: who of Arxus looked into a request is not theirs to know. Staff read
names.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from approvals.models.evidence import KIND_LABELS
from contacts.policy import ROLE_POLICY, EvidenceKind, Role
from customers.models import Event
from customers.vies import Outcome


@dataclass(frozen=True, kw_only=True)
class Words:
    """A sentence of who acted, and one for whoever acted themselves: languages differ in more than the name."""

    other: Any
    you: Any
    is_step: bool = False
    """Whether it brought the matter further: such entries are ticked off."""
    tells_reason: bool = False
    """Whether the reason in the facts was written for the partner."""
    is_internal: bool = False
    """Whether it is for Arxus staff alone: to anybody else it did not happen."""


WORDS: dict[str, Words] = {
    "request.started": Words(other=_("%(who)s started the request"), you=_("You started the request"), is_step=True),
    "request.copied": Words(
        other=_("%(who)s started again with the answers of %(from)s"),
        you=_("You started again with the answers of %(from)s"),
        is_step=True,
    ),
    "request.submitted": Words(other=_("%(who)s sent the request"), you=_("You sent the request"), is_step=True),
    "request.changes_requested": Words(
        other=_("%(who)s asked for changes"),
        you=_("You asked for changes"),
        is_step=True,
        tells_reason=True,
    ),
    "request.approved": Words(other=_("%(who)s approved the request"), you=_("You approved the request"), is_step=True),
    "request.rejected": Words(
        other=_("%(who)s rejected the request"), you=_("You rejected the request"), tells_reason=True
    ),
    "request.withdrawn": Words(other=_("%(who)s withdrew the request"), you=_("You withdrew the request")),
    "request.discarded": Words(other=_("%(who)s deleted the draft"), you=_("You deleted the draft")),
    "request.exception_granted": Words(
        other=_("%(who)s lets the request go without the customer’s written approval"),
        you=_("You let the request go without the customer’s written approval"),
    ),
    "request.taken": Words(other=_("%(who)s took the request"), you=_("You took the request"), is_internal=True),
    "request.given_back": Words(
        other=_("%(who)s gave the request back"), you=_("You gave the request back"), is_internal=True
    ),
    "request.taken_over": Words(
        other=_("%(who)s took the request over from %(from)s"),
        you=_("You took the request over from %(from)s"),
        is_internal=True,
    ),
    "request.approved_first": Words(
        other=_("%(who)s approved the request as the first of two"),
        you=_("You approved the request as the first of two"),
        is_step=True,
        is_internal=True,
    ),
    "request.late": Words(other=_("%(who)s noted that the answer is late"), you=_("You noted that the answer is late")),
    "register.asked_again": Words(
        other=_("%(who)s asked the VAT register again: %(answer)s"),
        you=_("You asked the VAT register again: %(answer)s"),
    ),
    "evidence.added": Words(other=_("%(who)s added “%(name)s” (%(kind)s)"), you=_("You added “%(name)s” (%(kind)s)")),
    "evidence.removed": Words(other=_("%(who)s took “%(name)s” away"), you=_("You took “%(name)s” away")),
    "evidence.downloaded": Words(other=_("%(who)s downloaded “%(name)s”"), you=_("You downloaded “%(name)s”")),
    "customer.opened": Words(
        other=_("%(who)s put the company up for approval"), you=_("You put the company up for approval")
    ),
    "customer.corrected": Words(other=_("%(who)s corrected the details"), you=_("You corrected the details")),
    "customer.active": Words(
        other=_("%(who)s made the customer active"), you=_("You made the customer active"), is_step=True
    ),
    "customer.ended": Words(other=_("%(who)s deactivated the customer"), you=_("You deactivated the customer")),
    "customer.rejected": Words(other=_("%(who)s turned the customer down"), you=_("You turned the customer down")),
    "customer.withdrawn": Words(other=_("%(who)s took the customer back"), you=_("You took the customer back")),
    "contact.created": Words(other=_("%(who)s added %(name)s as a contact"), you=_("You added %(name)s as a contact")),
    "contact.amended": Words(
        other=_("%(who)s corrected the contact %(name)s"), you=_("You corrected the contact %(name)s")
    ),
    "contact.to_be_invited": Words(
        other=_("%(who)s noted that %(name)s is to be invited into the portal"),
        you=_("You noted that %(name)s is to be invited into the portal"),
    ),
    "contact.access_confirmed": Words(
        other=_("%(who)s confirmed portal access and ServiceNow permissions for %(name)s"),
        you=_("You confirmed portal access and ServiceNow permissions for %(name)s"),
    ),
    "agreement.recorded": Words(
        other=_("%(who)s put on record that %(name)s accepted the Microsoft agreement"),
        you=_("You put on record that %(name)s accepted the Microsoft agreement"),
    ),
    "agreement.corrected": Words(
        other=_("%(who)s corrected who accepted the Microsoft agreement, and when: %(name)s"),
        you=_("You corrected who accepted the Microsoft agreement, and when: %(name)s"),
    ),
    "role.assigned": Words(
        other=_("%(who)s made %(name)s the %(role)s contact"), you=_("You made %(name)s the %(role)s contact")
    ),
    "role.freed": Words(
        other=_("%(who)s: %(name)s is no longer the %(role)s contact"),
        you=_("You: %(name)s is no longer the %(role)s contact"),
    ),
    "message.sent": Words(other=_("%(who)s wrote a message"), you=_("You wrote a message")),
    "message.noted": Words(
        other=_("%(who)s wrote an internal note"), you=_("You wrote an internal note"), is_internal=True
    ),
    "message.downloaded": Words(other=_("%(who)s downloaded “%(name)s”"), you=_("You downloaded “%(name)s”")),
    "message.note_downloaded": Words(
        other=_("%(who)s downloaded “%(name)s”"), you=_("You downloaded “%(name)s”"), is_internal=True
    ),
    "thread.closed": Words(other=_("%(who)s closed the conversation"), you=_("You closed the conversation")),
    "export.taken": Words(
        other=_("%(who)s exported a list of customers: %(rows)s, as %(format)s"),
        you=_("You exported a list of customers: %(rows)s, as %(format)s"),
    ),
    "export.asked": Words(
        other=_("%(who)s asked for a list of customers as %(format)s"),
        you=_("You asked for a list of customers as %(format)s"),
    ),
    "export.made": Words(
        other=_("%(who)s made the list of customers: %(rows)s, as %(format)s"),
        you=_("You made the list of customers: %(rows)s, as %(format)s"),
    ),
    "export.failed": Words(
        other=_("%(who)s could not make the list of customers"), you=_("You could not make the list of customers")
    ),
    "export.cancelled": Words(
        other=_("%(who)s cancelled the list of customers"), you=_("You cancelled the list of customers")
    ),
    "export.fetched": Words(
        other=_("%(who)s downloaded the list of customers: %(rows)s, as %(format)s"),
        you=_("You downloaded the list of customers: %(rows)s, as %(format)s"),
    ),
    "partner.added": Words(other=_("%(who)s added the partner %(name)s"), you=_("You added the partner %(name)s")),
    "partner.changed": Words(
        other=_("%(who)s changed the partner %(name)s"), you=_("You changed the partner %(name)s")
    ),
    "membership.added": Words(other=_("%(who)s made %(name)s a member"), you=_("You made %(name)s a member")),
    "membership.changed": Words(
        other=_("%(who)s changed what %(name)s may do as a member"),
        you=_("You changed what %(name)s may do as a member"),
    ),
    "membership.removed": Words(
        other=_("%(who)s ended the membership of %(name)s"), you=_("You ended the membership of %(name)s")
    ),
    "industry.added": Words(other=_("%(who)s added the industry %(name)s"), you=_("You added the industry %(name)s")),
    "industry.changed": Words(
        other=_("%(who)s changed the industry %(name)s"), you=_("You changed the industry %(name)s")
    ),
    "user.added": Words(other=_("%(who)s made an account for %(name)s"), you=_("You made an account for %(name)s")),
    "user.changed": Words(
        other=_("%(who)s changed the account of %(name)s"), you=_("You changed the account of %(name)s")
    ),
    "group.added": Words(other=_("%(who)s made the group %(name)s"), you=_("You made the group %(name)s")),
    "group.changed": Words(
        other=_("%(who)s changed what the group %(name)s may do"), you=_("You changed what the group %(name)s may do")
    ),
    "group.deleted": Words(other=_("%(who)s deleted the group %(name)s"), you=_("You deleted the group %(name)s")),
    "contact.deleted": Words(
        other=_("%(who)s took the contact %(name)s out again"), you=_("You took the contact %(name)s out again")
    ),
}

ANSWERS: dict[str, str] = {
    Outcome.REGISTERED: gettext_noop("registered"),
    Outcome.NOT_REGISTERED: gettext_noop("not registered"),
    Outcome.NO_ANSWER: gettext_noop("no answer"),
    Outcome.NOT_APPLICABLE: gettext_noop("it holds no numbers of this country"),
}
"""What the VAT register said, within a sentence."""

UNKNOWN = Words(other=_("%(who)s: %(action)s"), you=_("You: %(action)s"))
"""For a record of a version of the portal that knew more than this one: better raw than hidden."""

INTERNAL = frozenset(action for action, words in WORDS.items() if words.is_internal)

ECHOES = frozenset({"customer.opened", "customer.active", "customer.rejected", "customer.withdrawn"})
"""Records that say what the request's own record of the same moment says; a customer's history leaves them out."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a timeline, as `components/_timeline.html` shows it."""

    text: str
    kind: str = ""
    """`done` where it brought the matter further, `noted` for whatever else happened, or where things stand `now` or
    with `you`; empty for what is yet to come."""
    sub: str = ""
    moment: datetime | None = None
    reason: str = ""


def told_to(events: QuerySet[Event], viewer: Any) -> QuerySet[Event]:
    """The events that exist for this viewer. Every page narrows them so before it counts or cuts them: what is left
    out afterwards would still show in the length of a page."""
    return events if viewer.is_staff else events.exclude(action__in=INTERNAL)


def _who(event: Event, viewer: Any) -> str:
    if not event.actor_name:
        return gettext("The portal")
    if event.actor_is_staff and not viewer.is_staff:
        return "Arxus"
    return event.actor_name


def _facts(event: Event) -> dict[str, str]:
    """The facts a sentence may name, in words; a record that lacks one is still told."""
    kinds = {kind.value: gettext(str(KIND_LABELS[kind])) for kind in EvidenceKind}
    roles = {role.value: gettext(ROLE_POLICY[role].label) for role in Role}
    return {
        "name": str(event.facts.get("name", "") or gettext("somebody")),
        "kind": kinds.get(event.facts.get("kind", ""), gettext("a document")),
        "role": roles.get(event.facts.get("role", ""), ""),
        "from": str(event.facts.get("from", "") or gettext("somebody")),
        "action": event.action,
        "rows": _rows(event.facts.get("rows")),
        "format": str(event.facts.get("format", "")).upper(),
        "answer": gettext(ANSWERS.get(event.facts.get("answer", ""), ANSWERS[Outcome.NO_ANSWER])),
    }


def _rows(count: Any) -> str:
    return ngettext("%(count)d row", "%(count)d rows", count) % {"count": count} if isinstance(count, int) else ""


def entry(event: Event, viewer: Any) -> Entry:
    """One recorded event as this viewer reads it."""
    words = WORDS.get(event.action, UNKNOWN)
    is_viewer = event.actor_id is not None and event.actor_id == viewer.pk
    version = event.facts.get("version") if event.action == "request.submitted" else None
    tells = words.tells_reason or viewer.is_staff
    return Entry(
        text=str(words.you if is_viewer else words.other) % ({"who": _who(event, viewer)} | _facts(event)),
        kind="done" if words.is_step else "noted",
        sub=gettext("Version %(version)s") % {"version": version} if version and version != 1 else "",
        moment=event.at,
        reason=str(event.facts.get("reason", "")) if tells else "",
    )


def entries(events: Iterable[Event], viewer: Any) -> list[Entry]:
    """Recorded events as this viewer reads them, in the order given."""
    return [entry(event, viewer) for event in events]
