"""Every check beside its borderline: when it speaks, at which level, what it blocks, and when it says nothing."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from approvals.checks.cases import Access, Blocks, Level, Shared
from contacts.policy import Role
from customers.relationships import Relationship
from tests.approvals.cases import (
    CHECKSUM,
    NUMBER,
    PARTNER,
    SENT,
    background,
    document,
    holders,
    judged,
    own,
    sighting,
)

GREEN, AMBER, RED = Level.GREEN, Level.AMBER, Level.RED
VALUE_ADD = "value_add_partner"
TWO_WEEKS = SENT - timedelta(days=14)
ALMOST_TWO_WEEKS = TWO_WEEKS + timedelta(hours=1)
UNPLANNED = "+32420000000"
UNCONFIRMED = {Role.TECHNICAL: Access(contact=f"CON-{Role.TECHNICAL}", confirmed_at=None)}

ELSEWHERE = sighting(Shared.NUMBER, NUMBER)
REJECTED = sighting(Shared.NUMBER, NUMBER, status="rejected", reference="REQ-7F3K-9Q2M", reason="Not asked for.")
SAME_FILE = sighting(Shared.DOCUMENT, CHECKSUM)
SAME_FILE_HERE = replace(SAME_FILE, partner=PARTNER)
WITH_AGREEMENT: dict[str, Any] = {"roles": holders(commercial=own()), "evidence": [document()]}
WITH_APPROVAL: dict[str, Any] = {
    "relationship": VALUE_ADD,
    "roles": holders(own()),
    "evidence": [document("customer_approval")],
}


def _usual(value_add: int, reseller: int) -> dict[Relationship, int]:
    return {Relationship.VALUE_ADD_PARTNER: value_add, Relationship.RESELLER: reseller}


def test_a_case_in_order_is_green_throughout() -> None:
    assert {code: signal.level for code, signal in judged().items()} == {
        "details_fit": GREEN,
        "known_nowhere_else": GREEN,
        "never_rejected": GREEN,
        "roles_right": GREEN,
        "may_sign": GREEN,
        "customer_signs": GREEN,
        "access_confirmed": GREEN,
        "emails_fit": GREEN,
        "submitter_known": GREEN,
    }


@pytest.mark.parametrize(
    ("code", "level", "blocks", "fields"),
    [
        # The company.
        ("vat_missing", AMBER, Blocks.NOTHING, {"vat": {"number": ""}}),
        ("other_country", AMBER, Blocks.NOTHING, {"details": {"country": "NL", "postcode": "1012 JS"}}),
        ("postcode_format", AMBER, Blocks.NOTHING, {"details": {"postcode": "12"}}),
        ("other_town", AMBER, Blocks.NOTHING, {"details": {"city": "Gent"}}),
        ("phone_not_planned", AMBER, Blocks.NOTHING, {"details": {"phone": UNPLANNED}}),
        # What is known of it.
        ("known_elsewhere", AMBER, Blocks.NOTHING, {"sightings": (ELSEWHERE,)}),
        ("reached_elsewhere", AMBER, Blocks.NOTHING, {"sightings": (sighting(Shared.PHONE, "+3214550142"),)}),
        ("reached_elsewhere", AMBER, Blocks.NOTHING, {"sightings": (sighting(Shared.EMAIL, "a@b.example"),)}),
        ("rejected_before", AMBER, Blocks.NOTHING, {"sightings": (REJECTED,)}),
        ("rejected_before", AMBER, Blocks.NOTHING, {"sightings": (replace(REJECTED, shared=Shared.NAME),)}),
        ("rejected_before", AMBER, Blocks.NOTHING, {"sightings": (replace(REJECTED, partner=PARTNER),)}),
        # Its documents.
        ("document_reused", RED, Blocks.OVERRIDE, {**WITH_AGREEMENT, "sightings": (SAME_FILE,)}),
        (
            "document_reused",
            RED,
            Blocks.OVERRIDE,
            {**WITH_APPROVAL, "sightings": (SAME_FILE_HERE,)},
        ),
        (
            "document_reused",
            AMBER,
            Blocks.NOTHING,
            {**WITH_AGREEMENT, "sightings": (SAME_FILE_HERE,)},
        ),
        ("document_new", GREEN, Blocks.NOTHING, WITH_AGREEMENT),
        ("document_new", GREEN, Blocks.NOTHING, {**WITH_APPROVAL, "sightings": (replace(SAME_FILE, number=NUMBER),)}),
        # Its roles.
        ("roles_wrong", RED, Blocks.APPROVAL, {"roles": holders(dpo=None)}),
        ("roles_wrong", RED, Blocks.APPROVAL, {"roles": holders(security_incident=None)}),
        ("roles_wrong", RED, Blocks.APPROVAL, {**WITH_APPROVAL, "roles": holders(own(), dpo={"side": "customer"})}),
        ("roles_wrong", RED, Blocks.APPROVAL, {"roles": holders(technical={"kind": "list"})}),
        ("roles_wrong", RED, Blocks.APPROVAL, {"roles": holders(technical={"phone": ""})}),
        ("roles_wrong", RED, Blocks.APPROVAL, {"roles": holders(commercial={"phone": "+3280012345"})}),
        ("roles_wrong", RED, Blocks.APPROVAL, {"roles": holders(commercial={"email": "a@CRONOS.be"})}),
        ("roles_right", GREEN, Blocks.NOTHING, {"roles": holders(technical={"email": "a@cronos.be"})}),
        ("roles_right", GREEN, Blocks.NOTHING, {"roles": holders(dpo={"phone": ""})}),
        ("may_not_sign", RED, Blocks.APPROVAL, {"signing_authority": False}),
        ("evidence_missing", RED, Blocks.APPROVAL, {"roles": holders(commercial=own())}),
        ("evidence_missing", RED, Blocks.APPROVAL, {**WITH_APPROVAL, "evidence": []}),
        ("evidence_missing", RED, Blocks.APPROVAL, {**WITH_APPROVAL, "evidence": [document()]}),
        ("evidence_there", GREEN, Blocks.NOTHING, WITH_AGREEMENT),
        ("evidence_there", GREEN, Blocks.NOTHING, WITH_APPROVAL),
        # Its people.
        ("one_person", AMBER, Blocks.NOTHING, {"roles": holders({"contact": "CON-1"})}),
        ("email_free_mail", AMBER, Blocks.NOTHING, {"roles": holders(dpo={"email": "ines@gmail.com"})}),
        ("email_typo", AMBER, Blocks.NOTHING, {"roles": holders(dpo={"email": "ines@gmial.com"})}),
        ("email_near_banned", AMBER, Blocks.NOTHING, {"roles": holders(commercial={"email": "a@mail.cronos.be"})}),
        ("email_near_banned", AMBER, Blocks.NOTHING, {"roles": holders(commercial={"email": "a@CR0NOS.be"})}),
        ("email_near_banned", AMBER, Blocks.NOTHING, {"roles": holders(commercial={"email": "a@сronos.be"})}),
        (
            "email_customers_domain",
            AMBER,
            Blocks.NOTHING,
            {"roles": holders(technical=own(email="pieter@kempenvaart.example"))},
        ),
        (
            "email_own_domain",
            AMBER,
            Blocks.NOTHING,
            {
                "roles": holders(own(), dpo={"side": "customer", "email": "x@brightcloud.example"}),
                "evidence": [document()],
            },
        ),
        ("phones_not_planned", AMBER, Blocks.NOTHING, {"roles": holders(dpo={"phone": UNPLANNED})}),
        (
            "access_to_confirm",
            AMBER,
            Blocks.NOTHING,
            {"around": background(access=UNCONFIRMED)},
        ),
        ("access_to_confirm", AMBER, Blocks.NOTHING, {"roles": holders(technical={"contact": "CON-2"})}),
        # How it was sent.
        (
            "relationship_unusual",
            AMBER,
            Blocks.NOTHING,
            {"around": background(usual=_usual(9, 1))},
        ),
        ("relationship_usual", GREEN, Blocks.NOTHING, {"around": background(usual=_usual(0, 5))}),
        ("submitter_gone", AMBER, Blocks.NOTHING, {"around": background(member_since=None, may_onboard=False)}),
        ("submitter_without_right", AMBER, Blocks.NOTHING, {"around": background(may_onboard=False)}),
        (
            "submitter_new",
            AMBER,
            Blocks.NOTHING,
            {"around": background(member_since=ALMOST_TWO_WEEKS)},
        ),
        ("submitter_known", GREEN, Blocks.NOTHING, {"around": background(member_since=TWO_WEEKS)}),
        ("sent_quickly", AMBER, Blocks.NOTHING, {"took": timedelta(seconds=29)}),
        ("many_requests", AMBER, Blocks.NOTHING, {"around": background(requests_nearby=10)}),
    ],
)
def test_a_check_speaks_at_its_level_and_blocks_what_the_rules_say(
    code: str, level: Level, blocks: Blocks, fields: dict[str, Any]
) -> None:
    signal = judged(**fields)[code]

    assert (signal.level, signal.blocks) == (level, blocks)
    assert signal.title
    assert signal.fact


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("known_elsewhere", {"sightings": (replace(ELSEWHERE, status="rejected"),)}),
        ("known_elsewhere", {"sightings": (replace(ELSEWHERE, status="withdrawn"),)}),
        ("known_elsewhere", {"sightings": (replace(ELSEWHERE, partner=PARTNER),)}),
        ("reached_elsewhere", {"sightings": (sighting(Shared.PHONE, "+3214550142", partner=PARTNER),)}),
        ("reached_elsewhere", {"sightings": (ELSEWHERE, sighting(Shared.PHONE, "+3214550142"))}),
        ("rejected_before", {"sightings": (ELSEWHERE,)}),
        ("document_reused", {**WITH_APPROVAL, "sightings": (replace(SAME_FILE, number=NUMBER),)}),
        ("document_reused", {**WITH_APPROVAL, "sightings": (replace(SAME_FILE, value="cd" * 32),)}),
        ("document_new", {}),
        ("evidence_missing", {"roles": holders(commercial=own()), "liability": "We bear it."}),
        ("roles_wrong", {"roles": holders(security_incident=None), "uses_secwise_watch": False}),
        ("one_person", {"roles": holders({"contact": "CON-1"}, dpo={"contact": "CON-2"})}),
        ("email_near_banned", {"roles": holders(technical={"email": "a@mail.cronos.be"})}),
        ("email_near_banned", {"roles": holders(commercial={"email": "a@chronicle.example"})}),
        ("relationship_unusual", {"around": background(usual=_usual(4, 0))}),
        (
            "relationship_unusual",
            {"around": background(usual=_usual(17, 3))},
        ),
        ("submitter_new", {"around": background(member_since=TWO_WEEKS)}),
        ("sent_quickly", {"took": timedelta(seconds=30)}),
        ("sent_quickly", {"took": timedelta(seconds=5), "version": 2}),
        ("many_requests", {"around": background(requests_nearby=9)}),
    ],
)
def test_a_check_says_nothing_where_nothing_is(code: str, fields: dict[str, Any]) -> None:
    assert code not in judged(**fields)
