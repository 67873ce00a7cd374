"""Every address and every kind of person: what they get. An address that is missing here fails the test."""

from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from approvals.models import Notification, RegistrationRequest
from approvals.workflow import State
from contacts.policy import EvidenceKind
from customers.models import Customer, Partner
from portal.models import Export, User
from tests import builders
from tests.approvals import talk
from tests.approvals.posted import announce_sent
from tests.portal.directory.saved_views.views_made import saved
from tests.request_builders import make_request

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PERSONAS = ("onboarder", "viewer", "stranger", "approver", "csm", "customer_user", "signed_out")
LOGIN = 302

# Address, and the answer to a GET by each persona in the order of PERSONAS. Objects belong to the onboarder's partner.
EVERYBODY = (200, 200, 200, 200, 200, 200, LOGIN)
ITS_PEOPLE = (200, 200, 404, 200, 200, 404, LOGIN)
ONBOARDERS = (200, 404, 200, 404, 404, 404, LOGIN)
ITS_ONBOARDERS = (200, 404, 404, 404, 404, 404, LOGIN)
HAS_TABLE = (200, 200, 200, 200, 200, 404, LOGIN)
PUBLIC = (200,) * 7
POST_ONLY = (405, 405, 405, 405, 405, 405, LOGIN)
ACCESS: dict[str, tuple[int, ...]] = {
    "/": EVERYBODY,
    "/customers/": (200, 200, 200, 200, 200, 302, LOGIN),
    # The own people of a customer find nobody but themselves: they have no search box.
    "/customers/filters/country/": HAS_TABLE,
    "/customers/filters/partner/": (404, 404, 404, 200, 200, 404, LOGIN),
    "/customers/find/": (200, 200, 200, 200, 200, 404, LOGIN),
    "/customers/new/": ONBOARDERS,
    "/customers/new/number/": ONBOARDERS,
    "/customers/columns/": (302, 302, 302, 302, 302, 404, LOGIN),
    "/customers/views/": HAS_TABLE,
    "/customers/views/new/": HAS_TABLE,
    # A view is the onboarder's alone until it is shared.
    "/customers/views/{view}/rename/": (200, 404, 404, 404, 404, 404, LOGIN),
    "/customers/views/{view}/delete/": (200, 404, 404, 404, 404, 404, LOGIN),
    "/customers/views/{view}/change/": POST_ONLY,
    "/customers/views/{view}/share/": POST_ONLY,
    "/customers/export.csv": HAS_TABLE,
    "/customers/export.xlsx": HAS_TABLE,
    "/customers/exports/new/csv/": HAS_TABLE,
    "/customers/exports/{export}/": (200, 404, 404, 404, 404, 404, LOGIN),
    # Not made yet: its page says so.
    "/customers/exports/{export}/file/": (302, 404, 404, 404, 404, 404, LOGIN),
    "/customers/exports/{export}/cancel/": POST_ONLY,
    "/customers/{customer}/": (200, 200, 404, 200, 200, 200, LOGIN),
    "/customers/{customer}/contacts/": (200, 200, 404, 200, 200, 200, LOGIN),
    # What the partner and Arxus keep about a customer is not for the customer's own people.
    "/customers/{customer}/documents/": ITS_PEOPLE,
    "/customers/{customer}/requests/": ITS_PEOPLE,
    "/customers/{customer}/history/": ITS_PEOPLE,
    "/onboarding/{draft}/vat/": ITS_ONBOARDERS,
    "/requests/": (200, 200, 200, 200, 200, 404, LOGIN),
    "/requests/{sent}/": ITS_PEOPLE,
    "/requests/{draft}/": (200, 200, 404, 404, 404, 404, LOGIN),
    "/requests/{sent}/sent/": ITS_PEOPLE,
    # Only while changes are asked for; before and after, its page.
    "/requests/{returned}/changes/": ITS_ONBOARDERS,
    "/requests/{sent}/changes/": (302, 404, 404, 404, 404, 404, LOGIN),
    # Whoever sees the request is told why they cannot, on its page.
    "/requests/{sent}/withdraw/": (200, 302, 404, 302, 302, 404, LOGIN),
    "/requests/{draft}/discard/": (200, 302, 404, 404, 404, 404, LOGIN),
    # A GET leads to the page of the request.
    "/requests/{sent}/start-again/": (302, 302, 404, 302, 302, 404, LOGIN),
    "/requests/{sent}/evidence/{evidence}/": ITS_PEOPLE,
    "/notifications/": EVERYBODY,
    "/notifications/{told}/open/": POST_ONLY,
    "/notifications/{told}/read-all/": POST_ONLY,
    "/accounts/notifications/": EVERYBODY,
    "/help/": EVERYBODY,
    "/help/contact-roles/": EVERYBODY,
    # To write; whoever only sees the request is led to its page.
    "/requests/{sent}/messages/": (302, 302, 404, 302, 302, 404, LOGIN),
    # Staff answer in Arxus Admin.
    "/help/messages/": (200, 200, 200, 302, 302, 200, LOGIN),
    "/help/messages/new/": (200, 200, 200, 404, 404, 200, LOGIN),
    "/help/messages/{question}/": (200, 200, 404, 302, 302, 404, LOGIN),
    "/help/messages/{question}/close/": (302, 302, 404, 302, 302, 404, LOGIN),
    "/help/messages/{customers_question}/": (404, 404, 404, 302, 302, 200, LOGIN),
    "/help/messages/attachments/{attachment}/": ITS_PEOPLE,
    "/help/messages/attachments/{internal}/": (404, 404, 404, 200, 200, 404, LOGIN),
    "/healthz/live": PUBLIC,
    "/healthz/ready": PUBLIC,
    "/accounts/login/": (302, 302, 302, 302, 302, 302, 200),
    "/accounts/logout/": (200, 200, 200, 200, 200, 200, 302),
    "/accounts/inactive/": PUBLIC,
    "/accounts/signup/": (302, 302, 302, 302, 302, 302, 200),
    "/accounts/password/change/": EVERYBODY,
    "/accounts/password/reset/": PUBLIC,
    "/accounts/password/reset/done/": PUBLIC,
    "/accounts/password/reset/key/done/": PUBLIC,
    "/accounts/password/reset/key/1-key/": PUBLIC,
    "/admin/": (302, 302, 302, 302, 302, 302, 302),
    "/admin/approvals/registrationrequest/": (302, 302, 302, 200, 200, 302, 302),
    "/admin/approvals/registrationrequest/{sent}/change/": (302, 302, 302, 200, 200, 302, 302),
    # A GET leads to the page, for whoever may decide.
    **dict.fromkeys(
        (
            "/admin/approvals/registrationrequest/take-oldest/",
            "/admin/approvals/registrationrequest/many/",
            "/admin/approvals/registrationrequest/{sent}/take/",
            "/admin/approvals/registrationrequest/{sent}/give-back/",
            "/admin/approvals/registrationrequest/{sent}/take-over/",
        ),
        (302, 302, 302, 302, 403, 302, 302),
    ),
    "/admin/approvals/registrationrequest/{sent}/message/": (302, 302, 302, 302, 302, 302, 302),
    "/admin/approvals/registrationrequest/texts/": (302, 302, 302, 200, 403, 302, 302),
    "/admin/approvals/snippet/": (302, 302, 302, 200, 403, 302, 302),
    "/admin/approvals/thread/": (302, 302, 302, 200, 200, 302, 302),
    "/admin/approvals/thread/{question}/change/": (302, 302, 302, 200, 200, 302, 302),
    "/admin/approvals/thread/{question}/close/": (302, 302, 302, 302, 302, 302, 302),
}
UNKNOWN = {
    "customer": "C-0000-0000",
    "view": "V-0000-0000",
    "export": "EXP-0000-0000",
    "sent": "REQ-0000-0000",
    "draft": "REQ-0000-0000",
    "returned": "REQ-0000-0000",
    "evidence": "00000000-0000-4000-8000-000000000000",
    "told": "00000000-0000-4000-8000-000000000000",
    "question": "MSG-0000-0000",
    "customers_question": "MSG-0000-0000",
    "attachment": "00000000-0000-4000-8000-000000000000",
    "internal": "00000000-0000-4000-8000-000000000000",
}


@pytest.fixture
def people(
    onboarder: User, viewer: User, stranger: User, approver: User, csm: User, customer_user: User
) -> dict[str, User | None]:
    found = (onboarder, viewer, stranger, approver, csm, customer_user, None)
    return dict(zip(PERSONAS, found, strict=True))


@pytest.fixture
def objects(
    partner: Partner, other_partner: Partner, onboarder: User, customer: Customer, customer_user: User, approver: User
) -> dict[str, str]:
    sent = make_request(partner, onboarder, State.SUBMITTED, evidence=EvidenceKind.LIABILITY_AGREEMENT)
    draft = make_request(partner, onboarder, State.DRAFT)
    returned = make_request(partner, onboarder, State.CHANGES_REQUESTED)
    announce_sent(sent)
    builders.make_customer(other_partner)
    return {
        "customer": customer.number,
        "view": saved(onboarder).number,
        "export": Export.objects.create(owner=onboarder, partner=partner, format="csv", language="en").number,
        "sent": sent.reference,
        "draft": draft.reference,
        "returned": returned.reference,
        "evidence": str(sent.evidence.get().key),
        "told": str(Notification.objects.get(recipient=onboarder).key),
        "question": talk.ask(onboarder).thread.reference,
        "customers_question": talk.ask(customer_user).thread.reference,
        "attachment": str(talk.write(onboarder, sent, files=[talk.pdf()]).attachments.get().key),
        "internal": str(talk.note(approver, sent, files=[talk.pdf()]).attachments.get().key),
    }


def client_of(user: User | None) -> Client:
    client = Client(raise_request_exception=True)
    if user is not None:
        client.force_login(user)
    return client


def answers(people: dict[str, User | None], address: str) -> tuple[int, ...]:
    return tuple(status_of(client_of(user).get(address)) for user in people.values())


def status_of(response: Any) -> int:
    """Read to its end, as a browser would: a file that is still being written lets go of what it holds."""
    if response.streaming:
        deque(response, maxlen=0)
    return int(response.status_code)


def test_every_address_answers_every_kind_of_person_as_the_table_says(
    people: dict[str, User | None], objects: dict[str, str]
) -> None:
    found = {address: answers(people, address.format(**objects)) for address in ACCESS}
    assert found == ACCESS


def named_addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if not route.startswith("admin/"):
                yield from named_addresses(pattern.url_patterns, route)
        else:
            yield route


def test_no_address_is_missing_from_the_table() -> None:
    resolver = get_resolver()
    covered = set()
    for address in ACCESS:
        covered.add(str(resolver.resolve(address.format(**UNKNOWN)).route))
    everything = {route.replace("^", "") for route in named_addresses(resolver.url_patterns)}
    assert everything - {route.replace("^", "") for route in covered} == set()


@pytest.mark.parametrize(
    "address", sorted(address for address, statuses in ACCESS.items() if 404 in statuses and "{" in address)
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_one_may_not_see_answers_byte_for_byte_like_what_does_not_exist(
    people: dict[str, User | None], objects: dict[str, str], address: str, method: str
) -> None:
    compared = 0
    for persona, status in zip(PERSONAS, ACCESS[address], strict=True):
        if status != 404:
            continue
        with time_machine.travel(NOON, tick=False):
            client = client_of(people[persona])
            hidden = getattr(client, method)(address.format(**objects))
            unknown = getattr(client, method)(address.format(**UNKNOWN))
        # A page that takes no POST says so before it looks at whose it is.
        assert hidden.status_code == unknown.status_code
        assert hidden.status_code in ({404} if method == "get" else {404, 405})
        assert hidden.content == unknown.content
        assert dict(hidden.headers) == dict(unknown.headers)
        compared += 1
    assert compared


def test_a_get_changes_nothing(people: dict[str, User | None], objects: dict[str, str]) -> None:
    def state() -> list[tuple[object, ...]]:
        requests = RegistrationRequest.objects.order_by("pk").values_list("state", "version", "updated_at")
        return [*requests, *Customer.objects.order_by("pk").values_list("status", "name")]

    before = state()
    for address in ACCESS:
        answers(people, address.format(**objects))
    assert state() == before


def test_every_unsafe_address_asks_for_the_csrf_token(
    people: dict[str, User | None], objects: dict[str, str], onboarder: User, approver: User
) -> None:
    def refused(user: User, address: str) -> int:
        client = Client(enforce_csrf_checks=True)
        client.force_login(user)
        return client.post(address.format(**objects), {}).status_code

    accepts_posts: Callable[[str], bool] = lambda address: not address.startswith("/healthz/")  # noqa: E731
    for address, statuses in ACCESS.items():
        user = approver if address.startswith("/admin/") else onboarder
        if accepts_posts(address) and statuses[0] == 200:
            assert (address, refused(user, address)) in {(address, 403), (address, 405)}
