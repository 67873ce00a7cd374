"""Where a customer stands in the list one came from: the way back, and the customers before and after it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from customers.models import Customer
from customers.search_pages import Cursor, neighbours, read_cursor
from portal.directory.filters import FILTERS
from portal.directory.listing import Listing

PAGE = "at"
"""The page of the list that somebody opened a customer from. The way to the customers beside it does not carry it:
which page those stand on is not known."""
FIRST_PAGE = "1"
PARAMETERS = frozenset({"q", *FILTERS, "sort", "columns", "view", PAGE})
"""That say that one came from a list. Not `page`: a tab has pages of its own."""


@dataclass(frozen=True, kw_only=True)
class Place:
    back: str
    """The address of the list, at this customer on the page one came from; where that is not known, on the page that
    begins with it."""
    previous: str
    """The same tab of the customer before; "" where this is the first."""
    next: str
    trail: str
    """The list, and the page of it, as the address of a tab carries them."""


def trail_from(listing: Listing, page: Cursor | None) -> str:
    """What the address of a customer carries that is opened from this page of a list; None is the first one."""
    return "&".join(filter(None, [listing.address(), f"{PAGE}={page or FIRST_PAGE}"]))


def place_of(request: HttpRequest, customer: Customer) -> Place | None:
    """The place in the list that the address carries; None where it carries none.

    A customer that has left the list meanwhile stands where it would stand.
    """
    if PARAMETERS.isdisjoint(request.GET):
        return None
    listing = Listing.read(request.user, request.GET)
    before, after = neighbours(listing.selection(request.user), customer)
    came_from = request.GET.get(PAGE, "")
    page = read_cursor(came_from)
    is_known = page is not None or came_from == FIRST_PAGE
    if not is_known and before:
        page = Cursor(number=before)
    match = request.resolver_match
    name = (match.url_name if match else None) or "customer"

    def beside(number: str | None) -> str:
        return f"{reverse(name, args=[number])}?{listing.trail}" if number else ""

    address = "?".join(filter(None, [reverse("customers"), listing.address(page=page)]))
    return Place(
        back=f"{address}#{customer.number}",
        previous=beside(before),
        next=beside(after),
        trail=trail_from(listing, page) if is_known else listing.trail,
    )
