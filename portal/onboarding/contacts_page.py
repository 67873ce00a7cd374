"""The contacts step of one draft in one pass: whom to choose from, what was pressed, what was uploaded."""

import logging
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

from approvals import evidence
from approvals.models import Evidence
from approvals.refusals import EvidenceRefused
from contacts import cards, step
from contacts.forms import ContactsForm
from contacts.offers import AddressBook
from contacts.policy import EvidenceKind
from portal.onboarding.intents import BACK, LATER, NEXT, REFRESH
from portal.onboarding.steps import Step
from portal.onboarding.storage import DraftStorage

logger = logging.getLogger(__name__)

UPLOAD = "evidence"
TAKE_AWAY = "remove:"


class ContactsPage:
    def __init__(self, *, actor: Any, storage: DraftStorage) -> None:
        self._actor, self._storage = actor, storage
        self._refused_upload = ""
        self.outcome: step.Outcome

    @cached_property
    def evidence(self) -> list[Evidence]:
        """The documents that count now."""
        return list(self._storage.row.evidence.current())

    @cached_property
    def book(self) -> AddressBook:
        """Whom to choose from, as the draft is kept."""
        row = self._storage.row
        return AddressBook(partner=row.partner, customer=row.customer, people=self._storage.people)

    def _form(self, book: AddressBook, *args: Any, **kwargs: Any) -> ContactsForm:
        kinds = {EvidenceKind(document.kind) for document in self.evidence}
        return ContactsForm(
            *args, book=book, evidence=kinds, approval_exception=self._storage.row.approval_exception, **kwargs
        )

    def opened(self) -> ContactsForm:
        """The form on a page that is opened: nothing is scolded yet."""
        self.outcome = step.opened(self._storage.answer(Step.CONTACTS), book=self.book)
        return self._form(self.outcome.book, initial=self.outcome.answer)

    def kept(self) -> ContactsForm:
        """The form with the draft's answer, to be judged."""
        self.outcome = step.opened(self._storage.answer(Step.CONTACTS), book=self.book)
        return self._form(self.outcome.book, self.outcome.answer)

    def posted(self, intent: str, data: "MultiValueDict[str, str]", upload: UploadedFile | None) -> ContactsForm:
        """The form with what was just sent, judged where somebody wants to go on; a document is stored on the way."""
        self.outcome = step.take(intent, data=data, book=self.book)
        book, answer = self.outcome.book, self.outcome.answer
        self._change_documents(intent, upload, self._form(book, initial=answer).asked_evidence)
        self.needs_mending = bool(self._refused_upload) or not (self.outcome.settled or intent in (BACK, LATER))
        if intent not in (NEXT, BACK, LATER) and not self._refused_upload:
            return self._form(book, initial=answer)
        return self._form(book, answer, refused_upload=self._refused_upload)

    def _change_documents(self, intent: str, upload: UploadedFile | None, asked: EvidenceKind | None) -> None:
        if upload is not None and asked is not None and intent != REFRESH:
            try:
                evidence.add(actor=self._actor, request=self._storage.row, kind=asked, upload=upload)
            except EvidenceRefused as refusal:
                self._refused_upload = refusal.words
            except OSError:
                # A full disk is no reason to lose what was typed beside the document.
                logger.exception("A document of %s was not kept.", self._storage.row.reference)
                self._refused_upload = evidence.refused("not_kept").words
            self.__dict__.pop("evidence", None)
        if intent.startswith(TAKE_AWAY):
            key = intent.removeprefix(TAKE_AWAY)
            for document in self.evidence:
                if str(document.key) == key:
                    evidence.remove(actor=self._actor, evidence=document)
            self.__dict__.pop("evidence", None)

    @property
    def answer(self) -> Mapping[str, Any]:
        """What goes into the draft's answers, after `posted`."""
        return self.outcome.answer

    @property
    def people(self) -> Mapping[str, Any]:
        """What goes into the draft's people, after `posted`."""
        return self.outcome.people

    @property
    def anchor(self) -> str:
        """Where on the page to go on, after `posted`."""
        return f"#{self.outcome.anchor}" if self.outcome.anchor else ""

    def context(self, form: ContactsForm) -> dict[str, Any]:
        built = cards.build(form, self.outcome.person_forms, evidence=self.evidence)
        return {"contacts": built, "has_errors": any(each.errors for each in built.forms)}
