"""The signals an approver reads: each with the fact behind it, the gravest first."""

from typing import Any

import pytest
from django.utils import timezone

from approvals.checks import signals
from approvals.checks.cases import Level, Signal
from approvals.models import RegistrationRequest
from contacts.models import Contact
from contacts.policy import EvidenceKind
from customers.models import CustomerStatus, Partner
from customers.relationships import Relationship
from portal.models import User
from tests import builders
from tests.request_builders import make_request

pytestmark = pytest.mark.django_db


def found(request: RegistrationRequest) -> dict[str, Signal]:
    return {signal.code: signal for signal in signals(request, request.submissions.latest("version"))}


def holder(
    name: str = "Pieter Maes", side: str = "own", contact: str = "CON-0000-0001", **fields: Any
) -> dict[str, Any]:
    return {
        "contact": contact,
        "name": name,
        "kind": "person",
        "side": side,
        "email": "p@brightcloud.example",
        "phone": "+32470550117",
        "phone_readable": "+32 470 55 01 17",
        "phone_extension": "",
    } | fields


STRANGER_AT_DPO = "DPO: Pieter Maes works for the customer, who does not know Arxus"
ROLES = ("technical", "commercial", "dpo", "watch_list", "security_incident")


def roles(**holders: Any) -> list[dict[str, Any]]:
    """All five roles, each by somebody else of the partner's own, but for those named."""
    people = {
        role: holder(f"Person {number}", contact=f"CON-0000-000{number}") for number, role in enumerate(ROLES)
    } | holders
    return [{"role": role, "holder": people[role]} for role in ROLES]


def warning(role: str, code: str, message: str = "", **params: str) -> dict[str, Any]:
    return {"role": role, "code": code, "message": message, "params": params}


def test_a_clean_request_has_only_green_signals(partner: Partner, onboarder: User, approver: User) -> None:
    request = make_request(partner, onboarder)
    Contact.objects.update(access_confirmed_at=timezone.now(), access_confirmed_by=approver)

    signalled = found(request)

    assert {signal.level for signal in signalled.values()} == {Level.GREEN}
    assert set(signalled) == {
        "access_confirmed",
        "customer_signs",
        "details_fit",
        "emails_fit",
        "known_nowhere_else",
        "may_sign",
        "never_rejected",
        "roles_right",
        "submitter_known",
    }


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (CustomerStatus.ACTIVE, "known_elsewhere"),
        (CustomerStatus.PENDING, "known_elsewhere"),
        (CustomerStatus.REJECTED, "known_nowhere_else"),
        (CustomerStatus.WITHDRAWN, "known_nowhere_else"),
    ],
)
def test_a_living_customer_of_another_partner_with_the_number_is_amber(
    status: CustomerStatus, code: str, partner: Partner, other_partner: Partner, onboarder: User
) -> None:
    request = make_request(partner, onboarder)
    builders.make_customer(other_partner, vat_number=request.vat_number, status=status)

    signalled = found(request)

    assert code in signalled
    if code == "known_elsewhere":
        assert signalled[code].level is Level.AMBER
        assert signalled[code].fact.startswith("Northwind IT (")
        assert signalled[code].fact.endswith("Brightcloud does not see this")


def test_another_company_of_another_partner_is_no_signal(
    partner: Partner, other_partner: Partner, onboarder: User
) -> None:
    builders.make_customer(other_partner)

    assert "known_elsewhere" not in found(make_request(partner, onboarder))


def test_a_company_without_a_number_is_amber_and_compared_with_no_other(
    partner: Partner, other_partner: Partner, onboarder: User
) -> None:
    builders.make_customer(other_partner, vat_number="")

    signalled = found(make_request(partner, onboarder, vat_number=""))

    assert signalled["vat_missing"].level is Level.AMBER
    assert "known_elsewhere" not in signalled


@pytest.mark.parametrize(
    ("warned", "title", "fact"),
    [
        (
            warning("commercial", "liability_accepted", name="Pieter Maes"),
            "Partner bears the liability",
            "Pieter Maes of Brightcloud signs. No agreement transfers the liability: Brightcloud accepted it",
        ),
        (
            warning("commercial", "approval_exception", name="Pieter Maes"),
            "No written approval of the customer",
            "Arxus granted an exception: Pieter Maes of Brightcloud acts as Commercial contact without it",
        ),
        (
            warning("commercial", "side_not_preferred", name="Pieter Maes"),
            "Commercial contact from the partner",
            "Pieter Maes works for Brightcloud. Best is the customer’s own signatory",
        ),
        (
            warning("security_incident", "phone_advised", name="Ines Vermeulen"),
            "No phone number: Security Incident",
            "Secwise can only write to Ines Vermeulen, even at night",
        ),
        (
            warning("dpo", "of_a_later_version", "%(name)s is unusual.", name="100 %"),
            "DPO contact",
            "100 % is unusual.",
        ),
    ],
)
def test_what_the_policy_warned_of_is_amber_in_the_words_of_staff(
    warned: dict[str, Any], title: str, fact: str, partner: Partner, onboarder: User
) -> None:
    signal = found(make_request(partner, onboarder, warnings=[warned]))[warned["code"]]

    assert (signal.level, signal.title, signal.fact) == (Level.AMBER, title, fact)


def test_one_person_in_every_role_is_amber(partner: Partner, onboarder: User) -> None:
    everywhere = roles(**dict.fromkeys(ROLES, holder()))

    signal = found(make_request(partner, onboarder, roles=everywhere))["one_person"]

    assert (signal.level, signal.fact) == (Level.AMBER, "Pieter Maes fills 5 roles")


@pytest.mark.parametrize(
    ("relationship", "changes", "fact"),
    [
        (Relationship.RESELLER, {"dpo": None}, "DPO: nobody"),
        (Relationship.RESELLER, {"security_incident": None}, "Security Incident: nobody"),
        (Relationship.VALUE_ADD_PARTNER, {"dpo": holder(side="customer")}, STRANGER_AT_DPO),
        (Relationship.RESELLER, {"technical": holder(kind="list")}, "Technical: Pieter Maes is a distribution list"),
    ],
)
def test_a_role_that_the_policy_does_not_allow_so_is_red(
    relationship: Relationship, changes: dict[str, Any], fact: str, partner: Partner, onboarder: User
) -> None:
    request = make_request(partner, onboarder, relationship=relationship, roles=roles(**changes))

    signal = found(request)["roles_wrong"]

    assert (signal.level, signal.fact) == (Level.RED, fact)


def test_security_incident_may_stay_empty_without_secwise_watch(partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, uses_secwise_watch=False, roles=roles(security_incident=None))

    assert found(request)["roles_right"].fact == "4 of Brightcloud, 0 of the customer"


def test_a_signature_nobody_declared_is_red(partner: Partner, onboarder: User) -> None:
    signalled = found(make_request(partner, onboarder, signing_authority=False))

    assert signalled["may_not_sign"].level is Level.RED
    assert "may_sign" not in signalled


@pytest.mark.parametrize(
    ("relationship", "kind"),
    [
        (Relationship.VALUE_ADD_PARTNER, EvidenceKind.CUSTOMER_APPROVAL),
        (Relationship.RESELLER, EvidenceKind.LIABILITY_AGREEMENT),
    ],
)
def test_the_document_the_policy_asks_for_is_green_and_named(
    relationship: Relationship, kind: EvidenceKind, partner: Partner, onboarder: User
) -> None:
    request = make_request(partner, onboarder, relationship=relationship, evidence=kind, roles=roles())

    signal = found(request)["evidence_there"]

    assert (signal.level, signal.fact) == (Level.GREEN, "agreement.pdf")


@pytest.mark.parametrize("relationship", Relationship)
def test_a_document_that_is_missing_is_red(relationship: Relationship, partner: Partner, onboarder: User) -> None:
    signal = found(make_request(partner, onboarder, relationship=relationship, roles=roles()))["evidence_missing"]

    assert signal.level is Level.RED
    assert signal.fact.endswith(", for Person 1")


@pytest.mark.parametrize(
    ("relationship", "code"),
    [
        (Relationship.RESELLER, "liability_accepted"),
        (Relationship.VALUE_ADD_PARTNER, "approval_exception"),
    ],
)
def test_what_stands_in_for_the_document_is_amber_and_the_document_not_missed(
    relationship: Relationship, code: str, partner: Partner, onboarder: User
) -> None:
    warned = [warning("commercial", code, name="Pieter Maes")]

    signalled = found(make_request(partner, onboarder, relationship=relationship, roles=roles(), warnings=warned))

    assert signalled[code].level is Level.AMBER
    assert "evidence_missing" not in signalled


def test_the_gravest_signals_come_first(partner: Partner, other_partner: Partner, onboarder: User) -> None:
    request = make_request(partner, onboarder, signing_authority=False)
    builders.make_customer(other_partner, vat_number=request.vat_number)

    levels = [signal.level for signal in signals(request, request.submissions.get())]

    assert levels == sorted(levels, key=list(Level).index)
    assert set(levels) == set(Level)
