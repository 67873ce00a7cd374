"""Many requests at once: each in a transaction of its own, with what became of it. One that fails stops no other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from approvals import decisions, holding, two_persons
from approvals.checks import signals_of_all
from approvals.decision_refusals import AccessNotConfirmed
from approvals.models import RegistrationRequest, Submission
from approvals.refusals import Refusal, StaleSubmission
from approvals.standing import refusal
from approvals.workflow import Move
from contacts import access
from customers import numbers

MOST = 100
"""More than a page of the queue holds: nobody reads that many lines of results."""


class Act(StrEnum):
    TAKE = "take"
    GIVE_BACK = "give_back"
    APPROVE = "approve"


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A request that was ticked, and the version that stood in its row."""

    reference: str
    version: int


@dataclass(frozen=True, kw_only=True)
class Line:
    """What became of one request, or would. `request` is None for one that does not exist for this person."""

    chosen: Chosen
    request: RegistrationRequest | None
    is_done: bool
    words: str


def parsed(values: Sequence[str]) -> list[Chosen]:
    """The chosen requests out of a form, `REQ-7F3K-9Q2M:2` each, in order and once; what is no such value is left
    out, and so is what goes beyond `MOST`."""
    found: dict[str, Chosen] = {}
    for value in values:
        reference, _colon, version = value.partition(":")
        try:
            reference = numbers.parse(reference, numbers.REQUEST)
        except numbers.NotANumber:
            continue
        if version.isascii() and version.isdigit() and len(version) < 6:
            found.setdefault(reference, Chosen(reference=reference, version=int(version)))
    return list(found.values())[:MOST]


def act(*, actor: Any, act: Act, chosen: Sequence[Chosen]) -> list[Line]:
    """Do it to each. A refusal is a line that says why; nothing else is raised."""
    do = {Act.TAKE: _take, Act.GIVE_BACK: _give_back, Act.APPROVE: _approve}[act]
    return [_line(actor, one, request, do) for one, request in _found(actor, chosen)]


def foreseen(*, actor: Any, chosen: Sequence[Chosen]) -> list[Line]:
    """What approving them would come to, as things stand: nothing is written, and the act itself asks again."""
    found = _found(actor, chosen)
    requests = {request.pk: request for _one, request in found if request is not None}
    in_order = Submission.objects.select_related("submitted_by").order_by("version")
    prefetch_related_objects(list(requests.values()), Prefetch("submissions", queryset=in_order))
    sent = {key: list(request.submissions.all())[-1] for key, request in requests.items()}
    signals = signals_of_all([(requests[key], submission) for key, submission in sent.items()])
    lines = []
    for one, request in found:
        if request is None:
            lines.append(_missing(one))
            continue
        submission, why_not = sent[request.pk], refusal(Move.APPROVE, request, actor)
        if why_not is None and submission.version != one.version:
            why_not = StaleSubmission(one.version, submission.version)
        why_not = why_not or two_persons.not_to_be_approved_unread(request, submission, signals[request.pk])
        if why_not is None and request.customer and (waiting := access.unconfirmed(request.customer)):
            why_not = AccessNotConfirmed(waiting)
        words = why_not.words if why_not else _("All checks are green.")
        lines.append(Line(chosen=one, request=request, is_done=why_not is None, words=words))
    return lines


def _found(actor: Any, chosen: Sequence[Chosen]) -> list[tuple[Chosen, RegistrationRequest | None]]:
    references = [one.reference for one in chosen]
    visible = RegistrationRequest.objects.visible_to(actor).filter(reference__in=references)
    rows = {request.reference: request for request in visible.select_related("partner", "customer", "held_by")}
    return [(one, rows.get(one.reference)) for one in chosen]


def _line(
    actor: Any,
    chosen: Chosen,
    request: RegistrationRequest | None,
    do: Callable[[Any, RegistrationRequest, Chosen], str],
) -> Line:
    if request is None:
        return _missing(chosen)
    try:
        return Line(chosen=chosen, request=request, is_done=True, words=do(actor, request, chosen))
    except Refusal as refused:
        return Line(chosen=chosen, request=request, is_done=False, words=refused.words)


def _missing(chosen: Chosen) -> Line:
    return Line(chosen=chosen, request=None, is_done=False, words=_("There is no such request."))


def _take(actor: Any, request: RegistrationRequest, chosen: Chosen) -> str:
    holding.take(actor=actor, request=request)
    return _("You hold it.")


def _give_back(actor: Any, request: RegistrationRequest, chosen: Chosen) -> str:
    holding.give_back(actor=actor, request=request)
    return _("It is free again.")


def _approve(actor: Any, request: RegistrationRequest, chosen: Chosen) -> str:
    decisions.decide(actor=actor, request=request, move=Move.APPROVE, version=chosen.version, only_if_green=True)
    return _("Approved. %(partner)s is told.") % {"partner": request.partner.name}
