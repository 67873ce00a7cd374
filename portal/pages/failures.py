"""What people see when something broke, or when the database keeps everybody waiting."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

RETRY_AFTER = 10
"""Seconds after which a program may ask again."""


def failed(request: HttpRequest) -> HttpResponse:
    """The `handler500`. No fault of the code is a 503: a lock or a query took too long, or the database is not there.

    Django calls it while it handles the exception. Neither page reads the database.
    """
    if not isinstance(sys.exception(), OperationalError | InterfaceError):
        return server_error(request)
    body = render_to_string("503.html", {"has_sent": request.method == "POST"})
    return HttpResponse(body, status=503, headers={"Retry-After": str(RETRY_AFTER)})
