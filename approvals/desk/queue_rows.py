"""The rows of the queue, filled in: what a request is, how it stands, who is on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from approvals.checks import signals_of_all
from approvals.checks.cases import Level, Signal
from approvals.clock import Clock, clock_of
from approvals.models import FirstApproval, RegistrationRequest, Submission
from approvals.queue import Narrowing, Tab, age_between, in_tab, matching
from customers.relationships import RELATIONSHIPS, Relationship
from customers.search_text import MAX_QUERY_CHARACTERS

PAGE = 50
LAST_PAGE = 10_000


@dataclass(frozen=True, kw_only=True)
class Row:
    request: RegistrationRequest
    submission: Submission
    signals: Sequence[Signal]
    age: str
    clock: Clock
    holder: Any
    """Who holds it now, or None."""

    @property
    def came_back(self) -> bool:
        return self.submission.version > 1

    @property
    def relationship(self) -> str:
        return _(RELATIONSHIPS[Relationship(self.submission.snapshot["relationship"])].label)

    @property
    def first_approval(self) -> FirstApproval | None:
        """The first of two approvals, where it waits for the second."""
        return self.submission.first_of_two

    @property
    def worth_a_look(self) -> list[Signal]:
        return [signal for signal in self.signals if signal.level is not Level.GREEN]


@dataclass(frozen=True, kw_only=True)
class Page:
    rows: Sequence[Row]
    number: int
    has_next: bool

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def page_number(text: str) -> int:
    """Read a page number off an address; anything else is the first page."""
    return min(int(text), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 9 and int(text) else 1


def page_of(user: Any, tab: Tab, *, query: str = "", narrowing: Narrowing | None = None, number: int = 1) -> Page:
    """One page of a tab with its rows filled in: a fixed number of queries, whatever the number of rows."""
    requests = in_tab(user, tab).order_by(*tab.order).select_related("partner", "held_by")
    if narrowing:
        requests = requests.filter(narrowing.condition(user))
    if query:
        requests = requests.filter(matching(query[:MAX_QUERY_CHARACTERS]))
    latest_last = Submission.objects.order_by("version").select_related(
        "submitted_by", "decision", "first_approval__approved_by"
    )
    start = (number - 1) * PAGE
    found = list(requests.prefetch_related(Prefetch("submissions", queryset=latest_last))[start : start + PAGE + 1])
    now = timezone.now()
    sent = [(request, submissions[-1]) for request in found[:PAGE] if (submissions := request.submissions.all()[:])]
    signals = signals_of_all(sent)
    rows = [
        Row(
            request=request,
            submission=submission,
            signals=signals[request.pk],
            age=age_between(request.submitted_at, now),
            clock=clock_of(request, request.submissions.all(), now),
            holder=request.holder(now),
        )
        for request, submission in sent
    ]
    return Page(rows=rows, number=number, has_next=len(found) > PAGE)
