"""The approval queue and the decision page. Each view checks its own permission: `admin_view` only knows "is staff"."""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals import decisions, holding, vat_rechecks
from approvals.decision_refusals import AccessNotConfirmed, OverrideReasonMissing
from approvals.desk import recent
from approvals.desk.admin_pages import CONFLICT, TEMPLATES, VIEW, find, require, show
from approvals.desk.forms import ApprovalForm, DecisionForm, ExceptionForm, ReferredExceptionForm
from approvals.desk.queue_rows import page_number, page_of
from approvals.models import Decision, FirstApproval, RegistrationRequest
from approvals.models.submission import DECISIONS
from approvals.queue import NARROWINGS, TABS, counts, narrowing_of, next_to_decide, tab_of
from approvals.refusals import Refusal, RequestGone
from approvals.standing import DECIDE
from approvals.workflow import Move
from customers.search_text import MAX_QUERY_CHARACTERS

MISSING: dict[type[Refusal], str] = {
    OverrideReasonMissing: "override_reason",
    AccessNotConfirmed: "access_confirmed",
}
"""What an approval lacks -> its field."""


@require_safe
def queue(request: HttpRequest, *, admin_site: AdminSite) -> HttpResponse:
    require(request, VIEW)
    tab = tab_of(request.GET.get("tab", ""))
    narrowing = narrowing_of(request.GET.get("only", ""), tab)
    query = request.GET.get("q", "").strip()[:MAX_QUERY_CHARACTERS]
    number = page_number(request.GET.get("page", ""))
    numbers = counts(request.user)
    context = {
        **admin_site.each_context(request),
        "title": tab.label,
        "tabs": [(one, numbers.get(one.key)) for one in TABS],
        "tab": tab,
        "narrowings": [(one, numbers[one.key]) for one in NARROWINGS] if tab is TABS[0] else [],
        "narrowing": narrowing,
        "query": query,
        "page": page_of(request.user, tab, query=query, narrowing=narrowing, number=number),
        "lately": recent.lately(request.user),
        "may_choose": tab is TABS[0] and request.user.has_perm(DECIDE),
    }
    return render(request, f"{TEMPLATES}/queue.html", context)


@require_safe
def decision_page(request: HttpRequest, reference: str, *, admin_site: AdminSite) -> HttpResponse:
    require(request, VIEW)
    return show(request, find(request, reference), admin_site)


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
    form = ApprovalForm(request.POST) if chosen is Move.APPROVE else DecisionForm(chosen, request.POST)
    if not form.is_valid():
        return show(request, registration, admin_site, move=chosen, form=form)
    try:
        if chosen is Move.APPROVE:
            recent.ensure_read(request.user, registration)
        made = decisions.decide(actor=request.user, request=registration, move=chosen, **form.cleaned_data)
    except (OverrideReasonMissing, AccessNotConfirmed) as refusal:
        form.add_error(MISSING[type(refusal)], refusal.words)
        return show(request, find(request, reference), admin_site, move=chosen, form=form)
    except Refusal as refusal:
        again = {"move": chosen, "reason": form.written, "refused": refusal.words}
        return show(request, find(request, reference), admin_site, status=CONFLICT, **again)
    return go_on(request, registration, made)


def go_on(request: HttpRequest, registration: RegistrationRequest, made: Decision | FirstApproval) -> HttpResponse:
    """Say what was decided, and show what to take up next."""
    messages.success(request, _told(made, registration))
    following = next_to_decide(request.user, registration)
    if following:
        return redirect("admin:approvals_registrationrequest_change", following)
    return redirect("admin:approvals_registrationrequest_changelist")


def _told(made: Decision | FirstApproval, registration: RegistrationRequest) -> str:
    words = {
        Move.APPROVE.value: _("%(company)s (%(reference)s) is approved. %(partner)s is told."),
        Move.ASK_FOR_CHANGES.value: _("%(company)s (%(reference)s) goes back to %(partner)s with your reason."),
        Move.REJECT.value: _("%(company)s (%(reference)s) is rejected. %(partner)s is told why."),
    }
    first = _("%(company)s (%(reference)s) has your approval. It now waits for a second approver.")
    return (words[made.move] if isinstance(made, Decision) else first) % {
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
        holding.renew(actor=request.user, request=registration)
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
