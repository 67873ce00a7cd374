"""Pages and presses of saved views."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as translated
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.refusals import Refusal
from portal.directory.listing import ALL, Listing
from portal.directory.saved_views import keeping
from portal.directory.saved_views.contents import contents_of, differences
from portal.directory.saved_views.forms import NameForm, NewViewForm
from portal.directory.saved_views.menu import address_of, table_url
from portal.directory.saved_views.refusals import NameTaken, NotYours, ViewChanged
from portal.models import SavedView
from portal.paging import page_of
from portal.querysets import organisation_of

SHARED_A_PAGE = 50


def _(message: str) -> str:
    """Mark a text for translation; whoever shows it translates it."""
    return message


@dataclass(frozen=True, kw_only=True)
class Act:
    """What one press on the page of views does."""

    do: Callable[..., SavedView]
    said: str = ""
    """What the page then says; nothing where one sees it."""


ACTS: Mapping[str, Act] = {
    "share": Act(do=keeping.share_view, said=_("Your colleagues can now open “%(name)s”.")),
    "unshare": Act(do=keeping.unshare_view, said=_("“%(name)s” is now yours alone.")),
    "open-first": Act(do=keeping.set_default, said=_("Customers now opens with “%(name)s”.")),
    "open-all": Act(do=keeping.clear_default, said=_("Customers now opens with all of them.")),
    "up": Act(do=partial(keeping.move_view, up=True)),
    "down": Act(do=partial(keeping.move_view, up=False)),
    "copy": Act(do=keeping.copy_view, said=_("“%(name)s” is now among your own views, for you to change.")),
}


@require_safe
def views(request: HttpRequest) -> HttpResponse:
    _refuse_who_has_no_table(request)
    visible = SavedView.objects.visible_to(request.user)
    shared = visible.exclude(owner=request.user.pk).select_related("owner").order_by("name_key", "pk")
    page = page_of(shared, request.GET.get("page", ""), SHARED_A_PAGE)
    context = {
        "own": [(view, address_of(view)) for view in SavedView.objects.own_of(request.user)],
        "page": page,
        "shared": [(view, address_of(view), keeping.may_delete(request.user, view)) for view in page.rows],
        "all_address": f"view={ALL}",
        "organisation_name": _organisation_name(request),
    }
    return render(request, "directory/saved_views/views.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Keep the listing that the address spells out, as the table's own address does."""
    _refuse_who_has_no_table(request)
    listing = Listing.read(request.user, request.GET)
    given = request.POST if request.method == "POST" else None
    form = NewViewForm(given, organisation=_organisation_name(request))
    if form.is_valid():
        try:
            view = keeping.save_view(
                actor=request.user,
                name=form.cleaned_data["name"],
                listing=listing,
                shared=form.cleaned_data["is_shared"],
            )
        except NameTaken as refusal:
            form.refuse(refusal)
        except Refusal as refusal:
            messages.error(request, refusal.words)
            return redirect(_url_of(listing))
        else:
            messages.success(request, translated("The view “%(name)s” is saved.") % {"name": view.name})
            return redirect(_url_of(view))
    context = {"form": form, "contents": contents_of(listing, request.user), "back": _url_of(listing)}
    return render(request, "directory/saved_views/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, number: str) -> HttpResponse:
    view = _view(request, number)
    if view.owner_id != request.user.pk:
        return _refused(request, NotYours(view.owner.get_full_name()))
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": view.name})
    if form.is_valid():
        try:
            view = keeping.rename_view(actor=request.user, view=view, name=form.cleaned_data["name"])
        except NameTaken as refusal:
            form.refuse(refusal)
        except Refusal as refusal:
            return _refused(request, refusal)
        else:
            messages.success(request, translated("The view is now called “%(name)s”.") % {"name": view.name})
            return redirect("saved-views")
    return render(request, "directory/saved_views/rename.html", {"form": form, "view_name": view.name})


@require_POST
def change(request: HttpRequest, number: str) -> HttpResponse:
    """Let the view show from now on the listing that the address spells out; ask first where it was saved meanwhile."""
    view = _view(request, number)
    listing = Listing.read(request.user, request.GET)
    try:
        view = keeping.change_view(actor=request.user, view=view, listing=listing, seen=request.POST.get("seen"))
    except ViewChanged as refusal:
        return _changed_meanwhile(request, refusal, listing)
    except Refusal as refusal:
        messages.error(request, refusal.words)
        return redirect(_url_of(listing))
    messages.success(request, translated("The view “%(name)s” now shows this.") % {"name": view.name})
    return redirect(_url_of(view))


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, number: str) -> HttpResponse:
    view = _view(request, number)
    if not keeping.may_delete(request.user, view):
        return _refused(request, NotYours(view.owner.get_full_name()))
    if request.method == "POST":
        try:
            keeping.delete_view(actor=request.user, view=view)
        except Refusal as refusal:
            return _refused(request, refusal)
        messages.success(request, translated("The view “%(name)s” is deleted.") % {"name": view.name})
        return redirect("saved-views")
    is_own = view.owner_id == request.user.pk
    return render(request, "directory/saved_views/delete.html", {"view": view, "is_own": is_own})


@require_POST
def act(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """One of ACTS."""
    view = _view(request, number)
    if name not in ACTS:
        raise Http404
    try:
        done = ACTS[name].do(actor=request.user, view=view)
    except Refusal as refusal:
        return _refused(request, refusal)
    if ACTS[name].said:
        messages.success(request, translated(ACTS[name].said) % {"name": done.name})
    return redirect(f"{reverse('saved-views')}#{done.number}")


def _changed_meanwhile(request: HttpRequest, refusal: ViewChanged, wanted: Listing) -> HttpResponse:
    view = refusal.view
    context = {
        "view": view,
        "words": refusal.words,
        "differences": differences(keeping.listing_of(view, request.user), wanted, request.user),
        "wanted": wanted.address(view=None),
        "kept_url": _url_of(view),
    }
    return render(request, "directory/saved_views/changed.html", context, status=409)


def _view(request: HttpRequest, number: str) -> SavedView:
    """The view of this number, if it exists for this person; 404 otherwise."""
    return get_object_or_404(SavedView.objects.visible_to(request.user).select_related("owner"), number=number)


def _refuse_who_has_no_table(request: HttpRequest) -> None:
    if organisation_of(request.user) is None:
        raise Http404


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    messages.error(request, refusal.words)
    return redirect("saved-views")


def _organisation_name(request: HttpRequest) -> str:
    organisation = organisation_of(request.user)
    membership: Any = getattr(request.user, "membership", None)
    return "Arxus" if organisation is None or organisation.partner_id is None else str(membership.partner)


def _url_of(shown: SavedView | Listing) -> str:
    return table_url(address_of(shown) if isinstance(shown, SavedView) else shown.address())
