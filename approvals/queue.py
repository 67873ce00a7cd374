"""The approval queue: what waits for whom, in which order, and what comes before and after a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Count, Prefetch, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from approvals.cases import Level, Signal
from approvals.checks import signals_of_all
from approvals.models import RegistrationRequest, Submission
from approvals.querysets import RegistrationRequestQuerySet
from approvals.workflow import STATES, Ball, State
from customers import numbers
from customers.querysets import found_by
from customers.relationships import RELATIONSHIPS, Relationship
from customers.search_text import MAX_QUERY_CHARACTERS, words

PAGE = 50
LAST_PAGE = 10_000


@dataclass(frozen=True, kw_only=True)
class Tab:
    key: str
    label: Any
    states: tuple[State, ...]
    order: tuple[str, ...]
    counted: bool = False


def _states_of(ball: Ball) -> tuple[State, ...]:
    return tuple(state for state, facts in STATES.items() if facts.ball is ball and state is not State.DRAFT)


OLDEST_FIRST = ("submitted_at", "pk")
LATEST_FIRST = ("-updated_at", "-pk")
TABS: tuple[Tab, ...] = (
    Tab(
        key="waiting",
        label=gettext_lazy("Waiting for us"),
        states=_states_of(Ball.ARXUS),
        order=OLDEST_FIRST,
        counted=True,
    ),
    Tab(
        key="partner",
        label=gettext_lazy("Waiting for the partner"),
        states=_states_of(Ball.PARTNER),
        order=OLDEST_FIRST,
        counted=True,
    ),
    Tab(
        key="decided",
        label=gettext_lazy("Decided"),
        states=(State.APPROVED, State.REJECTED),
        order=LATEST_FIRST,
    ),
    Tab(key="withdrawn", label=gettext_lazy("Withdrawn"), states=(State.WITHDRAWN,), order=LATEST_FIRST),
)


def tab_of(key: str) -> Tab:
    """The tab of this name; the one with what waits for us for any other."""
    return next((tab for tab in TABS if tab.key == key), TABS[0])


def in_tab(user: Any, tab: Tab) -> RegistrationRequestQuerySet:
    return RegistrationRequest.objects.visible_to(user).filter(state__in=tab.states)


def waiting(user: Any) -> RegistrationRequestQuerySet:
    """What waits for Arxus, in the order in which it is taken up."""
    return in_tab(user, TABS[0]).order_by(*OLDEST_FIRST)


def counts(user: Any) -> dict[str, int]:
    """How many stand in each tab whose number is shown, in one query. Open requests are few; decided ones are not."""
    counted = [tab for tab in TABS if tab.counted]
    states = [state for tab in counted for state in tab.states]
    found = RegistrationRequest.objects.visible_to(user).filter(state__in=states).order_by()
    by_state = dict(found.values_list("state").annotate(number=Count("pk")))
    return {tab.key: sum(by_state.get(state, 0) for state in tab.states) for tab in counted}


def matching(query: str) -> Q:
    """Requests found by reference, company, VAT number or people (the folded search row), or by their partner's name.

    Every word has to be found, each in any of these.
    """
    parts = [found_by(word, "customer__search__") | Q(partner__name__icontains=word) for word in words(query)]
    condition = reduce(and_, parts) if parts else Q(pk__in=[])
    try:
        return condition | Q(reference=numbers.parse(query, numbers.REQUEST))
    except numbers.NotANumber:
        return condition


@dataclass(frozen=True, kw_only=True)
class Row:
    request: RegistrationRequest
    submission: Submission
    signals: Sequence[Signal]
    age: str

    @property
    def came_back(self) -> bool:
        return self.submission.version > 1

    @property
    def relationship(self) -> str:
        return _(RELATIONSHIPS[Relationship(self.submission.snapshot["relationship"])].label)

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


def page_of(user: Any, tab: Tab, *, query: str = "", number: int = 1) -> Page:
    """One page of a tab with its rows filled in: a fixed number of queries, whatever the number of rows."""
    requests = in_tab(user, tab).order_by(*tab.order).select_related("partner")
    if query:
        requests = requests.filter(matching(query[:MAX_QUERY_CHARACTERS]))
    latest_last = Submission.objects.order_by("version").select_related("submitted_by")
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
        )
        for request, submission in sent
    ]
    return Page(rows=rows, number=number, has_next=len(found) > PAGE)


def age_between(since: datetime | None, now: datetime) -> str:
    """How long something waits, in its two largest parts: `25 min`, `3 h 10 min`, `2 days 4 h`."""
    minutes = max(int(((now - since) if since else timedelta()).total_seconds() // 60), 0)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days:
        age = ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
        return f"{age} {_('%(hours)d h') % {'hours': hours}}" if hours else age
    if hours:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    return _("%(minutes)d min") % {"minutes": minutes}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a request stands in the queue, and its neighbours' references ("" at the ends)."""

    position: int
    total: int
    previous: str
    next: str


def place_of(user: Any, request: RegistrationRequest) -> Place | None:
    """The place of a request that waits for us; None for one that does not."""
    if request.state not in TABS[0].states:
        return None
    queue = waiting(user)
    before = _is_before(request)
    numbered = queue.order_by().aggregate(total=Count("pk"), before=Count("pk", filter=before))
    nearest = (queue.filter(before).reverse(), _after(user, request))
    previous, following = RegistrationRequest.objects.values_list(
        *(Subquery(found.values("reference")[:1]) for found in nearest)
    ).get(pk=request.pk)
    return Place(
        position=numbered["before"] + 1, total=numbered["total"], previous=previous or "", next=following or ""
    )


def next_after(user: Any, request: RegistrationRequest) -> str:
    """The reference of the request that waits next after this one; "" if it is the last."""
    return _after(user, request).values_list("reference", flat=True).first() or ""


def next_to_decide(user: Any, request: RegistrationRequest) -> str:
    """What to take up once this one is decided: the next in the queue, else the oldest; "" when nothing waits."""
    oldest = waiting(user).exclude(pk=request.pk).values_list("reference", flat=True)
    return next_after(user, request) or oldest.first() or ""


def _after(user: Any, request: RegistrationRequest) -> RegistrationRequestQuerySet:
    return waiting(user).exclude(pk=request.pk).exclude(_is_before(request))


def _is_before(request: RegistrationRequest) -> Q:
    return Q(submitted_at__lt=request.submitted_at) | Q(submitted_at=request.submitted_at, pk__lt=request.pk)
