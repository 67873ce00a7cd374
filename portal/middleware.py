"""What no view is asked: requests that no page of ours makes, and what every answer of the portal carries."""

import codecs
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import add_never_cache_headers

METHODS = ("GET", "HEAD", "POST", "OPTIONS")

Answer = Callable[[HttpRequest], HttpResponse]


class SoundRequestsMiddleware:
    """Refuses what only tools send, before anything reads it: odd methods, odd encodings, endless bodies.

    - Another encoding than UTF-8 can smuggle in halves of surrogate pairs, or be none for text at all; Django takes the
      client's word for it, and the page breaks.
    - A body far beyond what a form may hold would be written to the disk to its end before anybody looked at it, also
      for somebody who is not signed in.
    - NUL in an address shows as nothing and PostgreSQL takes it nowhere: read as if it were not there.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if request.encoding is not None and codecs.lookup(request.encoding).name != "utf-8":
            raise BadRequest("The request is not in UTF-8.")
        if _announced_bytes(request) > settings.REQUEST_MAX_BYTES:
            raise RequestDataTooBig("The request is longer than any form of ours.")
        if "QUERY_STRING" in request.META:
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "").replace("\0", "")
        return self.get_response(request)


def _announced_bytes(request: HttpRequest) -> int:
    announced = request.META.get("CONTENT_LENGTH") or ""
    return int(announced) if announced.isascii() and announced.isdigit() and len(announced) < 20 else 0


class PrivatePagesMiddleware:
    """Pages of somebody signed in are kept by nobody."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # What broke says nothing of anybody, and may have broken where one would look for the person.
        if response.status_code < 500 and not response.has_header("Cache-Control") and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response
