"""Many requests of the queue at once: a form with a box per row, and a page that says what became of each."""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from approvals import bulk
from approvals.bulk import Act
from approvals.desk.admin_pages import TEMPLATES, require
from approvals.standing import DECIDE


@require_http_methods(["GET", "HEAD", "POST"])
def act_on_many(request: HttpRequest, *, admin_site: AdminSite) -> HttpResponse:
    """Approving is asked once more, on a page that names every request; taking and giving back are done at once."""
    require(request, DECIDE)
    chosen = bulk.parsed(request.POST.getlist("chosen"))
    pressed = request.POST.get("act", "")
    if request.method != "POST" or pressed not in list(Act):
        return redirect("admin:approvals_registrationrequest_changelist")
    if not chosen:
        messages.info(request, _("Nothing is chosen. Tick the boxes of the requests you mean, then press again."))
        return redirect("admin:approvals_registrationrequest_changelist")
    act = Act(pressed)
    asks = act is Act.APPROVE and "confirmed" not in request.POST
    actor = request.user
    lines = bulk.foreseen(actor=actor, chosen=chosen) if asks else bulk.act(actor=actor, act=act, chosen=chosen)
    context = {
        **admin_site.each_context(request),
        "title": _title(act, asks),
        "act": act.value,
        "asks": asks,
        "done": [line for line in lines if line.is_done],
        "refused": [line for line in lines if not line.is_done],
    }
    return render(request, f"{TEMPLATES}/bulk.html", context)


def _title(act: Act, asks: bool) -> str:
    if asks:
        return _("Approve these requests?")
    return {Act.TAKE: _("Taken"), Act.GIVE_BACK: _("Given back"), Act.APPROVE: _("Approved")}[act]
