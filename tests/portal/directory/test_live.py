"""Results that follow typing: what the server answers a page that asks for a piece of itself, and how often."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client

from customers.models import Customer, Partner
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.reading import companies_in

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


@pytest.fixture
def two_towns(partner: Partner) -> None:
    builders.make_customer(partner, name="Bakkerij Anders", city="Lier")
    builders.make_customer(partner, name="Bakkerij Zuid", city="Gent", country="NL")


def typed(client: Client, **address: Any) -> Any:
    """What htmx asks for while somebody types."""
    return client.get("/customers/", address, headers={"HX-Request": "true", "HX-Target": "results"})


def test_while_one_types_only_the_results_are_answered(two_towns: None, client: Client) -> None:
    answer = typed(client, q="bakkerij").content.decode()

    assert companies_in(typed(client, q="bakkerij")) == ["Bakkerij Anders", "Bakkerij Zuid"]
    assert "<html" not in answer
    assert 'id="q"' not in answer


def test_the_piece_is_what_the_whole_page_holds(two_towns: None, client: Client) -> None:
    # What is told in relation to now is the same in both.
    with time_machine.travel(datetime.now(UTC), tick=False):
        whole = client.get("/customers/", {"q": "bakkerij"}).content.decode()
        results = typed(client, q="bakkerij").content.decode().partition('<nav class="views"')[0]

    assert results.strip() in whole


@pytest.mark.parametrize(
    "headers", [{}, {"HX-Request": "true", "HX-History-Restore-Request": "true"}, {"HX-Request": "true"}]
)
def test_whoever_asks_for_a_page_gets_the_whole_page(headers: dict[str, str], client: Client) -> None:
    response = client.get("/customers/", {"q": "bakkerij"}, headers=headers)

    assert "<html" in response.content.decode()
    assert "HX-Replace-Url" not in response


def test_page_and_piece_are_never_taken_for_each_other(client: Client) -> None:
    for response in (typed(client, q="a"), client.get("/customers/", {"q": "a"})):
        assert "HX-Target" in response["Vary"]
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"q": "  Bakkerij "}, "/customers/?q=Bakkerij"),
        ({"q": ""}, "/customers/"),
        ({"q": "a b", "sort": "-town", "country": "NL"}, "/customers/?q=a+b&country=NL&sort=-town"),
        ({"q": "x", "page": "after-C-4K7P-M2XN"}, "/customers/?q=x"),
        ({"q": "x", "sort": "nonsense", "colour": "red"}, "/customers/?q=x"),
        ({"q": "a&b=é"}, "/customers/?q=a%26b%3D%C3%A9"),
    ],
)
def test_the_address_bar_follows_in_canonical_form(asked: dict[str, str], shown: str, client: Client) -> None:
    assert typed(client, **asked)["HX-Replace-Url"] == shown


def test_the_address_of_a_page_is_that_of_the_page(
    two_towns: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.directory.views.PAGE", 1)
    place = f"after-{Customer.objects.get(name='Bakkerij Anders').number}"

    answer = typed(client, q="bakkerij", page=place)

    assert companies_in(answer) == ["Bakkerij Zuid"]
    assert answer["HX-Replace-Url"] == f"/customers/?q=bakkerij&page={place}"


def test_what_has_to_be_mended_is_answered_along_and_stays_in_the_address(client: Client) -> None:
    asked = {"approved_from": "2026-05-01", "approved_to": "2026-01-01"}

    wrong, right = typed(client, **asked), typed(client, approved_from="2026-05-01")

    assert wrong["HX-Replace-Url"] == "/customers/?approved_from=2026-05-01&approved_to=2026-01-01"
    assert "This day comes before the first one." in wrong.content.decode()
    for answer, title in ((wrong, "Error: Customers · Arxus Portal"), (right, "Customers · Arxus Portal")):
        assert f"<title>{title}</title>" in answer.content.decode()
        assert ("error-summary" in answer.content.decode()) == (answer is wrong)
        # Nothing of before stays, also where there is nothing to mend.
        assert '<div id="mistakes" hx-swap-oob="innerHTML">' in answer.content.decode()


def test_filters_and_order_survive_typing_and_the_place_in_the_table_does_not(two_towns: None, client: Client) -> None:
    page = client.get("/customers/?country=NL&country=BE&sort=-name&page=after-C-4K7P-M2XN").content.decode()

    carried = [line.strip() for line in page.splitlines() if 'type="hidden"' in line and 'form="search"' in line]
    assert carried == [
        '<input type="hidden" name="country" value="BE" form="search">',
        '<input type="hidden" name="country" value="NL" form="search">',
        '<input type="hidden" name="sort" value="-name" form="search">',
    ]


@pytest.fixture
def three_a_minute(settings: Any) -> Iterator[None]:
    settings.SEARCHES_PER_MINUTE = 3
    caches["process"].clear()
    yield
    caches["process"].clear()


@pytest.mark.parametrize("address", ["/customers/", "/customers/find/"])
def test_searching_without_end_is_stopped_for_the_rest_of_the_minute(
    address: str, three_a_minute: None, onboarder: User, signed_in: SignIn
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client = signed_in(onboarder)
        assert [client.get(address, {"q": "a"}).status_code for _ in range(4)] == [200, 200, 200, 429]
        clock.shift(20)
        stopped = client.get(address, {"q": "a"})
        clock.shift(40)
        assert client.get(address, {"q": "a"}).status_code == 200

    assert stopped.status_code == 429
    assert stopped["Retry-After"] == "40"
    assert "no-store" in stopped["Cache-Control"]
    said = stopped.content.decode()
    assert "You searched more than 3 times within a minute." in said
    assert "Go on in 40 seconds." in said
    assert f'href="{address}?q=a">Search again</a>' in said


def test_the_limit_is_of_each_person_and_of_searches_alone(
    three_a_minute: None, onboarder: User, colleague: User, signed_in: SignIn
) -> None:
    with time_machine.travel(NOON, tick=False):
        client = signed_in(onboarder)
        assert [typed(client, q="a").status_code for _ in range(4)] == [200, 200, 200, 429]
        assert client.get("/customers/").status_code == 200
        assert typed(client, q="").status_code == 200
        assert typed(signed_in(colleague), q="a").status_code == 200
