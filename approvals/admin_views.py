"""The approval queue and the decision page. Each view checks its own permission: `admin_view` only knows "is staff"."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals import decisions, recent, vat_rechecks
from approvals.decision_page import page_context
from approvals.forms import DecisionForm, ExceptionForm, ReferredExceptionForm
from approvals.models import Decision, RegistrationRequest
from approvals.models.submission import DECISIONS
from approvals.queue import TABS, counts, next_to_decide, page_number, page_of, tab_of
from approvals.refusals import Refusal, RequestGone
from approvals.standing import DECIDE
from approvals.workflow import Move
from customers import numbers
from customers.search_text import MAX_QUERY_CHARACTERS

VIEW = "approvals.view_registrationrequest"
CONFLICT = 409


def require(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def find(request: HttpRequest, reference: str) -> RegistrationRequest:
    """The request of this reference, however it was typed. Raises Http404 for what this person may not see."""
    visible = RegistrationRequest.objects.visible_to(request.user)
    try:
        return visible.select_related("partner", "customer", "submitted_by").get(
            reference=numbers.parse(reference, numbers.REQUEST)
        )
    except (numbers.NotANumber, RegistrationRequest.DoesNotExist):
        raise Http404 from None


@require_safe
def queue(request: HttpRequest, *, admin_site: AdminSite) -> HttpResponse:
    require(request, VIEW)
    tab = tab_of(request.GET.get("tab", ""))
    query = request.GET.get("q", "").strip()[:MAX_QUERY_CHARACTERS]
    page = page_of(request.user, tab, query=query, number=page_number(request.GET.get("page", "")))
    numbers_waiting = counts(request.user)
    context = {
        **admin_site.each_context(request),
        "title": tab.label,
        "tabs": [(one, numbers_waiting.get(one.key)) for one in TABS],
        "tab": tab,
        "query": query,
        "page": page,
        "lately": recent.lately(request.user),
    }
    return render(request, "admin/approvals/registrationrequest/queue.html", context)


@require_safe
def decision_page(request: HttpRequest, reference: str, *, admin_site: AdminSite) -> HttpResponse:
    require(request, VIEW)
    return show(request, find(request, reference), admin_site)


def show(
    request: HttpRequest,
    registration: RegistrationRequest,
    admin_site: AdminSite,
    *,
    refused: str = "",
    status: int = 200,
    **forms: Any,
) -> HttpResponse:
    """The decision page; `forms` go to `decision_page.page_context`."""
    context = {
        **admin_site.each_context(request),
        **page_context(request.user, registration, version=request.GET.get("version", ""), **forms),
        "refused": refused,
    }
    return render(request, "admin/approvals/registrationrequest/decision.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, reference: str, move: str, *, admin_site: AdminSite) -> HttpResponse:
    """Decide by POST. A GET, as after signing in again, leads to the page and changes nothing."""
    require(request, DECIDE)
    if move not in DECISIONS:
        raise Http404
    chosen = Move(move)
    registration = find(request, reference)
    if request.method != "POST":
        return redirect("admin:approvals_registrationrequest_change", registration.reference)
    form = DecisionForm(chosen, request.POST)
    if not form.is_valid():
        return show(request, registration, admin_site, move=chosen, form=form)
    reason = form.cleaned_data.get("reason", "")
    try:
        if chosen is Move.APPROVE:
            recent.ensure_read(request.user, registration)
        made = decisions.decide(
            actor=request.user,
            request=registration,
            move=chosen,
            version=form.cleaned_data["version"],
            reason=reason,
        )
    except Refusal as refusal:
        registration = find(request, reference)
        return show(
            request, registration, admin_site, move=chosen, reason=reason, refused=refusal.words, status=CONFLICT
        )
    return go_on(request, registration, made)


def go_on(request: HttpRequest, registration: RegistrationRequest, made: Decision) -> HttpResponse:
    """Say what was decided, and show what to take up next."""
    messages.success(request, _told(Move(made.move), registration))
    following = next_to_decide(request.user, registration)
    if following:
        return redirect("admin:approvals_registrationrequest_change", following)
    return redirect("admin:approvals_registrationrequest_changelist")


def _told(move: Move, registration: RegistrationRequest) -> str:
    words = {
        Move.APPROVE: _("%(company)s (%(reference)s) is approved. %(partner)s is told."),
        Move.ASK_FOR_CHANGES: _("%(company)s (%(reference)s) goes back to %(partner)s with your reason."),
        Move.REJECT: _("%(company)s (%(reference)s) is rejected. %(partner)s is told why."),
    }
    return words[move] % {
        "company": registration.company_name,
        "reference": registration.reference,
        "partner": registration.partner.name,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def ask_register(request: HttpRequest, reference: str, *, admin_site: AdminSite) -> HttpResponse:
    """Ask the VAT register again, now."""
    require(request, DECIDE)
    registration = find(request, reference)
    if request.method == "POST":
        try:
            check = vat_rechecks.ask_now(actor=request.user, request=registration)
        except Refusal as refusal:
            return show(request, registration, admin_site, refused=refusal.words, status=CONFLICT)
        if check is not None and check.is_answered:
            messages.success(request, _("The VAT register answered: see the checks."))
        else:
            messages.warning(request, _("The VAT register did not answer."))
    return redirect("admin:approvals_registrationrequest_change", registration.reference)


@require_http_methods(["GET", "HEAD", "POST"])
def grant_exception(request: HttpRequest, reference: str, *, admin_site: AdminSite) -> HttpResponse:
    """Let a Value Add Partner's customer go without its written approval, with a reason."""
    require(request, DECIDE)
    registration = find(request, reference)
    if request.method != "POST":
        return redirect("admin:approvals_registrationrequest_change", registration.reference)
    form = ExceptionForm(request.POST)
    if not form.is_valid():
        return show(request, registration, admin_site, exception_form=form)
    try:
        decisions.grant_exception(
            actor=request.user, request=registration, reason=form.cleaned_data["exception_reason"]
        )
    except Refusal as refusal:
        registration = find(request, reference)
        return show(request, registration, admin_site, exception_form=form, refused=refusal.words, status=CONFLICT)
    messages.success(request, _("The exception is on record. The partner may now send the request without a document."))
    return redirect("admin:approvals_registrationrequest_change", registration.reference)


@require_http_methods(["GET", "HEAD", "POST"])
def grant_exception_unsent(request: HttpRequest, *, admin_site: AdminSite) -> HttpResponse:
    """The same for a request that its partner cannot send, by the reference the partner reads out.

    Drafts stay a secret of their partner: nothing of the request is shown, before or after.
    """
    require(request, DECIDE)
    form = ReferredExceptionForm(request.POST or None)
    if form.is_valid():
        reference = form.cleaned_data["reference"]
        registration = RegistrationRequest.objects.filter(reference=reference).first()
        try:
            if registration is None:
                raise RequestGone
            decisions.grant_exception(
                actor=request.user, request=registration, reason=form.cleaned_data["exception_reason"]
            )
        except RequestGone:
            form.add_error("reference", _("There is no request with this reference. Ask the partner to read it again."))
        except Refusal as refusal:
            form.add_error(None, refusal.words)
        else:
            messages.success(request, _("%(reference)s may now be sent without a document.") % {"reference": reference})
            return redirect("admin:approvals_registrationrequest_changelist")
    context = {
        **admin_site.each_context(request),
        "title": _("Without the written approval"),
        "form": form,
        "has_errors": bool(form.errors),
    }
    return render(request, "admin/approvals/registrationrequest/exception_unsent.html", context)
