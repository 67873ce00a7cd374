"""What a decision asks to be changed: judged, kept, and put into words. A part of `approvals.decisions`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from approvals.changes.asking_refusals import NotAskable
from approvals.changes.field_values import Snapshot
from approvals.changes.field_words import name_of
from approvals.changes.fields import FIELDS, offered
from approvals.changes.reasons import OTHER, REASONS, fitting
from approvals.models import AskedChange, Decision, RegistrationRequest
from approvals.models.asking import LONGEST_TEXT
from approvals.prose import cleaned
from approvals.workflow import Move, State

REPLIES = "replies"
"""Where in a request's answers, beside the steps of the wizard, the partner's replies stand until they are sent."""

LONGEST_REPLY = 1000


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One change to ask for: the path of a field, the code of a reason that fits it, and words of one's own."""

    field: str
    code: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class AskedLine:
    """One asked-for change as somebody reads it."""

    path: str
    label: str
    reason: str
    """The words of the reason; empty where the approver's own say it all."""
    text: str


def checked(asked: Iterable[Asked], snapshot: Snapshot) -> list[Asked]:
    """The changes as they are kept: clean texts, in the order of the fields.

    Raises NotAskable for a field that this submission does not have, one that is named twice, a reason that does not
    fit it, *something else* without a text, and a text beyond all measure.
    """
    possible = {field.path: field for field in offered(snapshot)}
    kept: dict[str, Asked] = {}
    for one in asked:
        text = cleaned(one.text)
        field = possible.get(one.field)
        if field is None or one.field in kept or one.code not in fitting(field.kind):
            raise NotAskable(name_of(one.field))
        if (one.code == OTHER and not text) or len(text) > LONGEST_TEXT:
            raise NotAskable(name_of(one.field))
        kept[one.field] = replace(one, text=text)
    return [kept[path] for path in FIELDS if path in kept]


def keep(decision: Decision, asked: Sequence[Asked]) -> None:
    """Write the changes with their decision."""
    rows = [
        AskedChange(decision=decision, position=position, field=one.field, code=one.code, text=one.text)
        for position, one in enumerate(asked, start=1)
    ]
    AskedChange.objects.bulk_create(rows)


def composed(asked: Sequence[Asked], remark: str) -> str:
    """All of it as one plain text in the portal's own language: the reason of the decision, for lists and history."""
    with translation.override(settings.LANGUAGE_CODE):
        return _as_text(asked, remark)


def words_of(decision: Decision) -> str:
    """The reason of a decision in the reader's language: what was asked for by field, and what was written."""
    asked = list(decision.asked.all())
    return _as_text(asked, decision.remark) if asked else decision.reason


def _as_text(asked: Iterable[Asked | AskedChange], remark: str) -> str:
    lines = [f"{line.label}: {' '.join(filter(None, (line.reason, line.text)))}" for line in lines_of(asked)]
    return "\n".join(filter(None, (*lines, remark)))


def lines_of(asked: Iterable[Asked | AskedChange]) -> list[AskedLine]:
    """The changes in the reader's language."""
    return [
        AskedLine(path=one.field, label=name_of(one.field), reason=_words_of(one.code), text=one.text) for one in asked
    ]


def _words_of(code: str) -> str:
    return _(REASONS[code].words) if code in REASONS and code != OTHER else ""


def standing(request: RegistrationRequest) -> Decision | None:
    """The decision whose changes the partner is asked for now, with them; None in any other state. Two queries."""
    return latest(request) if request.state == State.CHANGES_REQUESTED else None


def latest(request: RegistrationRequest) -> Decision | None:
    """The latest decision that asked for changes, with them, whatever became of the request since. Two queries."""
    decisions = Decision.objects.filter(submission__request=request, move=Move.ASK_FOR_CHANGES.value)
    found = decisions.select_related("submission").prefetch_related("asked")
    return found.order_by("-submission__version").first()


def replies_in(request: RegistrationRequest) -> dict[str, str]:
    """What the partner says to the changes that are asked for now, by field, as it goes with the next submission."""
    decision = standing(request)
    typed = request.answers.get("steps", {}).get(REPLIES, {})
    paths = [one.field for one in decision.asked.all()] if decision else []
    said = {path: cleaned(str(typed.get(path, "")))[:LONGEST_REPLY] for path in paths}
    return {path: text for path, text in said.items() if text}


def without_replies(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers once they are sent: the next round of questions gets replies of its own."""
    steps = {name: answer for name, answer in answers.get("steps", {}).items() if name != REPLIES}
    return {**answers, "steps": steps}
