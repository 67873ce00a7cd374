"""What a search box offers below it while one types: the first customers that match, as a piece of a page."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from customers.models import CustomerStatus
from customers.search_pages import find, read_query
from customers.selection import selection_for
from portal.directory import table
from portal.directory.columns import COLUMNS
from portal.directory.own_company import own_company
from portal.directory.pace import paced
from portal.directory.typed import reference_in
from portal.directory.understood import offers_of_number, requests_named

HITS = 8
SHOWN = ("company", "vat")
SHOWN_TO_STAFF = (*SHOWN, "partner")


@require_safe
@paced
def suggestions(request: HttpRequest) -> HttpResponse:
    """The hits, the request that a reference names or what to do with a number that none has; nothing for no query."""
    if own_company(request.user):
        raise Http404
    query = read_query(request.GET.get("q", "")).strip()
    context = _context(request.user, query) if query else {}
    # The boxes of a page each have a list of their own, whose entries need names of their own.
    at = "home" if request.headers.get("HX-Target") == "home-hits" else "top"
    return render(request, "directory/_suggestions.html", {"query": query, "at": at, **context})


def _context(user: Any, query: str) -> dict[str, Any]:
    if reference := reference_in(query):
        return {"known": requests_named(user, reference)}
    page = find(selection_for(user, query=query, narrowed=Q(status=CustomerStatus.ACTIVE.value)), size=HITS)
    if not page.rows and (offers := offers_of_number(user, query)):
        return {"known": offers.known, "add": offers.add, "number": offers.number, "fault": offers.fault}
    shown = [COLUMNS[key] for key in (SHOWN_TO_STAFF if user.is_staff else SHOWN)]
    return {"rows": table.rows_of(page.rows, shown, query), "count": page.count, "has_more": page.next is not None}
