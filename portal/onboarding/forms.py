"""What the forms of the steps know beyond the data they fill: the partner whose draft it is, and where it stands."""

from typing import Any

from django import forms
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from approvals import duplicates
from approvals.models import RegistrationRequest
from approvals.refusals import DuplicateNumber
from customers.forms import LANGUAGE_OF_COUNTRY, VatForm
from customers.models import Partner
from customers.vat import VatNumber
from portal.onboarding.register import Word, address_country

DECLARATIONS = (
    _("What stands above is right, as far as we know."),
    _("We may share the data of these people with Arxus, and they know."),
    _("We are entitled to act for this customer."),
)
"""What a partner declares by confirming; kept with the submission as it was shown."""


def details_to_begin_with(number: VatNumber | None, word: Word | None) -> dict[str, str]:
    """What the details step is filled with before anybody typed there: what follows from the number, and what the VAT
    register said of it."""
    country = address_country(number) if number else ""
    return {"country": country, "language": LANGUAGE_OF_COUNTRY.get(country, "en")} | (word.fills if word else {})


class VatStepForm(VatForm):
    """The VAT number, refused where the partner already has it. Of other partners it knows nothing."""

    def __init__(
        self,
        *args: Any,
        partner: Partner,
        draft: RegistrationRequest | None,
        reader: Any,
        is_judged: bool,
        **kwargs: Any,
    ) -> None:
        """`reader`: to whom a refusal speaks. `is_judged`: whether to look for duplicates; not where an answer that was
        judged before is only read.
        """
        super().__init__(*args, **kwargs)
        self._partner, self._draft, self._reader, self._is_judged = partner, draft, reader, is_judged
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
        self.add_error("vat_number", forms.ValidationError(refusal.words_for(self._reader), code="duplicate"))


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
