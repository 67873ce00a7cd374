"""Taking a request back: withdrawing what was sent, deleting a draft."""

import pytest
from django.test import Client

from approvals.models import RegistrationRequest
from approvals.workflow import State
from customers.models import CustomerStatus, Partner
from portal.models import User
from tests.conftest import SignIn
from tests.portal.reading import links_of, text_of
from tests.request_builders import make_request

# The verbs commit by themselves.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CHANGES_REQUESTED])
def test_withdrawing_asks_once_and_does_it(state: State, partner: Partner, onboarder: User, client: Client) -> None:
    request = make_request(partner, onboarder, state, name="Kempenvaart NV")
    assert request.customer is not None
    address = f"/requests/{request.reference}/withdraw/"
    assert address in links_of(client.get(f"/requests/{request.reference}/"))

    asked = client.get(address)
    request.refresh_from_db()
    assert "Withdraw the request for Kempenvaart NV?" in text_of(asked)
    assert request.state == state.value

    done = client.post(address, follow=True)
    request.refresh_from_db()
    request.customer.refresh_from_db()
    assert request.state == State.WITHDRAWN.value
    assert request.customer.status == CustomerStatus.WITHDRAWN
    assert "The request for Kempenvaart NV is withdrawn." in text_of(done)


def test_withdrawing_twice_tells_that_it_is_done(partner: Partner, onboarder: User, client: Client) -> None:
    request = make_request(partner, onboarder, State.SUBMITTED)
    address = f"/requests/{request.reference}/withdraw/"
    client.post(address)

    assert "withdrew this request" in text_of(client.post(address, follow=True))
    assert "withdrew this request" in text_of(client.get(address, follow=True))


def test_deleting_a_draft_asks_once_and_does_it(partner: Partner, onboarder: User, client: Client) -> None:
    request = make_request(partner, onboarder, State.DRAFT, name="Kempenvaart NV")
    address = f"/requests/{request.reference}/discard/"
    assert address in links_of(client.get(f"/requests/{request.reference}/"))
    assert "Delete the draft for Kempenvaart NV?" in text_of(client.get(address))

    done = client.post(address, follow=True)

    assert "The draft for Kempenvaart NV is deleted." in text_of(done)
    assert not RegistrationRequest.objects.exists()
    assert client.post(address).status_code == 404


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("name", ["withdraw", "discard"])
def test_who_may_only_look_takes_nothing_back(
    name: str, state: State, partner: Partner, onboarder: User, viewer: User, signed_in: SignIn
) -> None:
    request = make_request(partner, onboarder, state)
    client = signed_in(viewer)
    address = f"/requests/{request.reference}/{name}/"

    for response in (client.get(address, follow=True), client.post(address, follow=True)):
        assert "Your account may not do this." in text_of(response)
    request.refresh_from_db()
    assert request.state == state.value


@pytest.mark.parametrize(
    ("name", "state", "words"),
    [
        ("withdraw", State.APPROVED, "Arxus approved this request on"),
        ("withdraw", State.REJECTED, "Arxus rejected this request on"),
        ("discard", State.SUBMITTED, "Lotte Verlinden sent this request on"),
    ],
)
def test_a_refusal_says_where_the_request_stands_and_names_nobody_of_arxus(
    name: str, state: State, words: str, partner: Partner, onboarder: User, client: Client
) -> None:
    request = make_request(partner, onboarder, state)

    for call in (client.get, client.post):
        said = text_of(call(f"/requests/{request.reference}/{name}/", follow=True))
        assert words in said
        assert "Dhondt" not in said
    request.refresh_from_db()
    assert request.state == state.value


def test_it_needs_the_token(partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, State.SUBMITTED)
    client = Client(enforce_csrf_checks=True)
    client.force_login(onboarder)

    assert client.post(f"/requests/{request.reference}/withdraw/").status_code == 403
