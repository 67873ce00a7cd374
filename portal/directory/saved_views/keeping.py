"""Views of the table of customers: kept, changed, shared, opened first, deleted.

Only the owner changes a view. A shared one can also be deleted by whoever keeps order: an administrator of the partner,
and at Arxus whoever has the right to delete views. None of it is on record: a view holds no data and gives no right.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import QueryDict

from approvals.refusals import NotAllowed
from customers.one_line import LineFault, one_line
from customers.permissions import Ability
from portal.directory.listing import Listing
from portal.directory.saved_views.refusals import (
    NameRefused,
    NameTaken,
    NotYours,
    TooManyViews,
    ViewChanged,
    ViewGone,
    ViewTooLong,
)
from portal.models import SavedView, User
from portal.models.saved_view import LONGEST_ADDRESS, LONGEST_NAME
from portal.querysets import organisation_of

MOST_VIEWS = 50
"""Of one person: more are no help in a menu."""


def listing_of(view: SavedView, reader: Any) -> Listing:
    """What the view shows this reader: values that are not theirs to use, or exist no more, are left out."""
    return Listing.read(reader, QueryDict(view.address))


@transaction.atomic
def save_view(*, actor: Any, name: str, listing: Listing, shared: bool = False) -> SavedView:
    """Keep a listing under a name, as the last of one's own. Saved twice it is there once.

    Raises NotAllowed, NameRefused, NameTaken, TooManyViews and ViewTooLong.
    """
    name, address = _name(name), _address(listing)
    own = _lock_own(actor)
    for view in own:
        if view.name_key == _key(name):
            if (view.address, view.is_shared) == (address, shared):
                return view
            raise NameTaken(view.name)
    return _add(actor, own, name, address, shared=shared)


@transaction.atomic
def copy_view(*, actor: Any, view: SavedView) -> SavedView:
    """Make a shared view one's own, under the same name or the next that is free. Copied twice it is there once.

    Raises NotAllowed, ViewGone and TooManyViews.
    """
    own = _lock_own(actor)
    source = SavedView.objects.visible_to(actor).filter(pk=view.pk).first()
    if source is None:
        raise ViewGone
    address = _address(listing_of(source, actor))
    by_key = {each.name_key: each for each in own}
    name = ""
    for name in _names_like(source.name):
        same = by_key.get(_key(name))
        if same is None:
            break
        if same.address == address and same != source:
            return same
    return _add(actor, own, name, address, shared=False)


@transaction.atomic
def rename_view(*, actor: Any, view: SavedView, name: str) -> SavedView:
    """Raises NotAllowed, ViewGone, NotYours, NameRefused and NameTaken."""
    name = _name(name)
    own = _lock_own(actor)
    found = _one_of(own, actor, view)
    for other in own:
        if other != found and other.name_key == _key(name):
            raise NameTaken(other.name)
    return _write(found, name=name, name_key=_key(name))


@transaction.atomic
def change_view(*, actor: Any, view: SavedView, listing: Listing, seen: str | None = None) -> SavedView:
    """Let the view show this listing from now on, to everybody it is shared with.

    `seen`: the address it kept when the person opened it, so that nothing saved since is lost; None for any.
    Raises NotAllowed, ViewGone, NotYours, ViewTooLong and ViewChanged.
    """
    address = _address(listing)
    found = _one_of(_lock_own(actor), actor, view)
    if seen is not None and found.address not in (seen, address):
        raise ViewChanged(found)
    return _write(found, address=address)


@transaction.atomic
def share_view(*, actor: Any, view: SavedView) -> SavedView:
    """Show the view to everybody of the organisation. Raises NotAllowed, ViewGone and NotYours."""
    return _write(_one_of(_lock_own(actor), actor, view), is_shared=True)


@transaction.atomic
def unshare_view(*, actor: Any, view: SavedView) -> SavedView:
    """Keep the view to oneself again. Raises NotAllowed, ViewGone and NotYours."""
    return _write(_one_of(_lock_own(actor), actor, view), is_shared=False)


@transaction.atomic
def set_default(*, actor: Any, view: SavedView) -> SavedView:
    """Open this view where nothing else is asked for, instead of any other. Raises NotAllowed, ViewGone, NotYours."""
    found = _one_of(_lock_own(actor), actor, view)
    # One of a former organisation counts too: a person has one.
    SavedView.objects.filter(owner=actor, is_default=True).exclude(pk=found.pk).update(is_default=False)
    return _write(found, is_default=True)


@transaction.atomic
def clear_default(*, actor: Any, view: SavedView) -> SavedView:
    """Open all customers first again. Raises NotAllowed, ViewGone and NotYours."""
    return _write(_one_of(_lock_own(actor), actor, view), is_default=False)


@transaction.atomic
def move_view(*, actor: Any, view: SavedView, up: bool) -> SavedView:
    """Move the view one place in one's own order; the first and the last stay where they are.

    Raises NotAllowed, ViewGone and NotYours.
    """
    own = _lock_own(actor)
    found = _one_of(own, actor, view)
    place = own.index(found)
    goal = max(place - 1, 0) if up else min(place + 1, len(own) - 1)
    own.insert(goal, own.pop(place))
    for position, each in enumerate(own):
        if each.position != position:
            SavedView.objects.filter(pk=each.pk).update(position=position)
    return found


@transaction.atomic
def delete_view(*, actor: Any, view: SavedView) -> None:
    """Delete one's own view, or a shared one as whoever keeps order. Raises NotAllowed, ViewGone and NotYours."""
    if organisation_of(actor) is None:
        raise NotAllowed
    found = SavedView.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=view.pk).first()
    if found is None:
        raise ViewGone
    if not may_delete(actor, found):
        raise NotYours(found.owner.get_full_name())
    found.delete()


def may_delete(user: Any, view: SavedView) -> bool:
    """Whether this user may delete a view that they see."""
    if view.owner_id == user.pk:
        return True
    if view.partner_id is None:
        return bool(user.has_perm("portal.delete_savedview"))
    return bool(user.membership.may(Ability.MANAGE_TEAM))


def _lock_own(actor: Any) -> list[SavedView]:
    """The actor's views in order; what else the actor does to them waits until this is done. Raises NotAllowed."""
    if organisation_of(actor) is None:
        raise NotAllowed
    User.objects.select_for_update(no_key=True).order_by().get(pk=actor.pk)
    return list(SavedView.objects.own_of(actor))


def _one_of(own: Sequence[SavedView], actor: Any, view: SavedView) -> SavedView:
    for each in own:
        if each == view:
            return each
    other = SavedView.objects.visible_to(actor).select_related("owner").filter(pk=view.pk).first()
    if other is None:
        raise ViewGone
    raise NotYours(other.owner.get_full_name())


def _add(actor: Any, own: Sequence[SavedView], name: str, address: str, *, shared: bool) -> SavedView:
    organisation = organisation_of(actor)
    if organisation is None:
        raise NotAllowed
    if len(own) >= MOST_VIEWS:
        raise TooManyViews(MOST_VIEWS)
    return SavedView.objects.create(
        owner=actor,
        partner_id=organisation.partner_id,
        name=name,
        name_key=_key(name),
        address=address,
        is_shared=shared,
        position=own[-1].position + 1 if own else 0,
    )


def _write(view: SavedView, **values: Any) -> SavedView:
    """Write these fields and no others; raises ViewGone where somebody who keeps order has just deleted the view."""
    if not SavedView.objects.filter(pk=view.pk).update(**values):
        raise ViewGone
    for name, value in values.items():
        setattr(view, name, value)
    return view


def _name(typed: str) -> str:
    try:
        name = one_line(typed)
    except LineFault:
        raise NameRefused(LONGEST_NAME) from None
    if not 1 <= len(name) <= LONGEST_NAME:
        raise NameRefused(LONGEST_NAME)
    return name


def _key(name: str) -> str:
    return name.casefold()


def _names_like(name: str) -> list[str]:
    """The name, then `Name (2)`, `Name (3)`… as long as a name may be: one more than anybody can have taken."""
    endings = ["", *(f" ({number})" for number in range(2, MOST_VIEWS + 2))]
    return [name[: LONGEST_NAME - len(ending)].rstrip() + ending for ending in endings]


def _address(listing: Listing) -> str:
    address = listing.address(view=None)
    if len(address) > LONGEST_ADDRESS:
        raise ViewTooLong
    return address
