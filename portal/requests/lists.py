"""The requests a user may see, by who has the ball."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from approvals.models import RegistrationRequest
from approvals.querysets import RegistrationRequestQuerySet
from approvals.workflow import STATES, Ball, State
from customers.permissions import Ability
from portal.work import with_what_lines_name


@dataclass(frozen=True, kw_only=True)
class Tab:
    key: str
    ball: Ball
    partner_label: Any
    staff_label: Any
    onlooker_label: Any
    order: tuple[str, ...]


TABS = (
    # Changes that Arxus asked for come before drafts: somebody waits for them.
    Tab(
        key="you",
        ball=Ball.PARTNER,
        partner_label=_("Waiting for you"),
        staff_label=_("Waiting for the partner"),
        onlooker_label=_("Waiting for your colleagues"),
        order=("state", "-updated_at", "-pk"),
    ),
    Tab(
        key="arxus",
        ball=Ball.ARXUS,
        partner_label=_("At Arxus"),
        staff_label=_("Waiting for us"),
        onlooker_label=_("At Arxus"),
        order=("submitted_at", "pk"),
    ),
    Tab(
        key="done",
        ball=Ball.NOBODY,
        partner_label=_("Done"),
        staff_label=_("Done"),
        onlooker_label=_("Done"),
        order=("-updated_at", "-pk"),
    ),
)


@dataclass(frozen=True, kw_only=True)
class TabLink:
    key: str
    label: Any
    count: int
    is_current: bool


def tab_of(key: str, user: Any) -> Tab:
    """The tab of this name; for any other the one in which the user has to act."""
    default = TABS[1] if user.is_staff else TABS[0]
    return next((tab for tab in TABS if tab.key == key), default)


def _label(tab: Tab, user: Any) -> Any:
    if user.is_staff:
        return tab.staff_label
    membership = getattr(user, "membership", None)
    return tab.partner_label if membership and membership.may(Ability.ONBOARD) else tab.onlooker_label


def links(user: Any, current: Tab) -> Sequence[TabLink]:
    """The tabs with how many requests each holds; one query."""
    of_states = RegistrationRequest.objects.visible_to(user).order_by().values_list("state")
    counts = {State(state): count for state, count in of_states.annotate(count=Count("pk"))}
    return [
        TabLink(
            key=tab.key,
            label=_label(tab, user),
            count=sum(count for state, count in counts.items() if STATES[state].ball is tab.ball),
            is_current=tab is current,
        )
        for tab in TABS
    ]


def in_tab(user: Any, tab: Tab) -> RegistrationRequestQuerySet:
    """The requests of a tab in its order, with what a line of the list names."""
    requests = RegistrationRequest.objects.visible_to(user).with_ball(tab.ball)
    return with_what_lines_name(requests).order_by(*tab.order)
