"""Requests as lines of a list of work: what each is about, where it stands, what to do with it next."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from approvals import promise
from approvals.models import RegistrationRequest, Submission
from approvals.querysets import RegistrationRequestQuerySet
from approvals.standing import is_onboarder
from approvals.steps import ORDER, first_open
from approvals.workflow import Ball, State
from portal.templatetags.look import company_number, state_of, when

REASON_LENGTH = 90


@dataclass(frozen=True, kw_only=True)
class Item:
    """What `components/_work.html` shows: the whole line is a link to `url`."""

    badge: str
    url: str
    name: str
    sub: str
    aside: str


def with_what_lines_name(requests: RegistrationRequestQuerySet) -> RegistrationRequestQuerySet:
    """The requests with what `items_of` reads; `sent_at` is when the latest version was sent, None for a draft."""
    latest = Submission.objects.filter(request=OuterRef("pk")).order_by("-version")
    people = requests.select_related("partner", "customer", "created_by", "submitted_by")
    return people.annotate(sent_at=Subquery(latest.values("submitted_at")[:1]))


def items_of(requests: Iterable[RegistrationRequest], user: Any, *, of_one_company: bool = False) -> list[Item]:
    """No query. The requests are those of `with_what_lines_name`.

    `of_one_company`: all are about the same one, so their references tell them apart, and what they began with, for
    which `copied_from` is to be there.
    """
    return [_item(request, user, of_one_company=of_one_company) for request in requests]


def name_of(request: RegistrationRequest) -> str:
    """The company, or its number as long as nobody has given its name."""
    return request.company_name or company_number(request) or request.reference


def continue_url(request: RegistrationRequest) -> str:
    """The step at which the wizard goes on; of a request that came back, the page with just what is asked."""
    if request.state == State.CHANGES_REQUESTED:
        return reverse("request-changes", args=[request.reference])
    return reverse("onboarding", args=[request.reference, first_open(request.answers.get("done", ())).value])


def step_words(request: RegistrationRequest) -> str:
    number = ORDER.index(first_open(request.answers.get("done", ()))) + 1
    return _("Step %(number)s of %(total)s") % {"number": number, "total": len(ORDER)}


def _item(request: RegistrationRequest, user: Any, *, of_one_company: bool) -> Item:
    goes_on = request.is_editable and is_onboarder(user, request.partner)
    sub = _sub_among_its_own(request) if of_one_company else _sub(request)
    return Item(
        badge=state_of(request, staff=user.is_staff, onlooker=not is_onboarder(user, request.partner)),
        url=continue_url(request) if goes_on else reverse("request", args=[request.reference]),
        name=request.reference if of_one_company else name_of(request),
        sub=f"{request.partner} · {sub}" if user.is_staff and not of_one_company else sub,
        aside=format_html("{}<br><strong>{}</strong>", when(_since(request)), _next_action(request, user)),
    )


def _sub(request: RegistrationRequest) -> str:
    who = request.submitted_by or request.created_by
    match State(request.state):
        case State.DRAFT:
            return _("%(step)s, started by %(who)s") % {"step": step_words(request), "who": request.created_by}
        case State.CHANGES_REQUESTED | State.REJECTED:
            return Truncator(" ".join(request.reason.split())).chars(REASON_LENGTH)
        case State.SUBMITTED:
            return " · ".join(filter(None, [_("Sent by %(who)s") % {"who": who}, promise.short(request)]))
        case _:
            return f"{request.reference} · " + _("sent by %(who)s") % {"who": who}


def _sub_among_its_own(request: RegistrationRequest) -> str:
    is_settled = State(request.state) in (State.APPROVED, State.WITHDRAWN)
    said = _("Sent by %(who)s") % {"who": request.submitted_by} if is_settled else _sub(request)
    if request.copied_from is None:
        return said
    return f"{said} · " + _("started again from %(reference)s") % {"reference": request.copied_from.reference}


def _since(request: Any) -> Any:
    """Since when it stands where it stands."""
    if request.state == State.SUBMITTED:
        return request.sent_at
    return (request.decided_at if request.facts.ball is not Ball.ARXUS else None) or request.updated_at


def _next_action(request: RegistrationRequest, user: Any) -> str:
    if not is_onboarder(user, request.partner):
        return _("See")
    return {
        State.DRAFT: _("Continue"),
        State.CHANGES_REQUESTED: _("Change and send back"),
    }.get(State(request.state), _("See"))
