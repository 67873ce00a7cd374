"""Who gets to the approval pages: every address by every persona. Being of staff is not enough."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from approvals import decisions
from approvals.models import RegistrationRequest
from approvals.workflow import State
from contacts.policy import EvidenceKind
from customers.models import Event, Partner
from portal.models import User
from tests import builders
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

QUEUE = "/admin/approvals/registrationrequest/"
SignIn = Callable[[User], Client]


@pytest.fixture
def request_sent(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder)


@pytest.fixture
def personas(approver: User, csm: User, onboarder: User, stranger: User, customer_user: User) -> dict[str, User | None]:
    return {
        "approver": approver,
        "csm": csm,
        "superuser": User.objects.create_superuser("root@arxus.example", builders.PASSWORD),
        "staff without rights": builders.make_user("new@arxus.example", is_staff=True),
        "reseller": onboarder,
        "other reseller": stranger,
        "customer user": customer_user,
        "signed out": None,
    }


LOOKING = {
    "approver": 200,
    "csm": 200,
    "superuser": 200,
    "staff without rights": 403,
    "reseller": 302,
    "other reseller": 302,
    "customer user": 302,
    "signed out": 302,
}
# The form lacks its reason: whoever may decide is shown the page again.
DECIDING = LOOKING | {"csm": 403}


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("get", "", LOOKING),
        ("get", "?tab=decided", LOOKING),
        ("get", "{reference}/change/", LOOKING),
        ("post", "{reference}/decide/reject/", DECIDING),
        ("post", "{reference}/decide/ask_for_changes/", DECIDING),
        ("post", "{reference}/exception/", DECIDING),
        ("get", "exception/", DECIDING),
        ("post", "exception/", DECIDING),
    ],
)
def test_every_approval_address_asks_for_its_own_right(
    method: str,
    path: str,
    expected: dict[str, int],
    personas: dict[str, User | None],
    request_sent: RegistrationRequest,
    signed_in: SignIn,
) -> None:
    answers = {}
    for name, user in personas.items():
        client = signed_in(user) if user else Client()
        answers[name] = getattr(client, method)(QUEUE + path.format(reference=request_sent.reference)).status_code

    assert answers == expected
    request_sent.refresh_from_db()
    assert request_sent.state == State.SUBMITTED


def test_somebody_who_is_not_of_staff_is_refused_where_the_redirect_leads(onboarder: User, signed_in: SignIn) -> None:
    assert signed_in(onboarder).get(QUEUE, follow=True).status_code == 403


def test_the_admin_opens_on_the_queue_for_whoever_may_see_it(approver: User, signed_in: SignIn) -> None:
    response = signed_in(approver).get("/admin/")

    assert (response.status_code, response["Location"]) == (302, QUEUE)


def test_the_admin_opens_on_a_page_of_its_own_for_other_staff(signed_in: SignIn) -> None:
    user = builders.make_user(is_staff=True)

    assert signed_in(user).get("/admin/").status_code == 200


@pytest.mark.parametrize("name", ["add", "delete", "history"])
def test_requests_have_no_address_to_add_delete_or_edit_them(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:approvals_registrationrequest_{name}", args=["REQ-7F3K-9Q2M"])


@pytest.mark.parametrize("path", ["add/", "{pk}/delete/", "{pk}/history/", "{pk}/", "{reference}/delete/"])
def test_what_the_stock_admin_would_have_is_not_there_for_superusers_either(
    path: str, request_sent: RegistrationRequest, signed_in: SignIn
) -> None:
    root = User.objects.create_superuser("root@arxus.example", builders.PASSWORD)
    address = QUEUE + path.format(pk=request_sent.pk, reference=request_sent.reference)

    assert signed_in(root).get(address).status_code == 404
    assert signed_in(root).post(address, {"post": "yes"}).status_code == 404
    assert RegistrationRequest.objects.filter(pk=request_sent.pk).exists()


def test_a_bulk_action_on_the_queue_is_refused(
    request_sent: RegistrationRequest, approver: User, signed_in: SignIn
) -> None:
    response = signed_in(approver).post(
        QUEUE, {"action": "delete_selected", "_selected_action": [request_sent.pk], "select_across": "1"}
    )

    assert response.status_code == 405
    assert RegistrationRequest.objects.filter(pk=request_sent.pk).exists()


def test_the_state_cannot_be_set_by_posting_to_the_page(
    request_sent: RegistrationRequest, approver: User, signed_in: SignIn
) -> None:
    response = signed_in(approver).post(
        f"{QUEUE}{request_sent.reference}/change/", {"state": "approved", "_save": "Save", "version": "1"}
    )

    assert response.status_code == 405
    request_sent.refresh_from_db()
    assert request_sent.state == State.SUBMITTED


@pytest.mark.parametrize(
    "typed", ["{reference}", "{lower}", "{bare}", "{spaced}"], ids=["as printed", "lower", "bare", "spaced"]
)
def test_a_reference_is_understood_however_typed(
    typed: str, request_sent: RegistrationRequest, approver: User, signed_in: SignIn
) -> None:
    reference = request_sent.reference
    address = typed.format(
        reference=reference,
        lower=reference.lower(),
        bare=reference.replace("-", ""),
        spaced=reference.removeprefix("REQ-").replace("-", " "),
    )

    assert signed_in(approver).get(f"{QUEUE}{address}/change/").status_code == 200


@pytest.mark.parametrize("unknown", ["REQ-0000-0000", "1", "C-4K7P-M2XN", "x" * 200, "%00", "REQ-7F3K-9Q2U"])
def test_an_unknown_reference_is_a_404(unknown: str, approver: User, signed_in: SignIn) -> None:
    assert signed_in(approver).get(f"{QUEUE}{unknown}/change/").status_code == 404


def test_a_draft_is_a_404_like_any_unknown_reference(
    partner: Partner, onboarder: User, approver: User, signed_in: SignIn
) -> None:
    draft = make_request(partner, onboarder, State.DRAFT)
    client = signed_in(approver)

    answers = [client.get(f"{QUEUE}{reference}/change/") for reference in (draft.reference, "REQ-0000-0000")]

    assert [answer.status_code for answer in answers] == [404, 404]
    # The form that signs out carries a token that is masked anew on every page.
    pages = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()) for answer in answers]
    assert pages[0] == pages[1]


def test_what_happened_to_a_draft_is_in_nobodys_history_list(
    partner: Partner, onboarder: User, approver: User, signed_in: SignIn
) -> None:
    draft = make_request(partner, onboarder, State.DRAFT, evidence=EvidenceKind.CUSTOMER_APPROVAL)
    sent = make_request(partner, onboarder)
    decisions.grant_exception(actor=approver, request=draft, reason="In receivership.")
    client = signed_in(approver)
    started = Event.objects.get(action="request.started", reference=draft.reference)

    rows = client.get("/admin/customers/event/").context["page"].rows
    one = client.get(f"/admin/customers/event/{started.pk}/change/")

    assert {(row.action, row.reference) for row in rows} == {
        ("request.submitted", sent.reference),
        ("request.exception_granted", draft.reference),
    }
    assert one.status_code == 302
