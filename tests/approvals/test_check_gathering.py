"""What is gathered around a submission, out of the whole portal, for one request or fifty in the same few queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from approvals.checks import signals_of_all
from approvals.checks.cases import Case, Shared
from approvals.checks.gather import cases_of
from approvals.models import RegistrationRequest
from approvals.workflow import State
from contacts.models import Contact
from contacts.policy import EvidenceKind, Role
from customers.models import CustomerStatus, Membership, NoVatReason, Partner
from customers.permissions import MembershipRole
from customers.relationships import Relationship
from portal.models import User
from tests import builders
from tests.request_builders import days_ago, make_evidence, make_request

pytestmark = pytest.mark.django_db


def case_of(request: RegistrationRequest) -> Case:
    request.refresh_from_db()
    return cases_of([(request, request.submissions.latest("version"))])[0]


def seen(request: RegistrationRequest) -> set[tuple[Shared, str]]:
    """What is shared with whom."""
    return {(sighting.shared, sighting.name) for sighting in case_of(request).sightings}


@pytest.fixture
def sent(partner: Partner, onboarder: User) -> RegistrationRequest:
    request = make_request(partner, onboarder, name="Kempenvaart Logistiek NV", vat_number="BE0477472701")
    assert request.customer is not None
    type(request.customer).objects.filter(pk=request.customer.pk).update(phone="+3214550199")
    submission = request.submissions.get()
    submission.snapshot["details"]["phone"] = "+3214550199"
    submission.save()
    return request


def test_a_request_does_not_see_itself(sent: RegistrationRequest) -> None:
    assert seen(sent) == set()


@pytest.mark.parametrize("status", CustomerStatus)
def test_the_same_number_is_seen_whatever_became_of_the_customer(
    status: CustomerStatus, sent: RegistrationRequest, other_partner: Partner
) -> None:
    builders.make_customer(other_partner, name="Known NV", vat_number=sent.vat_number, status=status)

    assert seen(sent) == {(Shared.NUMBER, "Known NV")}


def test_an_enterprise_number_without_vat_is_the_same_company(
    sent: RegistrationRequest, other_partner: Partner
) -> None:
    exempt = {"vat_number": "", "national_number": sent.vat_number, "no_vat_reason": NoVatReason.EXEMPT}
    builders.make_customer(other_partner, name="Known VZW", **exempt)

    assert seen(sent) == {(Shared.NUMBER, "Known VZW")}


@pytest.mark.parametrize(
    ("name", "is_seen"),
    [
        ("KEMPENVAART Logistiek NV", True),
        ("Kempenvaart Logistiek BV", True),
        ("Kempenvaart Logistiek", True),
        ("Kempenvaart", False),
        ("Kempenvaart Logistiek Turnhout NV", False),
    ],
)
def test_a_name_that_was_rejected_is_seen_whatever_its_legal_form(
    name: str, is_seen: bool, sent: RegistrationRequest, other_partner: Partner, stranger: User
) -> None:
    rejected = make_request(other_partner, stranger, State.REJECTED, name=name, reason="It does not exist.")

    found = case_of(sent).sightings

    assert [(sighting.name, sighting.reference, sighting.reason) for sighting in found] == (
        [(name, rejected.reference, "It does not exist.")] if is_seen else []
    )


def test_a_name_that_was_not_rejected_is_nobodys_business(sent: RegistrationRequest, other_partner: Partner) -> None:
    builders.make_customer(other_partner, name="Kempenvaart Logistiek NV")

    assert seen(sent) == set()


def test_a_phone_number_is_seen_at_a_company_and_at_its_people(
    sent: RegistrationRequest, other_partner: Partner
) -> None:
    builders.make_customer(other_partner, name="Same Line NV", phone="+3214550199")
    elsewhere = builders.make_customer(other_partner, name="Its Person NV")
    builders.make_contact(elsewhere, phone="+3214550199")
    gone = builders.make_customer(other_partner, phone="+3214550199", status=CustomerStatus.WITHDRAWN)
    builders.make_contact(other_partner, phone="+3214550199")

    assert seen(sent) == {(Shared.PHONE, "Same Line NV"), (Shared.PHONE, "Its Person NV")}
    assert gone.name not in {name for _shared, name in seen(sent)}


def test_an_address_of_the_customers_people_is_seen_in_any_case(
    sent: RegistrationRequest, other_partner: Partner
) -> None:
    email = sent.submissions.get().snapshot["roles"][0]["holder"]["email"]
    elsewhere = builders.make_customer(other_partner, name="Same Person NV")
    builders.make_contact(elsewhere, email=email.upper(), phone="+32470999999")
    builders.make_contact(other_partner, email=email)

    assert seen(sent) == {(Shared.EMAIL, "Same Person NV")}


def test_the_partners_own_people_are_no_trace(partner: Partner, other_partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, relationship=Relationship.VALUE_ADD_PARTNER)
    holder = request.submissions.get().snapshot["roles"][0]["holder"]
    elsewhere = builders.make_customer(other_partner, phone="+3299999999")
    builders.make_contact(elsewhere, email=holder["email"], phone="+32470999999")

    assert Shared.EMAIL not in {shared for shared, _name in seen(request)}


def test_a_file_is_seen_at_another_request_and_a_draft_stays_a_secret(
    partner: Partner, other_partner: Partner, onboarder: User, stranger: User
) -> None:
    sent = make_request(partner, onboarder, evidence=EvidenceKind.LIABILITY_AGREEMENT)
    make_request(other_partner, stranger, evidence=EvidenceKind.CUSTOMER_APPROVAL, name="Same File NV")
    draft = make_request(other_partner, stranger, State.DRAFT)
    make_evidence(draft, stranger, EvidenceKind.CUSTOMER_APPROVAL)
    another = make_request(other_partner, stranger, name="Another File NV")
    make_evidence(another, stranger, EvidenceKind.CUSTOMER_APPROVAL, content=b"%PDF-1.4 other")

    assert {name for shared, name in seen(sent) if shared is Shared.DOCUMENT} == {"Same File NV"}


def test_requests_of_the_partner_within_half_a_day_are_counted(
    partner: Partner, other_partner: Partner, onboarder: User, stranger: User
) -> None:
    sent = make_request(partner, onboarder, submitted_at=days_ago(2))
    for days in (1.6, 1.51, 2.49, 2.51, 1.4):
        make_request(partner, onboarder, submitted_at=days_ago(days))
    make_request(other_partner, stranger, submitted_at=days_ago(2))

    assert case_of(sent).background.requests_nearby == 4


def test_what_is_usual_is_told_by_the_latest_approved_customers(
    partner: Partner, other_partner: Partner, onboarder: User
) -> None:
    for count in range(25):
        kind = Relationship.RESELLER if count < 10 else Relationship.VALUE_ADD_PARTNER
        builders.make_customer(partner, relationship=kind)
    builders.make_customer(partner, status=CustomerStatus.PENDING)
    builders.make_customer(other_partner)

    usual = case_of(make_request(partner, onboarder)).background.usual

    assert usual == {Relationship.RESELLER: 5, Relationship.VALUE_ADD_PARTNER: 15}


def test_a_member_may_send_requests_while_nothing_changed(sent: RegistrationRequest, onboarder: User) -> None:
    background = case_of(sent).background

    joined = Membership.objects.get(user=onboarder).created_at
    assert (background.member_since, background.may_onboard) == (joined, True)


@pytest.mark.parametrize(
    ("change", "is_member"),
    [
        (lambda user: Membership.objects.filter(user=user).update(role=MembershipRole.VIEWER.value), True),
        (lambda user: User.objects.filter(pk=user.pk).update(is_active=False), True),
        (lambda user: Partner.objects.filter(memberships__user=user).update(is_active=False), True),
        (lambda user: Membership.objects.filter(user=user).delete(), False),
    ],
)
def test_who_sent_it_is_asked_about_again(
    change: Any, is_member: bool, sent: RegistrationRequest, onboarder: User
) -> None:
    change(onboarder)

    background = case_of(sent).background

    assert (background.member_since is not None, background.may_onboard) == (is_member, False)


def test_who_moved_to_another_partner_is_no_member_any_more(
    sent: RegistrationRequest, onboarder: User, other_partner: Partner
) -> None:
    Membership.objects.filter(user=onboarder).update(partner=other_partner)

    background = case_of(sent).background

    assert (background.member_since, background.may_onboard) == (None, False)


def test_access_is_that_of_who_fills_the_role_now(sent: RegistrationRequest, approver: User) -> None:
    technical = Contact.objects.get(assignments__role=Role.TECHNICAL.value)
    now = timezone.now()
    Contact.objects.filter(pk=technical.pk).update(access_confirmed_at=now, access_confirmed_by=approver)

    access = case_of(sent).background.access[Role.TECHNICAL]

    assert (access.contact, access.confirmed_at) == (technical.number, now)


def test_fifty_requests_take_as_many_queries_as_one(
    partner: Partner, other_partner: Partner, onboarder: User, stranger: User, settings: Settings
) -> None:
    settings.VIES_URL = "http://127.0.0.1:9"
    pairs = []
    for count in range(50):
        owner, actor = ((partner, onboarder), (other_partner, stranger))[count % 2]
        request = make_request(owner, actor, evidence=EvidenceKind.LIABILITY_AGREEMENT)
        builders.make_customer(
            other_partner, vat_number=builders.belgian_vat(7_000_000 + count), phone=f"+32145501{count:02}"
        )
        pairs.append((request, request.submissions.select_related("submitted_by").get()))

    def cost(few: list[Any]) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(signals_of_all(few)) == len(few)
        return len(captured)

    assert (cost(pairs[:1]), cost(pairs)) == (3, 3)


def test_a_request_of_long_ago_is_not_compared_with_what_came_half_a_day_later(
    partner: Partner, onboarder: User
) -> None:
    sent = make_request(partner, onboarder, submitted_at=days_ago(30))
    make_request(partner, onboarder, submitted_at=days_ago(30) + timedelta(hours=13))

    assert case_of(sent).background.requests_nearby == 1
