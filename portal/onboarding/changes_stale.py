"""What the page of asked-for changes shows where somebody saved or sent meanwhile: both texts, nothing lost."""

from collections.abc import Iterator

from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.onboarding.changes import ChangesPage
from portal.onboarding.changes_forms import Posted
from portal.onboarding.stale import shown_values
from portal.two_windows import Difference

OF_THE_PAGE = ("csrfmiddlewaretoken", "version")


def changed_meanwhile(request: HttpRequest, current: ChangesPage, typed: ChangesPage) -> HttpResponse:
    """The page: 409, with everything that was typed ready to be sent again, and what is saved beside it."""
    saver = current.row.updated_by
    context = {
        "draft": current.row,
        "saver": _("You") if saver == request.user else saver.get_full_name(),
        "step": "changes",
        "step_label": _("Changes"),
        "step_url": reverse("request-changes", args=[current.row.reference]),
        "action": request.get_full_path(),
        "differences": list(_differences(request.POST, current, typed)),
        "marks": current.marks,
        "fields": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in OF_THE_PAGE and not name.startswith("seen-")
            for value in values
        ],
    }
    return render(request, "onboarding/stale.html", context, status=409)


def _differences(posted: Posted, current: ChangesPage, typed: ChangesPage) -> Iterator[Difference]:
    kept = {bound.html_name: bound for bound in current.shown()}
    for bound in typed.shown():
        name = bound.html_name
        mine = [value.strip() for value in posted.getlist(name) if value.strip()]
        theirs = _values(kept[name]) if name in kept else []
        if mine != theirs and not bound.field.widget.needs_multipart_form:
            yield Difference(
                label=bound.label,
                own=shown_values(bound.field, mine),
                kept=shown_values(bound.field, theirs),
            )


def _values(bound: BoundField) -> list[str]:
    value = bound.value()
    values = value if isinstance(value, list) else [value]
    return [str(one).strip() for one in values if one not in (None, "", False)]
