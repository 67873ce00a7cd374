"""The search box at the top: what it offers while one types."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from approvals.workflow import State
from contacts.policy import Role
from customers.models import CustomerStatus, Partner
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.request_builders import make_request

Budget = Callable[..., Any]


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


def offered(client: Client, query: str) -> list[tuple[str, str]]:
    """What each entry says, and where it leads."""
    answer = client.get("/customers/find/", {"q": query})
    assert answer.status_code == 200
    entries = re.findall(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', answer.content.decode(), re.DOTALL)
    return [(plain(inside), unescape(address)) for address, inside in entries]


def plain(piece: str) -> str:
    """What is read; what is marked within a word is no word of its own."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?mark>", "", piece))).split())


def test_a_hit_says_who_where_and_by_which_number(partner: Partner, client: Client) -> None:
    customer = builders.make_customer(partner, name="Bakkerij Peeters", city="Lier", vat_number="BE0477472701")

    assert offered(client, "peet") == [
        ("Bakkerij Peeters Lier · BE 0477.472.701", f"/customers/{customer.number}/"),
        ("Show it in the table", "/customers/?q=peet"),
    ]


def test_a_hit_says_what_matched_when_it_was_not_the_name(partner: Partner, client: Client) -> None:
    customer = builders.make_customer(partner, name="Bakkerij Peeters", city="Lier", vat_number="")
    builders.assign(customer, Role.DPO, builders.make_contact(customer, email="anna@oudevaart.example"))

    assert offered(client, "oudevaart")[0][0] == "Bakkerij Peeters Lier contact: anna@oudevaart.example"


def test_staff_read_whose_customer_it_is(partner: Partner, csm: User, signed_in: SignIn) -> None:
    builders.make_customer(partner, name="Bakkerij Peeters", city="Lier", vat_number="")

    assert offered(signed_in(csm), "peet")[0][0] == "Bakkerij Peeters Lier · Brightcloud"


def test_eight_are_shown_and_the_table_has_all(partner: Partner, client: Client) -> None:
    for number in range(10):
        builders.make_customer(partner, name=f"Bakkerij {number}")

    entries = offered(client, "bakkerij")
    assert len(entries) == 9
    assert entries[-1] == ("All 10 customers that match", "/customers/?q=bakkerij")


def test_the_query_is_carried_into_the_table_as_typed(partner: Partner, client: Client) -> None:
    builders.make_customer(partner, name="Jansen & Zonen")

    assert offered(client, "jansen & z")[-1][1] == "/customers/?q=jansen%20%26%20z"


def test_customers_that_ended_are_not_offered(partner: Partner, client: Client) -> None:
    builders.make_customer(partner, name="Voorbij NV", status=CustomerStatus.ENDED)

    assert offered(client, "voorbij") == []


def test_a_number_that_no_customer_has_can_be_added(client: Client) -> None:
    assert offered(client, "be 0403 019 261") == [
        (
            "Add BE 0403.019.261 as a customer Nobody at your organisation has this number",
            "/customers/new/?vat_number=BE0403019261&country=BE",
        )
    ]


def test_a_number_whose_customer_ended_leads_there(partner: Partner, client: Client) -> None:
    ended = builders.make_customer(partner, name="Voorbij NV", vat_number="BE0403019261", status=CustomerStatus.ENDED)

    assert offered(client, "BE0403019261") == [("Voorbij NV Ended", f"/customers/{ended.number}/")]


def test_what_other_partners_have_is_unknown_and_staff_read_whose_it_is(
    other_partner: Partner, client: Client, csm: User, signed_in: SignIn
) -> None:
    unknown = client.get("/customers/find/", {"q": "BE0403019261"}).content
    builders.make_customer(other_partner, name="Voorbij NV", vat_number="BE0403019261", status=CustomerStatus.ENDED)
    assert client.get("/customers/find/", {"q": "BE0403019261"}).content == unknown

    assert [words for words, _address in offered(signed_in(csm), "BE0403019261")] == [
        f"Voorbij NV Ended · {other_partner.name}"
    ]


def test_who_may_not_add_is_told_that_nobody_has_the_number(viewer: User, csm: User, signed_in: SignIn) -> None:
    assert said(signed_in(viewer), "BE0403019261") == "Nobody at your organisation has BE 0403.019.261."
    assert said(signed_in(csm), "BE0403019261") == "Nobody has BE 0403.019.261."


def test_a_number_with_a_wrong_check_digit_is_told_so(client: Client) -> None:
    assert said(client, "BE0403019262").startswith("The check digits of this number do not fit the rest")


def said(client: Client, query: str) -> str:
    return plain(client.get("/customers/find/", {"q": query}).content.decode())


@pytest.mark.parametrize("query", ["", "   ", "\x00", "\u200b"])
def test_no_query_no_answer(query: str, partner: Partner, client: Client) -> None:
    builders.make_customer(partner)

    assert said(client, query) == ""


@pytest.mark.parametrize("query", ["nobody", "---", "%", "'"])
def test_whoever_finds_nothing_is_told_so(query: str, partner: Partner, client: Client) -> None:
    builders.make_customer(partner)

    assert said(client, query) == "Nothing found. Press Enter to see what comes near."


def test_a_reference_leads_to_its_request_for_those_who_may_see_it(
    partner: Partner, onboarder: User, viewer: User, csm: User, stranger: User, signed_in: SignIn
) -> None:
    sent = make_request(partner, onboarder, State.SUBMITTED, name="Kempenvaart NV")
    draft = make_request(partner, onboarder, State.DRAFT, name="Nog niet NV")

    def found(user: User, text: str) -> list[tuple[str, str]]:
        return offered(signed_in(user), text)

    entry = (f"{sent.reference} Kempenvaart NV Registration request", f"/requests/{sent.reference}/")
    typed = sent.reference.replace("-", " ").lower()
    assert [found(user, typed) for user in (onboarder, viewer, stranger)] == [[entry], [entry], []]
    assert found(csm, typed) == [(f"{entry[0]} · Brightcloud", entry[1])]
    assert [bool(found(user, draft.reference)) for user in (onboarder, csm, stranger)] == [True, False, False]


def test_nothing_of_another_partner_is_offered_or_counted(
    partner: Partner, other_partner: Partner, csm: User, client: Client, signed_in: SignIn
) -> None:
    builders.make_customer(partner, name="Bakkerij Ons")
    for number in range(3):
        builders.make_customer(other_partner, name=f"Bakkerij Hun {number}", vat_number=f"NL00000000{number}B01")

    assert [words for words, _to in offered(client, "bakkerij")][1:] == ["Show it in the table"]
    assert offered(client, "hun") == []
    assert offered(client, "NL000000001B01") == []
    assert offered(signed_in(csm), "hun")[-1][0] == "All 3 customers that match"


@pytest.mark.parametrize("persona", ["onboarder", "csm"])
@pytest.mark.parametrize("query", ["nv", "els", "BE0477472701", "nobody"])
def test_an_answer_costs_few_queries_whatever_is_found(
    persona: str,
    query: str,
    partner: Partner,
    request: pytest.FixtureRequest,
    signed_in: SignIn,
    django_assert_max_num_queries: Budget,
) -> None:
    for _ in range(12):
        builders.make_contact(builders.make_customer(partner))
    client = signed_in(request.getfixturevalue(persona))

    # Who asks takes two of them, three for staff: the session, the person, what staff may do.
    with django_assert_max_num_queries(4 + (2 if persona == "onboarder" else 3)):
        client.get("/customers/find/", {"q": query})


def test_the_box_is_on_every_page_but_those_of_a_customers_own_people(
    onboarder: User, approver: User, customer_user: User, signed_in: SignIn
) -> None:
    def has_box(user: User, address: str) -> bool:
        return 'hx-get="/customers/find/"' in signed_in(user).get(address).content.decode()

    assert [has_box(onboarder, "/"), has_box(approver, "/admin/approvals/thread/")] == [True, True]
    assert not has_box(customer_user, "/")
