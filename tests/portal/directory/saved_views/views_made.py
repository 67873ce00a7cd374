"""Saved views for tests: what somebody lists, kept under a name."""

from django.http import QueryDict

from portal.directory.listing import Listing
from portal.directory.saved_views.keeping import save_view
from portal.models import SavedView, User

DUTCH = "country=NL&sort=-name"


def listed(user: User, address: str) -> Listing:
    return Listing.read(user, QueryDict(address))


def saved(owner: User, name: str = "Dutch", address: str = DUTCH, *, shared: bool = False) -> SavedView:
    return save_view(actor=owner, name=name, listing=listed(owner, address), shared=shared)


def names_of(user: User) -> list[str]:
    return [view.name for view in SavedView.objects.own_of(user)]
