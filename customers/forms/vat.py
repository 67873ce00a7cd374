"""The form of a company's number: VAT, or the national one where it has none. The wizard and the live check use it."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from customers import national, own_numbers, vat, vat_choices
from customers.fault_words import country_name, words_for
from customers.models import NoVatReason, Partner
from customers.vat_choices import Offer

from .fields import TypedField

WITHOUT = ("national_number", "no_vat_reason", "no_vat")
"""Fields for a company that has no VAT number."""
CHOSEN = "as"
"""What a button sends that says which country the number is of."""


def vat_countries() -> list[tuple[Any, list[tuple[str, str]]]]:
    """All countries by name, in two groups: those whose numbers are understood, and the others."""
    names = {"XI": country_name("XI")} | {code: str(name) for code, name in countries}
    known: list[tuple[str, str]] = []
    others: list[tuple[str, str]] = []
    for choice in sorted(names.items(), key=lambda choice: choice[1]):
        (known if vat_choices.is_known(choice[0]) else others).append(choice)
    return [(_("We check the number"), known), (_("Arxus checks the number by hand"), others)]


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
    national_number = TypedField(
        label=_("National registration number"),
        help_text=_("Of the register in its country. In Belgium the enterprise number (KBO, BCE): 0123.456.749"),
        error_messages={"required": _("Enter the national registration number of the customer.")},
        widget=forms.TextInput(
            attrs={"class": "big-field", "autocomplete": "off", "spellcheck": "false", "enterkeyhint": "next"}
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
    no_vat_reason = forms.ChoiceField(
        label=_("Why it has no VAT number"),
        choices=NoVatReason.choices,
        error_messages={
            "required": _("Choose why the company has no VAT number."),
            "invalid_choice": _("Choose one of the reasons."),
        },
        widget=forms.RadioSelect,
    )
    no_vat = forms.CharField(widget=forms.HiddenInput, initial="on")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        partner: Partner,
        is_without: bool | None = None,
        **kwargs: Any,
    ) -> None:
        """`is_without`: whether to ask for the national number; None where the answer says it itself."""
        super().__init__(None if data is None else _with_choice(data), *args, **kwargs)
        self._partner = partner
        if self.is_bound:
            is_without = bool(self.data.get("no_vat"))
        self.is_without = bool(self.initial.get("no_vat")) if is_without is None else is_without
        for name in ("vat_number",) if self.is_without else WITHOUT:
            del self.fields[name]
        if self.is_without:
            self.initial = {**self.initial, "no_vat": "on"}
            country: Any = self.fields["country"]
            country.choices = list(countries)
        self.offers: tuple[Offer, ...] = ()

    @property
    def number(self) -> vat.VatNumber | national.NationalNumber | None:
        """The number as understood, the national one of a company without a VAT number; None while it is not."""
        return getattr(self, "cleaned_data", {}).get("number")

    @property
    def number_field(self) -> str:
        return "national_number" if self.is_without else "vat_number"

    @property
    def numbers(self) -> dict[str, str]:
        """The one number there is, in canonical form: arguments of the verbs. Only of a valid form."""
        number = str(self.number)
        if self.is_without:
            return {"vat_number": "", "national_number": number}
        return {"vat_number": number, "national_number": ""}

    @property
    def facts(self) -> dict[str, str]:
        """The number with the reason for the national one: fields of `CustomerDetails`. Only of a valid form."""
        return {**self.numbers, "no_vat_reason": self.cleaned_data.get("no_vat_reason", "")}

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data.get(self.number_field)
        if typed and "country" in self.cleaned_data:
            try:
                self._understand(typed, self.cleaned_data["country"])
                own_numbers.refuse(self._partner, str(self.number))
            except (vat.VatFault, national.NationalFault) as fault:
                self._add_error(words_for(fault), fault.code)
            except own_numbers.OwnNumber as refusal:
                self._add_error(refusal.words, "own_number")
        return self.cleaned_data

    def _understand(self, typed: str, country: str) -> None:
        if self.is_without:
            self.cleaned_data["number"] = national.parse(typed, country)
            return
        try:
            self.cleaned_data["number"] = vat_choices.take(typed, country)
        except vat.VatFault as fault:
            self.offers = vat_choices.offers(typed, country, fault)
            raise

    def _add_error(self, words: str, code: str) -> None:
        self.cleaned_data.pop("number", None)
        self.add_error(self.number_field, ValidationError(words, code=code))


def _with_choice(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was sent, as it would have been typed by somebody who knew the country that they then chose."""
    chosen = data.get(CHOSEN)
    if not chosen:
        return data
    typed: Any = data.copy()  # type: ignore[attr-defined]  # Of a QueryDict one that can be changed.
    typed["country"] = chosen
    with suppress(vat.VatFault):
        typed["vat_number"] = vat_choices.settled(str(data.get("vat_number", "")), chosen)
    return typed
