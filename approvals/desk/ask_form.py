"""The form in which an approver picks what is to change, each with a reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from approvals import prose
from approvals.changes.asking import Asked
from approvals.changes.field_values import Snapshot
from approvals.changes.field_words import label_of, text_of
from approvals.changes.fields import SECTIONS, Field, offered
from approvals.changes.reasons import OTHER, fitting
from approvals.desk.forms import ReasonField
from approvals.models.asking import LONGEST_TEXT
from approvals.workflow import Move
from contacts.policy import ROLE_POLICY

PICKED = "ask"
REMARK = "reason"


@dataclass(frozen=True, kw_only=True)
class AskRow:
    """One field that can be asked for, as the panel shows it."""

    path: str
    anchor: str
    label: str
    name: str
    """The whole name, for whoever hears it."""
    now: str
    is_picked: bool
    code: BoundField
    text: BoundField


@dataclass(frozen=True, kw_only=True)
class AskGroup:
    title: str
    rows: Sequence[AskRow]


def anchor_of(path: str) -> str:
    """The id of a field's row in the panel."""
    return f"ask-{path}"


class AskForm(forms.Form):
    """The fields that this submission has, a reason and a text for each that is picked, and a remark about the whole.

    At least one field or the remark. `asked` is what `decide` takes, of a valid form.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32_767)
    reason = ReasonField(
        label=_("Anything else they should know"), missing=_("Write down why: the partner reads it."), required=False
    )

    def __init__(self, snapshot: Snapshot, data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id=f"{Move.ASK_FOR_CHANGES.value}-%s")
        self.snapshot = snapshot
        self.offered = {field.path: field for field in offered(snapshot)}
        self.fields[PICKED] = forms.MultipleChoiceField(
            label=_("What should they change?"),
            required=False,
            choices=[(path, label_of(field)) for path, field in self.offered.items()],
            error_messages={"invalid_choice": _("One of the fields is not in this version. Pick again.")},
            widget=forms.CheckboxSelectMultiple,
        )
        for path, field in self.offered.items():
            self.fields[f"code-{path}"] = self._code_field(field)
            self.fields[f"text-{path}"] = self._text_field(field)

    @classmethod
    def as_typed(cls, snapshot: Snapshot, data: QueryDict, version: int, changed: Mapping[str, str]) -> "AskForm":
        """The form with everything that was typed, judged by nobody; `changed` replaces texts by name."""
        typed = {name: data.get(name, "") for name in data if name not in (PICKED, "version")}
        return cls(snapshot, initial=typed | dict(changed) | {PICKED: data.getlist(PICKED), "version": version})

    @staticmethod
    def _code_field(field: Field) -> forms.ChoiceField:
        reasons = [(code, translate(reason.words)) for code, reason in fitting(field.kind).items()]
        return forms.ChoiceField(
            label=translate("Reason: %(field)s") % {"field": label_of(field)},
            required=False,
            choices=[("", _("Choose a reason")), *reasons],
            error_messages={"invalid_choice": _("Choose a reason of the list.")},
        )

    @staticmethod
    def _text_field(field: Field) -> forms.CharField:
        return forms.CharField(
            label=translate("In your words: %(field)s") % {"field": label_of(field)},
            required=False,
            max_length=LONGEST_TEXT,
            error_messages={"max_length": _("Keep it under %(limit_value)d characters; this is %(show_value)d.")},
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        picked = cleaned.get(PICKED, [])
        if not picked and not prose.cleaned(cleaned.get(REMARK, "")) and not self.errors:
            message = _("Pick at least one field, or write what should change.")
            self.add_error(REMARK, ValidationError(message, code="nothing_asked"))
        for path in picked:
            self._clean_row(path)
        return cleaned

    def _clean_row(self, path: str) -> None:
        facts = {"field": label_of(self.offered[path])}
        code = self.cleaned_data.get(f"code-{path}")
        if code == "":
            message = translate("%(field)s: choose a reason.") % facts
            self.add_error(f"code-{path}", ValidationError(message, code="reason_missing"))
        elif code == OTHER and self.cleaned_data.get(f"text-{path}") == "":
            message = translate("%(field)s: write down what is wrong.") % facts
            self.add_error(f"text-{path}", ValidationError(message, code="text_missing"))

    @property
    def asked(self) -> list[Asked]:
        cleaned = self.cleaned_data
        return [
            Asked(field=path, code=cleaned[f"code-{path}"], text=cleaned[f"text-{path}"]) for path in cleaned[PICKED]
        ]

    @property
    def picked(self) -> list[str]:
        """The paths that are ticked now, valid or not."""
        return [str(path) for path in self[PICKED].value() or ()]

    def groups(self) -> Iterator[AskGroup]:
        """The rows in groups: the sections, the contacts by role."""
        titles: dict[str, list[AskRow]] = {}
        for field in self.offered.values():
            title = ROLE_POLICY[field.role].title if field.role else SECTIONS[field.section]
            titles.setdefault(title, []).append(self._row(field))
        for title, rows in titles.items():
            yield AskGroup(title=translate(title), rows=rows)

    def _row(self, field: Field) -> AskRow:
        return AskRow(
            path=field.path,
            anchor=anchor_of(field.path),
            label=translate(field.label),
            name=label_of(field),
            now=text_of(field, field.read(self.snapshot)).partition(" · ")[0],
            is_picked=field.path in self.picked,
            code=self[f"code-{field.path}"],
            text=self[f"text-{field.path}"],
        )
