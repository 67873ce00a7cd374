"""Where a customer stands in the list one came from: the way back, and the customers before and after it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from customers.models import Customer
from customers.search_pages import Cursor, neighbours
from portal.directory.filters import FILTERS
from portal.directory.listing import Listing

PARAMETERS = frozenset({"q", *FILTERS, "sort", "columns", "view"})
"""Of the address of a list. Not `page`: a tab has pages of its own."""


@dataclass(frozen=True, kw_only=True)
class Place:
    back: str
    """The address of the list, at the page that begins with this customer."""
    previous: str
    """The same tab of the customer before; "" where this is the first."""
    next: str
    trail: str
    """The list as the address of a page carries it."""


def place_of(request: HttpRequest, customer: Customer) -> Place | None:
    """The place in the list that the address carries; None where it carries none.

    A customer that has left the list meanwhile stands where it would stand.
    """
    if PARAMETERS.isdisjoint(request.GET):
        return None
    listing = Listing.read(request.user, request.GET)
    before, after = neighbours(listing.selection(request.user), customer)
    page = str(Cursor(number=before)) if before else None
    match = request.resolver_match
    name = (match.url_name if match else None) or "customer"

    def beside(number: str | None) -> str:
        return f"{reverse(name, args=[number])}?{listing.trail}" if number else ""

    return Place(
        back="?".join(filter(None, [reverse("customers"), listing.address(page=page)])),
        previous=beside(before),
        next=beside(after),
        trail=listing.trail,
    )
