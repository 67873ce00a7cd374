"""Taking a request, giving it back and taking it over, on admin pages. Without script each is a button."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from approvals import holding
from approvals.desk.admin_pages import CONFLICT, TEMPLATES, find, require, show
from approvals.refusals import Refusal
from approvals.standing import DECIDE, refusal
from approvals.workflow import Move

QUEUE = "admin:approvals_registrationrequest_changelist"
PAGE = "admin:approvals_registrationrequest_change"
acts = require_http_methods(["GET", "HEAD", "POST"])


@acts
def take_oldest(request: HttpRequest, *, admin_site: AdminSite) -> HttpResponse:
    """Take the oldest request that nobody holds and open it. Whoever is a moment late gets the one after it."""
    require(request, DECIDE)
    if request.method == "POST":
        taken = holding.take_oldest(actor=request.user)
        if taken is not None:
            return redirect(PAGE, taken.reference)
        messages.info(request, _("Nothing is free: colleagues hold what waits, or a second approver has to decide."))
    return redirect(QUEUE)


@acts
def take(request: HttpRequest, reference: str, *, admin_site: AdminSite) -> HttpResponse:
    require(request, DECIDE)
    registration = find(request, reference)
    if request.method == "POST":
        try:
            holding.take(actor=request.user, request=registration)
        except Refusal as found:
            return show(request, find(request, reference), admin_site, refused=found.words, status=CONFLICT)
    return redirect(PAGE, registration.reference)


@acts
def give_back(request: HttpRequest, reference: str, *, admin_site: AdminSite) -> HttpResponse:
    require(request, DECIDE)
    registration = find(request, reference)
    if request.method != "POST":
        return redirect(PAGE, registration.reference)
    try:
        holding.give_back(actor=request.user, request=registration)
    except Refusal as found:
        return show(request, find(request, reference), admin_site, refused=found.words, status=CONFLICT)
    facts = {"company": registration.company_name, "reference": registration.reference}
    messages.success(request, _("%(company)s (%(reference)s) is free again.") % facts)
    return redirect(QUEUE)


@acts
def take_over(request: HttpRequest, reference: str, *, admin_site: AdminSite) -> HttpResponse:
    """Take a request from whoever holds it: a page that names them, then a press."""
    require(request, DECIDE)
    registration = find(request, reference)
    holder = registration.holder()
    if request.method == "POST":
        return _taken_over(request, reference, admin_site)
    if holder in (None, request.user) or refusal(Move.TAKE_OVER, registration, request.user):
        return redirect(PAGE, registration.reference)
    context: dict[str, Any] = {
        **admin_site.each_context(request),
        "title": _("Take over from %(holder)s?") % {"holder": holder.get_full_name()},
        "registration": registration,
        "holder": holder,
    }
    return render(request, f"{TEMPLATES}/take_over.html", context)


def _taken_over(request: HttpRequest, reference: str, admin_site: AdminSite) -> HttpResponse:
    registration = find(request, reference)
    holder = registration.holder()
    named = holder if holder is not None and request.POST.get("holder") == str(holder.pk) else None
    try:
        holding.take_over(actor=request.user, request=registration, expected_holder=named)
    except Refusal as found:
        return show(request, find(request, reference), admin_site, refused=found.words, status=CONFLICT)
    if named is not None:
        facts = {"holder": named.get_full_name()}
        messages.success(request, _("You took it over from %(holder)s. They see it in the queue.") % facts)
    return redirect(PAGE, registration.reference)
