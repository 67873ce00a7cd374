"""What the forms of the steps know beyond the data they fill: the partner whose draft it is, and where it stands."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from approvals import duplicates
from approvals.models import RegistrationRequest
from approvals.refusals import DuplicateNumber
from customers.forms import LANGUAGE_OF_COUNTRY, DetailsForm, VatForm
from customers.models import UnknownToRegister
from customers.national import NationalNumber
from customers.vat import VatNumber
from portal.onboarding.register import Word, address_country, departures

DECLARATIONS = (
    _("What stands above is right, as far as we know."),
    _("We may share the data of these people with Arxus, and they know."),
    _("We are entitled to act for this customer."),
)
"""What a partner declares by confirming; kept with the submission as it was shown."""


def details_to_begin_with(number: VatNumber | NationalNumber | None, word: Word | None) -> dict[str, str]:
    """What the details step is filled with before anybody typed there: what follows from the number, and what the VAT
    register said of it."""
    country = address_country(number) if number else ""
    return {"country": country, "language": LANGUAGE_OF_COUNTRY.get(country, "en")} | (word.fills if word else {})


class VatStepForm(VatForm):
    """The number of the company, refused where the partner already has it. Of other partners it knows nothing."""

    def __init__(
        self, *args: Any, draft: RegistrationRequest | None, reader: Any, is_judged: bool, **kwargs: Any
    ) -> None:
        """`reader`: to whom a refusal speaks. `is_judged`: whether to look for duplicates; not where an answer that was
        judged before is only read.
        """
        super().__init__(*args, **kwargs)
        self._draft, self._reader, self._is_judged = draft, reader, is_judged
        self.duplicate: duplicates.Duplicate | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.number and self._is_judged:
            found = duplicates.find(partner=self._partner, vat_number=str(self.number), exclude=self._draft)
            if found:
                self.refuse(DuplicateNumber(found))
        return cleaned

    def refuse(self, refusal: DuplicateNumber) -> None:
        self.duplicate = refusal.found
        self.add_error(self.number_field, forms.ValidationError(refusal.words_for(self._reader), code="duplicate"))


class DetailsStepForm(DetailsForm):
    """The details, and why the VAT register may not know the number where it says so."""

    register_reason = forms.ChoiceField(
        label=_("Why the register may not know it"),
        choices=UnknownToRegister.choices,
        error_messages={
            "required": _("Choose why the register may not know the number, or change the number."),
            "invalid_choice": _("Choose one of the reasons."),
        },
        widget=forms.RadioSelect,
    )
    HINTED = DetailsForm.HINTED | {"name", "street"}
    # What is asked first on the page also stands first in the summary of errors.
    field_order = ("register_reason",)

    def __init__(self, *args: Any, number: VatNumber | NationalNumber | None, word: Word | None, **kwargs: Any) -> None:
        """`number` is the company's, `word` what the VAT register said of it."""
        vat_country = number.country if isinstance(number, VatNumber) else ""
        super().__init__(*args, vat_country=vat_country, is_live=True, **kwargs)
        self._word = word
        if word is None or not word.is_unknown:
            del self.fields["register_reason"]

    def hints_of(self, name: str) -> list[str]:
        """The words for the hints about a field, and for what the VAT register has instead."""
        said = super().hints_of(name)
        if name not in self._departures or name in self.errors:
            return said
        words = translate("The VAT register has “%(official)s”. Go on if yours is right: Arxus sees both.")
        return [*said, words % {"official": self._departures[name]}]

    @cached_property
    def _departures(self) -> dict[str, str]:
        compared = ("name", "legal_name", "street", "postcode", "city", "country")
        return departures(self._word, {name: self._typed(name) for name in compared})

    @property
    def given_reason(self) -> str:
        """A value of `UnknownToRegister`; "" where it was not asked, or is not answered."""
        return str(getattr(self, "cleaned_data", {}).get("register_reason", ""))


class ReviewForm(forms.Form):
    """The partner's declarations: the data are right, may be shared, and it may act for the customer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, sentence in enumerate(DECLARATIONS, start=1):
            self.fields[f"declaration_{number}"] = forms.BooleanField(
                label=sentence,
                error_messages={"required": translate("To confirm, tick this: %(sentence)s") % {"sentence": sentence}},
            )

    def declarations(self) -> list[str]:
        """The sentences that were ticked, as they were shown."""
        return [str(field.label) for name, field in self.fields.items() if self.cleaned_data[name]]
