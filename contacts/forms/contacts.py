"""The form of the contacts step: the relationship, and who fills which role."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from contacts.assignment import judge
from contacts.forms.person import words_of
from contacts.narrowing import LISTED
from contacts.offers import AddressBook, Candidate, Offers, offers
from contacts.policy import ROLE_POLICY, EvidenceKind, Role, evidence_for, is_needed
from contacts.roster import Roster
from contacts.violations import Severity, Violation
from customers.relationships import RELATIONSHIPS, Relationship
from customers.search_text import MAX_QUERY_CHARACTERS

UNKNOWN_CONTACT = _("We do not find this contact among yours or this customer’s. Choose one from the list.")
EMAIL_TAKEN = _("%(name)s has the address %(email)s already. Choose %(name)s instead, or change the address.")
LIABILITY_SENTENCE = _("We have no such agreement. %(partner)s accepts all legal liability for this customer.")

MENDED_AT = {
    "authority_undeclared": "signing_authority",
    "approval_missing": "evidence",
    "agreement_missing": "evidence",
}
"""Where in a role's card a refusal is mended, if not by choosing somebody else."""

LONGEST_KEY = 32

REFRESH = {"hx-post": "", "hx-trigger": "change", "hx-vals": '{"intent": "refresh"}', "hx-sync": "closest form:replace"}
"""Attributes of a control that the role cards depend on; where they go stands on the form's element."""

FIND = REFRESH | {
    "type": "search",
    "hx-trigger": "input changed delay:250ms, again delay:250ms",
    "autocomplete": "off",
    "spellcheck": "false",
    "enterkeyhint": "search",
    "data-find": "",
    "maxlength": str(MAX_QUERY_CHARACTERS),
}
"""Attributes of the field that narrows a long select."""


def find_name(role: Role) -> str:
    """The field in which somebody is looked for, for this role. It is part of the page, not of the answer."""
    return f"{role.value}-find"


class KeyField(forms.Field):
    """The key of a contact, whatever was posted: the form says what is wrong with it, in the policy's words."""

    widget = forms.Select

    def to_python(self, value: Any) -> str:
        return str(value or "")[:LONGEST_KEY]


class ContactsForm(forms.Form):
    """Relationship, Secwise Watch, one contact for each role, and the declarations that go with the Commercial one.

    Bound, it judges; unbound, with the answer of a draft as `initial`, it says what no longer fits and scolds for
    nothing that has not been tried. `roster` is what the verbs take, of a valid form.
    """

    relationship = forms.ChoiceField(
        label=_("Relationship"),
        choices=[(kind.value, facts.label) for kind, facts in RELATIONSHIPS.items()],
        widget=forms.RadioSelect(attrs=REFRESH),
        error_messages={
            "required": _("Choose how you deal with this customer: as a Reseller or as a Value Add Partner."),
            "invalid_choice": _("Choose how you deal with this customer: as a Reseller or as a Value Add Partner."),
        },
    )
    uses_secwise_watch = forms.BooleanField(
        label=_("This customer uses Secwise Watch"),
        help_text=_("Then it needs a Security Incident contact."),
        required=False,
        widget=forms.CheckboxInput(attrs=REFRESH),
    )
    signing_authority = forms.BooleanField(required=False, widget=forms.CheckboxInput(attrs=REFRESH))
    accepts_liability = forms.BooleanField(required=False, widget=forms.CheckboxInput(attrs=REFRESH))
    evidence = forms.FileField(
        required=False,
        help_text=_("PDF, PNG or JPEG, up to 10 MB"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg", "hx-preserve": "true"}),
    )
    """Shown and scolded here; the file itself is taken by the page, before the form is made."""

    def __init__(
        self,
        *args: Any,
        book: AddressBook,
        evidence: Collection[EvidenceKind] = (),
        approval_exception: bool = False,
        refused_upload: str = "",
        **kwargs: Any,
    ) -> None:
        """`evidence`: the kinds of documents that the draft holds now; `refused_upload`: why one just sent is not
        among them."""
        super().__init__(*args, **kwargs)
        self.book, self.kinds, self.approval_exception = book, frozenset(evidence), approval_exception
        self.refused_upload = refused_upload
        self.is_long = len(book.candidates) > LISTED
        self.offered: dict[Role, Offers] = {}
        for role, rule in ROLE_POLICY.items():
            if self.is_long:
                self.fields[find_name(role)] = forms.CharField(
                    label=_("Find a contact"), required=False, widget=forms.TextInput(attrs=FIND)
                )
            field = self.fields[role.value] = KeyField(label=_(rule.title), required=False)
            field.widget.attrs = REFRESH | {"aria-describedby": f"{role.value}-what"}
        for role in ROLE_POLICY:
            self.fields[role.value].widget.choices = self._choices(role)
        self.fields["signing_authority"].label = _("%(name)s has authority to sign for this customer") % {
            "name": commercial.name if (commercial := self.candidate(Role.COMMERCIAL)) else _("This person")
        }
        self.fields["accepts_liability"].label = LIABILITY_SENTENCE % {"partner": book.partner.name}

    def _value(self, name: str) -> Any:
        value = self[name].value()
        return "".join(value[-1:]) if isinstance(value, list) else value

    def _choices(self, role: Role) -> list[tuple[str, Any]]:
        offered = self.offered[role] = offers(
            book=self.book,
            role=role,
            relationship=self.chosen_relationship,
            kept=self.key(role),
            near={self.key(each) for each in ROLE_POLICY},
            query=self.query(role),
        )
        return [("", _("Choose a contact")), *offered.groups]

    def query(self, role: Role) -> str:
        """What is looked for in the role's select; only long ones are searched."""
        return " ".join(str(self._value(find_name(role)) or "").split()) if self.is_long else ""

    @property
    def chosen_relationship(self) -> Relationship | None:
        """The relationship as it stands now, valid or not yet sent; None while there is none."""
        value = self._value("relationship")
        return Relationship(value) if value in set(Relationship) else None

    @property
    def uses_secwise(self) -> bool:
        return bool(self._value("uses_secwise_watch"))

    def key(self, role: Role) -> str:
        """The key that stands in a role's select now; empty for nobody."""
        return str(self._value(role.value) or "")[:LONGEST_KEY]

    def candidate(self, role: Role) -> Candidate | None:
        """Who is chosen for the role now; None for nobody and for a key that names nobody in reach."""
        return self.book.get(self.key(role))

    def is_needed(self, role: Role) -> bool:
        return is_needed(role, uses_secwise_watch=self.uses_secwise)

    @cached_property
    def typed_roster(self) -> Roster | None:
        """The choices as they stand now, without keys that name nobody; None while no relationship is chosen."""
        if self.chosen_relationship is None:
            return None
        return Roster(
            relationship=self.chosen_relationship,
            uses_secwise_watch=self.uses_secwise,
            people=self.book.people,
            holders={role: self.key(role) for role in ROLE_POLICY if self.candidate(role)},
            signing_authority=bool(self._value("signing_authority")),
            accepts_liability=bool(self._value("accepts_liability")),
        )

    @property
    def roster(self) -> Roster:
        """What the verbs take. Only of a valid form."""
        if not self.is_valid() or self.typed_roster is None:
            raise ValueError("Only a valid form has a roster.")
        return self.typed_roster

    @cached_property
    def violations(self) -> list[Violation]:
        """What the policy says of the choices as they stand now; nothing while no relationship is chosen."""
        if self.typed_roster is None:
            return []
        return judge(
            partner=self.book.partner,
            customer=self.book.customer,
            roster=self.typed_roster,
            evidence=self.kinds,
            approval_exception=self.approval_exception,
            known=self.book.rows,
        )

    @property
    def warnings(self) -> list[Violation]:
        """What to know, and what does not stop anybody."""
        return [found for found in self.violations if found.severity is Severity.WARN]

    @property
    def asked_evidence(self) -> EvidenceKind | None:
        """The document that the Commercial contact, as chosen now, asks for."""
        commercial = self.candidate(Role.COMMERCIAL)
        if commercial is None or self.chosen_relationship is None:
            return None
        return evidence_for(Role.COMMERCIAL, commercial.person.side, self.chosen_relationship)

    @property
    def may_accept_liability(self) -> bool:
        """Whether the partner may accept the liability in the place of the document."""
        rule = ROLE_POLICY[Role.COMMERCIAL]
        return self.asked_evidence is not None and self.chosen_relationship in rule.liability_instead

    @property
    def liability_wording(self) -> str:
        """The sentence by which the partner accepts the liability, as it is shown; empty where it does not."""
        accepts = any(found.code == "liability_accepted" for found in self.violations)
        return str(self.fields["accepts_liability"].label) if accepts else ""

    def blocks(self, role: Role) -> list[ValidationError]:
        """What keeps the role, as it is chosen now, from being sent: unknown, refused by the policy, a namesake."""
        candidate = self.candidate(role)
        if candidate is None and self.key(role):
            return [ValidationError(UNKNOWN_CONTACT, code="unknown")]
        if self.chosen_relationship is None and candidate is None and self.is_needed(role):
            return [ValidationError(_(ROLE_POLICY[role].missing), code="role_empty")]
        found = [
            ValidationError(words_of(violation), code=violation.code)
            for violation in self.violations
            if violation.role is role and violation.severity is Severity.BLOCK
        ]
        if candidate is not None and candidate.is_in_draft and (taken := self._namesake(candidate)):
            params = {"name": taken.name, "email": taken.person.email}
            found.append(ValidationError(EMAIL_TAKEN % params, code="email_taken"))
        return found

    def _namesake(self, candidate: Candidate) -> Candidate | None:
        """Who got the address since this person was typed, in another draft or in the directory."""
        return self.book.with_email(candidate.person.side, candidate.person.email, but=candidate.key)

    def clean(self) -> dict[str, Any]:
        if self.refused_upload:
            self.add_error("evidence", ValidationError(self.refused_upload, code="refused_upload"))
        for role in ROLE_POLICY:
            for error in self.blocks(role):
                name = MENDED_AT.get(error.code or "", role.value)
                # A document that is missing because it was refused is one fault, not two.
                if not (name == "evidence" and self.refused_upload):
                    self.add_error(name, error)
        return self.cleaned_data
