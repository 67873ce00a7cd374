"""The conversations that staff see, by who has the ball; what waits for Arxus stands longest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from approvals.desk.queue_rows import page_number
from approvals.models import Thread, ThreadState

A_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class ThreadTab:
    key: str
    label: Any
    state: ThreadState


TABS = (
    ThreadTab(key="waiting", label=_("Waiting for us"), state=ThreadState.AT_ARXUS),
    ThreadTab(key="answered", label=_("Answered"), state=ThreadState.AT_ASKER),
    ThreadTab(key="closed", label=_("Closed"), state=ThreadState.CLOSED),
)


@dataclass(frozen=True, kw_only=True)
class ThreadPage:
    rows: Sequence[Thread]
    number: int
    has_next: bool


def tab_of(key: str) -> ThreadTab:
    """The tab of this name; the one with what waits for us for any other."""
    return next((tab for tab in TABS if tab.key == key), TABS[0])


def in_tab(user: Any, tab: ThreadTab) -> QuerySet[Thread]:
    """Questions to support, and conversations of requests in which something was said to the partner or by it.

    What waits stands longest first, that of one's own partners on top; what does not, latest first.
    """
    threads = Thread.objects.visible_to(user).filter(state=tab.state, told_at__isnull=False)
    if tab.state != ThreadState.AT_ARXUS:
        return threads.order_by("-told_at", "-pk")
    own = Case(When(partner__csm=user, then=Value(0)), default=Value(1), output_field=IntegerField())
    return threads.order_by(own, "waiting_since", "pk")


def page_of(user: Any, tab: ThreadTab, asked: str) -> ThreadPage:
    """One page of a tab. One query."""
    number = page_number(asked)
    start = (number - 1) * A_PAGE
    threads = in_tab(user, tab).select_related("partner__csm", "customer", "request", "started_by")
    found = list(threads[start : start + A_PAGE + 1])
    return ThreadPage(rows=found[:A_PAGE], number=number, has_next=len(found) > A_PAGE)
