"""The form of a company's details. The wizard and the pages that edit use the same."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout, Row
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from customers import belgian_towns, details_hints, phone, postal
from customers.details import CustomerDetails
from customers.fault_words import words_for
from customers.faults import Fault
from customers.hint_words import words_for_hint
from customers.hints import Hint
from customers.models import Industry

from . import address
from .fields import LineField, TypedField, line_field

LANGUAGE_OF_COUNTRY = {"BE": "nl", "NL": "nl", "FR": "fr", "LU": "fr", "MC": "fr", "DE": "de", "AT": "de", "LI": "de"}
"""The language to begin with; English everywhere else."""


class DetailsForm(forms.Form):
    name = line_field(
        _("Company name"),
        missing=_("Enter the name of the company."),
        max_length=400,
        widget={"autocomplete": "organization"},
    )
    legal_name = line_field(_("Legal name, where it differs"), max_length=400, widget={"autocomplete": "off"})
    phone = TypedField(
        label=_("Phone number"),
        help_text=_("The main number of the company."),
        error_messages={"required": _("Enter the phone number of the company.")},
        widget=forms.TextInput(attrs={"type": "tel", "class": "w-20", "inputmode": "tel", "autocomplete": "tel"}),
    )
    phone_extension = LineField(
        label=_("Extension"),
        required=False,
        help_text=_("If calls need one."),
        widget=forms.TextInput(attrs={"class": "w-10", "inputmode": "numeric", "autocomplete": "tel-extension"}),
    )
    street = line_field(
        _("Street and number"),
        missing=_("Enter the street and number."),
        max_length=300,
        widget={"autocomplete": "street-address"},
    )
    postcode = line_field(
        _("Postcode"), missing=_("Enter the postcode."), max_length=20, widget={"autocomplete": "postal-code"}
    )
    city = line_field(
        _("City"), missing=_("Enter the city."), max_length=120, widget={"autocomplete": "address-level2"}
    )
    country = forms.ChoiceField(
        label=_("Country"),
        choices=lambda: list(countries),
        error_messages={
            "required": _("Choose the country."),
            "invalid_choice": _("Choose a country of the list."),
        },
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    industry = forms.ChoiceField(
        label=_("Industry"),
        help_text=_("What the company mostly does."),
        error_messages={
            "required": _("Choose what the company mostly does."),
            "invalid_choice": _("This industry is no longer offered. Choose another."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language for communication"),
        choices=settings.COMMUNICATION_LANGUAGES,
        error_messages={
            "required": _("Choose a language."),
            "invalid_choice": _("Choose a language of the list."),
        },
        widget=forms.Select(attrs={"class": "w-20"}),
    )

    HINTED = frozenset({"phone", "postcode", "city", "country"})
    """Fields about which there may be something to say that stops nobody."""

    def __init__(
        self,
        *args: Any,
        industries: Iterable[Industry] | None = None,
        vat_country: str = "",
        is_live: bool = False,
        **kwargs: Any,
    ) -> None:
        """`industries`: those offered, where the caller has them already. `vat_country`: of the VAT number. `is_live`:
        whether the page answers the intent *refresh*."""
        super().__init__(*args, **kwargs)
        self._industries, self._vat_country = industries, vat_country
        industry: Any = self.fields["industry"]
        industry.choices = self._industry_choices
        self.fields["city"].widget.attrs["list"] = address.TOWNS_ID
        rules = self._rules()
        if rules is not None:
            address.suit(self.fields, rules)
        if is_live:
            address.make_live(self.fields)
        shows_postcode = rules is None or rules.has_postcodes or bool(self._typed("postcode"))
        self.helper = self._layout(address.layout(rules, shows_postcode=shows_postcode, is_live=is_live))

    @staticmethod
    def _layout(of_address: Any) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(
            Row(
                "name",
                "legal_name",
                Field("phone", wrapper_class="span-4"),
                Field("phone_extension", wrapper_class="span-2"),
            ),
            of_address,
            Row("industry", "language"),
        )
        return helper

    def _rules(self) -> postal.AddressRules | None:
        try:
            return postal.rules(self._typed("country"))
        except postal.PostalFault:
            return None

    def _typed(self, name: str) -> str:
        """What stands in a field now, valid or not, sent or not yet."""
        return str(self[name].value() or "")

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        """What is worth a second look as the fields stand now; nothing about a field that has an error."""
        found = details_hints.hints(
            country=self._typed("country"),
            postcode=self._typed("postcode"),
            city=self._typed("city"),
            number=self._typed("phone"),
            vat_country=self._vat_country,
        )
        return tuple(hint for hint in found if hint.field not in self.errors)

    def hints_of(self, name: str) -> list[str]:
        """The words for the hints about a field."""
        return [words_for_hint(hint) for hint in self.hints if hint.field == name]

    @property
    def town_names(self) -> list[str]:
        """The towns to offer for the postcode as it stands now."""
        try:
            postcode = postal.check(self._typed("postcode"), self._typed("country"))
        except postal.PostalFault:
            return []
        return belgian_towns.names(postcode) if self._typed("country") == "BE" else []

    @cached_property
    def offered(self) -> dict[str, Industry]:
        """The industries to choose from, by code."""
        found = Industry.objects.offered() if self._industries is None else self._industries
        return {industry.code: industry for industry in found}

    def _industry_choices(self) -> list[tuple[str, Any]]:
        return [
            ("", _("Choose an industry")),
            *(
                (code, f"{industry.name} ({industry.examples})" if industry.examples else industry.name)
                for code, industry in self.offered.items()
            ),
        ]

    def clean_phone_extension(self) -> str:
        extension = "".join(self.cleaned_data["phone_extension"].split())
        if extension and not (extension.isascii() and extension.isdigit() and len(extension) <= 10):
            raise ValidationError(_("Enter the extension in digits, like 12. Leave it empty if there is none."))
        return extension

    def clean(self) -> dict[str, Any]:
        if country := self.cleaned_data.get("country"):
            self._clean_phone(country)
            self._clean_postcode(country)
        return self.cleaned_data

    def _clean_phone(self, country: str) -> None:
        typed = self.cleaned_data.get("phone")
        if not typed:
            return
        try:
            number = phone.parse(typed, country)
        except phone.PhoneFault as fault:
            self._add_fault("phone", fault)
            return
        self.cleaned_data["number"] = number
        extension = self.cleaned_data.get("phone_extension")
        if extension and number.extension and extension != number.extension:
            self.add_error(
                "phone_extension",
                _("The phone number ends with extension %(typed)s. Give one of the two.") % {"typed": number.extension},
            )

    def _clean_postcode(self, country: str) -> None:
        """Keep a postcode as typed where it does not look like one of the country: patterns lag behind reality."""
        with suppress(postal.PostalFault):
            self.cleaned_data["postcode"] = postal.check(self.cleaned_data.get("postcode", ""), country)

    def _add_fault(self, name: str, fault: Fault) -> None:
        self.add_error(name, ValidationError(words_for(fault), code=fault.code))

    def details(self, vat_number: str) -> CustomerDetails:
        """The cleaned facts. Only of a valid form."""
        cleaned = self.cleaned_data
        number: phone.Phone = cleaned["number"]
        return CustomerDetails(
            vat_number=vat_number,
            name=cleaned["name"],
            legal_name=cleaned["legal_name"],
            phone=number.e164,
            phone_extension=cleaned["phone_extension"] or number.extension,
            street=cleaned["street"],
            postcode=cleaned["postcode"],
            city=cleaned["city"],
            country=cleaned["country"],
            industry_code=cleaned["industry"],
            language=cleaned["language"],
        )
