"""Requests: the lists, the page of one, the confirmation, taking one back, and its documents."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from approvals import copies, drafts, evidence, withdrawal
from approvals.conversations import conversation
from approvals.conversations.voices import may_write_about
from approvals.desk import thread_page
from approvals.desk.message_forms import MessageForm
from approvals.models import Evidence, RegistrationRequest
from approvals.refusals import DuplicateNumber, EvidenceDamaged, Refusal
from approvals.standing import refusal
from approvals.workflow import RESTARTABLE, Move, State
from customers.own_numbers import OwnNumber
from customers.relationships import Relationship
from portal.handing_out import handed_out
from portal.paging import page_of
from portal.requests import lists
from portal.requests.page import actions_of, story_of, versions_of
from portal.work import continue_url, items_of, name_of, step_words

REQUESTS_A_PAGE = 50


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    _refuse_customers(request)
    tab = lists.tab_of(request.GET.get("tab", ""), request.user)
    page = page_of(lists.in_tab(request.user, tab), request.GET.get("page", ""), REQUESTS_A_PAGE)
    context = {
        "tab": tab,
        "tabs": lists.links(request.user, tab),
        "page": page,
        "items": items_of(page.rows, request.user),
    }
    return render(request, "requests/requests.html", context)


@require_safe
def registration(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, _registration(request, reference))


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Write in the conversation of a request. A GET, as after signing in again, leads to its page."""
    found = _registration(request, reference)
    if request.method == "POST" and may_write_about(request.user, found):
        form = thread_page.reply(request.user, found.partner.name, request.POST, request.FILES)
        if form.send(conversation.write, actor=request.user, request=found) is None:
            return _page(request, found, message_form=form)
        messages.success(request, form.told)
    return redirect(f"{reverse('request', args=[found.reference])}#conversation")


def _page(request: HttpRequest, found: RegistrationRequest, *, message_form: MessageForm | None = None) -> HttpResponse:
    context = {
        "registration": found,
        "name": name_of(found),
        "step": step_words(found) if found.state == State.DRAFT else "",
        "actions": actions_of(found, request.user),
        "entries": story_of(found, request.user),
        "versions": versions_of(found, request.user),
        "is_asked": found.state == State.CHANGES_REQUESTED,
        "is_rejected": found.state == State.REJECTED,
        **thread_page.context(request.user, found, form=message_form, asked=request.GET.get("messages", "")),
        "has_errors": message_form is not None,
    }
    if found.state in RESTARTABLE:
        context["restarted"] = RegistrationRequest.objects.visible_to(request.user).filter(copied_from=found).first()
    if found.is_editable and not request.user.is_staff:
        context["documents"] = found.evidence.current().select_related("uploaded_by")
    return render(request, "requests/request.html", context)


@require_safe
def sent(request: HttpRequest, reference: str) -> HttpResponse:
    """The confirmation. It keeps its address: whoever may see the request can come back to it at any time."""
    found = _registration(request, reference)
    if found.submitted_at is None:
        return redirect("request", found.reference)
    context = {
        "registration": found,
        "name": name_of(found),
        "sent_at": found.submissions.latest("version").submitted_at,
        "actions": actions_of(found, request.user),
        "is_waiting": found.state == State.SUBMITTED,
        "is_mine": found.submitted_by_id == request.user.pk,
        "knows_arxus": found.customer is not None and found.customer.relationship == Relationship.RESELLER,
    }
    return render(request, "requests/sent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    found = _registration(request, reference)
    if request.method == "POST":
        try:
            withdrawal.withdraw(actor=request.user, request=found)
        except Refusal as error:
            messages.error(request, error.words)
        else:
            messages.success(request, _("The request for %(name)s is withdrawn.") % {"name": name_of(found)})
        return redirect("request", found.reference)
    return _ask_once(request, found, Move.WITHDRAW, "requests/withdraw.html")


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, reference: str) -> HttpResponse:
    found = _registration(request, reference)
    if request.method == "POST":
        try:
            drafts.discard(actor=request.user, request=found)
        except Refusal as error:
            messages.error(request, error.words)
            return redirect("request", found.reference)
        messages.success(request, _("The draft for %(name)s is deleted.") % {"name": name_of(found)})
        return redirect("requests")
    return _ask_once(request, found, Move.DISCARD, "requests/discard.html")


@require_http_methods(["GET", "HEAD", "POST"])
def start_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin a draft with the answers of this request. A GET, as after signing in again, leads to its page."""
    found = _registration(request, reference)
    if request.method != "POST":
        return redirect("request", found.reference)
    try:
        made = copies.start_again(actor=request.user, request=found)
    except DuplicateNumber as error:
        messages.error(request, error.words_for(request.user))
    except (OwnNumber, Refusal) as error:
        messages.error(request, error.words)
    else:
        for name in made.left_out:
            words = _("We could not take “%(name)s” along: it is damaged in our store. Add it again.")
            messages.warning(request, words % {"name": name})
        return redirect(continue_url(made.draft))
    return redirect("request", found.reference)


@require_GET
def document(request: HttpRequest, reference: str, key: UUID) -> HttpResponseBase:
    """Hand out a document. The one GET that writes: who took a confidential document, and when, is on record."""
    found = get_object_or_404(
        Evidence.objects.visible_to(request.user).select_related("request__partner", "request__customer"),
        request__reference=reference,
        key=key,
    )
    try:
        content = evidence.download(actor=request.user, evidence=found)
    except EvidenceDamaged as error:
        context = {"document": found, "words": error.words, "back": reverse("request", args=[reference])}
        return render(request, "requests/damaged.html", context, status=500)
    return handed_out(found, content)


def _registration(request: HttpRequest, reference: str) -> RegistrationRequest:
    """The request with this reference, if it exists for this user; 404 otherwise."""
    visible = RegistrationRequest.objects.visible_to(request.user)
    people = visible.select_related("partner", "customer", "created_by", "submitted_by", "copied_from")
    return get_object_or_404(people, reference=reference)


def _ask_once(request: HttpRequest, found: RegistrationRequest, move: Move, template: str) -> HttpResponse:
    if error := refusal(move, found, request.user):
        messages.error(request, error.words)
        return redirect("request", found.reference)
    return render(request, template, {"registration": found, "name": name_of(found)})


def _refuse_customers(request: HttpRequest) -> None:
    """Requests are between the partner and Arxus: for a customer's own users the page is not there."""
    membership = getattr(request.user, "membership", None)
    if membership is not None and membership.customer_id is not None:
        raise Http404
