"""What people see when something is not there, not allowed, not understood or broken."""

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.views import defaults

from portal import urls
from portal.models import User
from tests.conftest import SignIn


def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("a secret reason")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret cause")


def suspicious(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("a secret suspicion")


def locked(request: HttpRequest) -> HttpResponse:
    """As PostgreSQL, and SQLite, answer where somebody else holds the table for too long."""
    raise OperationalError("a secret table")


@transaction.atomic
def unmigrated(request: HttpRequest) -> HttpResponse:
    """Which SQLite reports as it does a lock: no waiting makes it better."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM a_secret_table")
    return HttpResponse()


handler500 = urls.handler500
urlpatterns = [
    *urls.urlpatterns,
    path("refused/", refused),
    path("broken/", broken),
    path("locked/", locked),
    path("unmigrated/", unmigrated),
    path("suspicious/", suspicious),
]


def title_of(response: Any) -> str:
    found = re.search(r"<title>(.*)</title>", response.content.decode())
    assert found is not None
    return found[1]


def has_frame(response: Any) -> bool:
    return 'class="app"' in response.content.decode()


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "title", "framed"),
    [
        ("/nowhere/", 404, "Page not found · Arxus Portal", True),
        ("/refused/", 403, "Not for your account · Arxus Portal", True),
        ("/suspicious/", 400, "We did not understand this · Arxus Portal", False),
        ("/broken/", 500, "Something broke on our side · Arxus Portal", False),
        ("/unmigrated/", 500, "Something broke on our side · Arxus Portal", False),
        ("/locked/", 503, "The portal is busy · Arxus Portal", False),
    ],
)
def test_what_goes_wrong_is_said_in_our_look_and_without_the_cause(
    signed_in: SignIn, onboarder: User, address: str, status: int, title: str, framed: bool
) -> None:
    client = signed_in(onboarder)
    client.raise_request_exception = False
    response = client.get(address)
    assert (response.status_code, title_of(response), has_frame(response)) == (status, title, framed)
    assert "secret" not in response.content.decode()
    assert 'href="/"' in response.content.decode()


def test_an_unknown_address_is_not_found_whether_signed_in_or_not(signed_in: SignIn, onboarder: User) -> None:
    outside, inside = Client().get("/nowhere/"), signed_in(onboarder).get("/nowhere/")
    assert outside.status_code == inside.status_code == 404
    assert title_of(outside) == title_of(inside)
    assert (has_frame(outside), has_frame(inside)) == (False, True)


def test_a_page_that_exists_asks_who_is_signed_out_to_sign_in(client: Client, db: None) -> None:
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/")


def test_a_form_without_its_token_asks_to_send_it_once_more(onboarder: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(onboarder)
    response = client.post("/accounts/password/change/")
    assert (response.status_code, title_of(response)) == (403, "Send it once more · Arxus Portal")
    assert "Go back in your browser and fill the page in once more." in response.content.decode()


def test_a_form_without_its_token_and_without_anybody_says_who_is_signed_out(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/customers/new/")
    assert (response.status_code, title_of(response)) == (403, "Send it once more · Arxus Portal")
    assert "You are signed out, or the page was open for too long." in response.content.decode()
    assert "what you saved earlier is still there" in response.content.decode()


@pytest.mark.urls(__name__)
def test_where_the_database_keeps_us_waiting_it_is_said_what_to_do_and_when_to_ask_again(
    signed_in: SignIn, onboarder: User
) -> None:
    client = signed_in(onboarder)
    client.raise_request_exception = False
    opened, sent = client.get("/locked/"), client.post("/locked/")
    again = "look whether what you sent is there"
    assert (opened["Retry-After"], sent["Retry-After"]) == ("10", "10")
    assert "Wait a minute and load the page again." in opened.content.decode()
    assert (again in opened.content.decode(), again in sent.content.decode()) == (False, True)


def test_the_page_for_our_own_faults_needs_no_database_and_nobody(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = defaults.server_error(HttpRequest())
    assert (response.status_code, len(queries)) == (500, 0)
    assert title_of(response) == "Something broke on our side · Arxus Portal"
