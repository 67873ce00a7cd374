"""Two partners with the same company, the same number and the same people: neither learns of the other."""

import re
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client

from approvals.models import RegistrationRequest
from approvals.workflow import State
from contacts.policy import EvidenceKind, Role
from customers.models import Customer, Partner
from portal.models import User
from tests import builders, request_builders
from tests.conftest import SignIn
from tests.portal.reading import companies_in, text_of

NAME = "Gedeelde Klant NV"
VAT = "BE0477472701"


@dataclass(frozen=True, kw_only=True)
class Twin:
    """What one of the two partners has."""

    customer: Customer
    requests: dict[State, RegistrationRequest]


def twin(partner: Partner, user: User) -> Twin:
    customer = builders.make_customer(partner, name=NAME, vat_number=VAT, city="Gent")
    for role in Role:
        builders.assign(
            customer,
            role,
            builders.make_contact(
                customer, first_name="Gemeen", last_name="Schap", email=f"{role.value}@gedeeld.example"
            ),
        )
    requests = {
        state: request_builders.make_request(
            partner, user, state, name=f"Ook gedeeld {state.value}", evidence=EvidenceKind.LIABILITY_AGREEMENT
        )
        for state in State
    }
    return Twin(customer=customer, requests=requests)


@pytest.fixture
def theirs(other_partner: Partner, stranger: User) -> Twin:
    return twin(other_partner, stranger)


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


QUERIES = ["", NAME, "gedeelde", VAT, "0477.472.701", "Gent", "gemeen schap", "dpo@gedeeld.example", "550117", "2300"]


@pytest.mark.parametrize("query", QUERIES)
def test_a_search_says_the_same_whatever_another_partner_has(
    query: str, partner: Partner, onboarder: User, other_partner: Partner, stranger: User, client: Client
) -> None:
    twin(partner, onboarder)
    before = client.get("/customers/", {"q": query}).content

    twin(other_partner, stranger)

    assert _without_tokens(client.get("/customers/", {"q": query}).content) == _without_tokens(before)


@pytest.mark.parametrize("address", ["/", "/requests/", "/requests/?tab=arxus", "/requests/?tab=done", "/help/"])
def test_a_page_says_the_same_whatever_another_partner_has(
    address: str, partner: Partner, onboarder: User, other_partner: Partner, stranger: User, client: Client
) -> None:
    twin(partner, onboarder)
    before = text_of(client.get(address))

    twin(other_partner, stranger)

    assert _without_times(text_of(client.get(address))) == _without_times(before)


def test_a_customer_is_found_by_staff_at_both(
    partner: Partner, onboarder: User, theirs: Twin, csm: User, signed_in: SignIn
) -> None:
    twin(partner, onboarder)

    response = signed_in(csm).get("/customers/", {"q": VAT})

    assert companies_in(response) == [NAME, NAME]
    assert "Brightcloud" in text_of(response)
    assert "Northwind IT" in text_of(response)


def test_a_place_in_the_table_of_another_partner_is_no_place(partner: Partner, theirs: Twin, client: Client) -> None:
    for name in ("Aa", "Zz"):
        builders.make_customer(partner, name=name)

    for side in ("after", "before"):
        theirs_page = client.get(f"/customers/?page={side}-{theirs.customer.number}")
        unknown = client.get(f"/customers/?page={side}-C-0000-0000")
        assert companies_in(theirs_page) == companies_in(unknown) == ["Aa", "Zz"]


def addresses(their: Twin) -> list[tuple[str, str]]:
    """Addresses of another partner's things, each beside the same of something that never was."""
    pairs = [
        (f"/customers/{their.customer.number}/{tab}", f"/customers/C-0000-0000/{tab}")
        for tab in ("", "documents/", "history/")
    ]
    for request in their.requests.values():
        document = request.evidence.get()
        pairs += [
            (f"/requests/{request.reference}/{page}", f"/requests/REQ-0000-0000/{page}")
            for page in ("", "sent/", "withdraw/", "discard/", f"evidence/{document.key}/")
        ]
    return pairs


@pytest.mark.parametrize("persona", ["onboarder", "viewer", "customer_user"])
def test_what_is_another_partners_answers_as_what_never_was(
    persona: str, request: pytest.FixtureRequest, theirs: Twin, signed_in: SignIn
) -> None:
    client = signed_in(request.getfixturevalue(persona))

    for foreign, unknown in addresses(theirs):
        for call in (client.get, client.post, client.head):
            answer, nothing = call(foreign), call(unknown)
            same = _page(answer, foreign) == _page(nothing, unknown)
            expected = 405 if _takes_no_post(foreign) and call == client.post else 404
            expected = 405 if "/evidence/" in foreign and call != client.get else expected
            assert (foreign, answer.status_code, nothing.status_code, same) == (foreign, expected, expected, True)
            assert _headers(answer) == _headers(nothing)


def _page(response: HttpResponse, address: str) -> bytes:
    return _without_tokens(response.content).replace(address.encode(), b"ADDRESS")


def _headers(response: HttpResponse) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name != "Expires"}


def _takes_no_post(address: str) -> bool:
    return not address.endswith(("withdraw/", "discard/"))


def test_nothing_of_another_partner_changes(theirs: Twin, client: Client) -> None:
    for request in theirs.requests.values():
        client.post(f"/requests/{request.reference}/withdraw/")
        client.post(f"/requests/{request.reference}/discard/")
        request.refresh_from_db()

    assert {state: request.state for state, request in theirs.requests.items()} == {
        state: state.value for state in State
    }


def test_staff_see_no_drafts(theirs: Twin, csm: User, signed_in: SignIn) -> None:
    draft = theirs.requests[State.DRAFT]
    client = signed_in(csm)

    assert client.get(f"/requests/{draft.reference}/").status_code == 404
    assert draft.company_name not in text_of(client.get("/requests/?tab=you"))


def _without_tokens(content: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", content)


def _without_times(said: str) -> str:
    return re.sub(r"\b(just now|now|\d+ \w+ ago|an? \w+ ago)\b", "", said)
