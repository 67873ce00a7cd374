"""The checks as the decision page shows them: now, and as they were when somebody decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from approvals.checks import signals
from approvals.checks.cases import Level, Signal
from approvals.checks.record import thawed
from approvals.models import Decision, RegistrationRequest, Submission
from approvals.workflow import OPEN
from customers import vat_checks


@dataclass(frozen=True, kw_only=True)
class Group:
    """The signals of one level."""

    level: Level
    signals: Sequence[Signal]
    is_folded: bool
    """Whether they stand behind a line that opens: what is fine, where something else is not."""

    @property
    def count(self) -> int:
        return len(self.signals)

    @property
    def label(self) -> str:
        return f"{self.count} {self.level.label.lower()}"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What whoever decided on a version saw, and what has changed since."""

    who: str
    at: datetime
    groups: Sequence[Group]
    risen: Sequence[Signal]
    """What the checks say now and did not then, or not at this level."""
    gone: Sequence[Signal]
    """What they said then and no longer say; what is fine now is `risen`, not this."""


def context(user: Any, registration: RegistrationRequest, submission: Submission, *, is_latest: bool) -> dict[str, Any]:
    """What the page needs of the checks. They are asked of older versions too, to be read beside what was seen then."""
    found = signals(registration, submission)
    return {
        "signals": found,
        "tally": groups(found),
        "seen": seen(getattr(submission, "decision", None), found),
        "may_ask_register": is_latest and _may_ask_register(user, registration),
    }


def groups(found: Sequence[Signal]) -> list[Group]:
    """The signals by level, the gravest first, without empty groups."""
    by_level = {level: [signal for signal in found if signal.level is level] for level in Level}
    odd = bool(by_level[Level.RED] or by_level[Level.AMBER])
    return [
        Group(level=level, signals=of_level, is_folded=odd and level is Level.GREEN)
        for level, of_level in by_level.items()
        if of_level
    ]


def seen(decision: Decision | None, now: Sequence[Signal]) -> Seen | None:
    """What was seen at a decision; None where there is none, and for decisions from before it was kept."""
    if decision is None or not decision.signals:
        return None
    then = thawed(decision.signals)
    was, is_now = ({(signal.code, signal.level) for signal in signals} for signals in (then, now))
    codes = {signal.code for signal in now}
    return Seen(
        who=decision.decided_by.get_full_name(),
        at=decision.decided_at,
        groups=groups(then),
        risen=[signal for signal in now if (signal.code, signal.level) not in was],
        gone=[signal for signal in then if (signal.code, signal.level) not in is_now and signal.code not in codes],
    )


def _may_ask_register(user: Any, registration: RegistrationRequest) -> bool:
    """Whether asking the VAT register again can still make a difference, and this person may."""
    is_waiting = bool(registration.vat_number) and registration.state in OPEN
    return vat_checks.is_on() and is_waiting and user.has_perm("approvals.decide_registrationrequest")
