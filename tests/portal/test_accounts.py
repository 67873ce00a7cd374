"""Signing in and out, and who gets an account."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.test import Client

from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.accounts import LOGIN, NEW_PASSWORD, RESET, is_signed_in, main_of, mistakes, sign_in
from tests.portal.reading import text_of


@pytest.fixture(autouse=True)
def no_tries_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


# --- Signing in -------------------------------------------------------------------------------------------------------


def test_the_sign_in_page_has_the_labels_people_go_by(client: Client, db: None) -> None:
    html = client.get(LOGIN).content.decode()
    assert re.findall(r"<label[^>]*>([^<]+)</label>", html) == ["Email", "Password"]
    assert re.findall(r"<button[^>]*>([^<]+)</button>", html) == ["Sign in"]
    assert f'<a href="{RESET}">Forgot your password?</a>' in html
    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html
    assert "placeholder" not in html


GO_ON = (
    "Sign in to go on. If you had just sent a page, it was not saved: fill it in once more. "
    "What you saved earlier is still there."
)


def test_who_was_signed_out_meanwhile_is_told_what_became_of_the_page(client: Client, db: None) -> None:
    sent = client.post("/customers/new/", {"vat_number": "BE0123456749"})
    assert sent["Location"] == f"{LOGIN}?next=/customers/new/"
    assert GO_ON in client.get(sent["Location"]).content.decode()
    tried = client.post(LOGIN, {"login": "lotte", "password": "", "next": "/customers/new/"})
    assert GO_ON in tried.content.decode()


@pytest.mark.parametrize("address", [LOGIN, f"{LOGIN}?next=/"])
def test_who_just_comes_in_is_told_nothing_of_pages(client: Client, db: None, address: str) -> None:
    assert "Sign in to go on" not in client.get(address).content.decode()


def test_who_signs_in_comes_home_without_a_message(client: Client, onboarder: User) -> None:
    response = sign_in(client, onboarder.email)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_signed_in(client)
    assert [str(message) for message in get_messages(response.wsgi_request)] == []


def test_the_address_may_be_typed_in_any_case(client: Client, onboarder: User) -> None:
    sign_in(client, onboarder.email.upper())
    assert is_signed_in(client)


def test_blanks_around_a_password_count(client: Client, onboarder: User) -> None:
    sign_in(client, onboarder.email, f" {builders.PASSWORD} ")
    assert not is_signed_in(client)


def test_a_wrong_password_and_an_unknown_address_read_the_same(client: Client, onboarder: User) -> None:
    known = sign_in(client, onboarder.email, "wrong")
    unknown = sign_in(client, "nobody@brightcloud.example", "wrong")
    assert known.status_code == unknown.status_code == 200
    assert main_of(known, onboarder.email) == main_of(unknown, "nobody@brightcloud.example")
    words = "This e-mail address and password do not belong together. Check both."
    assert mistakes(known) == [("#id_login", words)]
    assert "<title>Error: Sign in · Arxus Portal</title>" in known.content.decode()
    assert not is_signed_in(client)


def test_what_is_missing_is_said_at_the_field_and_on_top(client: Client, db: None) -> None:
    response = sign_in(client, "lotte", "")
    words = {
        "#id_login": "Enter a whole e-mail address, like name@company.example.",
        "#id_password": "Enter your password.",
    }
    assert mistakes(response) == list(words.items())
    html = response.content.decode()
    assert re.findall(r'id="(id_\w+)_error">\s*<span>([^<]+)', html) == [
        (field.removeprefix("#"), text) for field, text in words.items()
    ]


def test_a_closed_account_cannot_sign_in_and_is_told_whom_to_ask(client: Client, onboarder: User) -> None:
    onboarder.is_active = False
    onboarder.save()
    response = sign_in(client, onboarder.email)
    assert response["Location"] == "/accounts/inactive/"
    assert "This account is closed" in client.get("/accounts/inactive/").content.decode()
    assert not is_signed_in(client)


def test_a_page_asked_for_before_signing_in_is_opened_afterwards(client: Client, onboarder: User) -> None:
    asked = "/accounts/password/change/"
    response = client.get(asked)
    assert response["Location"] == f"{LOGIN}?next={asked}"
    html = client.get(response["Location"]).content.decode()
    assert f'<input type="hidden" name="next" value="{asked}">' in html
    assert sign_in(client, onboarder.email, next=asked)["Location"] == asked


@pytest.mark.parametrize(
    "address", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(client: Client, onboarder: User, address: str) -> None:
    assert sign_in(client, onboarder.email, next=address)["Location"] == "/"
    assert is_signed_in(client)


def test_who_is_signed_in_does_not_see_the_sign_in_page_again(signed_in: SignIn, onboarder: User) -> None:
    assert signed_in(onboarder).get(LOGIN)["Location"] == "/"


def test_signing_in_changes_the_session(client: Client, onboarder: User) -> None:
    client.get(LOGIN)
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    sign_in(client, onboarder.email)
    assert client.session.session_key != before


def test_the_admin_has_no_sign_in_page_of_its_own(client: Client, signed_in: SignIn, onboarder: User) -> None:
    response = client.get("/admin/")
    assert response["Location"] == "/admin/login/?next=/admin/"
    assert client.get(response["Location"])["Location"] == f"{LOGIN}?next=%2Fadmin%2F"
    assert signed_in(onboarder).get("/admin/login/").status_code == 403


# --- Too many tries ---------------------------------------------------------------------------------------------------


def test_the_sixth_wrong_password_in_five_minutes_is_not_even_looked_at(client: Client, onboarder: User) -> None:
    for _ in range(5):
        sign_in(client, onboarder.email, "wrong")
    response = sign_in(client, onboarder.email)
    assert mistakes(response) == [("#id_login", "Too many tries. Wait five minutes, or set a new password.")]
    assert not is_signed_in(client)


def test_tries_of_a_stranger_do_not_shut_the_owner_out(client: Client, onboarder: User) -> None:
    stranger = Client(REMOTE_ADDR="203.0.113.7")
    for _ in range(8):
        sign_in(stranger, onboarder.email, "wrong")
    assert sign_in(client, onboarder.email)["Location"] == "/"


def test_a_flood_of_tries_is_answered_with_429_in_our_look(client: Client, db: None) -> None:
    statuses = [sign_in(client, f"user{number}@somewhere.example", "wrong").status_code for number in range(31)]
    assert statuses == [200] * 30 + [429]
    html = client.post(LOGIN).content.decode()
    assert "<title>Too many tries · Arxus Portal</title>" in html
    assert 'class="lone"' in html


def test_asking_for_links_is_limited_per_address(client: Client, onboarder: User) -> None:
    statuses = [client.post(RESET, {"email": onboarder.email}).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]


# --- Signing out ------------------------------------------------------------------------------------------------------


def test_signing_out_takes_a_post_and_ends_the_session_on_the_server(signed_in: SignIn, onboarder: User) -> None:
    client = signed_in(onboarder)
    session = str(client.session.session_key)
    page = client.get("/accounts/logout/")
    assert page.status_code == 200
    assert is_signed_in(client)
    response = client.post("/accounts/logout/")
    assert response["Location"] == LOGIN
    assert "You are signed out." in client.get(LOGIN).content.decode()
    replay = Client()
    replay.cookies[settings.SESSION_COOKIE_NAME] = session
    assert replay.get("/accounts/password/change/")["Location"].startswith(LOGIN)


def test_signing_out_needs_the_page_that_asks_for_it(onboarder: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(onboarder)
    assert client.post("/accounts/logout/").status_code == 403
    assert is_signed_in(client)


# --- Accounts are made by administrators ------------------------------------------------------------------------------


def test_nobody_signs_themselves_up(client: Client, db: None) -> None:
    fields = {"email": "new@somewhere.example", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    for response in (client.get("/accounts/signup/"), client.post("/accounts/signup/", fields)):
        assert "The service desk of Arxus makes one for you: servicedesk@arxus.example" in text_of(response)
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "address",
    [
        "",
        "email/",
        "confirm-email/",
        "confirm-email/abc/",
        "password/set/",
        "login/code/",
        "reauthenticate/",
        "3rdparty/",
    ],
)
def test_addresses_of_other_kinds_of_accounts_do_not_exist(signed_in: SignIn, onboarder: User, address: str) -> None:
    assert Client().get(f"/accounts/{address}").status_code == 404
    assert signed_in(onboarder).get(f"/accounts/{address}").status_code == 404
