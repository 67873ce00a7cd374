"""What tests of accounts do again and again."""

import re
from typing import Any

from django.test import Client

from tests import builders

LOGIN = "/accounts/login/"
RESET = "/accounts/password/reset/"
NEW_PASSWORD = "seven purple boats on the canal"


def sign_in(client: Client, email: str, password: str = builders.PASSWORD, **fields: str) -> Any:
    return client.post(LOGIN, {"login": email, "password": password} | fields)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def mistakes(response: Any) -> list[tuple[str, str]]:
    """Lines of the error summary: where each leads, what it says."""
    return re.findall(r'<a href="(#[^"]+)">([^<]+)</a>', response.content.decode())


def main_of(response: Any, *changing: str) -> str:
    """The page's own part, without what differs from one answer to the next."""
    html = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert html is not None
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html[0])
    for word in changing:
        text = text.replace(word, "…")
    return text
