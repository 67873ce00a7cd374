"""A forgotten password, and a changed one."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.accounts import LOGIN, NEW_PASSWORD, RESET, is_signed_in, main_of, mistakes, sign_in


@pytest.fixture(autouse=True)
def no_tries_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def link_in_the_mail() -> str:
    found = re.search(r"https?://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def follow(client: Client, link: str) -> Any:
    """Open the link as a browser does; the form's address is that of the answer's `request`."""
    return client.get(link, follow=True)


def test_a_forgotten_password_is_replaced_by_a_link_in_a_mail(client: Client, onboarder: User) -> None:
    assert client.post(RESET, {"email": onboarder.email})["Location"] == "/accounts/password/reset/done/"
    message: Any = mail.outbox[0]
    assert (message.to, message.subject) == ([onboarder.email], "Set a new password for the Arxus Portal")
    link = link_in_the_mail()
    ((html, kind),) = message.alternatives
    assert kind == "text/html"
    assert f'href="http://testserver{link}"' in html

    page = follow(client, link)
    where = page.request["PATH_INFO"]
    assert where.endswith("-set-password/")  # the key itself no longer stands in the address
    assert re.findall(r"<label[^>]*>([^<]+)</label>", page.content.decode()) == ["New password", "New password again"]
    done = client.post(where, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert done["Location"] == "/accounts/password/reset/key/done/"
    assert "Your new password is saved" in client.get(done["Location"]).content.decode()
    assert not is_signed_in(client)
    assert sign_in(client, onboarder.email, NEW_PASSWORD)["Location"] == "/"
    assert mail.outbox[-1].subject == "Your password for the Arxus Portal was changed"


def test_a_new_password_ends_other_sessions(client: Client, signed_in: SignIn, onboarder: User) -> None:
    elsewhere = signed_in(onboarder)
    client.post(RESET, {"email": onboarder.email})
    page = follow(client, link_in_the_mail())
    client.post(page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert elsewhere.get("/accounts/password/change/")["Location"].startswith(LOGIN)


def test_a_link_works_once(client: Client, onboarder: User) -> None:
    client.post(RESET, {"email": onboarder.email})
    link = link_in_the_mail()
    page = follow(client, link)
    client.post(page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    html = follow(Client(), link).content.decode()
    assert "This link no longer works" in html
    assert "password1" not in html


def test_a_link_works_for_two_hours(client: Client, onboarder: User) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        client.post(RESET, {"email": onboarder.email})
    link = link_in_the_mail()
    with time_machine.travel(now + timedelta(hours=1, minutes=59), tick=False):
        assert "Choose a new password" in follow(Client(), link).content.decode()
    with time_machine.travel(now + timedelta(hours=2, minutes=1), tick=False):
        assert "This link no longer works" in follow(Client(), link).content.decode()


def test_asking_for_a_link_reads_the_same_whoever_asks(client: Client, onboarder: User) -> None:
    known = client.post(RESET, {"email": onboarder.email}, follow=True)
    unknown = client.post(RESET, {"email": "nobody@brightcloud.example"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert main_of(known) == main_of(unknown)
    message: Any = mail.outbox[1]
    assert message.to == ["nobody@brightcloud.example"]
    assert message.subject == "No account with this address at the Arxus Portal"
    assert "/password/reset/key/" not in message.body


def test_nobody_gets_a_link_for_a_closed_account(client: Client, onboarder: User) -> None:
    onboarder.is_active = False
    onboarder.save()
    client.post(RESET, {"email": onboarder.email})
    assert [message.subject for message in mail.outbox] == ["No account with this address at the Arxus Portal"]


@pytest.mark.parametrize(
    ("password1", "password2", "place"),
    [
        ("short", "short", "#id_password1"),
        ("1qaz2wsx3edc", "1qaz2wsx3edc", "#id_password1"),
        (NEW_PASSWORD, "something else again", "#id_password2"),
        ("", "", "#id_password1"),
    ],
)
def test_a_password_that_does_not_do_is_refused_at_its_field(
    signed_in: SignIn, onboarder: User, password1: str, password2: str, place: str
) -> None:
    client = signed_in(onboarder)
    fields = {"oldpassword": builders.PASSWORD, "password1": password1, "password2": password2}
    response = client.post("/accounts/password/change/", fields)
    assert response.status_code == 200
    assert mistakes(response)[0][0] == place
    onboarder.refresh_from_db()
    assert onboarder.check_password(builders.PASSWORD)


def test_changing_ones_password_asks_for_the_current_one(signed_in: SignIn, onboarder: User) -> None:
    fields = {"oldpassword": "wrong", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    response = signed_in(onboarder).post("/accounts/password/change/", fields)
    words = "This is not your current password. Enter the one you sign in with now."
    assert mistakes(response) == [("#id_oldpassword", words)]


def test_who_changes_the_password_stays_signed_in_and_gets_a_mail(signed_in: SignIn, onboarder: User) -> None:
    client = signed_in(onboarder)
    fields = {"oldpassword": builders.PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    response = client.post("/accounts/password/change/", fields)
    assert response["Location"] == reverse("home")
    assert [str(message) for message in get_messages(response.wsgi_request)] == ["Your new password is saved."]
    assert is_signed_in(client)
    assert [message.subject for message in mail.outbox] == ["Your password for the Arxus Portal was changed"]
