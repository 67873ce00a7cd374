"""What differs between two versions, and what became of what was asked: tables, without a database."""

import copy
from typing import Any

import pytest

from approvals.changes.asking_refusals import NotAskable
from approvals.changes.differences import Change, Outcome, differences, made
from approvals.changes.field_words import label_of
from approvals.changes.fields import FIELDS, Kind, offered
from approvals.changes.reasons import OTHER, REASONS, fitting
from contacts.policy import Role

ELS = {"contact": "CON-1", "name": "Els Goossens", "side": "own", "kind": "person", "email": "els@a.example"}
ELS |= {"phone": "+32470550117", "phone_readable": "+32 470 55 01 17", "phone_extension": ""}
JAN = ELS | {"contact": "CON-2", "name": "Jan Peeters", "email": "jan@a.example"}
PDF = {"key": "1", "kind": "liability_agreement", "name": "agreement.pdf", "sha256": "aa"}


def snapshot(holders: dict[str, Any] | None = None, **changed: Any) -> dict[str, Any]:
    people = dict.fromkeys([role.value for role in Role], ELS) | (holders or {})
    base = {
        "vat": {"number": "BE0477472701", "readable": "BE 0477.472.701", "country": "BE"},
        "details": {
            "name": "Kempenvaart NV",
            "legal_name": "",
            "phone": "+3214550142",
            "phone_readable": "+32 14 55 01 42",
            "phone_extension": "",
            "street": "Kanaalkade 14",
            "postcode": "2300",
            "city": "Turnhout",
            "country": "BE",
            "country_name": "Belgium",
            "industry_code": "H",
            "industry": "Transport",
            "language": "nl",
        },
        "relationship": "reseller",
        "uses_secwise_watch": True,
        "roles": [{"role": role, "holder": holder} for role, holder in people.items()],
        "signing_authority": True,
        "liability": "",
        "evidence": [PDF],
        "warnings": [],
        "register": {"state": "not_asked"},
    }
    details = changed.pop("details", {})
    return copy.deepcopy(base | changed | {"details": base["details"] | details})


def told(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[list[str], str, str, Change]]:
    return [(one.paths, one.before.text, one.after.text, one.change) for one in differences(before, after)]


WHO = "Els Goossens · els@a.example · +32 470 55 01 17"
OTHER_WHO = "Jan Peeters · jan@a.example · +32 470 55 01 17"
EVERY_PHONE = [f"roles.{role.value}.phone" for role in Role]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (snapshot(), []),
        (snapshot(register={"state": "registered"}, warnings=[{"code": "x"}]), []),
        (
            snapshot(details={"phone": "+3214550199", "phone_readable": "+32 14 55 01 99"}),
            [(["details.phone"], "+32 14 55 01 42", "+32 14 55 01 99", Change.CHANGED)],
        ),
        (
            snapshot(details={"city": "Geel"}),
            [
                (
                    ["details.address"],
                    "Kanaalkade 14, 2300 Turnhout, Belgium",
                    "Kanaalkade 14, 2300 Geel, Belgium",
                    Change.CHANGED,
                )
            ],
        ),
        (snapshot(details={"industry": "Transport and storage"}), []),
        (
            snapshot(details={"legal_name": "Kempenvaart Naamloze"}),
            [(["details.legal_name"], "", "Kempenvaart Naamloze", Change.ADDED)],
        ),
        (snapshot({"dpo": None}), [(["roles.dpo"], WHO, "", Change.REMOVED)]),
        (snapshot({"dpo": JAN}), [(["roles.dpo"], WHO, OTHER_WHO, Change.CHANGED)]),
        (
            # One person who fills every role, amended: told once.
            snapshot(dict.fromkeys(Role, ELS | {"phone": "+32470550199", "phone_readable": "+32 470 55 01 99"})),
            [(EVERY_PHONE, "+32 470 55 01 17", "+32 470 55 01 99", Change.CHANGED)],
        ),
        (
            # Amended in the roles kept, and replaced in one.
            snapshot({**dict.fromkeys(Role, ELS | {"name": "Els Claes"}), "dpo": JAN}),
            [
                (
                    [f"roles.{role.value}.name" for role in Role if role != "dpo"],
                    "Els Goossens",
                    "Els Claes",
                    Change.CHANGED,
                ),
                (["roles.dpo"], WHO, OTHER_WHO, Change.CHANGED),
            ],
        ),
        (snapshot(evidence=[PDF | {"key": "2", "name": "the same.pdf"}]), []),
        (
            snapshot(evidence=[PDF | {"key": "2", "sha256": "bb"}]),
            [(["evidence.liability_agreement"], "agreement.pdf", "agreement.pdf", Change.CHANGED)],
        ),
        (snapshot(evidence=[]), [(["evidence.liability_agreement"], "agreement.pdf", "", Change.REMOVED)]),
        (
            snapshot(relationship="value_add_partner", uses_secwise_watch=False),
            [
                (["relationship"], "Reseller", "Value Add Partner", Change.CHANGED),
                (["uses_secwise_watch"], "Yes", "No", Change.CHANGED),
            ],
        ),
        (snapshot(liability="We accept it."), [(["liability"], "", "We accept it.", Change.ADDED)]),
    ],
)
def test_what_differs(after: dict[str, Any], expected: list[Any]) -> None:
    assert told(snapshot(), after) == expected


def test_people_who_change_places_are_two_replacements() -> None:
    before, after = snapshot({"technical": ELS, "dpo": JAN}), snapshot({"technical": JAN, "dpo": ELS})
    assert told(before, after) == [
        (["roles.technical"], WHO, OTHER_WHO, Change.CHANGED),
        (["roles.dpo"], OTHER_WHO, WHO, Change.CHANGED),
    ]


def test_snapshots_that_lack_what_a_later_portal_keeps_are_compared_by_what_they_have() -> None:
    old = {"vat": {"number": "BE1"}, "details": {"name": "Old NV"}, "roles": [{"role": "dpo", "holder": None}]}
    assert told(old, old) == []
    assert told({}, {}) == []
    without_numbers = {"roles": [{"role": "dpo", "holder": {"name": "Els", "email": "ELS@a.example", "side": "own"}}]}
    assert told(without_numbers, {"roles": [{"role": "dpo", "holder": {"email": "els@a.example", "side": "own"}}]}) == [
        (["roles.dpo.name"], "Els", "", Change.REMOVED),
        (["roles.dpo.email"], "ELS@a.example", "els@a.example", Change.CHANGED),
    ]
    assert ["relationship"] in [one.paths for one in differences(old, snapshot())]


@pytest.mark.parametrize(
    ("asked", "after", "reply", "outcome"),
    [
        ("details.phone", snapshot(), "", Outcome.NOT_MADE),
        ("details.phone", snapshot(), "They do answer.", Outcome.REPLIED),
        ("details.phone", snapshot(details={"city": "Geel"}), "", Outcome.NOT_MADE),
        ("details.phone", snapshot(details={"phone": "+3214"}), "Done", Outcome.MADE),
        ("roles.dpo.phone", snapshot({"dpo": ELS | {"phone": "+3249"}}), "", Outcome.MADE),
        ("roles.dpo.phone", snapshot({"technical": JAN}), "", Outcome.NOT_MADE),
        ("roles.dpo.phone", snapshot({"dpo": JAN}), "", Outcome.MADE),
        ("roles.dpo", snapshot({"dpo": ELS | {"phone": "+3249"}}), "", Outcome.NOT_MADE),
        ("roles.dpo", snapshot({"dpo": ELS | {"name": "Els Claes"}}), "", Outcome.MADE),
        ("evidence.liability_agreement", snapshot(evidence=[PDF | {"key": "9"}]), "", Outcome.NOT_MADE),
        ("evidence.liability_agreement", snapshot(evidence=[PDF, PDF | {"sha256": "cc"}]), "", Outcome.MADE),
        ("a.field.of.the.past", snapshot(details={"phone": "+3214"}), "", Outcome.NOT_MADE),
    ],
)
def test_what_became_of_what_was_asked(asked: str, after: dict[str, Any], reply: str, outcome: Outcome) -> None:
    found = differences(snapshot(), after)
    assert made([asked], found, {asked: reply} if reply else {}) == {asked: outcome}


def test_what_can_be_asked_for_is_what_is_there() -> None:
    paths = [field.path for field in offered(snapshot({"dpo": None}, evidence=[]))]
    assert [path for path in paths if path.startswith("roles.dpo")] == ["roles.dpo"]
    # The Commercial contact is the partner's own: the agreement is asked for, the approval is not.
    assert [path for path in paths if path.startswith("evidence")] == ["evidence.liability_agreement"]
    assert {"signing_authority", "liability"}.isdisjoint(paths)
    assert [field.path for field in offered({})][:3] == ["vat.number", "details.name", "details.legal_name"]


def test_every_kind_of_field_has_reasons_and_every_reason_fits_one() -> None:
    for kind in set(Kind) - {Kind.STATEMENT}:
        assert list(fitting(kind))[-1] == OTHER
        assert len(fitting(kind)) > 1
    assert fitting(Kind.STATEMENT) == {}
    assert all(reason.kinds for reason in REASONS.values())


def test_every_field_has_a_name_of_its_own() -> None:
    names = [label_of(field) for field in FIELDS.values()]
    company = {"Phone number", "Technical contact: phone number", "Technical contact"}
    assert company <= set(names)
    assert len(names) == len(set(names))


def test_a_refusal_names_the_field() -> None:
    assert NotAskable("Address").words.startswith("“Address” cannot be asked for like this.")
