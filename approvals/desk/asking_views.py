"""Asking for changes: its panel stands on the decision page, its buttons lead here."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals import decisions
from approvals.changes import asking, snippets
from approvals.desk.admin_pages import CONFLICT, TEMPLATES, find, require, show
from approvals.desk.admin_views import go_on
from approvals.desk.ask_form import AskForm
from approvals.models import RegistrationRequest, Submission
from approvals.refusals import Refusal
from approvals.standing import DECIDE
from approvals.workflow import Move

SEND = "send"
USE, KEEP, SHOW = "use", "keep", "show"
"""Buttons beside each text: insert the chosen saved text there, save what stands there. `use:text-details.phone`.
Enter in a field sends nothing to anybody: it shows the panel again."""


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, reference: str, *, admin_site: AdminSite) -> HttpResponse:
    """Ask for changes, or change the panel and show it again with everything that was typed."""
    require(request, DECIDE)
    registration = find(request, reference)
    if request.method != "POST":
        return redirect("admin:approvals_registrationrequest_change", registration.reference)
    panel = _Panel(request, registration, admin_site)
    verb, _colon, name = request.POST.get("intent", SEND).partition(":")
    if verb == USE:
        return panel.insert(name)
    if verb == KEEP:
        return panel.save(name)
    return panel.show() if verb == SHOW else panel.send()


@require_safe
def texts(request: HttpRequest, *, admin_site: AdminSite) -> HttpResponse:
    """The saved texts to choose from, for a panel that is opened: they are too long to wait in every page."""
    require(request, DECIDE)
    return render(request, f"{TEMPLATES}/_ask_saved.html", {"snippets": snippets.offered_to(request.user)})


class _Panel:
    def __init__(self, request: HttpRequest, registration: RegistrationRequest, admin_site: AdminSite) -> None:
        self.request, self.registration, self.admin_site = request, registration, admin_site

    @property
    def latest(self) -> Submission:
        return self.registration.submissions.latest("version")

    def _again(self, form: AskForm, **context: Any) -> HttpResponse:
        return show(
            self.request, self.registration, self.admin_site, move=Move.ASK_FOR_CHANGES, ask_form=form, **context
        )

    def _as_typed(self, changed: Mapping[str, str] | None = None) -> AskForm:
        latest = self.latest
        return AskForm.as_typed(latest.snapshot, self.request.POST, latest.version, changed or {})

    def show(self) -> HttpResponse:
        return self._again(self._as_typed())

    def insert(self, name: str) -> HttpResponse:
        chosen = self.request.POST.get("snippet", "")
        snippet = next((one for one in snippets.offered_to(self.request.user) if str(one.pk) == chosen), None)
        if snippet is None:
            messages.warning(self.request, _("Choose a saved text first."))
            return self._again(self._as_typed())
        typed = self.request.POST.get(name, "").rstrip()
        return self._again(self._as_typed({name: "\n".join(filter(None, (typed, snippet.text)))}))

    def save(self, name: str) -> HttpResponse:
        data = self.request.POST
        try:
            kept = snippets.save(
                actor=self.request.user,
                title=data.get("snippet_title", ""),
                text=data.get(name, ""),
                shared="snippet_shared" in data,
            )
        except Refusal as refusal:
            messages.error(self.request, refusal.words)
            return self._again(self._as_typed())
        messages.success(self.request, _("“%(title)s” is saved.") % {"title": kept.title})
        return self._again(self._as_typed({"snippet_title": ""}))

    def send(self) -> HttpResponse:
        form = AskForm(self.latest.snapshot, self.request.POST)
        if not form.is_valid():
            return self._again(form)
        remark = form.cleaned_data["reason"]
        try:
            made = decisions.decide(
                actor=self.request.user,
                request=self.registration,
                move=Move.ASK_FOR_CHANGES,
                version=form.cleaned_data["version"],
                reason=remark,
                asked=form.asked,
            )
        except Refusal as refusal:
            self.registration = find(self.request, self.registration.reference)
            return self._again(
                self._as_typed(),
                reason=asking.composed(form.asked, remark),
                refused=refusal.words,
                status=CONFLICT,
            )
        return go_on(self.request, self.registration, made)
