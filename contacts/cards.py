"""What the role cards of the contacts step show: plain values out of the form and the policy, so that the template
decides nothing."""

from collections.abc import Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts import guide, step
from contacts.card_parts import (
    Badge,
    Choice,
    Contacts,
    Document,
    EvidencePart,
    Fact,
    FindPart,
    PersonPart,
    Remark,
    RoleCard,
)
from contacts.forms import ContactsForm, PersonForm
from contacts.forms.contacts import find_name
from contacts.forms.person import words_of
from contacts.narrowing import LISTED, words_for_list
from contacts.offers import Candidate
from contacts.person_hints import hints_about, hints_by_role
from contacts.policy import ROLE_POLICY, EvidenceKind, Phone, Role, Side
from customers import phone
from customers.hint_words import words_for_hint
from customers.relationships import RELATIONSHIPS

MISFITS = {"unknown", "has_left", "wrong_side", "list_not_accepted"}
"""Somebody else has to be chosen."""
DOCUMENTS = {"approval_missing", "agreement_missing"}
TOLD_ELSEWHERE = {"phone_advised", "liability_accepted"}
"""Warnings that the card shows in another way."""
DECLARATIONS = {"authority_undeclared"}
NOT_YET = {"role_empty"} | DECLARATIONS | DOCUMENTS
"""What nobody is told before trying to go on: the card asks for it anyway."""
QUICK_CHOICES = 2


def build(form: ContactsForm, person_forms: Mapping[str, PersonForm], *, evidence: Iterable[Document] = ()) -> Contacts:
    """The cards of a form that is shown, in the order of the policy; at most the form's own query."""
    made = _Cards(form, person_forms, list(evidence))
    return Contacts(
        form=form,
        forms=[each for each in (form, *person_forms.values()) if each.is_bound],
        meanings={kind.value: facts.meaning for kind, facts in RELATIONSHIPS.items()},
        cards=[made.card(role) for role in ROLE_POLICY],
        fill_choices=made.fill_choices(),
        fill_field=step.FILL_FIELD,
        counted=made.counted(),
        is_complete=not made.remarks(),
        remarks=made.remarks(),
    )


def _first_name(candidate: Candidate) -> str:
    return candidate.person.first_name or candidate.name


class _Cards:
    def __init__(
        self, form: ContactsForm, person_forms: Mapping[str, PersonForm], documents: Sequence[Document]
    ) -> None:
        self.form, self.person_forms, self.documents = form, person_forms, documents
        self.chosen = {role: form.candidate(role) for role in ROLE_POLICY}
        self.blocks: dict[Role, list[ValidationError]] = {role: form.blocks(role) for role in ROLE_POLICY}
        self.codes = {role: {error.code for error in errors} for role, errors in self.blocks.items()}
        self.open_roles = step.open_roles(form)
        self.hints = hints_by_role({role: each for role, each in self.chosen.items() if each}, form.book)

    def card(self, role: Role) -> RoleCard:
        rule, candidate = ROLE_POLICY[role], self.chosen[role]
        fits = candidate is not None and not self.codes[role] & MISFITS
        return RoleCard(
            role=role,
            title=_(rule.title),
            receives=_(rule.receives),
            hint=guide.hint(role, self.form.chosen_relationship),
            field=self._field(role),
            find=self._find(role),
            badge=self._badge(role),
            side=candidate.person.side if candidate else None,
            facts=self._facts(role, candidate) if candidate else (),
            messages=self._messages(role),
            quick_choices=self._quick_choices(role) if self.codes[role] & MISFITS else (),
            signing=self.form["signing_authority"] if rule.signs and fits else None,
            evidence=self._evidence(candidate) if rule.evidence and fits and candidate else None,
            create=self._create(role),
            edit=self._edit(role, candidate) if candidate else None,
        )

    def _messages(self, role: Role) -> list[str]:
        """What is wrong: all of it once somebody tried to go on, before that only what no longer fits."""
        if self.form.is_bound:
            return [str(message) for message in self.form.errors.get(role.value, [])]
        return [str(error.message) for error in self.blocks[role] if error.code not in NOT_YET]

    def _field(self, role: Role) -> BoundField:
        field = self.form[role.value]
        if self._messages(role) and not self.form.is_bound:
            attrs = field.field.widget.attrs
            described = f"{attrs['aria-describedby']} {field.auto_id}_error"
            attrs |= {"class": "is-invalid", "aria-invalid": "true", "aria-describedby": described}
        return field

    def _find(self, role: Role) -> FindPart | None:
        if not self.form.is_long:
            return None
        offered, query = self.form.offered[role], self.form.query(role)
        told = words_for_list(offered.listed, offered.fitting, is_found=bool(query))
        return FindPart(field=self.form[find_name(role)], told=told, is_used=bool(query))

    def _badge(self, role: Role) -> Badge:
        codes, candidate = self.codes[role], self.chosen[role]
        if codes & MISFITS:
            return Badge(state="rejected", shape="rejected", label=_("No longer fits"))
        if candidate is None:
            if self.form.is_needed(role):
                return Badge(state="draft", shape="draft", label=_("Open"))
            return Badge(state="withdrawn", shape="withdrawn", label=_("Not needed"))
        if codes - NOT_YET:
            return Badge(state="you", shape="amber", label=_("Not complete"))
        if codes & DOCUMENTS and codes & DECLARATIONS:
            return Badge(state="you", shape="amber", label=_("Needs a document and your confirmation"))
        if codes & DOCUMENTS:
            return Badge(state="you", shape="amber", label=_("Needs a document"))
        if codes:
            return Badge(state="you", shape="amber", label=_("To be confirmed"))
        first = self._first_role_of(candidate)
        same = _("Same as %(role)s") % {"role": _(ROLE_POLICY[first].label)}
        return Badge(state="approved", shape="approved", label=_("Filled") if first is role else same)

    def _first_role_of(self, candidate: Candidate) -> Role:
        return next(role for role, chosen in self.chosen.items() if chosen and chosen.key == candidate.key)

    def _facts(self, role: Role, candidate: Candidate) -> list[Fact]:
        rule, person, codes = ROLE_POLICY[role], candidate.person, self.codes[role]
        odd = {hint.field for hint in hints_about(person, book=self.form.book, signs=rule.signs)}
        email = "bad" if "blocked_domain" in codes else "warn" if "email" in odd else "good"
        facts = [Fact(kind=email, text=person.email)]
        if rule.phone is not Phone.OPTIONAL:
            if person.phone:
                dialled = "bad" if "phone_not_personal" in codes else "warn" if "phone" in odd else "good"
                facts.append(Fact(kind=dialled, text=_phone(candidate)))
            else:
                missing = "bad" if rule.phone is Phone.REQUIRED else "warn"
                facts.append(Fact(kind=missing, text=_("No phone number")))
        if rule.invited and not codes & MISFITS:
            words = _("Portal access and ServiceNow permissions: %(name)s is invited on approval")
            facts.append(Fact(kind="idle", text=words % {"name": _first_name(candidate)}))
        told = TOLD_ELSEWHERE | ({"side_not_preferred"} if rule.evidence else set())
        warned = [found for found in self.form.warnings if found.role is role and found.code not in told]
        facts += [Fact(kind="warn", text=words_of(found)) for found in warned]
        return facts + [Fact(kind="warn", text=words_for_hint(hint)) for hint in self.hints.get(role, ())]

    def _quick_choices(self, role: Role) -> list[Choice]:
        """Who could fill the role at once: first whoever fills another, then the partner's own."""
        book = self.form.book
        known = [candidate for candidate in self.chosen.values() if candidate]
        known += [candidate for candidate in book.candidates.values() if candidate.person.side is Side.OWN]
        fitting = {
            candidate.key: book.label(candidate)
            for candidate in known
            if candidate.key != self.form.key(role) and book.fits(candidate, role, self.form.chosen_relationship)
        }
        return [
            Choice(intent=f"pick:{role.value}:{key}", label=label)
            for key, label in list(fitting.items())[:QUICK_CHOICES]
        ]

    def _evidence(self, candidate: Candidate) -> EvidencePart | None:
        kind = self.form.asked_evidence
        if kind is None:
            return None
        name = _first_name(candidate)
        documents = [document for document in self.documents if document.kind == kind]
        if kind is EvidenceKind.CUSTOMER_APPROVAL:
            title = _("The customer has to approve %(name)s in writing") % {"name": name}
            explanation = _("A signed letter or a printed e-mail will do: it says that you act for the customer.")
            if self.form.approval_exception:
                explanation = _("Arxus lets this customer go without it. Add it if you have it.")
            label = _("Written approval of the customer")
        elif documents:
            title = _("%(name)s works for you, and the agreement transfers the liability") % {"name": name}
            explanation = _("Arxus checks the agreement. Is it the wrong file? Remove it.")
            label = _("Signed agreement")
        else:
            title = _("%(name)s works for you, so the liability stays with you") % {"name": name}
            explanation = _(
                "Unless a signed agreement transfers it to the customer. "
                "Add that agreement, or say that you accept the liability."
            )
            label = _("Signed agreement")
        return EvidencePart(
            title=title,
            explanation=explanation,
            field=self.form["evidence"],
            label=label,
            documents=documents,
            liability=self.form["accepts_liability"] if self.form.may_accept_liability else None,
        )

    def _create(self, role: Role) -> PersonPart:
        form = self.person_forms[role.value]
        others = {each.value for each in self.open_roles} | {
            each.value for each, codes in self.codes.items() if codes & MISFITS
        }
        others |= set(form["also"].value() or ())
        return PersonPart(
            form=form,
            title=_("Create a new contact"),
            is_open=form.is_bound or form.is_typed,
            shows_side=form.asks_side or bool(form["side"].errors),
            intent=f"create:{role.value}",
            button=_("Add this contact"),
            also=[box for box in form["also"].subwidgets if box.data["value"] in others - {role.value}],
        )

    def _edit(self, role: Role, candidate: Candidate) -> PersonPart | None:
        """Offered once for each of the draft's people, and wherever somebody lacks what the role needs."""
        form = self.person_forms.get(f"{role.value}-edit")
        if form is None or form.amended is None or self.codes[role] & MISFITS:
            return None
        is_open = form.is_bound or form.is_typed
        lacks = self.codes[role] - NOT_YET
        if not (is_open or lacks or (candidate.is_in_draft and self._first_role_of(candidate) is role)):
            return None
        return PersonPart(
            form=form,
            title=_("Edit %(name)s") % {"name": form.amended.name},
            is_open=is_open,
            shows_side=False,
            intent=f"edit:{role.value}",
            button=_("Save this contact"),
            key=form.amended.key,
        )

    def fill_choices(self) -> list[tuple[str, str]]:
        """Who could fill roles that are still open: most of them first, and among equals whoever fills one already."""
        book, relationship = self.form.book, self.form.chosen_relationship
        known = [candidate for candidate in self.chosen.values() if candidate]
        fitting = {
            candidate.key: sum(book.fits(candidate, role, relationship) for role in self.open_roles)
            for candidate in [*known, *book.candidates.values()]
        }
        keys = sorted((key for key, roles in fitting.items() if roles), key=lambda key: -fitting[key])
        return [(key, book.label(book.candidates[key])) for key in keys[:LISTED]]

    def _counting(self) -> list[Role]:
        """The roles that count: needed, or filled all the same."""
        return [role for role in ROLE_POLICY if self.form.is_needed(role) or self.form.key(role)]

    def counted(self) -> str:
        counting = self._counting()
        filled = sum(1 for role in counting if self.chosen[role] and not self.codes[role] & MISFITS)
        words = ngettext("%(filled)d of %(all)d role filled.", "%(filled)d of %(all)d roles filled.", len(counting))
        return words % {"filled": filled, "all": len(counting)}

    def remarks(self) -> list[Remark]:
        remarks = []
        for role in self._counting():
            codes = self.codes[role]
            if codes & MISFITS:
                words = _("%(role)s needs someone else")
            elif self.chosen[role] is None:
                words = _("%(role)s is open")
            elif codes - NOT_YET:
                words = _("%(role)s is not complete")
            elif codes & DOCUMENTS and codes & DECLARATIONS:
                words = _("%(role)s needs a document and your confirmation")
            elif codes & DOCUMENTS:
                words = _("%(role)s needs a document")
            elif codes:
                words = _("%(role)s needs your confirmation")
            else:
                continue
            remarks.append(Remark(href=f"#{role.value}", text=words % {"role": _(ROLE_POLICY[role].label)}))
        return remarks


def _phone(candidate: Candidate) -> str:
    person = candidate.person
    try:
        readable = phone.parse(person.phone, None).readable
    except phone.PhoneFault:
        return person.phone
    if not person.phone_extension:
        return readable
    return _("%(number)s ext. %(extension)s") % {"number": readable, "extension": person.phone_extension}
