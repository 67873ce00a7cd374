from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.forms.fields import line_field
from portal.directory.saved_views.refusals import NameTaken
from portal.models.saved_view import LONGEST_NAME


class NameForm(forms.Form):
    name = line_field(
        _("Name"),
        missing=_("Give the view a name, so that you know it again."),
        max_length=LONGEST_NAME,
        widget={"autocomplete": "off", "enterkeyhint": "done"},
        hint=_("For instance “Belgian customers with roles missing”."),
    )

    def refuse(self, refusal: NameTaken) -> None:
        self.add_error("name", forms.ValidationError(refusal.words, code="taken"))


class NewViewForm(NameForm):
    is_shared = forms.BooleanField(required=False)

    def __init__(self, *args: Any, organisation: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_shared"].label = _("Share it with everybody at %(organisation)s") % {
            "organisation": organisation
        }
        self.fields["is_shared"].help_text = _("They can open it and copy it; you alone can change it.")
