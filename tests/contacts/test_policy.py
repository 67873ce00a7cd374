"""The role policy: every cell by the rules, and what the table of the product does not hold in columns."""

from typing import Any

import pytest

from contacts.assignment import circumstances
from contacts.policy import ROLE_POLICY, ContactKind, EvidenceKind, Role, Side
from contacts.roster import Roster
from contacts.violations import Circumstances, Nominee, Severity, violations
from customers.email_domains import domain_of
from customers.relationships import Relationship
from tests.contacts.policy_cells import GROUPS, TABLE, by_group, cells_of


def case(**fields: Any) -> Circumstances:
    values = {
        "relationship": Relationship.RESELLER,
        "uses_secwise_watch": True,
        "signing_authority": True,
        "blocked_domains": ("cronos.be",),
    } | fields
    return Circumstances(**values)


def nominee(**fields: Any) -> Nominee:
    values = {
        "name": "Els Goossens",
        "side": Side.OWN,
        "kind": ContactKind.PERSON,
        "email": "els@brightcloud.example",
        "has_phone": True,
        "phone_is_personal": True,
    } | fields
    return Nominee(**values)


def codes(role: Role, person: Nominee | None, severity: Severity = Severity.BLOCK, **fields: Any) -> list[str]:
    return [found.code for found in violations(role, person, case(**fields)) if found.severity is severity]


def test_the_table_of_the_product_has_720_cells() -> None:
    assert set(TABLE) == {role.value for role in ROLE_POLICY}
    assert sum(1 for group in GROUPS for _cell in cells_of(group)) == 720


@by_group
def test_the_rules_say_what_the_product_says(group: tuple[str, str, str, str]) -> None:
    for cell in cells_of(group):
        person = nominee(
            side=Side(cell.side),
            kind=ContactKind(cell.kind),
            email=f"els@{cell.domain}",
            has_phone=cell.phone != "none",
            phone_is_personal=cell.phone == "mobile",
        )
        evidence = {EvidenceKind(cell.document)} if cell.document else set()
        found = codes(Role(cell.role), person, relationship=Relationship(cell.relationship), evidence=evidence)
        assert set(found) == cell.refusals, cell


@pytest.mark.parametrize("role", ["technical", "commercial", "dpo", "watch_list"])
@pytest.mark.parametrize("uses_secwise_watch", [True, False])
def test_four_roles_are_always_needed(role: str, uses_secwise_watch: bool) -> None:
    assert codes(Role(role), None, uses_secwise_watch=uses_secwise_watch) == ["role_empty"]


@pytest.mark.parametrize(("uses_secwise_watch", "found"), [(True, ["role_empty"]), (False, [])])
def test_security_incident_is_needed_with_secwise_watch_only(uses_secwise_watch: bool, found: list[str]) -> None:
    assert codes(Role.SECURITY_INCIDENT, None, uses_secwise_watch=uses_secwise_watch) == found


def test_an_optional_role_is_judged_all_the_same_when_it_is_filled() -> None:
    found = codes(
        Role.SECURITY_INCIDENT,
        nominee(side=Side.CUSTOMER),
        relationship=Relationship.VALUE_ADD_PARTNER,
        uses_secwise_watch=False,
    )
    assert found == ["wrong_side"]


def test_a_phone_number_is_advised_for_security_incidents() -> None:
    person = nominee(side=Side.CUSTOMER, has_phone=False, phone_is_personal=False)
    assert codes(Role.SECURITY_INCIDENT, person) == []
    assert codes(Role.SECURITY_INCIDENT, person, Severity.WARN) == ["phone_advised"]


def test_nobody_signs_without_declared_authority() -> None:
    assert codes(Role.COMMERCIAL, nominee(side=Side.CUSTOMER), signing_authority=False) == ["authority_undeclared"]


@pytest.mark.parametrize("role", ["technical", "dpo", "watch_list", "security_incident"])
def test_authority_is_nothing_to_the_other_roles(role: str) -> None:
    assert codes(Role(role), nominee(side=Side.CUSTOMER), signing_authority=False) == []


def test_as_reseller_accepting_the_liability_stands_for_the_document() -> None:
    """Source: settled question 2."""
    assert codes(Role.COMMERCIAL, nominee(), accepts_liability=True) == []
    assert codes(Role.COMMERCIAL, nominee(), Severity.WARN, accepts_liability=True) == [
        "liability_accepted",
        "side_not_preferred",
    ]


def test_as_value_add_partner_no_liability_stands_for_the_approval() -> None:
    """Source: settled question 1."""
    found = codes(Role.COMMERCIAL, nominee(), accepts_liability=True, relationship=Relationship.VALUE_ADD_PARTNER)
    assert found == ["approval_missing"]


def test_staff_may_let_a_customer_go_without_its_approval() -> None:
    """Source: settled question 10."""
    exception = {"approval_exception": True, "relationship": Relationship.VALUE_ADD_PARTNER}
    assert codes(Role.COMMERCIAL, nominee(), **exception) == []
    assert codes(Role.COMMERCIAL, nominee(), Severity.WARN, **exception) == ["approval_exception"]


def test_an_exception_for_the_approval_is_none_for_a_resellers_agreement() -> None:
    assert codes(Role.COMMERCIAL, nominee(), approval_exception=True) == ["agreement_missing"]


@pytest.mark.parametrize("role", ["commercial", "security_incident"])
def test_the_customers_own_person_is_preferred_in_two_roles_of_a_reseller(role: str) -> None:
    evidence = {EvidenceKind.LIABILITY_AGREEMENT}
    assert codes(Role(role), nominee(), Severity.WARN, evidence=evidence) == ["side_not_preferred"]
    assert codes(Role(role), nominee(side=Side.CUSTOMER), Severity.WARN) == []


def test_who_added_the_agreement_is_not_told_that_the_liability_stays() -> None:
    def advice(**fields: Any) -> str:
        found = violations(Role.COMMERCIAL, nominee(), case(**fields))
        return next(each.message for each in found if each.code == "side_not_preferred")

    assert advice(accepts_liability=True) == (
        "%(name)s works for you. Best is the customer’s own signatory: then the liability is not yours."
    )
    assert advice(evidence={EvidenceKind.LIABILITY_AGREEMENT}) == (
        "%(name)s works for you, and the signed agreement transfers the liability to the customer. "
        "Arxus checks the agreement. Best is the customer’s own signatory."
    )
    assert advice(accepts_liability=True, evidence={EvidenceKind.CUSTOMER_APPROVAL}) == advice(accepts_liability=True)


@pytest.mark.parametrize(
    "email",
    [
        "els@cronos.be",
        "els@CRONOS.BE",
        "els@Cronos.Be",
        "els@ｃｒｏｎｏｓ.ｂｅ",
        "els@cronos。be",
        "els@cronoſ.be",
        "els@ⓒronos.be",
        "els@cronos\u00ad.be",
        "els@cro\u200bnos.be",
        "els@cronos.be.",
        '"els@home"@cronos.be',
    ],
)
def test_no_spelling_of_the_banned_domain_slips_past(email: str) -> None:
    """Source: settled question 3, and what was seen to slip past a plain comparison."""
    assert codes(Role.COMMERCIAL, nominee(side=Side.CUSTOMER, email=email)) == ["blocked_domain"]


@pytest.mark.parametrize("email", ["els@notcronos.be", "els@cronos.be.example", "els@mail.cronos.be", "els@cronos.eu"])
def test_only_the_exact_domain_is_banned(email: str) -> None:
    assert codes(Role.COMMERCIAL, nominee(side=Side.CUSTOMER, email=email)) == []


def test_both_spellings_of_one_international_domain_are_the_same() -> None:
    assert domain_of("a@exämple.be") == domain_of("a@xn--exmple-cua.be") == "xn--exmple-cua.be"


def test_the_banned_domains_are_a_setting(settings: Any) -> None:
    settings.COMMERCIAL_EMAIL_BLOCKED_DOMAINS = ["Elsewhere.Example"]
    roster = Roster(relationship=Relationship.RESELLER, uses_secwise_watch=False, signing_authority=True)
    set_case = circumstances(roster, evidence=())

    found = violations(Role.COMMERCIAL, nominee(side=Side.CUSTOMER, email="els@elsewhere.example"), set_case)
    assert [violation.code for violation in found] == ["blocked_domain"]
    assert violations(Role.COMMERCIAL, nominee(side=Side.CUSTOMER, email="els@cronos.be"), set_case) == []


def test_who_has_to_be_replaced_is_not_asked_to_be_completed() -> None:
    person = nominee(side=Side.CUSTOMER, has_phone=False, phone_is_personal=False, email="els@cronos.be")
    assert codes(Role.COMMERCIAL, person, relationship=Relationship.VALUE_ADD_PARTNER) == ["wrong_side"]
