"""Numbers that no customer has: refused by the verbs too, however they are written down."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from approvals import drafts, submission
from approvals.models import RegistrationRequest
from customers import lifecycle, own_numbers
from customers.details import CustomerDetails
from customers.models import Customer, Partner
from customers.own_numbers import Owner, OwnNumber
from customers.relationships import Relationship
from portal.models import User
from tests import builders
from tests.approvals import filled

pytestmark = pytest.mark.django_db

OWN = "BE0477472701"
DETAILS = CustomerDetails(
    vat_number=OWN,
    name="Acme NV",
    phone="+3225550142",
    street="Kanaalkade 14",
    postcode="2300",
    city="Turnhout",
    country="BE",
    industry_code="H",
)


@pytest.fixture
def known(partner: Partner) -> Partner:
    """The partner, with its own number on record as somebody typed it."""
    builders.make_industry()
    partner.vat_number = "be 0477.472.701"
    partner.save()
    return partner


def open_customer(actor: User, partner: Partner, details: CustomerDetails) -> Customer:
    return lifecycle.open_customer(
        actor=actor,
        partner=partner,
        details=details,
        relationship=Relationship.RESELLER,
        uses_secwise_watch=False,
    )


@pytest.mark.parametrize(
    "numbers",
    [{"vat_number": OWN}, {"vat_number": "", "national_number": OWN, "no_vat_reason": "exempt"}],
    ids=["vat", "national"],
)
def test_no_customer_is_opened_or_corrected_to_the_partners_own_number(
    known: Partner, onboarder: User, numbers: dict[str, str]
) -> None:
    with pytest.raises(OwnNumber) as refusal:
        open_customer(onboarder, known, replace(DETAILS, **numbers))
    assert refusal.value.owner is Owner.PARTNER
    customer = builders.make_customer(known)
    with pytest.raises(OwnNumber):
        lifecycle.correct_details(
            actor=onboarder,
            customer=customer,
            details=replace(DETAILS, **numbers),
            relationship=Relationship.RESELLER,
            uses_secwise_watch=False,
        )
    assert list(Customer.objects.all()) == [customer]


def test_a_customer_that_has_the_number_can_still_be_corrected(known: Partner, onboarder: User) -> None:
    customer = builders.make_customer(known, vat_number=OWN)
    lifecycle.correct_details(
        actor=onboarder,
        customer=customer,
        details=DETAILS,
        relationship=Relationship.RESELLER,
        uses_secwise_watch=False,
    )
    customer.refresh_from_db()
    assert customer.name == "Acme NV"


def test_a_draft_neither_starts_with_it_nor_changes_to_it(known: Partner, onboarder: User) -> None:
    with pytest.raises(OwnNumber):
        drafts.start(actor=onboarder, partner=known, answer={}, vat_number=OWN)
    draft = drafts.start(actor=onboarder, partner=known, answer={}, vat_number=builders.belgian_vat(77))
    with pytest.raises(OwnNumber):
        drafts.save_step(
            actor=onboarder, request=draft, version=1, step="vat", answer={"x": "y"}, done=True, vat_number=OWN
        )
    draft.refresh_from_db()
    assert (draft.version, draft.vat_number) == (1, builders.belgian_vat(77))


def test_a_request_is_not_sent_with_it(partner: Partner, onboarder: User) -> None:
    request = filled.started(partner, onboarder)
    Partner.objects.filter(pk=partner.pk).update(vat_number=filled.VAT)
    request = RegistrationRequest.objects.get(pk=request.pk)
    with pytest.raises(OwnNumber):
        filled.confirm(onboarder, request)
    assert (Customer.objects.count(), submission.Submission.objects.count()) == (0, 0)


@pytest.mark.parametrize("written", ["BE0477472701", "be 0477.472.701", " BTW BE 0477 472 701 "])
def test_the_operators_numbers_count_however_they_are_written(
    partner: Partner, settings: Settings, written: str
) -> None:
    settings.OPERATOR_VAT_NUMBERS = ["", "no number", written]
    with pytest.raises(OwnNumber) as refusal:
        own_numbers.refuse(partner, OWN)
    assert refusal.value.owner is Owner.OPERATOR
    own_numbers.refuse(partner, builders.belgian_vat(78))


def test_a_partner_without_a_number_refuses_nothing(partner: Partner) -> None:
    own_numbers.refuse(partner, OWN)
    own_numbers.refuse(partner, "")


def test_the_database_keeps_one_number_of_one_company(partner: Partner, other_partner: Partner) -> None:
    national = {"vat_number": "", "no_vat_reason": "exempt"}
    builders.make_customer(partner, vat_number=OWN)
    builders.make_customer(other_partner, national_number=OWN, **national)
    refused = [
        {"vat_number": OWN},
        {"national_number": OWN, **national},
        {"vat_number": builders.belgian_vat(79), "national_number": "DE HRB 1", "no_vat_reason": "exempt"},
        {"vat_number": "", "national_number": "DE HRB 1", "no_vat_reason": ""},
        {"vat_number": "", "national_number": "DE HRB 1", "no_vat_reason": "natural_person"},
        {"vat_number": "", "national_number": "", "no_vat_reason": "exempt"},
    ]
    for fields in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            builders.make_customer(partner, **fields)
    assert Customer.objects.count() == 2
