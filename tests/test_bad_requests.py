"""Addresses, parameters, bodies and methods that no page of ours makes: an answer, never a broken page."""

from io import BytesIO

import pytest
from django.test import Client

from approvals.workflow import State
from contacts.policy import EvidenceKind
from customers.models import Customer, Partner
from portal.models import User
from tests import builders
from tests.hostile import FORM, HOSTILE, client_of, encoded
from tests.request_builders import make_request

PARAMETERS = ("q", "page", "tab", "sort", "next", "change", "mend", "version", "intent")
ADMIN_LISTS = {
    "customers/customer": ("status__exact", "relationship__exact"),
    "customers/partner": ("is_active__exact",),
    "customers/industry": (),
    "customers/membership": ("role__exact",),
    "customers/event": ("actor_is_staff__exact",),
    "contacts/contact": ("kind__exact",),
    "contacts/roleassignment": ("role__exact",),
    "portal/user": ("is_staff__exact",),
    "auth/group": (),
}
LIST_PARAMETERS = ("q", "o", "p", "e", "all", "_popup", "_to_field", "_changelist_filters", "id")


@pytest.fixture
def root(db: None) -> User:
    return User.objects.create_superuser("root@arxus.example", builders.PASSWORD)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_every_page_answers_whatever_its_parameters_hold(
    hostile: bytes, partner: Partner, onboarder: User, approver: User, customer: Customer
) -> None:
    sent = make_request(partner, onboarder, State.SUBMITTED, evidence=EvidenceKind.LIABILITY_AGREEMENT)
    draft = make_request(partner, onboarder, State.DRAFT)
    pages: dict[User | None, list[str]] = {
        onboarder: [
            "/",
            "/customers/",
            "/customers/new/",
            f"/customers/{customer.number}/history/",
            f"/onboarding/{draft.reference}/vat/",
            "/requests/",
            f"/requests/{sent.reference}/",
            f"/requests/{sent.reference}/withdraw/",
            "/accounts/login/",
            "/accounts/password/change/",
        ],
        approver: [
            "/admin/",
            "/admin/login/",
            "/admin/approvals/registrationrequest/",
            f"/admin/approvals/registrationrequest/{sent.reference}/change/",
            "/admin/approvals/registrationrequest/exception/",
        ],
        None: ["/accounts/login/", "/accounts/password/reset/", "/healthz/ready", "/admin/"],
    }
    query = encoded(dict.fromkeys(PARAMETERS, hostile))
    for user, addresses in pages.items():
        client = client_of(user)
        for address in addresses:
            assert (address, client.get(f"{address}?{query}").status_code) in {
                (address, status) for status in (200, 302, 400)
            }


@pytest.mark.parametrize("name", ADMIN_LISTS)
@pytest.mark.parametrize("hostile", [b"\x00", b"a\x00b", b"", b"\xff\xfe", b"-1", b"9" * 30, b"NaN", b"[]", b"'"])
def test_every_list_in_admin_answers_whatever_its_parameters_hold(name: str, hostile: bytes, root: User) -> None:
    client = client_of(root)
    for parameter in (*LIST_PARAMETERS, *ADMIN_LISTS[name]):
        response = client.get(f"/admin/{name}/?{encoded({parameter: hostile})}")
        assert (parameter, response.status_code) in {(parameter, status) for status in (200, 302, 400)}


@pytest.mark.parametrize("hostile", [b"\x00", b"", b"\xff\xfe", b"9" * 5_000, b"'"])
def test_the_choices_of_admin_answer_whatever_is_searched(hostile: bytes, root: User) -> None:
    asked = {"app_label": "customers", "model_name": "membership", "field_name": "user", "term": hostile}
    assert client_of(root).get(f"/admin/autocomplete/?{encoded(asked)}").status_code == 200


@pytest.mark.parametrize("unknown", ["%00", "abc", "9" * 30, "-1", "1e3", "%D9%A1", "1;2", "..%2f1", "None"])
@pytest.mark.parametrize(
    "address",
    [
        "/customers/{}/",
        "/requests/{}/",
        "/requests/{}/evidence/{}/",
        "/onboarding/{}/vat/",
        "/admin/customers/customer/{}/change/",
        "/admin/customers/customer/{}/history/",
        "/admin/customers/customer/1/history/{}/",
        "/admin/contacts/contact/{}/history/",
        "/admin/approvals/registrationrequest/{}/change/",
        "/admin/approvals/registrationrequest/REQ-0000-0000/decide/{}/",
        "/admin/r/{}/{}/",
        "/accounts/password/reset/key/{}-x/",
    ],
)
def test_an_address_of_nothing_says_that_there_is_nothing(address: str, unknown: str, root: User) -> None:
    response = client_of(root).get(address.format(unknown, unknown))
    # Django's admin goes back to its start page, and a mangled link in a mail is explained on a page.
    assert response.status_code in {200, 302, 404}


@pytest.mark.parametrize(
    "charset", ["base64", "hex", "rot13", "idna", "undefined", "unicode_escape", "utf-7", "utf-16"]
)
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=B"])
def test_a_body_that_claims_another_encoding_is_not_read(kind: str, charset: str, db: None) -> None:
    part = b'--B\r\nContent-Disposition: form-data; name="password"\r\n\r\n\\ud800\r\n--B--\r\n'
    response = Client().generic("POST", "/accounts/login/", part, content_type=f"{kind}; charset={charset}")
    assert response.status_code == 400
    assert "We did not understand this" in response.content.decode()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"login": 1}'),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=B", b"--B\r\nContent-Disposition: form-data\r\n\r\n"),
        (FORM, "&".join(f"field{number}=1" for number in range(1_200)).encode()),
        (FORM, b"login=" + b"x" * 3_000_000),
        (FORM, b"a" + b"[" * 3_000 + b"=1"),
        (FORM, b"login=1&login=2&password=1&password=2"),
    ],
)
def test_bodies_that_no_form_makes_are_answered(kind: str, body: bytes, onboarder: User) -> None:
    for address in ("/accounts/password/reset/", "/customers/new/"):
        assert client_of(onboarder).generic("POST", address, body, content_type=kind).status_code in (200, 400)


def test_an_endless_body_is_refused_before_it_is_read(db: None) -> None:
    class Unread(BytesIO):
        def read(self, *_size: int | None) -> bytes:
            raise AssertionError("Read before it was refused.")

    environ = {"CONTENT_LENGTH": str(10**9), "CONTENT_TYPE": FORM, "wsgi.input": Unread()}
    assert Client().post("/accounts/login/", **environ).status_code == 400


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND"])
@pytest.mark.parametrize("address", ["/", "/customers/new/", "/accounts/login/", "/admin/", "/healthz/ready"])
def test_methods_that_no_page_uses_are_refused(method: str, address: str, onboarder: User) -> None:
    assert client_of(onboarder).generic(method, address).status_code == 405


def test_no_address_of_admin_tells_which_rows_there_are(root: User) -> None:
    assert client_of(root).get("/admin/r/1/1/").status_code == 404


def test_a_bulk_action_on_what_is_no_row_is_none(root: User) -> None:
    action = {"action": "delete_selected", "_selected_action": ["abc", "9" * 30], "index": "0"}
    assert client_of(root).post("/admin/auth/group/", action).status_code == 200
