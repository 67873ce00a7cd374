"""The approval queue: what waits for whom, in which order, and what comes before and after a request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from approvals.models import FirstApproval, RegistrationRequest, Submission
from approvals.models.registration import hold_lasts
from approvals.querysets import RegistrationRequestQuerySet
from approvals.workflow import STATES, Ball, State
from customers import numbers
from customers.querysets import found_by
from customers.search_text import words


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


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """A part of what waits for us, for one person."""

    key: str
    label: Any
    nothing: Any
    condition: Callable[[Any], Q]


def held_now() -> Q:
    """Requests that somebody holds; an idle hold has lapsed."""
    return Q(held_at__gt=timezone.now() - hold_lasts())


def _first_approvals(**of: Any) -> Q:
    # A version that has its first approval and no decision is the latest one.
    # Asked once for all requests, not once for each: what waits may be thousands.
    pending = FirstApproval.objects.filter(submission__decision__isnull=True, **of).order_by()
    return Q(pk__in=pending.values("submission__request"))


NARROWINGS: tuple[Narrowing, ...] = (
    Narrowing(
        key="mine",
        label=gettext_lazy("Held by you"),
        nothing=gettext_lazy("You hold no request. Take one: then everybody sees that you are on it."),
        condition=lambda user: held_now() & Q(held_by=user),
    ),
    Narrowing(
        key="second",
        label=gettext_lazy("For a second approver"),
        nothing=gettext_lazy("No request waits for a second approver."),
        condition=lambda user: _first_approvals(),
    ),
)


def narrowing_of(key: str, tab: Tab) -> Narrowing | None:
    """The narrowing of this name, in the tab that knows them; None for any other."""
    return next((one for one in NARROWINGS if one.key == key and tab is TABS[0]), None)


def tab_of(key: str) -> Tab:
    """The tab of this name; the one with what waits for us for any other."""
    return next((tab for tab in TABS if tab.key == key), TABS[0])


def in_tab(user: Any, tab: Tab) -> RegistrationRequestQuerySet:
    return RegistrationRequest.objects.visible_to(user).filter(state__in=tab.states)


def waiting(user: Any) -> RegistrationRequestQuerySet:
    """What waits for Arxus, in the order in which it is taken up."""
    return in_tab(user, TABS[0]).order_by(*OLDEST_FIRST)


def free_for(user: Any) -> RegistrationRequestQuerySet:
    """What this person could decide on next, oldest first: not held by somebody else, not sent by themselves, and not
    waiting for somebody else's approval after theirs."""
    own = Submission.objects.filter(request=OuterRef("pk"), submitted_by=user)
    return (
        waiting(user)
        .exclude(held_now() & ~Q(held_by=user))
        .exclude(Exists(own))
        .exclude(_first_approvals(approved_by=user))
        .exclude(approval_exception=True, exception_granted_by=user)
    )


def unheld_for(user: Any) -> RegistrationRequestQuerySet:
    """Of these, what nobody holds."""
    return free_for(user).exclude(held_now())


def counts(user: Any) -> dict[str, int]:
    """How many stand in each tab whose number is shown, and in each narrowing, by key; one query.

    Open requests are few; decided ones are not.
    """
    counted = [tab for tab in TABS if tab.counted]
    numbers_of = {tab.key: Count("pk", filter=Q(state__in=tab.states)) for tab in counted}
    here = Q(state__in=TABS[0].states)
    numbers_of |= {one.key: Count("pk", filter=here & Q(one.condition(user))) for one in NARROWINGS}
    states = [state for tab in counted for state in tab.states]
    return RegistrationRequest.objects.visible_to(user).filter(state__in=states).order_by().aggregate(**numbers_of)


def waiting_count() -> Combinable:
    """How many requests wait for Arxus, as a column of a query for users: every page of the admin asks, so none pays
    for it. 0 for whoever is none of its staff."""
    waiting = (
        RegistrationRequest.objects.filter(state__in=TABS[0].states).order_by().annotate(one=Value(1)).values("one")
    )
    count = Coalesce(Subquery(waiting.annotate(count=Count("pk")).values("count")), 0)
    return Case(When(is_staff=True, then=count), default=Value(0), output_field=IntegerField())


def own_count(*balls: Ball) -> Combinable:
    """How many requests of the user's own partner one of these has to act on, as a column of a query for users. 0 for
    whoever is no member of one."""
    own = RegistrationRequest.objects.filter(partner=OuterRef("membership__partner")).with_ball(*balls)
    counted = own.order_by().annotate(one=Value(1)).values("one").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


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
    before = queue.filter(_is_before(request))
    nearest = (before.reverse(), _after(user, request))
    told = [*(Subquery(found.values("reference")[:1]) for found in nearest), *map(_number_of, (before, queue))]
    previous, following, earlier, total = RegistrationRequest.objects.values_list(*told).get(pk=request.pk)
    return Place(position=(earlier or 0) + 1, total=total or 0, previous=previous or "", next=following or "")


def _number_of(found: RegistrationRequestQuerySet) -> Subquery:
    # Grouped by what they have in common: one row for all of them.
    return Subquery(found.order_by().values("state").annotate(number=Count("pk")).values("number")[:1])


def next_to_decide(user: Any, request: RegistrationRequest) -> str:
    """What to take up once this one is decided: the next that this person could decide on, else the oldest such; ""
    when there is none."""
    others = free_for(user).exclude(pk=request.pk).values_list("reference", flat=True)
    return others.exclude(_is_before(request)).first() or others.first() or ""


def _after(user: Any, request: RegistrationRequest) -> RegistrationRequestQuerySet:
    return waiting(user).exclude(pk=request.pk).exclude(_is_before(request))


def _is_before(request: RegistrationRequest) -> Q:
    return Q(submitted_at__lt=request.submitted_at) | Q(submitted_at=request.submitted_at, pk__lt=request.pk)
