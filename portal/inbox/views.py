"""Notifications: the inbox, opening one, and choosing what also comes by mail."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.models import Notification
from approvals.notices import inbox, telling
from portal.inbox.forms import MailChoicesForm
from portal.models import Export
from portal.paging import page_of

NOTIFICATIONS_A_PAGE = 50
ABOUT = ("recipient", "event__partner", "request__customer", "message__thread")


@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    told = Notification.objects.visible_to(request.user).select_related(*ABOUT)
    page = page_of(told, request.GET.get("page", ""), NOTIFICATIONS_A_PAGE)
    lines = [(one, telling.line_of(one)) for one in page.rows]
    exports = Export.objects.visible_to(request.user).shown_lately() if page.number == 1 else ()
    return render(request, "inbox/notifications.html", {"page": page, "lines": lines, "exports": exports})


@require_POST
def open_one(request: HttpRequest, key: UUID) -> HttpResponse:
    """Go to what a notification is about; from then on it counts as read."""
    told = _find(request, key)
    inbox.mark_read(actor=request.user, notification=told)
    landing = telling.landing_of(told)
    return redirect(landing.name, landing.number)


@require_POST
def read_all(request: HttpRequest, key: UUID) -> HttpResponse:
    """Count everything as read, up to the one that was the newest on the page."""
    count = inbox.mark_all_read(actor=request.user, until=_find(request, key))
    words = ngettext("%(count)d notification is marked as read.", "%(count)d notifications are marked as read.", count)
    messages.success(request, words % {"count": count})
    return redirect("inbox")


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    form = MailChoicesForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        inbox.choose(actor=request.user, by_mail=form.chosen)
        messages.success(request, _("Your choice is saved."))
        return redirect("notification-choices")
    return render(request, "inbox/choices.html", {"form": form})


def _find(request: HttpRequest, key: UUID) -> Notification:
    """The notification of this key, if it is this person's; 404 otherwise."""
    return get_object_or_404(Notification.objects.visible_to(request.user).select_related(*ABOUT), key=key)
