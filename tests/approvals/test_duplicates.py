"""The same VAT number at the same partner is found wherever it is; another partner's never."""

import pytest

from approvals.duplicates import Duplicate, find
from approvals.models import RegistrationRequest
from approvals.workflow import State
from customers.models import CustomerStatus, Partner
from portal.models import User
from tests import builders
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db

VAT = builders.belgian_vat(9_100_001)


@pytest.mark.parametrize("status", [CustomerStatus.ACTIVE, CustomerStatus.ENDED])
def test_a_customer_is_found(status: CustomerStatus, partner: Partner) -> None:
    customer = builders.make_customer(partner, vat_number=VAT, status=status, name="Acme NV")
    found = find(partner=partner, vat_number=VAT)
    assert found == Duplicate(kind="customer", customer=customer)
    assert (found.company_name, found.reference, found.owner) == ("Acme NV", customer.number, None)


@pytest.mark.parametrize(
    ("state", "kind"),
    [(State.DRAFT, "draft"), (State.SUBMITTED, "request"), (State.CHANGES_REQUESTED, "request")],
)
def test_an_open_request_is_found_with_its_owner(state: State, kind: str, partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, state, vat_number=VAT, name="Acme NV")
    found = find(partner=partner, vat_number=VAT)
    assert found is not None
    assert (found.kind, found.request, found.customer) == (kind, request, None)
    assert (found.company_name, found.reference, found.owner) == ("Acme NV", request.reference, onboarder)


def test_an_approved_request_is_found_as_its_customer(partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, State.APPROVED, vat_number=VAT)
    assert find(partner=partner, vat_number=VAT) == Duplicate(kind="customer", customer=request.customer)


@pytest.mark.parametrize("state", [State.REJECTED, State.WITHDRAWN])
def test_a_request_that_came_to_nothing_frees_its_number(state: State, partner: Partner, onboarder: User) -> None:
    make_request(partner, onboarder, state, vat_number=VAT)
    assert find(partner=partner, vat_number=VAT) is None


@pytest.mark.parametrize("state", State)
def test_nothing_of_another_partner_is_found(state: State, partner: Partner, other_partner: Partner) -> None:
    make_request(other_partner, builders.make_user(), state, vat_number=VAT)
    assert find(partner=partner, vat_number=VAT) is None


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.CHANGES_REQUESTED])
def test_a_request_is_no_duplicate_of_itself(state: State, partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, state, vat_number=VAT)
    assert find(partner=partner, vat_number=VAT, exclude=request) is None


def test_a_request_under_correction_still_holds_the_number_it_was_sent_with(partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, State.CHANGES_REQUESTED, vat_number=VAT)
    RegistrationRequest.objects.update(vat_number=builders.belgian_vat(9_100_002))
    found = find(partner=partner, vat_number=VAT)
    assert found is not None
    assert (found.kind, found.request) == ("request", request)


def test_customers_without_a_number_are_no_duplicates_of_each_other(partner: Partner, onboarder: User) -> None:
    make_request(partner, onboarder, vat_number="")
    make_request(partner, onboarder, vat_number="")
    assert find(partner=partner, vat_number="") is None
