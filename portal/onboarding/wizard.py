"""The wizard that registers a customer: VAT number, details, contacts, review.

Its truth is the draft row; the session holds nothing of it. Every POST saves what was typed, valid or not, and answers
with a redirect, except where something has to be mended. A GET never writes and never submits.
"""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from formtools.wizard.views import SessionWizardView

from approvals.changes.asking_refusals import NothingChanged
from approvals.models import RegistrationRequest
from approvals.refusals import DuplicateNumber, Refusal, StaleDraft, WrongState
from approvals.workflow import State
from contacts.forms import ContactsForm
from portal.onboarding import numbers, register, steps, summary
from portal.onboarding.access import draft_of, onboarding_partner
from portal.onboarding.confirmation import send, unchanged
from portal.onboarding.contacts_page import UPLOAD, ContactsPage
from portal.onboarding.forms import DetailsStepForm, ReviewForm, VatStepForm, details_to_begin_with
from portal.onboarding.intents import ANSWERED, BACK, LATER, NEXT, REFRESH
from portal.onboarding.stale import stale_page
from portal.onboarding.steps import Step
from portal.onboarding.storage import DraftStorage, is_just_begun, raw_answer


class RegistrationWizard(SessionWizardView):
    storage_name = "portal.onboarding.storage.DraftStorage"
    form_list = [
        (Step.VAT.value, VatStepForm),
        (Step.DETAILS.value, DetailsStepForm),
        (Step.CONTACTS.value, ContactsForm),
        (Step.REVIEW.value, ReviewForm),
    ]
    storage: DraftStorage
    file_storage = None
    """None of the wizard's: an upload is a row of its own, tied to the draft from the start."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.partner = onboarding_partner(request.user)
        self._row = draft_of(request.user, self.partner, kwargs["reference"]) if "reference" in kwargs else None
        try:
            self.step = Step(kwargs.get("step", Step.VAT))
        except ValueError:
            raise SuspiciousOperation("The wizard has no such step.") from None
        return super().dispatch(request, *args, **kwargs)

    @property
    def draft(self) -> RegistrationRequest | None:
        return self.storage.draft

    # --- Answering --------------------------------------------------------------------------------------------------

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.storage.hydrate(self._row, self.step)
        if self.draft is not None and not self.draft.is_editable:
            return redirect("request", self.draft.reference)
        if not steps.is_open(self.step, self.storage.done):
            return self._go_to(steps.first_open(self.storage.done))
        return self.render(self._opened_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.storage.hydrate(self._row, self.step)
        if self.draft is not None and not self.draft.is_editable:
            return self._closed()
        if not steps.is_open(self.step, self.storage.done):
            return self._go_to(steps.first_open(self.storage.done))
        if request.POST.get(f"{self.prefix}-current_step") != self.step:
            raise SuspiciousOperation("The page names another step than its address.")
        if self.intent == REFRESH:
            return self.render(self.posted_form)
        try:
            if self.step is not Step.REVIEW:
                self._keep()
        except Refusal as refusal:
            return self._refused(refusal)
        if self.is_contacts and self.contacts.needs_mending:
            return self.render(self.posted_form)
        if self.intent == NEXT:
            self.get_form_list()  # What formtools forgets in the next line has to be known before.
            return super().post(request)
        return self._leave() if self.draft is not None else self.render(self.posted_form)

    @property
    def is_contacts(self) -> bool:
        return self.step is Step.CONTACTS

    @property
    def is_change(self) -> bool:
        """Whether this page was opened from the review, to change or to mend something, and leads back there."""
        return not {"change", "mend"}.isdisjoint(self.request.GET)

    @cached_property
    def intent(self) -> str:
        """Which button was pressed; Enter in a field is *Next*. The contacts step has buttons of its own."""
        pressed = self.request.POST.get("intent", NEXT)
        return pressed if self.is_contacts or pressed in ANSWERED.get(self.step, (BACK, LATER)) else NEXT

    def _leave(self) -> HttpResponse:
        if self.intent == LATER:
            messages.success(self.request, _("Saved. You or a colleague can go on whenever it suits you."))
            return redirect("request", self.storage.row.reference)
        if self.intent != BACK:
            query = "change" if self.is_change else ""
            return redirect(steps.url_of(self.step, self.draft, query) + self.contacts.anchor)
        if self.is_change and steps.first_open(self.storage.done) is Step.REVIEW:
            return self._go_to(Step.REVIEW)
        previous = steps.before(self.step)
        return self._go_to(previous) if previous else redirect("customers")

    def _go_to(self, step: Step, query: str = "") -> HttpResponse:
        return redirect(steps.url_of(step, self.draft, query))

    # --- Saving -----------------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        """Save what was typed in this step. The first valid answer makes the draft."""
        form = self.posted_form
        is_valid = form.is_valid()
        try:
            if self.draft is not None:
                is_done = is_valid and (self.intent == NEXT or self.step in self.storage.done)
                self._keep_answer(form, is_done)
            elif is_valid:
                actor = self.request.user
                self.storage.begin(actor=actor, partner=self.partner, answer=self._raw(form), **form.numbers)
        except DuplicateNumber as refusal:
            if self.draft is not None:
                form.refuse(refusal)
                self._keep_answer(form, False)
            elif is_just_begun(refusal.found.request, self.request.user):
                self.storage.hydrate(refusal.found.request, self.step)
            else:
                form.refuse(refusal)

    def _keep_answer(self, form: Any, is_done: bool) -> None:
        saved: dict[str, Any] = {"answer": self._raw(form), "done": is_done}
        if self.is_contacts:
            saved |= {"done": is_done and not self.contacts.needs_mending, "people": self.contacts.people}
        elif self.step is Step.DETAILS:
            saved["company_name"] = form.cleaned_data.get("name") or str(form["name"].value() or "")
        elif is_done:
            saved |= form.numbers
        shown = {"version": self._shown_version, "seen": self.request.POST.get("seen", "")}
        self.storage.keep(self.step, actor=self.request.user, **shown, **saved)

    def _raw(self, form: forms.Form) -> Mapping[str, Any]:
        return self.contacts.answer if self.is_contacts else raw_answer(cast(Any, form.data), list(form.fields))

    @property
    def _shown_version(self) -> int:
        try:
            return int(self.request.POST["version"])
        except (KeyError, ValueError):
            raise SuspiciousOperation("The page does not say which version it showed.") from None

    def process_step(self, form: forms.Form) -> Mapping[str, Any]:
        return {name: value if isinstance(value, list) else [value] for name, value in self._raw(form).items()}

    def process_step_files(self, form: forms.Form) -> None:
        """Uploads are rows of their own, tied to the draft."""

    # --- Forms ------------------------------------------------------------------------------------------------------

    @cached_property
    def contacts(self) -> ContactsPage:
        return ContactsPage(actor=self.request.user, storage=self.storage)

    @cached_property
    def posted_form(self) -> Any:
        """The form of this step with what was just sent: made and judged once in a pass."""
        if self.is_contacts:
            return self.contacts.posted(self.intent, self.request.POST, self.request.FILES.get(UPLOAD))
        return super().get_form(self.step, data=None if self.intent == REFRESH else self.request.POST)

    def get_form(self, step: str | None = None, data: Any = None, files: Any = None) -> Any:
        if data is not None and data is self.request.POST:
            return self.posted_form
        if (step or self.step) == Step.CONTACTS:
            return self.contacts.kept()
        return super().get_form(step, data=data)

    def _opened_form(self) -> Any:
        """The form on a page that is opened: what was typed before, judged only where something has to be mended."""
        if "mend" in self.request.GET:
            return self.get_form(self.step, data=self.storage.current_step_data)
        return self.contacts.opened() if self.is_contacts else self.get_form(self.step)

    def get_form_prefix(self, step: str | None = None, form: Any = None) -> None:
        """One form a page: the names of its fields are theirs alone."""

    def get_form_initial(self, step: str) -> Mapping[str, Any]:
        if self.intent == REFRESH and step == self.step:
            return raw_answer(self.request.POST, list(DetailsStepForm.base_fields))
        if typed := self.storage.answer(Step(step)):
            return typed
        if step == Step.VAT:
            return numbers.to_begin_with(self.request.GET, self.partner)
        return details_to_begin_with(self.number, self.word) if step == Step.DETAILS else {}

    def get_form_kwargs(self, step: str | None = None) -> dict[str, Any]:
        if step == Step.VAT:
            # What is sent to this very step is looked up by the verb that saves it.
            is_judged = self.step is Step.REVIEW if self.request.method == "POST" else "mend" in self.request.GET
            is_without = {"0": False, "1": True}.get(self.request.GET.get("no-vat", ""))
            known = {"partner": self.partner, "draft": self.draft, "reader": self.request.user}
            return known | {"is_judged": is_judged, "is_without": is_without}
        return {"number": self.number, "word": self.word} if step == Step.DETAILS else {}

    @cached_property
    def number(self) -> Any:
        """The number of the draft's company as understood, VAT or national; None while there is none."""
        cleaned = self.get_cleaned_data_for_step(Step.VAT) if self.storage.get_step_data(Step.VAT) else None
        return (cleaned or {}).get("number")

    @cached_property
    def word(self) -> register.Word | None:
        """What the VAT register said of the number of the draft."""
        return register.word_on(self.partner, self.number)

    # --- Pages ------------------------------------------------------------------------------------------------------

    def get_template_names(self) -> list[str]:
        return [f"onboarding/{self.step}.html"]

    def get_context_data(self, form: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(form=form, **kwargs)
        context |= {
            "draft": self.draft,
            "step": self.step,
            "stepper": list(steps.links(self.step, self.draft, self.storage.done)),
            "seen": self.storage.seen(self.step),
        }
        if self.step is Step.REVIEW:
            return context | {"review": self._review()}
        number = (form.number if self.step is Step.VAT else None) or self.number
        context |= {"number": numbers.shown(number), "word": self.word if number == self.number else None}
        if self.step is Step.VAT:
            return context | numbers.vat_page(self.request, form)
        if self.step is Step.DETAILS:
            register.mark(form, self.word)
        return context | (self.contacts.context(form) if self.is_contacts else {})

    def _review(self) -> summary.Review:
        answered = {step.value: self.get_form(step, data=self.storage.get_step_data(step)) for step in steps.ORDER[:-1]}
        return summary.review(self.storage.row, self.contacts.evidence, self.word, **answered)

    # --- Moving on --------------------------------------------------------------------------------------------------

    def render_next_step(self, form: Any, **kwargs: Any) -> HttpResponse:
        if self.step is Step.VAT:
            register.ask(actor=self.request.user, partner=self.partner, number=form.number)
        step = steps.first_open(self.storage.done) if self.is_change else Step(self.steps.next)
        return self._go_to(step)

    def render_goto_step(self, goto_step: str, **kwargs: Any) -> HttpResponse:
        return self._go_to(Step(goto_step))

    def render_revalidation_failure(self, step: str, form: Any, **kwargs: Any) -> HttpResponse:
        return self._go_to(Step(step), "mend")

    def done(self, form_list: Any, form_dict: Mapping[str, Any], **kwargs: Any) -> HttpResponse:
        """Send the request. Whatever is clicked twice, reloaded or replayed lands on the same confirmation."""
        try:
            broken = send(actor=self.request.user, draft=self.storage.row, version=self._shown_version, forms=form_dict)
        except Refusal as refusal:
            return self._refused(refusal)
        return self._go_to(broken, "mend") if broken else redirect("request-sent", self.storage.row.reference)

    # --- When it came otherwise -------------------------------------------------------------------------------------

    def _refused(self, refusal: Refusal) -> HttpResponse:
        if isinstance(refusal, StaleDraft):
            return self._stale(refusal.request)
        if isinstance(refusal, WrongState):
            return self._closed()
        if isinstance(refusal, NothingChanged):
            return unchanged(self.storage.row)
        # Deleted meanwhile, or the right to it taken away.
        raise Http404 from refusal

    def _closed(self) -> HttpResponse:
        """The request is no longer the partner's to change. A confirmation sent again is answered like the first."""
        current = draft_of(self.request.user, self.partner, self.storage.row.reference)
        if self.step is not Step.REVIEW:
            return self._stale(current)
        is_sent = current.state in (State.SUBMITTED, State.APPROVED)
        return redirect("request-sent" if is_sent else "request", current.reference)

    def _stale(self, current: RegistrationRequest) -> HttpResponse:
        self.storage.hydrate(current, self.step)
        return stale_page(self.request, self.storage, self.step, self._opened_form())
