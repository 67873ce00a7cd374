"""The menu of views above the table of customers: what there is, which one is open, whether it still is as kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db.models import Case, F, Q, Value, When
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from customers.models import Partner
from customers.prepared import Prepared, Slot
from portal.directory.filters import FILTERS
from portal.directory.listing import ALL, Listing
from portal.directory.saved_views.keeping import MOST_VIEWS
from portal.models import SavedView, User
from portal.querysets import organisation_of

MOST_SHARED = 50
"""In a menu; all of them stand on the page where views are managed."""


def address_of(view: SavedView) -> str:
    """The address that opens a view, without `?`. It says in full what is shown, so that it does so to somebody who
    has no such view, and then which one it came from."""
    return "&".join(filter(None, [view.address, f"view={view.number}"]))


def table_url(address: str, **more: str) -> str:
    """Where the table shows this; an address of nothing is that of all customers, whatever opens first."""
    query = "&".join([address or f"view={ALL}", *(f"{key}={value}" for key, value in more.items())])
    return f"{reverse('customers')}?{query}"


@dataclass(frozen=True, kw_only=True)
class Entry:
    name: str
    address: str
    remark: str = ""
    is_current: bool = False


@dataclass(frozen=True, kw_only=True)
class Menu:
    own: Sequence[Entry]
    shared: Sequence[Entry]
    """Those of others."""
    has_more: bool
    """Whether more are shared than stand here."""
    default: SavedView | None
    """What opens where nothing else is asked for."""
    current: SavedView | None
    """The view one came from, or else one that shows the same."""
    is_changed: bool
    """Whether the list departs from the current view."""
    is_own: bool
    """Whether the current view is the reader's to change."""
    is_all: bool
    """Whether all customers are listed, as without any view."""
    address: str
    """What is listed, as a view would keep it; empty where there is nothing to keep."""


def menu_for(user: Any, listing: Listing) -> Menu | None:
    """The menu of this reader, in one query; None for whom there is no table."""
    organisation = organisation_of(user)
    if organisation is None:
        return None
    kept = _views(is_of_partner=organisation.partner_id is not None)
    views = kept.ask(user=user.pk, partner=organisation.partner_id, number=listing.view)
    own = [view for view in views if view.owner_id == user.pk]
    others = sorted((view for view in views if view.owner_id != user.pk), key=lambda view: (view.name_key, view.pk))
    address = listing.address(view=None)
    current = _current([*own, *others], listing.view, address)
    return Menu(
        own=[_entry(view, _own_remark(view), current) for view in own],
        shared=[_entry(view, view.owner.get_full_name(), current) for view in others[:MOST_SHARED]],
        has_more=len(others) > MOST_SHARED,
        default=next((view for view in own if view.is_default), None),
        current=current,
        is_changed=current is not None and _departs(current, user, address),
        is_own=current in own,
        is_all=current is None and not address,
        address=address,
    )


def apart_from_default(listing: Listing) -> Listing:
    """The listing for somebody with a view that opens first: its links say so where they want none, since an address
    that asks for nothing would open that view."""
    return listing if listing.view else replace(listing, view=ALL)


def _current(views: Sequence[SavedView], number: str, address: str) -> SavedView | None:
    named = next((view for view in views if view.number == number), None)
    if named is not None or number == ALL:
        return named
    return next((view for view in views if view.address == address), None)


def _entry(view: SavedView, remark: str, current: SavedView | None) -> Entry:
    return Entry(name=view.name, address=address_of(view), remark=remark, is_current=view == current)


def _own_remark(view: SavedView) -> str:
    remarks = [_("Opens first")] if view.is_default else []
    remarks += [_("Shared")] if view.is_shared else []
    return " · ".join(remarks)


@cache
def _views(*, is_of_partner: bool) -> Prepared[SavedView]:
    """One's own in order, with the one of this number whoever's it is; then others by name, one more than are shown."""
    user, number = Slot("user", User._meta.pk), Slot("number", SavedView._meta.get_field("number"))
    partner = Slot("partner", Partner._meta.pk) if is_of_partner else None
    first = Case(When(Q(owner=user) | Q(number=number), then=Value(0)), default=Value(1))
    visible = SavedView.objects.visible_within(partner, user).select_related("owner")
    ordered = visible.order_by(first, Case(When(owner=user, then=F("position"))), "name_key", "pk")
    return Prepared(ordered[: MOST_VIEWS + MOST_SHARED + 1])


def _departs(view: SavedView, user: Any, address: str) -> bool:
    """Whether the address shows something else than the view does, as this reader may see it.

    Values of the view that are missing from the address were taken away, or are not there for this reader: only these
    are looked up, so that a page with a view costs what one without does.
    """
    kept, shown = QueryDict(view.address), QueryDict(address)
    if _read(user, _beside_filters(kept)) != _read(user, _beside_filters(shown)):
        return True
    of_view, of_page = _filters(kept), _filters(shown)
    return bool(of_page - of_view) or bool(_read(user, of_view - of_page))


def _filters(params: QueryDict) -> set[tuple[str, str]]:
    return {(key, value) for key in FILTERS for value in params.getlist(key)}


def _beside_filters(params: QueryDict) -> set[tuple[str, str]]:
    return {(key, value) for key, values in params.lists() if key not in FILTERS for value in values}


def _read(user: Any, pairs: Iterable[tuple[str, str]]) -> str:
    params = QueryDict(mutable=True)
    for key, value in pairs:
        params.appendlist(key, value)
    return Listing.read(user, params).address(view=None)
