"""Customer Management: the table of the customers that the user may see."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from customers.search_pages import PAGE, Page, find, read_cursor
from portal.directory import chips, column_choice, heads, table, understood
from portal.directory.customer.place import trail_from
from portal.directory.listing import Listing
from portal.directory.own_company import own_company
from portal.directory.pace import paced
from portal.directory.saved_views.menu import address_of, apart_from_default, menu_for, table_url
from portal.templatetags.look import Mistake


@require_safe
@paced
def customers(request: HttpRequest) -> HttpResponse:
    if own := own_company(request.user):
        # A table of one is no help.
        return redirect("customer", own.number)
    listing = Listing.read(request.user, request.GET)
    menu = menu_for(request.user, listing)
    if menu and menu.default:
        if not request.GET:
            return redirect(table_url(address_of(menu.default)))
        listing = apart_from_default(listing)
    live = request.headers.get("HX-Target") == "results"
    place = read_cursor(request.GET.get("page", ""))
    page = find(listing.selection(request.user), place, size=PAGE, among=listing.whole(request.user))
    place = None if page.is_first else place
    context = _context(request, listing, page) | {"menu": menu, "trail": trail_from(listing, place)}
    response = render(request, f"directory/{'_live' if live else 'customers'}.html", context)
    patch_vary_headers(response, ["HX-Target"])
    if live:
        # What is typed replaces the address: Back leaves the page instead of walking letters. The script makes an
        # entry of its own of a filter, an order or a page.
        canonical = f"{request.path}?{listing.address(page=place)}".rstrip("?")
        response["HX-Replace-Url"] = request.get_full_path() if listing.mistakes else canonical
    return response


def _context(request: HttpRequest, listing: Listing, page: Page) -> dict[str, Any]:
    return {
        "listing": listing,
        "query": listing.query,
        "page": page,
        "previous": page.previous and listing.address(page=page.previous),
        "next": page.next and listing.address(page=page.next),
        "columns": column_choice.panel_of(listing, request.GET.get("panel", "")),
        "export_is_open": request.GET.get("panel") == column_choice.EXPORT,
        "heads": heads.heads(listing),
        "order": heads.order_in_words(listing.sort),
        "rows": table.rows_of(page.rows, listing.shown, listing.query),
        "chips": chips.chips(listing, request.user, request.GET),
        "mistakes": [Mistake(message=words, href=f"#{key}") for key, words in chips.mistakes(listing).items()],
        "has_errors": bool(listing.mistakes),
        "mine": chips.mine(listing, request.user),
        "offers": understood.offers(request.user, listing, page),
    }
