"""The form of a company's VAT number. The wizard and the pages that edit use the same."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from customers import vat
from customers.fault_words import words_for

from .fields import TypedField


def vat_countries() -> list[tuple[str, str]]:
    """The countries whose numbers are understood, by name."""
    names = {code: str(countries.name(code) or _("Northern Ireland")) for code in vat.COUNTRIES}
    return sorted(names.items(), key=lambda choice: choice[1])


class VatForm(forms.Form):
    vat_number = TypedField(
        label=_("VAT number"),
        help_text=_("As on an invoice, with or without spaces and dots: BE\u00a00123.456.749"),
        error_messages={"required": _("Enter the VAT number of the customer.")},
        widget=forms.TextInput(
            attrs={
                "class": "big-field",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "enterkeyhint": "next",
            }
        ),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=vat_countries,
        error_messages={
            "required": _("Choose the country of the number."),
            "invalid_choice": _("Choose a country of the list."),
        },
    )

    @property
    def number(self) -> vat.VatNumber | None:
        """The number as understood; None while it is not."""
        return getattr(self, "cleaned_data", {}).get("number")

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data.get("vat_number")
        if typed and "country" in self.cleaned_data:
            try:
                self.cleaned_data["number"] = vat.parse(typed, self.cleaned_data["country"])
            except vat.VatFault as fault:
                self.add_error("vat_number", ValidationError(words_for(fault), code=fault.code))
        return self.cleaned_data
