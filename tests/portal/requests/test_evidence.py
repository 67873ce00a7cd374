"""Downloading a document."""

from pathlib import Path

import pytest
from django.test import Client

from approvals.models import Evidence, RegistrationRequest
from approvals.workflow import State
from contacts.policy import EvidenceKind
from customers.models import Event, Partner
from portal.models import User
from tests.conftest import SignIn
from tests.portal.reading import text_of
from tests.request_builders import PDF, make_evidence, make_request


@pytest.fixture
def request_with_it(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder, State.SUBMITTED, evidence=EvidenceKind.LIABILITY_AGREEMENT)


def address(document: Evidence) -> str:
    return f"/requests/{document.request.reference}/evidence/{document.key}/"


def content_of(response: object) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.parametrize("persona", ["onboarder", "viewer", "csm", "approver"])
def test_who_may_see_the_request_gets_the_document_as_it_was_uploaded(
    persona: str, request: pytest.FixtureRequest, request_with_it: RegistrationRequest, signed_in: SignIn
) -> None:
    document = request_with_it.evidence.get()

    response = signed_in(request.getfixturevalue(persona)).get(address(document))

    assert response.status_code == 200
    assert content_of(response) == PDF


def test_it_is_an_attachment_that_can_do_nothing(
    request_with_it: RegistrationRequest, onboarder: User, signed_in: SignIn
) -> None:
    response = signed_in(onboarder).get(address(request_with_it.evidence.get()))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="agreement.pdf"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Length"] == str(len(PDF))
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ('a "quoted" one.pdf', 'attachment; filename="a \\"quoted\\" one.pdf"'),
        ("日本.pdf", "attachment; filename*=utf-8''%E6%97%A5%E6%9C%AC.pdf"),
        ("Überein kunft.pdf", "attachment; filename*=utf-8''%C3%9Cberein%20kunft.pdf"),
        ("a\u202efdp.exe", "attachment; filename*=utf-8''a%E2%80%AEfdp.exe"),
        ("x\r\nSet-Cookie: a=b.pdf", "attachment; filename*=utf-8''x%0D%0ASet-Cookie%3A%20a%3Db.pdf"),
        ("../../etc/passwd", "attachment; filename*=utf-8''..%2F..%2Fetc%2Fpasswd"),
    ],
)
def test_any_name_makes_a_sound_header(
    name: str, disposition: str, request_with_it: RegistrationRequest, onboarder: User, signed_in: SignIn
) -> None:
    document = make_evidence(request_with_it, onboarder, EvidenceKind.LIABILITY_AGREEMENT, name=name)

    header = signed_in(onboarder).get(address(document))["Content-Disposition"]

    assert "\r" not in header
    assert "\n" not in header
    assert header.startswith("attachment; ")
    if "/" not in name:
        assert header == disposition or header.startswith("attachment; filename")


def test_who_took_it_is_on_record(request_with_it: RegistrationRequest, csm: User, signed_in: SignIn) -> None:
    document = request_with_it.evidence.get()

    signed_in(csm).get(address(document))

    event = Event.objects.get(action="evidence.downloaded")
    assert (event.actor, event.reference, event.facts["name"]) == (csm, request_with_it.reference, "agreement.pdf")


def test_asking_for_the_headers_alone_is_not_offered(
    request_with_it: RegistrationRequest, onboarder: User, signed_in: SignIn
) -> None:
    assert signed_in(onboarder).head(address(request_with_it.evidence.get())).status_code == 405


def _delete(path: Path) -> None:
    path.unlink()


def _alter(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"X")


def _empty(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(b"")


@pytest.mark.parametrize("harm", [_delete, _alter, _empty])
def test_a_document_that_is_lost_or_altered_is_not_handed_out(
    harm: object, request_with_it: RegistrationRequest, onboarder: User, signed_in: SignIn
) -> None:
    document = request_with_it.evidence.get()
    harm(Path(document.file.path))  # type: ignore[operator]

    response = signed_in(onboarder).get(address(document))

    assert response.status_code == 500
    assert "We cannot hand out “agreement.pdf”" in text_of(response)
    assert PDF not in response.content
    assert not Event.objects.filter(action="evidence.downloaded").exists()


def test_a_document_of_another_request_is_not_there(
    request_with_it: RegistrationRequest, partner: Partner, onboarder: User, signed_in: SignIn
) -> None:
    other = make_request(partner, onboarder, State.SUBMITTED)
    document = request_with_it.evidence.get()

    response = signed_in(onboarder).get(f"/requests/{other.reference}/evidence/{document.key}/")

    assert response.status_code == 404


def test_nobody_gets_it_without_signing_in(request_with_it: RegistrationRequest) -> None:
    response = Client().get(address(request_with_it.evidence.get()))

    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_a_draft_s_document_is_not_for_staff_yet(
    partner: Partner, onboarder: User, approver: User, signed_in: SignIn
) -> None:
    draft = make_request(partner, onboarder, State.DRAFT, evidence=EvidenceKind.LIABILITY_AGREEMENT)
    document = draft.evidence.get()

    assert signed_in(onboarder).get(address(document)).status_code == 200
    assert signed_in(approver).get(address(document)).status_code == 404


@pytest.mark.parametrize("key", ["junk", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_document_is_not_there(
    key: str, request_with_it: RegistrationRequest, onboarder: User, signed_in: SignIn
) -> None:
    assert signed_in(onboarder).get(f"/requests/{request_with_it.reference}/evidence/{key}/").status_code == 404
