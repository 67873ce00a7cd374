"""The forms that messages are written in."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals import storing
from approvals.conversations.conversation import MAX_CHARACTERS, MAX_FILES, MAX_SUBJECT
from approvals.conversations.message_refusals import MessageMissing, MessageTooLong, SubjectMissing
from approvals.documents import EXTENSIONS
from approvals.models import Message
from approvals.prose import cleaned
from approvals.refusals import EvidenceRefused, Refusal
from customers.forms.fields import LineField

INTERNAL = "internal"
SHARED = "shared"
FAR_TOO_LONG = 10 * MAX_CHARACTERS
"""Refused before it costs anything; line breaks that the cleaning takes out may lie below."""


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, as they were uploaded; what they must be is the verb's business."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        return [upload for upload in data or [] if isinstance(upload, UploadedFile)]


class ProseField(forms.CharField):
    """Text of several lines; what cannot be seen is left out of it."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        if len(text) > FAR_TOO_LONG:
            raise ValidationError(MessageTooLong(MAX_CHARACTERS, len(text)).words)
        return cleaned(text)


class TokenField(forms.UUIDField):
    """Marks one form, so that sending it twice is noticed. Without one, or with a broken one, nothing is."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid.uuid4)

    def clean(self, value: Any) -> uuid.UUID:
        try:
            return super().clean(value) or uuid.uuid4()
        except ValidationError:
            return uuid.uuid4()


class MessageForm(forms.Form):
    """A message: its text, its files, and, for Arxus staff, who reads it."""

    body = ProseField(required=False, widget=forms.Textarea(attrs={"rows": 4}))
    attached = FilesField(required=False)
    token = TokenField()

    def __init__(self, data: Any = None, files: Any = None, *, partner: str = "", **values: Any) -> None:
        """`partner`: with whom staff may share; empty where whoever writes is none of staff."""
        super().__init__(data, files, auto_id="message-%s", **values)
        self.fields["body"].label = _("Write") if partner else _("Write to Arxus")
        limit = {"count": MAX_FILES, "size": filesizeformat(settings.EVIDENCE_MAX_BYTES)}
        self.fields["attached"].label = _("Files")
        self.fields["attached"].help_text = _("PDF, PNG or JPEG, %(count)s at most, each up to %(size)s") % limit
        extensions = (f".{extension}" for group in EXTENSIONS.values() for extension in group)
        self.fields["attached"].widget.attrs["accept"] = ",".join(extensions)
        if partner:
            self.fields["readers"] = forms.ChoiceField(
                label=_("Who reads it?"),
                choices=[
                    (INTERNAL, _("Only Arxus")),
                    (SHARED, _("%(partner)s and Arxus") % {"partner": partner}),
                ],
                initial=INTERNAL,
                widget=forms.RadioSelect,
                error_messages={"required": _("Say who reads it."), "invalid_choice": _("Say who reads it.")},
            )

    @property
    def is_internal(self) -> bool:
        return "readers" in self.fields and self.cleaned_data.get("readers") != SHARED

    @property
    def told(self) -> str:
        """What to say once it is sent."""
        if self.is_internal:
            return _("Your note is kept. Only Arxus reads it.")
        return _("Your message is sent.")

    def send(self, verb: Callable[..., Message], **facts: Any) -> Message | None:
        """Have `verb` send it; None where it did not, and the form then says why."""
        if not self.is_valid():
            self._tell_of_files()
            return None
        try:
            return verb(**self.content(), **facts)
        except Refusal as refusal:
            self.add_error(self._field_of(refusal), refusal.words)
        except OSError:
            self.add_error("attached", storing.refused("not_kept").words)
        self._tell_of_files()
        return None

    def content(self) -> dict[str, Any]:
        given = self.cleaned_data
        values = {"body": given["body"], "files": given["attached"], "token": given["token"]}
        return values | ({"internal": self.is_internal} if "readers" in self.fields else {})

    def _field_of(self, refusal: Refusal) -> str | None:
        match refusal:
            case MessageMissing() | MessageTooLong():
                return "body"
            case EvidenceRefused():
                return "attached"
            case SubjectMissing():
                return "subject"
            case _:
                return None

    def _tell_of_files(self) -> None:
        """A browser keeps the text that was typed and no files."""
        if self.files and "attached" not in self.errors:
            self.add_error("attached", _("Your files were not sent with it: choose them again."))


class SupportForm(MessageForm):
    """A question to support: a message with what it is about and where it came up."""

    subject = LineField(
        label=gettext_lazy("What is it about?"),
        max_length=MAX_SUBJECT,
        error_messages={"required": gettext_lazy("Say in a few words what it is about.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    page = ProseField(required=False, widget=forms.HiddenInput)
    field_order = ("subject", "body", "attached")

    def content(self) -> dict[str, Any]:
        return super().content() | {"subject": self.cleaned_data["subject"]}
