"""What is wrong with the people in a customer's roles, apart from documents and declarations."""

from typing import Any

import pytest

from contacts.gaps import GAP_CODES, GAP_WORDS, gap_code, gaps, must_be_mended
from contacts.policy import ContactKind, Role, Side
from contacts.violations import Nominee
from customers.relationships import Relationship


def nominee(**fields: Any) -> Nominee:
    values: dict[str, Any] = {
        "name": "Els",
        "side": Side.CUSTOMER,
        "kind": ContactKind.PERSON,
        "email": "els@somewhere.example",
        "has_phone": True,
        "phone_is_personal": True,
    }
    return Nominee(**(values | fields))


def judged(changes: dict[Role, Nominee | None], **circumstances: Any) -> list[tuple[Role, str]]:
    holders = {role: nominee() for role in Role} | changes
    found = gaps(
        {role: holder for role, holder in holders.items() if holder},
        **({"relationship": Relationship.RESELLER, "uses_secwise_watch": True} | circumstances),
    )
    return [(gap.role, gap.code) for gap in found]


def test_people_the_policy_agrees_with_leave_no_gap() -> None:
    assert judged({}) == []


@pytest.mark.parametrize(
    ("role", "holder", "code"),
    [
        (Role.DPO, None, "role_empty"),
        (Role.TECHNICAL, nominee(has_phone=False, phone_is_personal=False), "phone_missing"),
        (Role.COMMERCIAL, nominee(phone_is_personal=False), "phone_not_personal"),
        (Role.SECURITY_INCIDENT, nominee(has_phone=False, phone_is_personal=False), "phone_advised"),
        (Role.DPO, nominee(kind=ContactKind.LIST), "list_not_accepted"),
        (Role.DPO, nominee(has_left=True), "has_left"),
    ],
)
def test_what_the_policy_says_of_a_person_is_a_gap(role: Role, holder: Nominee | None, code: str) -> None:
    assert judged({role: holder}) == [(role, code)]


def test_the_wrong_side_is_a_gap_in_each_role() -> None:
    assert judged({}, relationship=Relationship.VALUE_ADD_PARTNER) == [(role, "wrong_side") for role in Role]


def test_a_blocked_domain_is_a_gap_of_the_commercial_contact_alone() -> None:
    everybody: dict[Role, Nominee | None] = {role: nominee(email="els@cronos.be") for role in Role}

    assert judged(everybody, blocked_domains=["cronos.be"]) == [(Role.COMMERCIAL, "blocked_domain")]


@pytest.mark.parametrize("relationship", Relationship)
def test_documents_and_declarations_are_not_asked_again(relationship: Relationship) -> None:
    own: dict[Role, Nominee | None] = {role: nominee(side=Side.OWN) for role in Role}

    assert judged(own, relationship=relationship) == []


def test_advice_need_not_be_mended() -> None:
    found = gaps(
        {role: nominee(has_phone=role is not Role.SECURITY_INCIDENT) for role in Role if role is not Role.DPO},
        relationship="reseller",
        uses_secwise_watch=True,
    )

    assert [gap.code for gap in must_be_mended(found)] == ["role_empty"]


def test_words_fit_a_table() -> None:
    for code, words in GAP_WORDS.items():
        assert len(words.alone) <= 20, code
        assert words.with_role % {"role": "Security Incident"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, ""),
        ({Role.DPO: None}, "role_empty:dpo"),
        ({Role.DPO: None, Role.WATCH_LIST: None}, "missing:2"),
        ({Role.DPO: None, Role.COMMERCIAL: nominee(has_left=True)}, "mend:2"),
        ({Role.COMMERCIAL: nominee(has_phone=False, phone_is_personal=False)}, "phone_missing:commercial"),
        ({Role.SECURITY_INCIDENT: nominee(has_phone=False, phone_is_personal=False)}, ""),
        (dict.fromkeys(Role), "missing:5"),
    ],
)
def test_what_is_wrong_has_one_short_code(changes: dict[Role, Nominee | None], code: str) -> None:
    holders = {role: holder for role, holder in ({role: nominee() for role in Role} | changes).items() if holder}
    found = must_be_mended(gaps(holders, relationship=Relationship.RESELLER, uses_secwise_watch=True))

    assert gap_code(found) == code
    assert not code or code in GAP_CODES


def test_codes_differ_and_fit_their_column() -> None:
    assert len(set(GAP_CODES)) == len(GAP_CODES)
    assert max(map(len, GAP_CODES)) <= 40
