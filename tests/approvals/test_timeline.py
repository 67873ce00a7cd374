"""What happened, in sentences."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from approvals import timeline
from approvals.workflow import State
from customers.history import record
from customers.models import CustomerStatus, Event, Partner
from portal.models import User

ROOT = Path(__file__).resolve().parents[2]


def recorded_actions() -> Iterator[str]:
    """Every action that our code records: literals handed to `record` and its likes; `{…}` as the states."""
    for app in ("customers", "contacts", "approvals", "portal"):
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    yield from _actions_of(node)


def _actions_of(call: ast.Call) -> Iterator[str]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name not in ("record", "_record"):
        return
    for argument in [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "action")]:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and "." in argument.value:
            yield argument.value
        elif isinstance(argument, ast.JoinedStr):
            yield from _of_every_state(argument)


def _of_every_state(text: ast.JoinedStr) -> Iterator[str]:
    first = text.values[0]
    start = str(first.value) if isinstance(first, ast.Constant) else ""
    states: dict[str, list[str]] = {
        "request.": [state.value for state in State],
        "customer.": [status.value for status in CustomerStatus],
    }
    yield from (start + state for state in states.get(start, []))


NEVER = {"request.draft", "customer.pending"}
"""States that nothing is moved to."""


def test_there_are_words_for_everything_that_is_recorded() -> None:
    actions = set(recorded_actions()) - NEVER

    assert {"request.submitted", "request.approved", "evidence.added", "role.assigned", "customer.active"} <= actions
    assert actions - timeline.WORDS.keys() == set()


def test_every_sentence_can_be_told_without_any_fact(partner: Partner, onboarder: User, colleague: User) -> None:
    for action in timeline.WORDS:
        event = record(actor=onboarder, action=action, partner=partner)
        assert "%" not in timeline.entry(event, onboarder).text
        assert timeline.entry(event, colleague).text.startswith("Lotte Verlinden")


@pytest.mark.parametrize(
    ("action", "facts", "text"),
    [
        ("request.submitted", {"version": 2}, "Lotte Verlinden sent the request"),
        (
            "evidence.added",
            {"name": "a 100 %s.pdf", "kind": "liability_agreement"},
            "Lotte Verlinden added “a 100 %s.pdf” (Signed agreement on liability)",
        ),
        ("role.assigned", {"name": "Els", "role": "dpo"}, "Lotte Verlinden made Els the DPO contact"),
        ("role.freed", {"name": "Els", "role": "dpo"}, "Lotte Verlinden: Els is no longer the DPO contact"),
        ("thing.of_tomorrow", {}, "Lotte Verlinden: thing.of_tomorrow"),
    ],
)
def test_a_sentence_names_who_and_what(
    action: str, facts: dict[str, object], text: str, partner: Partner, onboarder: User, colleague: User
) -> None:
    event = record(actor=onboarder, action=action, partner=partner, **facts)

    assert timeline.entry(event, colleague).text == text


def test_partners_read_arxus_and_staff_the_name(
    partner: Partner, onboarder: User, approver: User, second_approver: User
) -> None:
    event = record(actor=approver, action="request.approved", partner=partner)

    assert timeline.entry(event, onboarder).text == "Arxus approved the request"
    assert timeline.entry(event, second_approver).text == "Sofie Dhondt approved the request"
    assert timeline.entry(event, approver).text == "You approved the request"


def test_what_the_portal_did_by_itself_says_so(partner: Partner, onboarder: User) -> None:
    event = record(actor=None, action="customer.corrected", partner=partner)

    assert timeline.entry(event, onboarder).text == "The portal corrected the details"


def test_what_happened_never_looks_like_what_is_to_come(partner: Partner, onboarder: User) -> None:
    kinds = {
        action: timeline.entry(record(actor=onboarder, action=action, partner=partner), onboarder).kind
        for action in ("request.submitted", "evidence.added", "request.withdrawn", "thing.of_tomorrow")
    }

    assert kinds == {
        "request.submitted": "done",
        "evidence.added": "noted",
        "request.withdrawn": "noted",
        "thing.of_tomorrow": "noted",
    }


def test_the_name_is_that_of_then(partner: Partner, onboarder: User, colleague: User) -> None:
    record(actor=onboarder, action="request.submitted", partner=partner, version=1)
    onboarder.last_name = "Married"
    onboarder.save()

    assert [entry.text for entry in timeline.entries(Event.objects.all(), colleague)] == [
        "Lotte Verlinden sent the request"
    ]


@pytest.mark.parametrize(
    ("action", "read_by_partner"),
    [("request.changes_requested", True), ("request.rejected", True), ("request.exception_granted", False)],
)
def test_a_reason_is_read_by_whom_it_was_written_for(
    action: str, read_by_partner: bool, partner: Partner, onboarder: User, approver: User
) -> None:
    event = record(actor=approver, action=action, partner=partner, reason="Because")

    assert timeline.entry(event, onboarder).reason == ("Because" if read_by_partner else "")
    assert timeline.entry(event, approver).reason == "Because"


def test_only_later_versions_are_numbered(partner: Partner, onboarder: User) -> None:
    subs = [
        timeline.entry(
            record(actor=onboarder, action="request.submitted", partner=partner, version=version), onboarder
        ).sub
        for version in (1, 2, 3)
    ]

    assert subs == ["", "Version 2", "Version 3"]
