"""Help, and the role guide that is made from the policy."""

import pytest

from contacts.policy import ROLE_POLICY
from portal.models import User
from tests.conftest import SignIn
from tests.portal.reading import links_of, text_of

PERSONAS = ["onboarder", "viewer", "csm", "approver", "customer_user", "stranger"]


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_finds_the_service_desk_and_the_role_guide(
    persona: str, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    response = signed_in(request.getfixturevalue(persona)).get("/help/")

    assert "Service desk +32 3 555 01 00 servicedesk@arxus.example" in text_of(response)
    assert "/help/contact-roles/" in links_of(response)


def test_partners_find_their_csm(onboarder: User, stranger: User, signed_in: SignIn) -> None:
    assert "Hanne Wouters" in text_of(signed_in(onboarder).get("/help/"))
    assert "customer success manager" not in text_of(signed_in(stranger).get("/help/"))


@pytest.mark.parametrize(
    ("persona", "words"),
    [
        ("onboarder", "Choose “Add customer”, on Home or under Customers"),
        ("csm", "Choose “Add customer”, on Home or under Customers"),
        ("viewer", "Your account can look, not register."),
        ("customer_user", "Ask Brightcloud, your IT partner, to change any of it."),
    ],
)
def test_each_reads_what_they_can_do_themselves(
    persona: str, words: str, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    said = text_of(signed_in(request.getfixturevalue(persona)).get("/help/"))

    assert words in said
    assert ("Choose “Add customer”" in said) == (persona in ("onboarder", "csm"))
    assert ("Reseller or Value Add Partner?" in said) == (persona != "customer_user")


@pytest.mark.parametrize("persona", PERSONAS)
def test_the_guide_tells_of_every_role_what_the_policy_says(
    persona: str, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    said = text_of(signed_in(request.getfixturevalue(persona)).get("/help/contact-roles/"))

    for rule in ROLE_POLICY.values():
        assert f"{rule.title} {rule.receives}" in said
        assert rule.requirements in said
    assert "With the customer’s written approval." in said
