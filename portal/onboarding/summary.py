"""The review page's content: what was entered, row by row, and what to know about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from approvals.models import Evidence, RegistrationRequest
from contacts.forms import ContactsForm
from contacts.forms.person import words_of
from contacts.person_hints import hints_by_role
from contacts.policy import ROLE_POLICY
from customers.forms import VatForm
from customers.hint_words import words_for_hint
from customers.models import NoVatReason, UnknownToRegister
from customers.relationships import RELATIONSHIPS
from portal.onboarding import register
from portal.onboarding.forms import DetailsStepForm
from portal.onboarding.register import Word
from portal.onboarding.steps import LABELS, Step, url_of
from portal.templatetags.look import phone_readable, side_label

DETAILS_ROWS = {
    "phone": gettext_lazy("phone number"),
    "postcode": gettext_lazy("address"),
    "city": gettext_lazy("address"),
    "country": gettext_lazy("address"),
}
"""The row of the review in which a field of the details stands, as *Change* names it."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of `components/_summary.html`."""

    label: Any
    value: str
    """Empty: not provided."""
    change_url: str
    change_what: Any
    """What *Change* changes, for whoever hears it."""
    sub: str = ""
    side: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    key: str
    title: Any
    rows: list[Row]


@dataclass(frozen=True, kw_only=True)
class Notice:
    text: str
    url: str
    name: Any
    """What *Change* changes, for whoever hears it; the title of what is broken."""


@dataclass(frozen=True, kw_only=True)
class Review:
    sections: list[Section]
    warnings: list[Notice]
    broken: list[Notice]
    """Steps that were done and no longer are: an industry was retired, a colleague left."""


def review(
    draft: RegistrationRequest,
    documents: Iterable[Evidence],
    word: Word | None,
    *,
    vat: VatForm,
    details: DetailsStepForm,
    contacts: ContactsForm,
) -> Review:
    """Build the page from the bound forms of the steps, valid or not."""
    page = _Page(draft, documents, word, vat, details, contacts)
    return Review(sections=page.sections(), warnings=list(page.warnings()), broken=list(page.broken()))


class _Page:
    def __init__(
        self,
        draft: RegistrationRequest,
        documents: Iterable[Evidence],
        word: Word | None,
        vat: VatForm,
        details: DetailsStepForm,
        contacts: ContactsForm,
    ) -> None:
        self.draft, self.documents, self.word = draft, documents, word
        self.vat, self.details, self.contacts = vat, details, contacts
        forms = {Step.VAT: vat, Step.DETAILS: details, Step.CONTACTS: contacts}
        self.broken_steps = [step for step, form in forms.items() if not form.is_valid()]

    def _change(self, step: Step) -> str:
        return url_of(step, self.draft, "change")

    def _row(self, step: Step, label: Any, *lines: str, name: Any, **more: Any) -> Row:
        value = "\n".join(filter(None, lines))
        return Row(label=label, value=value, change_url=self._change(step), change_what=name, **more)

    def _typed(self, name: str) -> str:
        """A detail as it is kept, or as it was typed where it is not understood."""
        cleaned = getattr(self.details, "cleaned_data", {})
        return str(cleaned.get(name, self.details[name].value() or ""))

    def sections(self) -> list[Section]:
        return [
            Section(key="vat", title=LABELS[Step.VAT], rows=list(self._numbers())),
            Section(key="details", title=LABELS[Step.DETAILS], rows=list(self._details())),
            Section(key="relationship", title=_("Relationship"), rows=list(self._relationship())),
            Section(key="contacts", title=LABELS[Step.CONTACTS], rows=list(self._contacts())),
        ]

    def _numbers(self) -> Iterator[Row]:
        number = self.vat.number
        text = number.readable if number else str(self.vat[self.vat.number_field].value() or "")
        if self.vat.is_without:
            yield self._row(Step.VAT, _("National number"), text, name=_("national number"))
            reason = dict(NoVatReason.choices).get(str(self.vat["no_vat_reason"].value()), "")
            yield self._row(Step.VAT, _("No VAT number"), str(reason), name=_("why it has no VAT number"))
            return
        sub = _("VAT register: %(state)s") % {"state": self.word.state.lower()} if self.word else ""
        yield self._row(Step.VAT, _("VAT number"), text, name=_("VAT number"), sub=sub)
        if self.details.given_reason:
            said = str(dict(UnknownToRegister.choices)[self.details.given_reason])
            yield self._row(Step.DETAILS, _("Why it is not registered"), said, name=_("why it is not registered"))

    def _details(self) -> Iterator[Row]:
        def row(label: str, *lines: str, name: str, **more: Any) -> Row:
            return self._row(Step.DETAILS, label, *lines, name=name, **more)

        yield row(_("Company name"), self._typed("name"), name=_("company name"))
        yield row(_("Legal name"), self._typed("legal_name"), name=_("legal name"))
        yield row(_("Phone number"), self._phone(), name=_("phone number"))
        place = " ".join(filter(None, (self._typed("postcode"), self._typed("city"))))
        country = countries.name(self._typed("country"))
        yield row(_("Address"), self._typed("street"), ", ".join(filter(None, (place, country))), name=_("address"))
        industry = self.details.offered.get(self._typed("industry"))
        yield row(_("Industry"), industry.name if industry else "", name=_("industry"))
        languages = dict(settings.COMMUNICATION_LANGUAGES)
        yield row(_("Language"), str(languages.get(self._typed("language"), "")), name=_("language"))

    def _phone(self) -> str:
        number = getattr(self.details, "cleaned_data", {}).get("number")
        if number is None:
            return self._typed("phone")
        return _readable(number.e164, self._typed("phone_extension") or number.extension)

    def _relationship(self) -> Iterator[Row]:
        relationship = self.contacts.chosen_relationship
        facts = RELATIONSHIPS[relationship] if relationship else None
        yield self._row(
            Step.CONTACTS,
            _("Relationship"),
            _(facts.label) if facts else "",
            name=_("relationship"),
            sub=_(facts.meaning[0]) if facts else "",
        )
        yield self._row(
            Step.CONTACTS,
            _("Secwise Watch"),
            _("Yes") if self.contacts.uses_secwise else _("No"),
            name=_("whether this customer uses Secwise Watch"),
        )

    def _contacts(self) -> Iterator[Row]:
        for role, rule in ROLE_POLICY.items():
            candidate = self.contacts.candidate(role)
            name = _("the %(title)s") % {"title": _(rule.title)}
            if candidate is None:
                yield self._row(Step.CONTACTS, _(rule.label), name=name)
                continue
            person = candidate.person
            yield self._row(
                Step.CONTACTS,
                _(rule.label),
                self.contacts.book.label(candidate),
                name=name,
                sub=" · ".join(filter(None, (person.email, _readable(person.phone, person.phone_extension)))),
                side=side_label(person.side),
            )
            if rule.signs:
                yield from self._declared(name)
        yield from self._documents()

    def _declared(self, name: Any) -> Iterator[Row]:
        """What is declared about who signs, in the words that count: a tick stays when somebody else is chosen."""
        roster = self.contacts.typed_roster
        if roster is not None and roster.signing_authority:
            sentence = str(self.contacts.fields["signing_authority"].label)
            yield self._row(Step.CONTACTS, _("Authority to sign"), sentence, name=name)
        if self.contacts.liability_wording:
            yield self._row(Step.CONTACTS, _("Liability"), self.contacts.liability_wording, name=name)

    def _documents(self) -> Iterator[Row]:
        for document in self.documents:
            yield self._row(Step.CONTACTS, document.get_kind_display(), document.name, name=document.get_kind_display())

    def warnings(self) -> Iterator[Notice]:
        def notice(step: Step, text: str, name: Any) -> Notice:
            return Notice(text=text, url=self._change(step), name=name)

        if self.word and self.word.is_unknown:
            text = _("The VAT register does not know this number. Arxus will ask why.")
            yield notice(Step.VAT, text, _("VAT number"))
        elif self.word and self.word.advice:
            yield notice(Step.VAT, self.word.advice, _("VAT number"))
        if doubt := register.doubt(self.vat.number, self.word):
            yield notice(Step.VAT, doubt, _("number"))
        for hint in self.details.hints:
            yield notice(Step.DETAILS, words_for_hint(hint), DETAILS_ROWS[hint.field])
        for found in self.contacts.warnings:
            yield notice(
                Step.CONTACTS, words_of(found), _("the %(title)s") % {"title": _(ROLE_POLICY[found.role].title)}
            )
        chosen = {role: candidate for role in ROLE_POLICY if (candidate := self.contacts.candidate(role))}
        for role, hints in hints_by_role(chosen, self.contacts.book).items():
            for hint in hints:
                text = _("%(name)s: %(hint)s") % {"name": chosen[role].name, "hint": words_for_hint(hint)}
                yield notice(Step.CONTACTS, text, _("the %(title)s") % {"title": _(ROLE_POLICY[role].title)})

    def broken(self) -> Iterator[Notice]:
        texts = {
            Step.VAT: _("The VAT number has to be looked at again."),
            Step.DETAILS: _("Something in the details has to be looked at again."),
            Step.CONTACTS: _("A contact or a document has to be looked at again."),
        }
        for step in self.broken_steps:
            yield Notice(text=texts[step], url=url_of(step, self.draft, "mend"), name=LABELS[step])


def _readable(number: str, extension: str) -> str:
    if not extension:
        return phone_readable(number)
    return _("%(number)s ext. %(extension)s") % {"number": phone_readable(number), "extension": extension}
