"""What a page shows whose step somebody else saved meanwhile: both texts side by side, nothing lost."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from portal.onboarding.steps import LABELS, Step, url_of
from portal.onboarding.storage import DraftStorage
from portal.two_windows import Difference

OF_THE_PAGE = ("csrfmiddlewaretoken", "version", "seen")
"""What the page itself put into its form."""


def stale_page(request: HttpRequest, storage: DraftStorage, step: Step, form: Any) -> HttpResponse:
    """The page: 409, with everything that was typed ready to be sent again, and what is saved beside it.

    `storage` holds the request as it is now.
    """
    typed = request.POST
    saver = storage.row.updated_by
    context = {
        "draft": storage.draft,
        "saver": _("You") if saver == request.user else saver.get_full_name(),
        "seen": storage.seen(step),
        "step": step,
        "step_label": LABELS[step],
        "step_url": url_of(step, storage.draft),
        "action": request.get_full_path(),
        "differences": list(_differences(typed, storage.answer(step), form)),
        "fields": [(name, value) for name, values in typed.lists() if name not in OF_THE_PAGE for value in values],
    }
    return render(request, "onboarding/stale.html", context, status=409)


def _differences(typed: "MultiValueDict[str, str]", kept: Mapping[str, Any], form: Any) -> Iterator[Difference]:
    for name, field in form.fields.items():
        mine, theirs = typed.getlist(name), kept.get(name, [])
        theirs = theirs if isinstance(theirs, list) else [theirs]
        if mine != theirs and not isinstance(field, forms.FileField):
            yield Difference(label=field.label, own=shown_values(field, mine), kept=shown_values(field, theirs))


def shown_values(field: forms.Field, values: list[str]) -> str:
    """The values as people read them: the words of a choice, *yes* for a tick."""
    if isinstance(field, forms.BooleanField):
        return "✓" if values else ""
    words = dict(_flat(getattr(field.widget, "choices", ())))
    return ", ".join(str(words.get(value, value)) for value in values if value)


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label
