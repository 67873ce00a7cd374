"""An empty view, a signed-in page with nothing on it, and the SQL that a page of the portal sends."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.test import Client

FRAMED = engines["django"].from_string(
    '{% extends "base.html" %}{% block title %}Nothing{% endblock %}{% block content %}<h1>Nothing</h1>{% endblock %}'
)


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def framed(request: HttpRequest) -> HttpResponse:
    """The frame that every page has: its time is that of the session, the person, the tally and the templates."""
    return HttpResponse(FRAMED.render({}, request))


def statements(request: HttpRequest) -> JsonResponse:
    """The statements that the page at `path` sends for this person: each as written, and with its values in it.

    With `fields`, a form's, those of the page that takes them.
    """
    sent: list[tuple[str, str]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        # Django gives no public way to see a statement as it is sent.
        sent.append((sql, connection.ops.compose_sql(sql, params)))  # type: ignore[attr-defined]
        return execute(sql, params, many, context)

    person = Client(headers={"host": request.get_host()})
    for name, value in request.COOKIES.items():
        person.cookies[name] = value
    path, fields = request.GET["path"], request.GET.get("fields")
    with connection.execute_wrapper(note):
        answer = (
            person.get(path, secure=True) if fields is None else person.post(path, dict(parse_qsl(fields)), secure=True)
        )
    return JsonResponse({"status": answer.status_code, "statements": sent})
