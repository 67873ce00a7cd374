"""What a tick or an arrow in the choice of columns leads to."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from portal.directory.column_choice import PANEL, moved
from portal.directory.listing import Listing
from portal.directory.saved_views.menu import table_url
from portal.querysets import organisation_of


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Lead to the table with the columns that were ticked, one of them moved where an arrow was pressed."""
    if organisation_of(request.user) is None:
        raise Http404
    listing = Listing.read(request.user, request.GET)
    move = request.GET.get("move", "")
    address = listing.address(columns=",".join(moved(listing.columns, move)))
    return redirect(table_url(address, panel=PANEL) if move else table_url(address))
