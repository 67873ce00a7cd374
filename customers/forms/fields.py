"""Fields for texts that people type and paste."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from customers.one_line import LineFault, one_line

LINE_FAULTS = {
    "several_lines": _("Write this on one line."),
    "control_character": _("This holds a character that cannot be shown. Type it instead of pasting it."),
    "turned_text": _("This holds hidden marks that turn the text around. Type it instead of pasting it."),
    "piled_marks": _("This holds more accents on one letter than we can show. Type it without them."),
}


class TypedField(forms.Field):
    """A text that a parser of ours judges, whatever it holds."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> str:
        return "" if value is None else str(value)


class LineField(forms.CharField):
    """A text of one line, as it is kept: see `customers.one_line`. Its length counts after that."""

    def to_python(self, value: Any) -> str:
        try:
            return one_line(super().to_python(value) or "")
        except LineFault as fault:
            raise ValidationError(LINE_FAULTS[fault.code], code=fault.code) from None

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No `maxlength`: the browser would cut what is pasted without a word."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


def line_field(
    label: Any, *, missing: Any = None, max_length: int, widget: dict[str, str], hint: Any = ""
) -> LineField:
    """Make the field of one line; `missing` is what to say where it is empty, None where it may be."""
    return LineField(
        label=label,
        required=missing is not None,
        max_length=max_length,
        help_text=hint,
        error_messages={
            "required": missing or "",
            "max_length": _("This has %(show_value)d characters. Shorten it to %(limit_value)d."),
        },
        widget=forms.TextInput(attrs=widget),
    )
