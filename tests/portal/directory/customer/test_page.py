"""The page of one customer and its tabs."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from approvals.workflow import State
from contacts.models import Contact
from contacts.policy import ContactKind, EvidenceKind, Role
from customers.history import record
from customers.models import Customer, CustomerStatus, Partner, VatCheck
from customers.permissions import MembershipRole
from customers.relationships import Relationship
from customers.vies import Outcome
from portal.models import User
from tests import builders, request_builders
from tests.conftest import SignIn
from tests.portal.reading import companies_in, links_of, text_of


@pytest.fixture
def client(onboarder: User, signed_in: SignIn) -> Client:
    return signed_in(onboarder)


@pytest.fixture
def studio(partner: Partner) -> Customer:
    customer = builders.make_customer(
        partner,
        name="Studio Zeven Bruggen",
        legal_name="Zeven Bruggen Ontwerp BV",
        vat_number="BE0477472701",
        city="Brugge",
        phone_extension="12",
        uses_secwise_watch=True,
    )
    request_builders.fill_roles(customer)
    return customer


def test_it_says_who_the_customer_is(studio: Customer, client: Client) -> None:
    said = text_of(client.get(f"/customers/{studio.number}/"))

    assert "Studio Zeven Bruggen Active BE 0477.472.701 Reseller Brugge" in said
    assert "Legal name Zeven Bruggen Ontwerp BV" in said
    assert "Kanaalkade 14 2300 Brugge, Belgium" in said
    assert "+32 2 555 01 42 ext. 12" in said
    assert "Secwise Watch Yes" in said
    assert "Language Dutch" in said


def test_each_role_says_who_fills_it_and_how_to_reach_them(studio: Customer, client: Client, partner: Partner) -> None:
    els = builders.make_contact(partner, last_name="Maes", email="els.maes@brightcloud.example", phone="+32470550117")
    studio.assignments.filter(role=Role.TECHNICAL).update(contact=els)

    response = client.get(f"/customers/{studio.number}/")

    assert "Technical Complete Els Maes Your organisation els.maes@brightcloud.example +32 470 55 01 17" in text_of(
        response
    )
    assert {"mailto:els.maes@brightcloud.example", "tel:+32470550117"} <= set(links_of(response))


def test_a_distribution_list_is_called_one(studio: Customer, client: Client, partner: Partner) -> None:
    desk = builders.make_contact(partner, first_name="", last_name="Service desk", kind=ContactKind.LIST, phone="")
    studio.assignments.filter(role=Role.WATCH_LIST).update(contact=desk)

    assert "Watch List Complete Service desk (list) Your organisation" in text_of(
        client.get(f"/customers/{studio.number}/")
    )


def test_what_is_missing_is_said_on_top_and_in_the_card(studio: Customer, client: Client) -> None:
    Contact.objects.filter(assignments__role=Role.COMMERCIAL).update(phone="")
    studio.assignments.filter(role=Role.DPO).delete()

    said = text_of(client.get(f"/customers/{studio.number}/"))

    assert "Commercial contact: phone missing; DPO contact: missing." in said
    assert "Commercial Phone missing" in said
    assert "DPO Missing" in said


def test_a_role_nobody_needs_is_not_missing(partner: Partner, client: Client) -> None:
    customer = builders.make_customer(partner, uses_secwise_watch=False)
    request_builders.fill_roles(customer)
    customer.assignments.filter(role=Role.SECURITY_INCIDENT).delete()

    said = text_of(client.get(f"/customers/{customer.number}/"))

    assert "Security Incident Not needed" in said
    assert "Security Incident contact:" not in said


@pytest.mark.parametrize("written", ["{0}", "{1}", "{2}"])
def test_its_number_is_understood_however_typed(written: str, studio: Customer, client: Client) -> None:
    bare = studio.number.replace("-", "")
    forms = (studio.number, bare.lower(), studio.number.lower().replace("0", "o").replace("1", "l"))

    assert client.get(f"/customers/{written.format(*forms)}/").status_code == 200


@pytest.mark.parametrize("state", [State.SUBMITTED, State.CHANGES_REQUESTED, State.REJECTED, State.WITHDRAWN])
def test_a_customer_that_is_not_approved_leads_to_its_request(
    state: State, partner: Partner, onboarder: User, client: Client
) -> None:
    request = request_builders.make_request(partner, onboarder, state)
    assert request.customer is not None

    response = client.get(f"/customers/{request.customer.number}/")

    assert (response.status_code, response["Location"]) == (302, f"/requests/{request.reference}/")
    for tab in ("contacts", "documents", "requests", "history"):
        assert client.get(f"/customers/{request.customer.number}/{tab}/").status_code == 404


def test_a_customer_that_ended_keeps_its_page(partner: Partner, client: Client) -> None:
    customer = builders.make_customer(partner, status=CustomerStatus.ENDED)

    assert f"{customer.name} Ended" in text_of(client.get(f"/customers/{customer.number}/"))


def test_documents_of_its_request_can_be_downloaded(partner: Partner, onboarder: User, client: Client) -> None:
    request = request_builders.make_request(
        partner, onboarder, State.APPROVED, evidence=EvidenceKind.LIABILITY_AGREEMENT
    )
    assert request.customer is not None
    document = request.evidence.get()

    response = client.get(f"/customers/{request.customer.number}/documents/")

    assert "agreement.pdf Signed agreement on liability" in text_of(response)
    assert f"/requests/{request.reference}/evidence/{document.key}/" in links_of(response)
    assert "Documents 1" in text_of(response)


def test_history_tells_partners_that_arxus_approved_and_staff_who(
    partner: Partner, onboarder: User, approver: User, signed_in: SignIn
) -> None:
    request = request_builders.make_request(partner, onboarder, State.APPROVED, approver=approver)
    assert request.customer is not None
    address = f"/customers/{request.customer.number}/history/"

    ours, theirs = text_of(signed_in(approver).get(address)), text_of(signed_in(onboarder).get(address))

    assert "Arxus approved the request" in theirs
    assert "You sent the request" in theirs
    assert "Sofie Dhondt" not in theirs
    assert "You approved the request" in ours
    assert "Lotte Verlinden sent the request" in ours


def test_history_is_paged(customer: Customer, onboarder: User, client: Client) -> None:
    for _event in range(60):
        record(actor=onboarder, action="customer.corrected", partner=customer.partner, customer=customer)

    first, second = (client.get(f"/customers/{customer.number}/history/?page={page}") for page in ("1", "2"))

    assert text_of(first).count("You corrected the details") == 50
    assert text_of(second).count("You corrected the details") == 10
    assert text_of(client.get(f"/customers/{customer.number}/history/?page=junk")) == text_of(first)


def test_what_the_register_told_the_partner_of_its_number_is_said(
    studio: Customer, other_partner: Partner, client: Client
) -> None:
    asked_at = datetime(2026, 11, 1, 9, tzinfo=UTC)
    said = {"number": studio.vat_number, "asked_at": asked_at, "tried_at": asked_at}
    VatCheck.objects.create(partner=other_partner, outcome=Outcome.NOT_REGISTERED.value, **said)
    assert "VAT register" not in text_of(client.get(f"/customers/{studio.number}/"))

    VatCheck.objects.create(partner=studio.partner, outcome=Outcome.REGISTERED.value, **said)

    assert "VAT register Registered Asked 1 November 2026" in text_of(client.get(f"/customers/{studio.number}/"))


def test_staff_read_whose_customer_it_is_and_go_on_to_all_of_theirs(
    studio: Customer, other_partner: Partner, csm: User, signed_in: SignIn
) -> None:
    builders.make_customer(other_partner, name="Elsewhere NV")
    response = signed_in(csm).get(f"/customers/{studio.number}/")
    address = f"/customers/?partner={studio.partner_id}&sort=name"

    assert "Customer of Brightcloud" in text_of(response)
    assert address in links_of(response)
    assert companies_in(signed_in(csm).get(address)) == ["Studio Zeven Bruggen"]


class TestItsOwnPeople:
    def test_see_their_company_and_who_fills_which_role(
        self, customer: Customer, customer_user: User, signed_in: SignIn
    ) -> None:
        people = request_builders.fill_roles(customer)

        said = text_of(signed_in(customer_user).get(f"/customers/{customer.number}/"))

        assert customer.name in said
        assert f"{people[Role.DPO].full_name} Your company" in said

    @pytest.mark.parametrize("tab", ["documents", "requests", "history"])
    def test_see_nothing_of_what_the_partner_settles_with_arxus(
        self, tab: str, partner: Partner, onboarder: User, signed_in: SignIn
    ) -> None:
        request = request_builders.make_request(partner, onboarder, State.APPROVED)
        assert request.customer is not None
        user = builders.make_member(request.customer, MembershipRole.ADMINISTRATOR)
        client = signed_in(user)

        page = client.get(f"/customers/{request.customer.number}/")

        assert page.status_code == 200
        assert request.reference not in text_of(page)
        assert client.get(f"/customers/{request.customer.number}/{tab}/").status_code == 404
        assert client.get(f"/requests/{request.reference}/").status_code == 404

    def test_see_nothing_once_the_partner_deals_as_value_add_partner(
        self, customer: Customer, customer_user: User, signed_in: SignIn
    ) -> None:
        Customer.objects.filter(pk=customer.pk).update(relationship=Relationship.VALUE_ADD_PARTNER)

        assert signed_in(customer_user).get(f"/customers/{customer.number}/").status_code == 404


@pytest.mark.parametrize("persona", ["onboarder", "csm", "approver"])
@pytest.mark.parametrize("tab", ["", "contacts/", "documents/", "requests/", "history/"])
def test_a_page_costs_ten_queries_at_most(
    persona: str,
    tab: str,
    request: pytest.FixtureRequest,
    partner: Partner,
    onboarder: User,
    signed_in: SignIn,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    asked = request_builders.make_request(partner, onboarder, State.APPROVED, evidence=EvidenceKind.LIABILITY_AGREEMENT)
    assert asked.customer is not None
    client = signed_in(request.getfixturevalue(persona))

    with django_assert_max_num_queries(10):
        client.get(f"/customers/{asked.customer.number}/{tab}")
