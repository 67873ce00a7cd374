"""The form that says who accepted the Microsoft agreement at a customer, and when."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.acceptance import EARLIEST, Accepted
from contacts.forms.person import ADDRESS_WORDS, MAX_NAME_CHARACTERS, EmailField
from contacts.models import Acceptance
from customers import phone
from customers.fault_words import words_for
from customers.forms import TypedField, line_field
from customers.models import Customer


class AcceptanceForm(forms.Form):
    """Fields of one person, and a day that is past. What stands on record is what the form begins with."""

    first_name = line_field(
        _("First name"),
        missing=_("Enter the first name."),
        max_length=MAX_NAME_CHARACTERS,
        widget={"autocomplete": "off"},
    )
    last_name = line_field(
        _("Last name"),
        missing=_("Enter the last name."),
        max_length=MAX_NAME_CHARACTERS,
        widget={"autocomplete": "off"},
    )
    email = EmailField(
        label=_("Email"),
        help_text=_("Nobody is written to."),
        error_messages={"required": ADDRESS_WORDS["empty"]},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email", "spellcheck": "false"}),
    )
    phone = TypedField(
        label=_("Phone number"),
        required=False,
        help_text=_("If you know it."),
        widget=forms.TextInput(attrs={"type": "tel", "class": "w-20", "inputmode": "tel", "autocomplete": "off"}),
    )
    accepted_on = forms.DateField(
        label=_("Accepted on"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-20"}),
        error_messages={
            "required": _("Enter the day on which it was accepted."),
            "invalid": _("Write the day as 2026-03-31 or 31/03/2026."),
        },
    )

    def __init__(self, *args: Any, customer: Customer, standing: Acceptance | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": _begin_with(standing)})
        self.customer = customer
        limits = {"min": EARLIEST.isoformat(), "max": timezone.localdate().isoformat()}
        self.fields["accepted_on"].widget.attrs.update(limits)

    def clean_phone(self) -> str:
        """E.164; the extension at its end is kept apart."""
        typed = self.cleaned_data["phone"]
        self._extension = ""
        if not typed.strip():
            return ""
        try:
            number = phone.parse(typed, str(self.customer.country))
        except phone.PhoneFault as fault:
            raise ValidationError(words_for(fault), code=fault.code) from None
        self._extension = number.extension
        return number.e164

    def clean_accepted_on(self) -> date:
        day: date = self.cleaned_data["accepted_on"]
        if day > timezone.localdate():
            raise ValidationError(
                _("This day is still to come. Enter the day on which it was accepted."), code="future"
            )
        if day < EARLIEST:
            raise ValidationError(_("This is before 2010. Compare the year."), code="too_early")
        return day

    def accepted(self) -> Accepted:
        """The cleaned facts. Only of a valid form."""
        return Accepted(**self.cleaned_data, phone_extension=self._extension)


def _begin_with(standing: Acceptance | None) -> dict[str, Any]:
    if standing is None:
        return {}
    names = ("first_name", "last_name", "email", "accepted_on")
    number = f"{standing.phone} ext. {standing.phone_extension}" if standing.phone_extension else standing.phone
    return {name: getattr(standing, name) for name in names} | {"phone": number}
