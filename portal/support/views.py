"""Questions to support: the list, a new one, one of them, and the files in conversations."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from approvals.conversations import conversation
from approvals.conversations.voices import asks_support
from approvals.desk import thread_page
from approvals.desk.message_forms import MessageForm, SupportForm
from approvals.models import Attachment, Thread, ThreadState
from approvals.querysets import reads_internal
from approvals.refusals import EvidenceDamaged
from portal.handing_out import handed_out
from portal.paging import page_of
from portal.support.about import about_of

QUESTIONS_A_PAGE = 50


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """The questions of one's own organisation; staff answer theirs in Arxus Admin."""
    if reads_internal(request.user):
        return redirect("admin:approvals_thread_changelist")
    _require_asker(request)
    asked = Thread.objects.visible_to(request.user).to_support().select_related("started_by")
    page = page_of(asked.order_by("-told_at", "-pk"), request.GET.get("page", ""), QUESTIONS_A_PAGE)
    unread = conversation.unread_of(request.user, page.rows)
    return render(request, "support/questions.html", {"page": page, "unread_questions": unread})


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    _require_asker(request)
    if request.method == "POST":
        about = about_of(request.user, request.POST.get("page", ""))
        form = SupportForm(request.POST, request.FILES)
        sent = form.send(
            conversation.start,
            actor=request.user,
            page=about.page,
            about_request=about.request,
            about_customer=about.customer,
        )
        if sent is not None:
            messages.success(request, _("Your message is sent. The answer comes here and by mail."))
            return redirect("thread", sent.thread.reference)
    else:
        about = about_of(request.user, request.GET.get("page", ""))
        form = SupportForm(initial={"page": about.page})
    return render(request, "support/ask.html", {"form": form, "about": about})


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, reference: str) -> HttpResponse:
    if reads_internal(request.user):
        return redirect("admin:approvals_thread_change", reference)
    found = _question(request, reference)
    if request.method != "POST":
        conversation.mark_read(actor=request.user, thread=found)
        return _page(request, found)
    form = thread_page.reply(request.user, "", request.POST, request.FILES)
    if form.send(conversation.write, actor=request.user, thread=found) is None:
        return _page(request, found, form)
    messages.success(request, form.told)
    return redirect(f"{reverse('thread', args=[found.reference])}#conversation")


def _page(request: HttpRequest, found: Thread, form: MessageForm | None = None) -> HttpResponse:
    everything = request.GET.get("messages", "") == "all"
    context = {
        "thread": found,
        "is_closed": found.state == ThreadState.CLOSED,
        "conversation": thread_page.of_thread(request.user, found, form=form, everything=everything),
        "about": about_of(request.user, found.page),
        "has_errors": bool(form and form.errors),
    }
    return render(request, "support/question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it is settled. A GET, as after signing in again, leads to the page and changes nothing."""
    found = _question(request, reference)
    if request.method == "POST":
        conversation.close(actor=request.user, thread=found)
        messages.success(request, _("The conversation is closed. Write again to open it."))
    return redirect("thread", found.reference)


@require_GET
def attachment(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Hand out a file of a message; who took it, and when, is on record."""
    visible = Attachment.objects.visible_to(request.user).select_related(
        "message__thread__partner", "message__thread__request__customer"
    )
    found = get_object_or_404(visible, key=key)
    try:
        content = conversation.download(actor=request.user, attachment=found)
    except EvidenceDamaged as error:
        about = found.message.thread.request
        back = reverse("request", args=[about.reference]) if about else reverse("messages")
        context = {"document": found, "words": error.words, "back": back}
        return render(request, "requests/damaged.html", context, status=500)
    return handed_out(found, content)


def _question(request: HttpRequest, reference: str) -> Thread:
    """The question with this reference, if it exists for this user; 404 otherwise."""
    visible = Thread.objects.visible_to(request.user).to_support().select_related("partner", "customer", "started_by")
    return get_object_or_404(visible, reference=reference)


def _require_asker(request: HttpRequest) -> None:
    if not asks_support(request.user):
        raise Http404
