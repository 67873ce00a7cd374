"""How often one person may search. Nobody who types reaches it; a program that asks without end does."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

MINUTE = 60

View = Callable[..., HttpResponseBase]


def paced(view: View) -> View:
    """Answer 429 to somebody who searched SEARCHES_PER_MINUTE times within this minute; only searches count."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.GET.get("q") and _is_too_quick(request.user.pk):
            return _wait(request)
        return view(request, *args, **kwargs)

    return guarded


def _is_too_quick(person: Any) -> bool:
    counts = caches["process"]
    key = f"searches:{person}:{int(time.time()) // MINUTE}"
    counts.add(key, 0, timeout=2 * MINUTE)
    try:
        return counts.incr(key) > settings.SEARCHES_PER_MINUTE
    except ValueError:
        # Room was made for others: the count begins anew.
        return False


def _wait(request: HttpRequest) -> HttpResponse:
    seconds = MINUTE - int(time.time()) % MINUTE
    if "HX-Request" in request.headers:
        # The page that asked has the words for it already.
        response = HttpResponse(status=429)
    else:
        context = {"seconds": seconds, "limit": settings.SEARCHES_PER_MINUTE}
        response = render(request, "directory/too_quick.html", context, status=429)
    response["Retry-After"] = str(seconds)
    add_never_cache_headers(response)
    return response
