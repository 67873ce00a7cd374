"""The requests of a customer: its own, the one it was begun from, and former ones of the same company."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from approvals.models import RegistrationRequest
from approvals.workflow import State
from customers.models import Customer, Partner
from portal.models import User
from tests import builders
from tests.conftest import SignIn
from tests.portal.reading import links_of, text_of
from tests.request_builders import make_request

NUMBER = "BE0477472701"


@pytest.fixture
def approved(partner: Partner, onboarder: User) -> RegistrationRequest:
    return make_request(partner, onboarder, State.APPROVED, vat_number=NUMBER)


def address_of(request: RegistrationRequest) -> str:
    assert request.customer is not None
    return f"/customers/{request.customer.number}/requests/"


def references_in(client: Client, request: RegistrationRequest) -> list[str]:
    """The requests the tab leads to, in order."""
    links = links_of(client.get(address_of(request)))
    return [parts[2] for link in links if (parts := link.split("/"))[1] in ("requests", "onboarding") and parts[3:]][1:]


def test_each_says_where_it_stands_since_when_and_leads_to_its_page(
    partner: Partner, onboarder: User, approved: RegistrationRequest, signed_in: SignIn
) -> None:
    rejected = make_request(partner, onboarder, State.REJECTED, vat_number=NUMBER, reason="Wrong company.")

    response = signed_in(onboarder).get(address_of(approved))

    said = text_of(response)
    assert f"Rejected {rejected.reference} Wrong company. now See" in said.replace("just now", "now")
    assert f"Approved {approved.reference} Sent by Lotte Verlinden" in said
    assert references_in(signed_in(onboarder), approved) == [rejected.reference, approved.reference]


def test_one_that_was_started_again_names_what_it_began_with(
    partner: Partner, onboarder: User, approved: RegistrationRequest, signed_in: SignIn
) -> None:
    """Whose number was wrong: the number alone would not find it."""
    former = make_request(partner, onboarder, State.REJECTED)
    RegistrationRequest.objects.filter(pk=approved.pk).update(copied_from=former)

    said = text_of(signed_in(onboarder).get(address_of(approved)))

    assert f"Sent by Lotte Verlinden · started again from {former.reference}" in said
    assert f"Rejected {former.reference}" in said


def test_one_begun_from_it_is_there_whatever_its_number(
    partner: Partner, onboarder: User, approved: RegistrationRequest, signed_in: SignIn
) -> None:
    again = make_request(partner, onboarder, State.SUBMITTED)
    RegistrationRequest.objects.filter(pk=again.pk).update(copied_from=approved)

    assert references_in(signed_in(onboarder), approved) == [again.reference, approved.reference]


def test_a_company_without_vat_number_is_known_by_its_national_one(
    partner: Partner, onboarder: User, approved: RegistrationRequest, signed_in: SignIn
) -> None:
    former = make_request(partner, onboarder, State.WITHDRAWN)
    RegistrationRequest.objects.filter(pk=former.pk).update(vat_number="", national_number=NUMBER)

    assert references_in(signed_in(onboarder), approved) == [former.reference, approved.reference]


def test_those_of_the_same_company_at_another_partner_are_nobodys_business_here(
    other_partner: Partner, onboarder: User, stranger: User, csm: User, approved: RegistrationRequest, signed_in: SignIn
) -> None:
    make_request(other_partner, stranger, State.SUBMITTED, vat_number=NUMBER)

    for reader in (onboarder, csm):
        assert references_in(signed_in(reader), approved) == [approved.reference]


def test_a_draft_is_the_partners_alone(
    partner: Partner, onboarder: User, viewer: User, csm: User, approved: RegistrationRequest, signed_in: SignIn
) -> None:
    draft = make_request(partner, onboarder, State.DRAFT, vat_number=NUMBER)

    assert references_in(signed_in(onboarder), approved) == [draft.reference, approved.reference]
    assert references_in(signed_in(viewer), approved) == [draft.reference, approved.reference]
    assert references_in(signed_in(csm), approved) == [approved.reference]


def test_a_customer_that_came_without_one_says_so(customer: Customer, onboarder: User, signed_in: SignIn) -> None:
    said = text_of(signed_in(onboarder).get(f"/customers/{customer.number}/requests/"))

    assert "No requests" in said


def test_companies_without_any_number_are_not_one(partner: Partner, onboarder: User, signed_in: SignIn) -> None:
    customer = builders.make_customer(partner, status="ended", vat_number="BE0999124447")
    make_request(partner, onboarder, State.DRAFT, vat_number="")

    assert "No requests" in text_of(signed_in(onboarder).get(f"/customers/{customer.number}/requests/"))


@pytest.mark.parametrize("persona", ["onboarder", "csm"])
def test_many_are_paged_and_cost_the_same(
    persona: str,
    request: pytest.FixtureRequest,
    partner: Partner,
    onboarder: User,
    approved: RegistrationRequest,
    signed_in: SignIn,
    django_assert_num_queries: Callable[..., Any],
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    client = signed_in(request.getfixturevalue(persona))
    with django_assert_max_num_queries(8) as counted:
        client.get(address_of(approved))
    for _serial in range(2):
        make_request(partner, onboarder, State.REJECTED, vat_number=NUMBER)

    with django_assert_num_queries(len(counted)):
        assert text_of(client.get(address_of(approved))).count("Rejected") == 2
