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
    if not _is_of_the_database(sys.exception()):
        return server_error(request)
    body = render_to_string("503.html", {"has_sent": request.method == "POST"})
    return HttpResponse(body, status=503, headers={"Retry-After": str(RETRY_AFTER)})


def _is_of_the_database(fault: BaseException | None) -> bool:
    """SQLite calls it operational, too, where a statement is wrong or asks for a table that no migration made yet."""
    is_ours = getattr(getattr(fault, "__cause__", None), "sqlite_errorname", "") == "SQLITE_ERROR"
    return isinstance(fault, OperationalError | InterfaceError) and not is_ours
