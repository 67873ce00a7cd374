"""The contact's form in admin: the role policy is asked for every role the contact fills."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import addresses
from contacts.amendment import broken_roles, namesake
from contacts.forms.person import ADDRESS_WORDS
from contacts.models import Contact
from contacts.policy import ROLE_POLICY, ContactKind
from contacts.roster import PersonDetails
from customers import phone
from customers.admin_forms import PHONE_HINT
from customers.fault_words import words_for
from customers.forms import LineField

EMAIL_TAKEN = gettext_lazy("Another contact of this organisation has this e-mail address.")
FIELD_OF = {"phone_missing": "phone", "phone_not_personal": "phone", "blocked_domain": "email"}
"""Which field mends what the policy finds; the kind for everything else."""


class ContactAdminForm(forms.ModelForm):
    class Meta:
        model = Contact
        fields = ("kind", "first_name", "last_name", "email", "phone", "phone_extension")
        help_texts: ClassVar = {"phone": PHONE_HINT}
        field_classes = dict.fromkeys(("first_name", "last_name"), LineField)

    def clean_email(self) -> str:
        try:
            return addresses.parse(self.cleaned_data["email"])
        except addresses.AddressFault as fault:
            raise ValidationError(ADDRESS_WORDS[fault.code], code=fault.code) from None

    def _clean_phone(self, cleaned: dict[str, Any]) -> None:
        """The number in E.164; an extension at its end goes into its own field unless that is filled."""
        if not cleaned.get("phone"):
            return
        organisation = self.instance.partner or self.instance.customer
        try:
            number = phone.parse(cleaned["phone"], organisation.country.code)
        except phone.PhoneFault as fault:
            self.add_error("phone", ValidationError(words_for(fault), code=fault.code))
            return
        cleaned["phone"] = number.e164
        cleaned["phone_extension"] = cleaned.get("phone_extension") or number.extension

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._clean_phone(cleaned)
        if "email" in cleaned and namesake(self.instance, cleaned["email"]) is not None:
            # The database says so too, but forms leave out constraints on fields that they do not show.
            self.add_error("email", ValidationError(EMAIL_TAKEN, code="email_taken"))
        if not self.errors:
            for customer, violation in broken_roles(self.instance, self.person()):
                words = _("%(role)s contact of %(customer)s: %(what)s") % {
                    "role": _(ROLE_POLICY[violation.role].label),
                    "customer": customer.name,
                    "what": _(violation.message) % violation.params,
                }
                self.add_error(FIELD_OF.get(violation.code, "kind"), ValidationError(words, code=violation.code))
        return cleaned

    def person(self) -> PersonDetails:
        """The cleaned details. Only of a form without errors."""
        cleaned = self.cleaned_data
        return PersonDetails(
            side=self.instance.side,
            kind=ContactKind(cleaned["kind"]),
            first_name=cleaned["first_name"],
            last_name=cleaned["last_name"],
            email=cleaned["email"],
            phone=cleaned["phone"],
            phone_extension=cleaned["phone_extension"],
            contact=self.instance.number,
        )
