"""The choices of one filter: what fills its panel when it is opened, and a page of its own without scripts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from customers.search_pages import read_query
from portal.directory import chips
from portal.directory.choices import choices
from portal.directory.filters import FILTERS, may_use
from portal.directory.listing import Listing
from portal.directory.own_company import own_company


@require_safe
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """404 for a filter there is not, or that is not for this user, and for whom there is no table."""
    found = FILTERS.get(key)
    if found is None or not found.has_choices or not may_use(request.user, found):
        raise Http404
    if own_company(request.user):
        raise Http404
    listing = Listing.read(request.user, request.GET)
    offered = choices(request.user, listing, key, read_query(request.GET.get("find", "")))
    context = {"listing": listing, "chip": chips.chip(listing, request.user, key, request.GET, offered)}
    template = "_chip_form" if request.headers.get("HX-Request") else "filter"
    response = render(request, f"directory/{template}.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
