"""What the admin's views of requests share: who may, which request, and the page that is shown again."""

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from approvals.desk.decision_page import page_context
from approvals.models import RegistrationRequest
from contacts import acceptance
from customers import numbers

TEMPLATES = "admin/approvals/registrationrequest"
VIEW = "approvals.view_registrationrequest"
CONFLICT = 409


def require(request: HttpRequest, permission: str) -> None:
    """Raises PermissionDenied: `admin_view` only knows "is staff"."""
    if not request.user.has_perm(permission):
        raise PermissionDenied


def find(request: HttpRequest, reference: str) -> RegistrationRequest:
    """The request of this reference, however it was typed. Raises Http404 for what this person may not see."""
    visible = RegistrationRequest.objects.visible_to(request.user)
    try:
        people = visible.select_related("partner", "customer", "submitted_by", "held_by", "copied_from")
        known = people.annotate(**acceptance.in_short("customer_id"))
        return known.get(reference=numbers.parse(reference, numbers.REQUEST))
    except (numbers.NotANumber, RegistrationRequest.DoesNotExist):
        raise Http404 from None


def show(
    request: HttpRequest,
    registration: RegistrationRequest,
    admin_site: AdminSite,
    *,
    refused: str = "",
    status: int = 200,
    **forms: Any,
) -> HttpResponse:
    """The decision page; `refused` says why something was not done, `forms` what was typed for it."""
    version, compare = request.GET.get("version", ""), request.GET.get("compare", "")
    context = {
        **admin_site.each_context(request),
        **page_context(
            request.user,
            registration,
            version=version,
            compare=compare,
            messages=request.GET.get("messages", ""),
            **forms,
        ),
        "refused": refused,
    }
    return render(request, f"{TEMPLATES}/decision.html", context, status=status)
