"""The frame around every page: where one can go, for whom one works, and what waits."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from approvals.conversations.voices import asks_support
from customers.permissions import Ability

CUSTOMER_AREAS = (
    "customers",
    "customer-filter",
    "customer",
    "customer-contacts",
    "customer-documents",
    "customer-requests",
    "customer-history",
    "saved-views",
    "saved-view-new",
    "saved-view-rename",
    "saved-view-delete",
    "saved-view-change",
    "export",
    "export-new",
    "add-customer",
    "onboarding",
)
HELP_AREAS = ("help", "contact-roles", "messages", "thread", "message-new")
REQUEST_AREAS = ("requests", "request", "request-sent", "request-withdraw", "request-discard")
MOST_SHOWN = 99


@dataclass(frozen=True, kw_only=True)
class Place:
    label: str
    url: str
    icon: str
    is_current: bool
    waiting: int = 0


@dataclass(frozen=True, kw_only=True)
class Tally:
    """A partner's requests that are not settled yet."""

    waiting: int = 0
    """For the partner to act on."""
    in_progress: int = 0

    @property
    def at_arxus(self) -> int:
        return self.in_progress - self.waiting


def _tally(user: Any) -> Tally:
    """Counts that came along with the user; none for staff, whose queue has its own."""
    membership = getattr(user, "membership", None)
    if membership is None or membership.partner_id is None or not membership.may(Ability.LOOK):
        return Tally()
    return Tally(
        waiting=getattr(user, "requests_to_act_on", 0),
        in_progress=getattr(user, "requests_in_progress", 0),
    )


def _may_onboard(membership: Any) -> bool:
    return bool(membership and membership.partner_id and membership.may(Ability.ONBOARD))


def _places(request: HttpRequest, tally: Tally) -> list[Place]:
    user = request.user
    match = request.resolver_match
    area = match.url_name if match and not match.namespace else ""

    def place(label: str, url: str, icon: str, areas: tuple[str, ...], waiting: int = 0) -> Place:
        return Place(label=label, url=url, icon=icon, is_current=area in areas, waiting=waiting)

    membership = getattr(user, "membership", None)
    places = [place(_("Home"), reverse("home"), "home", ("home",))]
    if membership is not None and membership.customer is not None:
        own = reverse("customer", args=[membership.customer.number])
        places.append(place(_("Your company"), own, "building", CUSTOMER_AREAS))
    else:
        places.append(place(_("Customers"), reverse("customers"), "building", CUSTOMER_AREAS))
    if user.is_staff or (membership is not None and membership.partner_id is not None):
        # What waits for the partner waits for those of its members who may act.
        waiting = tally.waiting if _may_onboard(membership) else 0
        places.append(place(_("Requests"), reverse("requests"), "inbox", REQUEST_AREAS, waiting))
    unread = getattr(user, "unread_answers", 0) if asks_support(user) else 0
    places.append(place(_("Help"), reverse("help"), "help", HELP_AREAS, unread))
    return places


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Lazy: pages outside the frame and partial answers cost no query."""
    service_desk = {
        "phone": settings.SERVICE_DESK_PHONE,
        "email": settings.SERVICE_DESK_EMAIL,
        "hours": settings.SERVICE_DESK_HOURS,
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"service_desk": service_desk}
    membership = getattr(user, "membership", None)
    may_onboard = _may_onboard(membership)
    tally = _tally(user)
    return {
        "places": SimpleLazyObject(lambda: _places(request, tally)),
        "tally": tally,
        "membership": membership,
        "may_onboard": may_onboard,
        "may_ask_support": asks_support(user),
        "is_onlooker": bool(membership and membership.partner_id and not may_onboard),
        "organisation": (membership.partner or membership.customer) if membership else None,
        "csm": membership.partner.csm if membership and membership.partner else None,
        "unread": min(getattr(user, "unread_notifications", 0), MOST_SHOWN),
        "csm_hours": settings.CSM_HOURS,
        "service_desk": service_desk,
    }
