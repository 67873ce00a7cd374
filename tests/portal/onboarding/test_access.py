"""Who reaches the wizard; to everybody else its addresses are those of nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from approvals.models import RegistrationRequest
from portal.models import User
from tests.conftest import SignIn
from tests.portal.onboarding.walk import MARKER, NUMBER, Walk, address

STRANGERS = ["viewer", "stranger", "customer_user", "approver", "csm"]
STEPS = ["vat", "details", "contacts", "review", "nonsense"]
UNKNOWN = "/onboarding/REQ-0000-0000/{}/"


def answers(client: Client, path: str) -> list[tuple[int, bytes]]:
    return [(response.status_code, response.content) for response in (client.get(path), client.post(path, {}))]


@pytest.mark.parametrize("persona", STRANGERS)
@pytest.mark.parametrize("step", STEPS)
def test_the_draft_of_others_answers_as_one_that_does_not_exist(
    walk: Walk, signed_in: SignIn, request: pytest.FixtureRequest, persona: str, step: str
) -> None:
    walk.start()
    client = signed_in(request.getfixturevalue(persona))
    real, unknown = (
        [(status, _without_tokens(content)) for status, content in answers(client, path)]
        for path in (address(walk.draft, step), UNKNOWN.format(step))
    )
    assert real == unknown
    assert [status for status, _content in real] == [404, 404]


def _without_tokens(content: bytes) -> bytes:
    """The form to sign out holds a token of its own on every page."""
    return b"".join(line for line in content.splitlines(keepends=True) if b"csrfmiddlewaretoken" not in line)


@pytest.mark.parametrize("persona", ["viewer", "customer_user", "approver", "csm"])
def test_whoever_may_not_onboard_finds_no_wizard(
    signed_in: SignIn, request: pytest.FixtureRequest, persona: str
) -> None:
    client = signed_in(request.getfixturevalue(persona))
    assert [status for status, _content in answers(client, reverse("add-customer"))] == [404, 404]
    assert RegistrationRequest.objects.count() == 0


def test_whoever_is_signed_out_signs_in_first(walk: Walk) -> None:
    walk.start()
    for path in (reverse("add-customer"), address(walk.draft, "details")):
        response = Client().get(path)
        assert (response.status_code, response.url) == (302, f"{reverse('account_login')}?next={path}")


@pytest.mark.parametrize("persona", ["administrator", "colleague"])
def test_every_colleague_who_may_onboard_reaches_it(
    walk: Walk, signed_in: SignIn, request: pytest.FixtureRequest, persona: str
) -> None:
    walk.start()
    client = signed_in(request.getfixturevalue(persona))
    assert client.get(address(walk.draft, "details")).status_code == 200


def test_a_right_taken_away_counts_at_once(walk: Walk, onboarder: User) -> None:
    walk.start()
    page = walk.open("details")
    onboarder.membership.role = "viewer"
    onboarder.membership.save()
    assert page.press(name="Acme").status_code == 404
    assert walk.draft.company_name == ""


def test_an_inactive_partner_has_no_wizard(walk: Walk, onboarder: User) -> None:
    walk.start()
    onboarder.membership.partner.is_active = False
    onboarder.membership.partner.save()
    assert walk.client.get(address(walk.draft, "details")).status_code == 404


def test_the_reference_is_understood_however_typed(walk: Walk) -> None:
    walk.start()
    typed = walk.draft.reference.replace("-", "").lower()
    assert walk.client.get(f"/onboarding/{typed}/details/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/onboarding/1/vat/", "/onboarding/REQ-UUUU-UUUU/vat/", "/onboarding/%00%00%00%00%00%00%00%00/vat/"]
)
def test_what_is_no_reference_is_not_found(walk: Walk, path: str) -> None:
    assert walk.client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(walk: Walk, method: str) -> None:
    walk.start()
    assert getattr(walk.client, method)(address(walk.draft, "details")).status_code == 405


def test_a_post_without_a_token_is_refused(onboarder: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(onboarder)
    response = client.post(reverse("add-customer"), {MARKER: "vat", "vat_number": NUMBER, "country": "BE"})
    assert response.status_code == 403
    assert RegistrationRequest.objects.count() == 0
