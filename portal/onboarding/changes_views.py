"""Answering what Arxus asked, on one short page. The wizard stays where it is, for everything else."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from approvals.changes import asking
from approvals.changes.asking import REPLIES
from approvals.changes.asking_refusals import NothingChanged
from approvals.models import RegistrationRequest
from approvals.refusals import NotAllowed, RequestGone, StaleDraft, WrongState
from approvals.workflow import State
from customers.relationships import RELATIONSHIPS
from portal.onboarding.access import draft_of, onboarding_partner
from portal.onboarding.changes import ChangesPage
from portal.onboarding.changes_forms import SIGNER
from portal.onboarding.changes_stale import changed_meanwhile
from portal.onboarding.confirmation import send
from portal.onboarding.contacts_page import UPLOAD
from portal.onboarding.forms import ReviewForm
from portal.onboarding.intents import LATER, NEXT, REFRESH
from portal.onboarding.steps import Step, first_open, url_of
from portal.onboarding.storage import DraftStorage
from portal.templatetags.look import Mistake

AS_IT_WAS = "as_it_was"
CHECK = "check"
"""What Enter in a field does: keep what is typed and show the page again. Only its own button sends."""


@require_http_methods(["GET", "HEAD", "POST"])
def changes(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what is asked; by POST save it, and send the request again. A GET writes nothing."""
    partner = onboarding_partner(request.user)
    row = draft_of(request.user, partner, reference)
    if request.method == "POST":
        return _Sent(request, row).answer()
    if row.state == State.DRAFT:
        return redirect(url_of(first_open(row.answers.get("done", ())), row))
    if row.state != State.CHANGES_REQUESTED:
        return redirect("request", row.reference)
    return _render(request, _page(request, row), asks_unchanged=AS_IT_WAS in request.GET)


def _page(request: HttpRequest, row: RegistrationRequest, **posted: Any) -> ChangesPage:
    storage = DraftStorage("changes", request)
    storage.hydrate(row, Step.REVIEW)
    return ChangesPage(actor=request.user, storage=storage, decision=asking.latest(row), **posted)


class _Sent:
    """What was sent from the page."""

    def __init__(self, request: HttpRequest, row: RegistrationRequest) -> None:
        self.request, self.row = request, row
        self.intent = request.POST.get("intent", NEXT)
        self.page = _page(request, row, intent=self.intent, posted=request.POST, upload=request.FILES.get(UPLOAD))
        self.review = ReviewForm(request.POST)

    def answer(self) -> HttpResponse:
        if self.row.state == State.DRAFT:
            raise Http404
        if self.row.is_editable and not self._is_on_page:
            raise SuspiciousOperation("The page has no such button.")
        try:
            return self._saved()
        except StaleDraft:
            return self._meanwhile(self._current())
        except WrongState:
            return self._closed()
        except (NotAllowed, RequestGone) as refusal:
            raise Http404 from refusal

    @property
    def _is_on_page(self) -> bool:
        return self.intent in (NEXT, LATER, REFRESH, CHECK) or self.page.asked_contacts.may_press(self.intent)

    def _current(self) -> ChangesPage:
        return _page(self.request, draft_of(self.request.user, self.row.partner, self.row.reference))

    def _meanwhile(self, current: ChangesPage) -> HttpResponse:
        """What was typed beside what is kept now; a document that was sent along is not touched again."""
        typed = _page(self.request, self.row, intent=NEXT, posted=self.request.POST)
        return changed_meanwhile(self.request, current, typed)

    def _closed(self) -> HttpResponse:
        """Sent or decided meanwhile. A second press is answered like the first; what would be lost is shown."""
        current = self._current()
        again = _page(self.request, current.row, intent=NEXT, posted=self.request.POST)
        if not again.is_all_kept():
            return self._meanwhile(current)
        is_sent = current.row.state in (State.SUBMITTED, State.APPROVED)
        return redirect("request-sent" if is_sent else "request", current.row.reference)

    def _saved(self) -> HttpResponse:
        page = self.page
        if not self.row.is_editable:
            return self._closed()
        if self.intent == REFRESH:
            return _render(self.request, page, self.review)
        seen = {step: self.request.POST.get(f"seen-{step}", "") for step in (*page.steps, REPLIES)}
        page.keep(self._version, seen)
        if self.intent == LATER:
            messages.success(self.request, _("Saved. You or a colleague can go on whenever it suits you."))
            return redirect("request", self.row.reference)
        if self.intent != NEXT and not page.needs_mending:
            return redirect(reverse("request-changes", args=[self.row.reference]) + page.contacts_page.anchor)
        return self._sent_on() if self.intent == NEXT else _render(self.request, page, self.review, is_judged=True)

    def _sent_on(self) -> HttpResponse:
        page = self.page
        if page.needs_mending or not page.is_sound or not self.review.is_valid():
            return _render(self.request, page, self.review, is_judged=True)
        try:
            broken = send(
                actor=self.request.user,
                draft=page.row,
                version=page.row.version,
                forms=page.forms | {Step.REVIEW: self.review},
                as_it_was=AS_IT_WAS in self.request.POST,
            )
        except NothingChanged as refusal:
            return _render(self.request, page, self.review, is_judged=True, asks_unchanged=True, refused=refusal.words)
        if broken:
            return redirect(url_of(broken, page.row, "mend"))
        return redirect("request-sent", page.row.reference)

    @property
    def _version(self) -> int:
        try:
            return int(self.request.POST["version"])
        except (KeyError, ValueError):
            raise SuspiciousOperation("The page does not say which version it showed.") from None


def _render(
    request: HttpRequest,
    page: ChangesPage,
    review: ReviewForm | None = None,
    *,
    is_judged: bool = False,
    asks_unchanged: bool = False,
    refused: str = "",
) -> HttpResponse:
    declared = review if review is not None and is_judged else ReviewForm()
    mistakes = list(_mistakes(page, declared, refused)) if is_judged else []
    context = {
        "draft": page.row,
        "page": page,
        "marks": page.marks,
        "signer": SIGNER,
        "declared": declared,
        "mistakes": mistakes,
        "has_errors": bool(mistakes),
        "outside": list(page.outside()),
        "asks_unchanged": asks_unchanged or AS_IT_WAS in request.POST,
        "review": page.review(),
        "meanings": {kind.value: facts.meaning for kind, facts in RELATIONSHIPS.items()},
    }
    return render(request, "onboarding/changes.html", context)


def _mistakes(page: ChangesPage, declared: ReviewForm, refused: str) -> Iterator[Mistake]:
    """What to mend on this page, each with its place."""
    if refused:
        yield Mistake(message=refused, href=f"#id_{AS_IT_WAS}")
    for bound in (*page.shown(), *declared):
        for error in bound.errors:
            yield Mistake(message=str(error), href=f"#{bound.id_for_label or f'{bound.auto_id}_0'}")
