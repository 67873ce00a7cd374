"""Files and the sign-in. A file that comes by itself leaves the page of the sign-in standing, as if nothing had
happened: whoever has to sign in first is led to the page where the file is to be had."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from portal.directory.column_choice import EXPORT
from portal.directory.saved_views.menu import table_url

View = Callable[..., HttpResponseBase]


def to_be_had_at(page: Callable[..., str]) -> Callable[[View], View]:
    """Lead whoever is not signed in to the sign-in, and from there to `page`, which takes what the view takes."""

    def decorate(view: View) -> View:
        @login_not_required  # It is required, here and now.
        @wraps(view)
        def guarded(request: HttpRequest, **named: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(page(request, **named))
            return view(request, **named)

        return guarded

    return decorate


def its_list(request: HttpRequest, *, file_format: str) -> str:
    """The list that the file is of, its menu of files open."""
    return table_url(request.GET.urlencode(), panel=EXPORT)


def its_page(request: HttpRequest, *, number: str) -> str:
    """The page of a file that was made in the background."""
    return reverse("export", args=[number])
