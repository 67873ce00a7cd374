"""The customer's form in admin: the same faults and words as in the wizard."""

from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers import phone, postal
from customers.admin_fields import NamedRowField, NamedRowInput
from customers.details import CustomerDetails
from customers.fault_words import words_for
from customers.forms import LineField
from customers.models import Customer, Industry

PHONE_HINT = gettext_lazy("With + and the country code, or as it is written in the country of the company.")


INDUSTRY_HINT = gettext_lazy("Type its name, or the beginning of it, and choose.")


class NamedRowForm(forms.ModelForm):
    """A row of a list or a table whose fields have no labels of their own: each is named by its column and row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, NamedRowField) and self.instance.pk:
                # The row is at hand; its key would be looked up for each field.
                self.initial[name] = getattr(self.instance, name)
            row = str(self.instance) if self.instance.pk else ""
            field.widget.attrs.setdefault("aria-label", f"{field.label} {row}".strip())


class NamedRowFormSet(forms.BaseInlineFormSet):
    """The box that removes a row comes after the form has named its fields."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if removal := form.fields.get(DELETION_FIELD_NAME):
            row = str(form.instance) if form.instance.pk else ""
            removal.widget.attrs["aria-label"] = f"{_('Remove')} {row}".strip()


class CustomerAdminForm(forms.ModelForm):
    language = forms.ChoiceField(choices=settings.COMMUNICATION_LANGUAGES)
    industry = NamedRowField(queryset=Industry.objects.all(), help_text=INDUSTRY_HINT)

    class Meta:
        model = Customer
        fields = (
            "name",
            "legal_name",
            "phone",
            "phone_extension",
            "street",
            "postcode",
            "city",
            "country",
            "industry",
            "language",
        )
        # In words for people; the model says how it is stored.
        help_texts: ClassVar = {"phone": PHONE_HINT, "vat_number": ""}
        field_classes = dict.fromkeys(("name", "legal_name", "street", "postcode", "city"), LineField)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "industry" in self.fields:
            field = cast(NamedRowField, self.fields["industry"])
            cast(NamedRowInput, field.widget).offered = Industry.objects.offered()
            # Retired ones stay on the customers that have them.
            field.queryset = Industry.objects.filter(Q(retired=False) | Q(pk=self.instance.industry_id))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        country = str(cleaned.get("country") or "")
        if "phone" in cleaned:
            try:
                number = phone.parse(cleaned["phone"], country)
            except phone.PhoneFault as fault:
                self.add_error("phone", ValidationError(words_for(fault), code=fault.code))
            else:
                cleaned["phone"] = number.e164
                cleaned["phone_extension"] = cleaned.get("phone_extension") or number.extension
        if country and "postcode" in cleaned:
            try:
                cleaned["postcode"] = postal.check(cleaned["postcode"], country)
            except postal.PostalFault as fault:
                # As in the wizard: one that does not look right is kept, a missing one is not.
                if fault.code == "empty":
                    self.add_error("postcode", ValidationError(words_for(fault), code=fault.code))
        return cleaned

    def details(self) -> CustomerDetails:
        """The cleaned facts. Only of a valid form."""
        cleaned = self.cleaned_data
        return CustomerDetails(
            vat_number=self.instance.vat_number,
            national_number=self.instance.national_number,
            no_vat_reason=self.instance.no_vat_reason,
            name=cleaned["name"],
            legal_name=cleaned["legal_name"],
            phone=cleaned["phone"],
            phone_extension=cleaned["phone_extension"],
            street=cleaned["street"],
            postcode=cleaned["postcode"],
            city=cleaned["city"],
            country=cleaned["country"],
            industry_code=cleaned["industry"].code,
            language=cleaned["language"],
        )
