"""The form of one person or distribution list."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from contacts import addresses
from contacts.assignment import circumstances
from contacts.nominees import nominee_from
from contacts.offers import AddressBook, Candidate
from contacts.person_hints import hints_about
from contacts.policy import ROLE_POLICY, ContactKind, Phone, Role, Side
from contacts.roster import PersonDetails, Roster
from contacts.violations import Violation, person_violations
from customers import phone
from customers.fault_words import words_for
from customers.forms import TypedField, line_field
from customers.hint_words import words_for_hint
from customers.hints import Hint
from customers.relationships import Relationship

MAX_NAME_CHARACTERS = 120

ADDRESS_WORDS = {
    "empty": _("Enter the e-mail address."),
    "too_long": _("This is too long for an e-mail address. Enter one address of at most 254 characters."),
    "hidden_characters": _("This address holds characters that cannot be seen. Type it instead of pasting it."),
    "several": _("Enter one address alone, such as name@company.com, without a name or a second address."),
    "no_at": _("This does not look like an e-mail address. Enter one such as name@company.com."),
    "local_part": _(
        "What stands before the @ holds something that mail servers do not carry. "
        "Use letters from A to Z, digits, dots and dashes."
    ),
    "domain": _("What stands behind the @ is no domain that mail can reach. Compare it with name@company.com."),
}

FAULTY_FIELD = {
    "wrong_side": "side",
    "list_not_accepted": "is_list",
    "phone_missing": "phone",
    "phone_not_personal": "phone",
    "blocked_domain": "email",
}
"""Where a person is mended who does not fit a role."""


def words_of(found: Violation) -> str:
    """What the policy says, in the reader's language."""
    return translate(found.message) % found.params


class EmailField(TypedField):
    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        if not typed.strip():
            return ""
        try:
            return addresses.parse(typed)
        except addresses.AddressFault as fault:
            raise ValidationError(ADDRESS_WORDS[fault.code], code=fault.code) from None


class PersonForm(forms.Form):
    """Somebody new, or the amendment of somebody: for one role, or for several at once."""

    use_required_attribute = False  # Most of these forms stay empty, and closed.

    side = forms.ChoiceField(
        label=_("Works for"),
        choices=[(Side.OWN.value, _("Your organisation")), (Side.CUSTOMER.value, _("This customer"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say whom this person works for."),
            "invalid_choice": _("Say whom this person works for."),
        },
    )
    is_list = forms.BooleanField(label=_("This is a distribution list"), required=False)
    first_name = line_field(
        _("First name"),
        missing=_("Enter the first name."),
        max_length=MAX_NAME_CHARACTERS,
        widget={"autocomplete": "off"},
    )
    last_name = line_field(
        _("Last name"),
        missing=_("Enter the last name. For a distribution list: its name."),
        max_length=MAX_NAME_CHARACTERS,
        widget={"autocomplete": "off"},
    )
    email = EmailField(
        label=_("Email"),
        error_messages={"required": ADDRESS_WORDS["empty"]},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email", "spellcheck": "false"}),
    )
    phone = TypedField(
        label=_("Phone number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "class": "w-20", "inputmode": "tel", "autocomplete": "off"}),
    )
    phone_extension = forms.CharField(
        label=_("Extension"),
        required=False,
        widget=forms.TextInput(attrs={"class": "w-10", "inputmode": "numeric", "autocomplete": "off"}),
    )
    also = forms.MultipleChoiceField(
        label=_("Use this person for"),
        choices=[(role.value, rule.label) for role, rule in ROLE_POLICY.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose roles from the list.")},
    )

    HINTED = frozenset({"email", "phone"})
    """Fields about which there may be something to say that stops nobody."""

    TYPED = ("first_name", "last_name", "email", "phone", "phone_extension")
    """Fields that show whether anything was typed at all."""

    def __init__(
        self,
        *args: Any,
        book: AddressBook,
        role: Role,
        relationship: Relationship | None,
        amended: Candidate | None = None,
        **kwargs: Any,
    ) -> None:
        """`amended`: whom it is about; None for somebody new."""
        super().__init__(*args, **kwargs)
        self.book, self.role, self.relationship, self.amended = book, role, relationship, amended
        rule = ROLE_POLICY[role]
        self.fields["side"].required = self.asks_side
        self.fields["phone"].required = rule.phone is Phone.REQUIRED
        self.fields["phone"].error_messages["required"] = _("Enter a phone number: this role needs one.")
        if rule.phone is Phone.ADVISED:
            self.fields["phone"].help_text = _("With one, Secwise can call at night.")
        if amended is not None:
            for name in ("side", "is_list", "also"):
                del self.fields[name]
        elif not rule.accepts_list:
            del self.fields["is_list"]
        if "is_list" not in self.fields:
            self.fields["last_name"].error_messages["required"] = _("Enter the last name.")
        self.fields["first_name"].required = self._kind_typed() is ContactKind.PERSON

    @property
    def asks_side(self) -> bool:
        """Whether both sides are possible, so that somebody has to say which."""
        return self.amended is None and (
            self.relationship is None or len(ROLE_POLICY[self.role].sides[self.relationship]) > 1
        )

    @property
    def is_typed(self) -> bool:
        """Whether something was typed into it: for an amendment, something else than before."""
        values = {name: str(self[name].value() or "").strip() for name in self.TYPED}
        before = typed_values(self.amended.person) if self.amended else {}
        return any(value != before.get(name, "") for name, value in values.items())

    @cached_property
    def roles(self) -> list[Role]:
        """The roles it is for, in the order of the policy."""
        also = set(self.cleaned_data.get("also", ()))
        return [role for role in ROLE_POLICY if role is self.role or role.value in also]

    @property
    def details(self) -> PersonDetails:
        """The cleaned person. Only of a valid form."""
        return self.cleaned_data["details"]

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        """What is worth a second look as the fields stand now; nothing about a field that has an error."""
        typed = self["side"].value() if self.amended is None else self.amended.person.side
        person = PersonDetails(
            side=Side(typed) if typed in set(Side) else Side.OWN,
            last_name="",
            email=str(self["email"].value() or ""),
            phone=str(self["phone"].value() or ""),
        )
        found = hints_about(person, book=self.book, signs=ROLE_POLICY[self.role].signs)
        return tuple(hint for hint in found if hint.field not in self.errors)

    def hints_of(self, name: str) -> list[str] | None:
        """The words for the hints about a field; None where there is nothing to say."""
        return [words_for_hint(hint) for hint in self.hints if hint.field == name] or None

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"].strip()
        if not typed:
            return ""
        try:
            self.number = phone.parse(typed, str(self.book.partner.country))
        except phone.PhoneFault as fault:
            raise ValidationError(words_for(fault), code=fault.code) from None
        return self.number.e164

    def clean_phone_extension(self) -> str:
        extension = "".join(self.cleaned_data["phone_extension"].split())
        if extension and not (extension.isascii() and extension.isdigit() and len(extension) <= 10):
            raise ValidationError(_("Enter the extension in digits, like 12. Leave it empty if there is none."))
        return extension

    def clean(self) -> dict[str, Any]:
        """Judge the person by what is understood of it, so that a fault in one field hides none in another."""
        understood = self.cleaned_data
        kind = self._kind_typed()
        if kind is ContactKind.LIST:
            understood["first_name"] = ""
        person = PersonDetails(
            side=self._side(),
            kind=kind,
            first_name=understood.get("first_name", ""),
            last_name=understood.get("last_name", ""),
            email=understood.get("email", ""),
            phone=understood.get("phone", ""),
            phone_extension=self._extension(),
            contact=self.amended.person.contact if self.amended else "",
        )
        if not {"side", "email"} & self.errors.keys():
            self._refuse_namesake(person)
        self._refuse_misfit(person)
        self.cleaned_data["details"] = person
        return self.cleaned_data

    def _side(self) -> Side:
        if self.amended is not None:
            return self.amended.person.side
        return Side(self.cleaned_data.get("side") or Side.OWN)

    def _kind_typed(self) -> ContactKind:
        if self.amended is not None:
            return self.amended.person.kind
        return ContactKind.LIST if "is_list" in self.fields and self["is_list"].value() else ContactKind.PERSON

    def _extension(self) -> str:
        """The extension, from its field or from the end of the phone number; none without a number."""
        if not self.cleaned_data.get("phone"):
            return ""
        typed, dialled = self.cleaned_data.get("phone_extension", ""), self.number.extension
        if typed and dialled and typed != dialled:
            message = _("The phone number ends with extension %(typed)s. Give one of the two.")
            self.add_error("phone_extension", ValidationError(message, params={"typed": dialled}))
        return typed or dialled

    def _refuse_namesake(self, person: PersonDetails) -> None:
        """An organisation's address is one contact. Says no more than who of the same organisation has it."""
        taken = self.book.with_email(person.side, person.email, but=self.amended.key if self.amended else "")
        if taken is not None:
            message = _("%(name)s has this address already. Choose %(name)s in the list, or enter another address.")
            self.add_error("email", ValidationError(message, code="email_taken", params={"name": taken.name}))

    def _refuse_misfit(self, person: PersonDetails) -> None:
        """Refuse who does not fit the roles it is for, in the policy's words, where it can be mended.

        A field that is not understood is left alone: what it says is said already.
        """
        nominee = nominee_from(person)
        nominee = replace(nominee, name=nominee.name or nominee.email or translate("This contact"))
        faulty = set(self.errors)
        case = circumstances(
            Roster(relationship=self.relationship or Relationship.RESELLER, uses_secwise_watch=True), evidence=()
        )
        said = set()
        for role in self.roles:
            for found in person_violations(role, nominee, case):
                name = FAULTY_FIELD[found.code]
                if found.code not in said and name not in faulty:
                    said.add(found.code)
                    self.add_error(
                        name if name in self.fields else None, ValidationError(words_of(found), code=found.code)
                    )


def typed_values(person: PersonDetails) -> dict[str, str]:
    """What stands in the fields of a person before anybody types."""
    values = {name: str(getattr(person, name)) for name in PersonForm.TYPED}
    with suppress(phone.PhoneFault):
        values["phone"] = phone.parse(person.phone, None).readable
    return values
