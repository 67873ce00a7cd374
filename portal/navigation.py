"""The frame around every page: where one can go, for whom one works, and what waits."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from approvals.models import RegistrationRequest
from approvals.workflow import Ball


@dataclass(frozen=True, kw_only=True)
class Place:
    label: str
    url: str
    icon: str
    is_current: bool
    waiting: int = 0


def _places(request: HttpRequest) -> list[Place]:
    user = request.user
    match = request.resolver_match
    area = match.url_name if match and not match.namespace else ""

    def place(label: str, name: str, icon: str, areas: tuple[str, ...], waiting: int = 0) -> Place:
        return Place(label=label, url=reverse(name), icon=icon, is_current=area in areas, waiting=waiting)

    places = [
        place(_("Home"), "home", "home", ("home",)),
        place(
            _("Customers"),
            "customers",
            "building",
            ("customers", "customer", "customer-documents", "customer-history", "add-customer", "onboarding"),
        ),
    ]
    membership = getattr(user, "membership", None)
    if user.is_staff or (membership and membership.partner_id):
        waiting = 0
        if membership and membership.partner_id:
            waiting = RegistrationRequest.objects.visible_to(user).with_ball(Ball.PARTNER).count()
        areas = ("requests", "request", "request-sent", "request-withdraw", "request-discard")
        places.append(place(_("Requests"), "requests", "inbox", areas, waiting))
    places.append(place(_("Help"), "help", "help", ("help", "contact-roles")))
    return places


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Lazy: pages outside the frame and partial answers cost no query."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    membership = getattr(user, "membership", None)
    return {
        "places": SimpleLazyObject(lambda: _places(request)),
        "membership": membership,
        "organisation": (membership.partner or membership.customer) if membership else None,
        "csm": membership.partner.csm if membership and membership.partner else None,
        "csm_hours": settings.CSM_HOURS,
        "service_desk": {
            "phone": settings.SERVICE_DESK_PHONE,
            "email": settings.SERVICE_DESK_EMAIL,
            "hours": settings.SERVICE_DESK_HOURS,
        },
    }
