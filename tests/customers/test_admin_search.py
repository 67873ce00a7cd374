"""The list of customers in admin, searched as the customer table is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from customers import admin
from customers.models import Partner
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.reading import text_of

LIST = "admin:customers_customer_changelist"


@pytest.fixture
def staff(approver: User, signed_in: SignIn) -> Client:
    return signed_in(approver)


@pytest.fixture
def zwaans(partner: Partner) -> list[str]:
    for place in range(4):
        builders.make_customer(partner, name=f"De Zwaan {place}", status="ended" if place == 3 else "active")
    builders.make_customer(partner, name="Het Anker")
    return [f"De Zwaan {place}" for place in range(4)]


def listed(client: Client, **asked: str) -> list[str]:
    return [customer.name for customer in client.get(reverse(LIST), asked).context["cl"].result_list]


def test_words_stand_in_any_order_without_accents(staff: Client, zwaans: list[str]) -> None:
    assert listed(staff, q="zwáan de") == zwaans


def test_a_list_filter_narrows_what_is_searched(
    staff: Client, zwaans: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admin, "MOST_FOUND", 1)

    assert listed(staff, q="zwaan", status__exact="ended") == ["De Zwaan 3"]


def test_it_says_when_there_are_more_than_it_lists(
    staff: Client, zwaans: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admin, "MOST_FOUND", 3)
    words = "More than 3 customers match. Here are the first 3: type more to see fewer."

    assert listed(staff, q="zwaan") == zwaans[:3]
    assert words in text_of(staff.get(reverse(LIST), {"q": "zwaan"}))
    assert words not in text_of(staff.get(reverse(LIST), {"q": "zwaan", "status__exact": "active"}))


def test_suggestions_leave_no_message_behind(staff: Client, zwaans: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admin, "MOST_FOUND", 1)
    root = User.objects.create_superuser("root@arxus.example", builders.PASSWORD)
    staff.force_login(root)
    asked = {"app_label": "customers", "model_name": "membership", "field_name": "customer", "term": "zwaan"}

    staff.get(reverse("admin:autocomplete"), asked)

    assert "More than 1" not in text_of(staff.get(reverse(LIST)))


def test_the_number_of_queries_is_the_same_for_one_hit_and_for_several(
    staff: Client, zwaans: list[str], django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for query in ("anker", "zwaan"):
        with django_assert_max_num_queries(10):
            assert listed(staff, q=query)


def offered(client: Client, **asked: str) -> list[tuple[str, list[str]]]:
    """What is offered instead, each with what its link lists."""
    page = client.get(reverse(LIST), asked)
    links = page.context.get("near") or []
    for words, address in links:
        assert f'<a href="{escape(address)}">{words}</a>' in page.content.decode()
    return [(words, listed(client, **QueryDict(address[1:]).dict())) for words, address in links]


def test_near_spellings_are_offered_where_nothing_is_found(staff: Client, zwaans: list[str]) -> None:
    assert offered(staff, q="zwaam de") == [("zwaan de", zwaans)]


def test_what_is_offered_keeps_the_filters_and_the_order(staff: Client, zwaans: list[str]) -> None:
    asked = {"status__exact": "active", "o": "-0"}

    assert offered(staff, q="zwaam", **asked) == [("zwaan", zwaans[2::-1])]
    assert offered(staff, q="ankre", status__exact="ended") == []


def test_what_filters_hide_is_one_press_away(staff: Client, zwaans: list[str]) -> None:
    page = staff.get(reverse(LIST), {"q": "anker", "status__exact": "ended"})

    assert "Search without filters (1)" in text_of(page)
    assert '<a class="btn btn-outline-secondary" href="?q=anker">' in page.content.decode()


@pytest.mark.parametrize("typed", ["", "  ", "zwaan", "qqqqqq", "BE0403019261", "%"])
def test_nothing_is_offered_where_something_is_found_or_nothing_comes_near(
    typed: str, staff: Client, zwaans: list[str]
) -> None:
    page = staff.get(reverse(LIST), {"q": typed})

    assert offered(staff, q=typed) == []
    assert "Search without filters" not in text_of(page)
    assert ('<a href="?">Show all customers</a>' in page.content.decode()) is (not page.context["cl"].result_list)
