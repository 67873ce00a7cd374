"""What checks say: the facts and their times, where links lead, which settings count, and snapshots of former days."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from approvals.checks.cases import Blocks, Level, Shared
from customers.relationships import Relationship
from tests.approvals.cases import (
    CHECKSUM,
    NOW,
    NUMBER,
    SENT,
    background,
    case,
    document,
    holders,
    judged,
    own,
    sighting,
)

ELSEWHERE = sighting(Shared.NUMBER, NUMBER)
REJECTED = sighting(Shared.NUMBER, NUMBER, status="rejected", reference="REQ-7F3K-9Q2M", reason="Not asked for.")
SAME_FILE = sighting(Shared.DOCUMENT, CHECKSUM)


@pytest.mark.parametrize(
    ("code", "fields", "fact"),
    [
        (
            "known_elsewhere",
            {"sightings": (ELSEWHERE,)},
            "Northwind IT (active since 12 August 2026). Brightcloud does not see this",
        ),
        (
            "reached_elsewhere",
            {"sightings": (sighting(Shared.PHONE, "+3214550142"),)},
            "+32 14 55 01 42: Windroos BV of Northwind IT",
        ),
        ("rejected_before", {"sightings": (REJECTED,)}, "Northwind IT, 12 August 2026: “Not asked for.”"),
        ("rejected_before", {"sightings": (replace(REJECTED, reason=""),)}, "Northwind IT, 12 August 2026"),
        (
            "document_reused",
            {"roles": holders(commercial=own()), "evidence": [document()], "sightings": (SAME_FILE,)},
            "agreement.pdf is the same file as for Windroos BV of Northwind IT",
        ),
        (
            "email_near_banned",
            {"roles": holders(commercial={"email": "a@mail.cronos.be"})},
            "Ines Commercial, a@mail.cronos.be: cronos.be is refused to who signs",
        ),
        (
            "relationship_unusual",
            {"around": background(usual={Relationship.VALUE_ADD_PARTNER: 19, Relationship.RESELLER: 1})},
            "Value Add Partner at 19 of the latest 20 customers of Brightcloud",
        ),
        ("sent_quickly", {"took": timedelta(seconds=1)}, "1 second from the first step to sending"),
        (
            "many_requests",
            {"around": background(requests_nearby=14)},
            "14 requests of Brightcloud within 12 hours of this one",
        ),
        (
            "submitter_gone",
            {"around": background(member_since=None)},
            "Lotte Verlinden is no longer a member of Brightcloud",
        ),
    ],
)
def test_the_fact_names_what_was_seen(code: str, fields: dict[str, Any], fact: str) -> None:
    assert judged(**fields)[code].fact == fact


def test_a_fact_of_the_submission_is_as_old_as_it_and_one_of_the_portal_is_of_now() -> None:
    signals = judged(sightings=(ELSEWHERE,))

    assert (signals["roles_right"].at, signals["known_elsewhere"].at) == (SENT, NOW)


def test_links_lead_to_the_other_customer_and_to_the_rejected_request() -> None:
    signals = judged(sightings=(ELSEWHERE, replace(REJECTED, customer=13, status="rejected")))

    assert [link.customer for link in signals["known_elsewhere"].links] == [ELSEWHERE.customer]
    assert [link.reference for link in signals["rejected_before"].links] == ["REQ-7F3K-9Q2M"]


def test_of_many_others_the_first_are_named_and_the_rest_counted() -> None:
    many = tuple(replace(ELSEWHERE, customer=20 + count, partner_name=f"Partner {count}") for count in range(8))

    signal = judged(sightings=many)["known_elsewhere"]

    assert signal.fact.endswith("and 3 more. Brightcloud does not see this")
    assert len(signal.links) == 5


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("CHECK_MANY_REQUESTS", 3, "many_requests"),
        ("CHECK_QUICKEST_SECONDS", 601, "sent_quickly"),
        ("CHECK_NEW_MEMBER_DAYS", 301, "submitter_new"),
        ("CHECK_USUAL_SHARE", 0.5, "relationship_unusual"),
    ],
)
def test_a_threshold_is_a_setting(name: str, value: float, code: str, settings: Any) -> None:
    around = background(requests_nearby=3, usual={Relationship.VALUE_ADD_PARTNER: 12, Relationship.RESELLER: 8})
    assert code not in judged(around=around)

    setattr(settings, name, value)

    assert judged(around=around)[code].level is Level.AMBER


@pytest.mark.parametrize(
    "raw",
    [
        {},
        [],
        "text",
        {"vat": None, "details": None, "roles": None, "evidence": None, "warnings": None, "register": None},
        {"vat": [], "details": [], "roles": {}, "evidence": {}, "warnings": {}, "register": []},
        {"roles": [{}, None, {"role": "technical"}, {"role": "jester", "holder": {"side": "own"}}]},
        {"roles": [{"role": "commercial", "holder": {"side": "own"}}], "relationship": "reseller"},
        {"roles": [{"role": "commercial", "holder": {"side": 7, "kind": None, "email": 1, "phone": []}}]},
        {"relationship": "friend", "evidence": [{"kind": "poem"}, {"kind": "customer_approval"}]},
        {"warnings": [{"role": "dpo"}, {"role": "dpo", "code": "liability_accepted"}, {"code": "x"}]},
        {"warnings": [{"role": "dpo", "code": "new", "message": "%(gone)s 100 % sure", "params": {}}]},
        {"register": {"state": "registered", "asked_at": "yesterday"}, "vat": {"number": NUMBER}},
        {"register": {"state": "registered", "asked_at": SENT.isoformat()}},
        {"register": {"state": "unheard of", "asked_at": SENT.isoformat(), "cause": 5}},
        {"details": {"name": None, "country": "Atlantis", "postcode": "\x00", "phone": "’"}, "vat": {"number": "??"}},
    ],
)
def test_a_snapshot_of_former_days_is_judged_without_a_crash(raw: Any) -> None:
    signals = judged(raw=raw)

    assert signals["roles_wrong"].blocks is Blocks.APPROVAL
    assert case(raw=raw).said.details["name"] == ""
