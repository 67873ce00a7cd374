"""The forms of the decision page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from approvals.workflow import MOVES, Move

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

    def __init__(self, move: Move, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{move.value}-%s", **kwargs)
        if MOVES[move].needs_reason:
            self.fields["reason"] = ReasonField(
                label=_("What should they change, and why?") if move is Move.ASK_FOR_CHANGES else _("Reason"),
                missing=_("Write down why: the partner reads it."),
            )


class ExceptionForm(forms.Form):
    """Lets a Value Add Partner's customer go without its written approval."""

    exception_reason = ReasonField(
        label=_("Why may this customer go without it?"),
        missing=_("Write down why: it stays with the request."),
        rows=2,
    )
