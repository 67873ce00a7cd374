"""The page that answers what was asked: just those fields, each with why, over the same draft, forms and verbs as the
wizard. Whole steps are judged: what is wrong elsewhere is named, with the way to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.forms.boundfield import BoundField
from django.utils.functional import cached_property

from approvals.changes.asking import REPLIES, AskedLine, lines_of
from approvals.changes.fields import Field
from approvals.drafts import storable
from approvals.models import Decision, RegistrationRequest
from approvals.prose import cleaned
from approvals.refusals import DuplicateNumber
from contacts.card_parts import EvidencePart, RoleCard
from contacts.forms import ContactsForm
from contacts.policy import Role
from portal.onboarding import register, summary
from portal.onboarding.changes_cards import AskedCards
from portal.onboarding.changes_forms import (
    VAT_PREFIX,
    AskedContacts,
    Posted,
    RepliesForm,
    details_names,
    fields_of,
    laid_over,
    prefixed,
    vat_names,
)
from portal.onboarding.contacts_page import ContactsPage
from portal.onboarding.forms import DetailsStepForm, VatStepForm
from portal.onboarding.intents import NEXT
from portal.onboarding.steps import LABELS, ORDER, Step, url_of
from portal.onboarding.storage import LONGEST_ANSWER, DraftStorage, raw_answer

STEPS = ORDER[:-1]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One or more asked-for changes that the same controls answer."""

    lines: Sequence[AskedLine]
    replies: Sequence[tuple[AskedLine, BoundField]] = ()
    inputs: Sequence[BoundField] = ()
    radio: BoundField | None = None
    card: RoleCard | None = None
    evidence: EvidencePart | None = None
    who: str = ""
    """Whose answer it is, where it is one person's."""
    is_moot: bool = False
    """Nothing here can answer it any more: the choices made since ask for something else."""


class ChangesPage:
    """One pass: the draft as it is kept, with what was `posted` laid over it."""

    def __init__(
        self,
        *,
        actor: Any,
        storage: DraftStorage,
        decision: Decision | None,
        intent: str = "",
        posted: Posted | None = None,
        upload: UploadedFile | None = None,
    ) -> None:
        self.actor, self.storage, self.intent, self.posted = actor, storage, intent, posted
        self.upload = upload
        self.lines = lines_of(decision.asked.all()) if decision else []
        self.remark = (decision.remark or ("" if self.lines else decision.reason)) if decision else ""
        self.asked = fields_of(self.lines)
        self.contacts_page = ContactsPage(actor=actor, storage=storage)

    @property
    def row(self) -> RegistrationRequest:
        return self.storage.row

    @property
    def steps(self) -> list[Step]:
        """The steps that something on the page belongs to."""
        return [step for step in STEPS if any(one.step is step for one in self.asked)]

    # --- Forms ------------------------------------------------------------------------------------------------------

    @cached_property
    def asked_contacts(self) -> AskedContacts:
        return AskedContacts(self.asked, self.storage.answer(Step.CONTACTS), self.contacts_page.book)

    def _data(self, step: Step) -> Posted:
        stored = self.storage.answer(step)
        posted = self.posted if step in self.steps else None
        if step is Step.VAT:
            return laid_over(stored, posted, vat_names(stored), VAT_PREFIX)
        return laid_over(stored, posted, details_names(self.asked))

    @cached_property
    def vat(self) -> VatStepForm:
        return VatStepForm(
            prefixed(self._data(Step.VAT), VAT_PREFIX),
            prefix=VAT_PREFIX,
            partner=self.row.partner,
            draft=self.row,
            reader=self.actor,
            is_judged=self.intent == NEXT,
        )

    @cached_property
    def word(self) -> register.Word | None:
        return register.word_on(self.row.partner, self.vat.number if self.vat.is_valid() else None)

    @cached_property
    def details(self) -> DetailsStepForm:
        number = self.vat.number if self.vat.is_valid() else None
        form = DetailsStepForm(self._data(Step.DETAILS), number=number, word=self.word)
        for one in form.fields.values():
            # What is drawn anew as one types are parts of the wizard's page.
            one.widget.attrs = {key: value for key, value in one.widget.attrs.items() if not key.startswith("hx-")}
        return form

    @cached_property
    def contacts(self) -> ContactsForm:
        if self.posted is None or not self.asked_contacts:
            return self.contacts_page.kept()
        upload = self.upload if self.asked_contacts.takes_documents else None
        return self.contacts_page.posted(self.intent, self.asked_contacts.data(self.posted), upload)

    @property
    def forms(self) -> dict[str, Any]:
        return {Step.VAT: self.vat, Step.DETAILS: self.details, Step.CONTACTS: self.contacts}

    @cached_property
    def replies(self) -> RepliesForm:
        return RepliesForm(self.lines, self.posted, initial=self._kept_replies)

    @cached_property
    def _kept_replies(self) -> Mapping[str, str]:
        """Those of the draft; once it was sent, those that went along."""
        if self.row.is_editable:
            return self.storage.answer(REPLIES)
        return self.row.submissions.latest("version").replies

    @property
    def needs_mending(self) -> bool:
        """Whether something that was typed about people could not be taken in."""
        return bool(self.asked_contacts) and self.posted is not None and self.contacts_page.needs_mending

    # --- Saving -----------------------------------------------------------------------------------------------------

    @property
    def marks(self) -> dict[str, str]:
        """By which it is known whether somebody else saved what this page shows."""
        return {step: self.storage.seen(step) for step in (*self.steps, REPLIES)}

    def keep(self, version: int, seen: Mapping[str, str]) -> None:
        """Save all of the page or nothing. Raises StaleDraft, and what else `approvals.drafts.save_step` raises."""
        everything = self.forms  # A document is stored on the way, in a transaction of its own.
        asked_before = self.row.vat_number, self.row.national_number
        with transaction.atomic():
            for step in self.steps:
                self._keep_step(step, everything[step], version, seen.get(step, ""))
            if self.lines:
                self._store(REPLIES, version, seen.get(REPLIES, ""), answer=self._typed_replies(), done=False)
        number = self.vat.number if Step.VAT in self.steps and self.vat.is_valid() else None
        if number is not None and str(number) not in asked_before:
            register.ask(actor=self.actor, partner=self.row.partner, number=number)

    def _keep_step(self, step: Step, form: Any, version: int, seen: str) -> None:
        is_done = form.is_valid() and (self.intent == NEXT or step in self.storage.done)
        saved: dict[str, Any] = {"done": is_done, "answer": self._raw(step)}
        if step is Step.CONTACTS:
            saved |= {"done": is_done and not self.needs_mending, "people": self.contacts_page.people}
        elif step is Step.DETAILS:
            saved["company_name"] = form.cleaned_data.get("name") or str(form["name"].value() or "")
        elif is_done:
            saved |= form.numbers
        try:
            self._store(step, version, seen, **saved)
        except DuplicateNumber as refusal:
            form.refuse(refusal)
            self._store(step, version, seen, answer=saved["answer"], done=False)

    def _raw(self, step: Step) -> Mapping[str, Any]:
        form = self.forms[step]
        return self.contacts_page.answer if step is Step.CONTACTS else raw_answer(self._data(step), list(form.fields))

    def _typed_replies(self) -> dict[str, str]:
        typed = {name: str(self.replies[name].value() or "")[:LONGEST_ANSWER] for name in self.replies.fields}
        return {name: text for name, text in typed.items() if text.strip()}

    def is_all_kept(self) -> bool:
        """Whether everything that was typed is what the request holds, so that saving it again would change nothing."""
        if any(storable(self._raw(step)) != self.storage.answer(step) for step in self.steps):
            return False
        if Step.CONTACTS in self.steps and storable(self.contacts_page.people) != self.storage.people:
            return False
        said = {name: cleaned(text) for name, text in self._typed_replies().items()}
        return said == {name: cleaned(text) for name, text in self._kept_replies.items()}

    def _store(self, step: str, version: int, seen: str, **saved: Any) -> None:
        self.storage.keep(step, actor=self.actor, version=version, seen=seen, **saved)

    # --- What it shows ----------------------------------------------------------------------------------------------

    @cached_property
    def answers(self) -> list[Answer]:
        """What was asked, in the order of the fields, each with its controls."""
        cards = AskedCards(self.asked_contacts, self.contacts_page, self.contacts) if self.asked_contacts else None
        shown: list[Answer] = []
        told: set[str] = set()
        for one in self.asked:
            if one.path in told:
                continue
            paths, controls = cards.of(one) if cards and one.step is Step.CONTACTS else ([one.path], self._plain(one))
            told.update(paths)
            lines = [line for line in self.lines if line.path in paths]
            replies = [(line, self.replies[line.path]) for line in lines]
            shown.append(Answer(lines=lines, replies=replies, **controls))
        return shown

    def _plain(self, one: Field) -> dict[str, Any]:
        if one.step is Step.VAT:
            return {"inputs": [self.vat[name] for name in vat_names(self.storage.answer(Step.VAT))]}
        return {"inputs": [self.details[name] for name in one.inputs]}

    def shown(self) -> Iterator[BoundField]:
        """Every control of the page."""
        for answer in self.answers:
            yield from answer.inputs
            yield from filter(None, (answer.radio, *(reply for _line, reply in answer.replies)))
            if answer.card:
                parts = (answer.card.create, answer.card.edit)
                yield from (answer.card.field, *filter(None, [answer.card.signing]))
                yield from (bound for part in parts if part for bound in part.form)
            evidence = answer.evidence or (answer.card.evidence if answer.card else None)
            if evidence:
                yield from filter(None, (evidence.field, evidence.liability))

    def outside(self) -> Iterator[summary.Notice]:
        """What no longer holds and cannot be mended here, with the way to where it can."""
        here = {(id(bound.form), bound.name) for bound in self.shown()}
        for step in STEPS:
            form = self.forms[step]
            for name, errors in form.errors.items():
                if (id(form), name) in here:
                    continue
                label = form.fields[name].label if name in form.fields else LABELS[step]
                for error in errors:
                    yield summary.Notice(text=f"{label}: {error}", url=url_of(step, self.row, "mend"), name=label)

    @property
    def is_sound(self) -> bool:
        every: list[forms.BaseForm] = [*self.forms.values(), self.replies]
        return all(form.is_valid() or (form is self.replies and not form.is_bound) for form in every)

    def review(self) -> summary.Review:
        return summary.review(
            self.row,
            self.contacts_page.evidence,
            self.word,
            vat=self.vat,
            details=self.details,
            contacts=self.contacts,
        )

    @property
    def commercial(self) -> str:
        """The key of who is the Commercial contact as the page stands."""
        return self.contacts.key(Role.COMMERCIAL)
