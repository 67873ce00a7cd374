"""The admin's pages of conversations. Each view checks its own permission: `admin_view` only knows "is staff"."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals.conversations import conversation
from approvals.conversations.voices import ANSWER, answers_for_arxus
from approvals.desk import thread_list, thread_page
from approvals.desk.admin_pages import find, require, show
from approvals.desk.message_forms import MessageForm
from approvals.models import RegistrationRequest, Thread, ThreadState
from customers import numbers

VIEW = "approvals.view_thread"
TEMPLATES = "admin/approvals/thread"


@require_safe
def threads(request: HttpRequest, *, admin_site: AdminSite) -> HttpResponse:
    require(request, VIEW)
    tab = thread_list.tab_of(request.GET.get("tab", ""))
    context = {
        **admin_site.each_context(request),
        "title": tab.label,
        "tab": tab,
        "tabs": thread_list.TABS,
        "page": thread_list.page_of(request.user, tab, request.GET.get("page", "")),
    }
    return render(request, f"{TEMPLATES}/threads.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, reference: str, *, admin_site: AdminSite) -> HttpResponse:
    """A question to support, and the answer to it. The conversation of a request is on the page of the request."""
    require(request, VIEW)
    found = _find(request, reference)
    if found.request is not None:
        return redirect(_of_request(found.request))
    if request.method != "POST":
        conversation.mark_read(actor=request.user, thread=found)
        return _show(request, found, admin_site)
    require(request, ANSWER)
    form = thread_page.reply(request.user, thread_page.other_side(found), request.POST, request.FILES)
    if form.send(conversation.write, actor=request.user, thread=found) is None:
        return _show(request, found, admin_site, form)
    messages.success(request, form.told)
    here = reverse("admin:approvals_thread_change", args=[found.reference])
    return redirect(f"{here}#conversation")


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, reference: str, *, admin_site: AdminSite) -> HttpResponse:
    """Say that nothing is left to answer. A GET leads to the page and changes nothing."""
    require(request, ANSWER)
    found = _find(request, reference)
    if request.method != "POST":
        return redirect("admin:approvals_thread_change", found.reference)
    conversation.close(actor=request.user, thread=found)
    messages.success(request, _("Closed. It opens again when somebody writes."))
    return redirect("admin:approvals_thread_changelist")


@require_http_methods(["GET", "HEAD", "POST"])
def write_about(request: HttpRequest, reference: str, *, admin_site: AdminSite) -> HttpResponse:
    """Write in the conversation of a request. A GET, as after signing in again, leads to its page."""
    require(request, ANSWER)
    registration = find(request, reference)
    if request.method == "POST":
        form = thread_page.reply(request.user, registration.partner.name, request.POST, request.FILES)
        if form.send(conversation.write, actor=request.user, request=registration) is None:
            return show(request, registration, admin_site, message_form=form)
        messages.success(request, form.told)
    return redirect(_of_request(registration))


def _find(request: HttpRequest, reference: str) -> Thread:
    """The conversation of this number, however it was typed. Raises Http404 for what this person may not see."""
    visible = Thread.objects.visible_to(request.user)
    try:
        return visible.select_related(
            "partner__csm", "customer", "request", "about_request", "about_customer", "started_by"
        ).get(reference=numbers.parse(reference, numbers.MESSAGE))
    except (numbers.NotANumber, Thread.DoesNotExist):
        raise Http404 from None


def _of_request(registration: RegistrationRequest) -> str:
    address = reverse("admin:approvals_registrationrequest_change", args=[registration.reference])
    return f"{address}#conversation"


def _show(request: HttpRequest, found: Thread, admin_site: AdminSite, form: MessageForm | None = None) -> HttpResponse:
    everything = request.GET.get("messages", "") == "all"
    context: dict[str, Any] = {
        **admin_site.each_context(request),
        "title": found.subject,
        "thread": found,
        "conversation": thread_page.of_thread(request.user, found, form=form, everything=everything),
        "about_request": _seen(request, found.about_request),
        "may_close": found.state != ThreadState.CLOSED and answers_for_arxus(request.user),
        "has_errors": bool(form and form.errors),
    }
    return render(request, f"{TEMPLATES}/thread.html", context)


def _seen(request: HttpRequest, about: RegistrationRequest | None) -> RegistrationRequest | None:
    """The request a question is about, unless it is a draft: its partner asked about it, and has not sent it."""
    if about is None:
        return None
    return RegistrationRequest.objects.visible_to(request.user).filter(pk=about.pk).first()
