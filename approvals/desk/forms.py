"""The forms of the decision page."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from approvals.workflow import MOVES, Move
from customers import numbers

REASON_CHARACTERS = 4000


class ReasonField(forms.CharField):
    def __init__(self, *, label: Any, missing: Any, rows: int = 3, required: bool = True) -> None:
        super().__init__(
            label=label,
            required=required,
            max_length=REASON_CHARACTERS,
            widget=forms.Textarea(attrs={"rows": rows}),
            error_messages={
                "required": missing,
                "max_length": _("Keep it under %(limit_value)d characters; this is %(show_value)d."),
            },
        )


class DecisionForm(forms.Form):
    """One decision: the version of the submission that was read, and the reason where the move needs one."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32_767)

    def __init__(self, move: Move, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial, auto_id=f"{move.value}-%s")
        if MOVES[move].needs_reason:
            self.fields["reason"] = ReasonField(
                label=_("Reason"),
                missing=_("Write down why: the partner reads it."),
            )

    @property
    def written(self) -> str:
        """What would be a pity to lose where the decision is not made."""
        return str(self.cleaned_data.get("reason", ""))


class ApprovalForm(DecisionForm):
    """An approval. Whether it needs a reason or a tick is the verb's to say: it knows the request as it is then."""

    override_reason = ReasonField(label=_("Why do you approve all the same?"), missing="", rows=2, required=False)
    access_confirmed = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(Move.APPROVE, data, initial=initial)

    @property
    def written(self) -> str:
        return str(self.cleaned_data["override_reason"])


class ReferenceField(forms.CharField):
    """The reference of a request, however typed; comes out as it is stored."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return numbers.parse(text, numbers.REQUEST)
        except numbers.NotANumber:
            raise ValidationError(_("A reference looks like REQ-7F3K-9Q2M. Ask the partner to read it out.")) from None


class ExceptionForm(forms.Form):
    """Lets a Value Add Partner's customer go without its written approval."""

    exception_reason = ReasonField(
        label=_("Why may this customer go without it?"),
        missing=_("Write down why: it stays with the request."),
        rows=2,
    )


class ReferredExceptionForm(ExceptionForm):
    """The same for a request that has not been sent yet: the partner reads its reference out."""

    reference = ReferenceField(
        label=_("Reference of the request"),
        help_text=_("The partner finds it beside the draft under Requests, like REQ-7F3K-9Q2M."),
        error_messages={"required": _("Enter the reference that the partner gives you.")},
        widget=forms.TextInput(attrs={"class": "w-20", "autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("reference", "exception_reason")
