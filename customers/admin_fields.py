"""A row of a long table, chosen in admin by typing its name: no list of everything, and no script needed.

The browser suggests what fits while somebody types, where scripts run (`suggest.js`, a `<datalist>`).
"""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from customers import numbers

LONGEST = 254
FEW = 100
"""So many are in the page itself."""


def _number(typed: str) -> str:
    try:
        return numbers.parse(typed, numbers.CUSTOMER)
    except numbers.NotANumber:
        return ""


def _as_typed(typed: str) -> str:
    return typed


NAMED_BY: dict[str, tuple[str, Callable[[str], str]]] = {
    "customers.customer": ("number", _number),
    "customers.industry": ("name", _as_typed),
    "customers.partner": ("name", _as_typed),
    "portal.user": ("email", _as_typed),
}
"""Model -> the field a row is named by, and how that is read."""

UNKNOWN = {
    "customers.customer": _("There is no customer with this number. It looks like C-4K7P-M2XN."),
    "customers.industry": _("There is no industry of this name. Type it as it stands in the list."),
    "customers.partner": _("There is no partner of this name. Type it as it stands in the list of partners."),
    "portal.user": _("There is no account with this e-mail address that can be chosen here."),
}


def name_of(row: Model) -> str:
    """What is typed to choose this row."""
    return str(getattr(row, NAMED_BY[row._meta.label_lower][0]))


class NamedRowInput(forms.TextInput):
    template_name = "components/_named_row.html"
    suggested_by = ""
    offered: QuerySet[Any] | None = None
    """Rows few enough to stand in the page; None for a long table."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_names"
        context["widget"]["attrs"] |= {"list": list_id, "autocomplete": "off", "spellcheck": "false"}
        if self.suggested_by:
            context["widget"]["attrs"]["data-suggest"] = self.suggested_by
        rows = [] if self.offered is None else list(self.offered[:FEW])
        return context | {"list_id": list_id, "names": [name_of(row) for row in rows]}

    class Media:
        js = ("js/suggest.js",)


class NamedRowField(forms.ModelChoiceField):
    """`queryset` is what may be chosen; a name that is several rows' is none's."""

    widget = NamedRowInput

    @property
    def _rows(self) -> QuerySet[Any]:
        assert self.queryset is not None, "A named row is chosen from something."
        return self.queryset

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Model):
            return name_of(value)
        if isinstance(value, int):
            row = self._rows.model._default_manager.filter(pk=value).first()
            return name_of(row) if row is not None else ""
        return value

    def to_python(self, value: Any) -> Any:
        typed = str(value or "").replace("\x00", "").strip()
        if not typed:
            return None
        label = self._rows.model._meta.label_lower
        field, read = NAMED_BY[label]
        found = list(self._rows.filter(**{f"{field}__iexact": read(typed)})[:2]) if len(typed) <= LONGEST else []
        if len(found) != 1:
            raise ValidationError(UNKNOWN[label], code="unknown")
        return found[0]

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "").strip() != str(data or "").strip()


def suggested_by(model: type[Model], foreign_key: str) -> str:
    """The address that suggests rows for this foreign key (`admin_site.Suggestions`)."""
    meta = model._meta
    asked = {"app_label": meta.app_label, "model_name": str(meta.model_name), "field_name": foreign_key}
    return f"{reverse('admin:autocomplete')}?{urlencode(asked)}"


def named_field(foreign_key: "models.ForeignKey[Any, Any]", offered: QuerySet[Any]) -> NamedRowField:
    """The form field of a foreign key to a long table."""
    field = NamedRowField(
        queryset=offered,
        label=foreign_key.verbose_name,
        help_text=foreign_key.help_text,
        required=not foreign_key.blank,
    )
    cast(NamedRowInput, field.widget).suggested_by = suggested_by(foreign_key.model, foreign_key.name)
    return field
