"""Exports: a listing as a file, at once or made in the background, and the page of one that is."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import OperationalError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from approvals.refusals import Refusal
from portal.directory.listing import Listing
from portal.directory.pace import paced
from portal.directory.saved_views.contents import contents_of
from portal.exports import jobs, limits, progress
from portal.exports.refusals import FileGone, TooManyExports
from portal.exports.rows import Piece, table_of
from portal.exports.signing_in import its_list, its_page, to_be_had_at
from portal.exports.tasks import KEPT, MOST_KEPT, pieces_of
from portal.models import Export, ExportFormat
from portal.querysets import organisation_of

CONTENT_TYPES = {
    ExportFormat.CSV.value: "text/csv; charset=utf-8",
    ExportFormat.XLSX.value: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@to_be_had_at(its_list)
@require_GET
@paced
def listing_as_file(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """The file at once, or the page that says what making it takes. Only the record changes."""
    listing = _listing(request)
    table = table_of(listing, request.user)
    at_once = limits.WHILE_ONE_WAITS[file_format]
    rows = table.count(most=at_once)
    if rows > at_once:
        return redirect(_address_of_new(listing, file_format))
    try:
        jobs.take(actor=request.user, listing=listing, file_format=file_format, rows=rows)
    except TooManyExports as refusal:
        return _too_many(request, refusal)
    try:
        stream = Begun(pieces_of(file_format, table, seconds=limits.STREAM_SECONDS))
    except OperationalError:
        # The database took too long for the first line already.
        return redirect(_address_of_new(listing, file_format))
    return _as_download(StreamingHttpResponse(stream), file_format)


@require_http_methods(["GET", "HEAD", "POST"])
@paced
def new(request: HttpRequest, file_format: str) -> HttpResponse:
    """What the file will hold and how long it takes; a POST begins."""
    listing = _listing(request)
    refusal = None
    most = limits.MOST_ROWS[file_format]
    if request.method == "POST":
        try:
            export = jobs.ask(actor=request.user, listing=listing, file_format=file_format)
            return redirect("export", export.number)
        except TooManyExports as too_many:
            return _too_many(request, too_many)
        except Refusal as other:
            refusal = other
    counted_to = most or limits.WHILE_ONE_WAITS[file_format]
    rows = table_of(listing, request.user).count(most=counted_to)
    context = {
        "listing": listing,
        "contents": contents_of(listing, request.user),
        "file_format": ExportFormat(file_format),
        "other_format": ExportFormat.CSV,
        "rows": min(rows, counted_to),
        "has_more": rows > counted_to,
        "is_too_large": most is not None and rows > most,
        "kept": MOST_KEPT,
        "hours": int(KEPT.total_seconds() // 3600),
        "refusal": refusal,
        "under_way": _own(request).under_way(),
    }
    return render(request, "exports/new.html", context, status=429 if refusal else 200)


@require_safe
def export(request: HttpRequest, number: str) -> HttpResponse:
    found = _one(request, number)
    now = progress.of(found)
    context = {"export": found, "progress": now, "address": found.address}
    if request.htmx:  # type: ignore[attr-defined]
        has_changed = request.GET.get("shown", "") != now.state
        response = render(request, "exports/_polled.html", context | {"has_changed": has_changed})
        if has_changed:
            response["HX-Retarget"] = "#export"
        add_never_cache_headers(response)
        return response
    return render(request, "exports/export.html", context)


@to_be_had_at(its_page)
@require_GET
def fetch(request: HttpRequest, number: str) -> HttpResponseBase:
    """The file, for the one person who asked for it. Only the record changes."""
    found = _one(request, number)
    try:
        file = jobs.fetch(actor=request.user, export=found)
    except FileGone as refusal:
        messages.error(request, refusal.words)
        return redirect("export", found.number)
    return _as_download(FileResponse(file), found.format)


@require_POST
def act(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Cancel, try again or delete."""
    found = _one(request, number)
    try:
        VERBS[verb](actor=request.user, export=found)
    except TooManyExports as refusal:
        return _too_many(request, refusal)
    except Refusal as refusal:
        messages.error(request, refusal.words)
    else:
        if verb == "delete":
            messages.success(request, _("The export and its file are deleted."))
            return redirect(f"{reverse('customers')}?{found.address}")
    return redirect("export", found.number)


VERBS = {"cancel": jobs.cancel, "again": jobs.try_again, "delete": jobs.delete}


class Begun:
    """A file whose first piece is there: what fails at once fails before the answer begins."""

    def __init__(self, pieces: Iterator[Piece]) -> None:
        self._pieces = pieces
        self._waiting = self._next()

    def _next(self) -> bytes:
        while not (piece := next(self._pieces)).content:
            pass
        return piece.content

    def __iter__(self) -> "Begun":
        return self

    def __next__(self) -> bytes:
        content, self._waiting = self._waiting, b""
        return content or self._next()

    def close(self) -> None:
        """Also where the reader went away in the middle: the statement ends, and the connection is free again."""
        self._pieces.close()  # type: ignore[attr-defined]  # a generator


def _listing(request: HttpRequest) -> Listing:
    """The listing of the address; a table there is only for Arxus and partners: 404 for anybody else."""
    if organisation_of(request.user) is None:
        raise Http404
    return Listing.read(request.user, request.GET)


def _own(request: HttpRequest) -> Any:
    return Export.objects.visible_to(request.user)


def _one(request: HttpRequest, number: str) -> Export:
    """The export of this number, if it is this person's and still theirs to see; 404 otherwise."""
    return get_object_or_404(_own(request).select_related("partner"), number=number)


def _address_of_new(listing: Listing, file_format: str) -> str:
    return f"{reverse('export-new', args=[file_format])}?{listing.address()}"


def _as_download(response: Any, file_format: str) -> HttpResponseBase:
    """Never shown in the browser; should one open it all the same, it may run and load nothing."""
    name = f"{_('customers')}-{timezone.localdate():%Y-%m-%d}.{file_format}"
    response["Content-Type"] = CONTENT_TYPES[file_format]
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response


def _too_many(request: HttpRequest, refusal: TooManyExports) -> HttpResponse:
    response = render(request, "exports/too_many.html", {"refusal": refusal}, status=429)
    response["Retry-After"] = str(refusal.seconds)
    add_never_cache_headers(response)
    return response
