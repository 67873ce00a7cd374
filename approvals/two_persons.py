"""When one approver is not enough, and who may be the second.

Source: docs/decisions.md, "Deciding": red signals, a liability acknowledgement, an exception and an override need a
second, different approver. Which of them do is a setting (`SECOND_APPROVER_GROUNDS`).
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from approvals.checks.cases import Blocks, Level, Signal
from approvals.decision_refusals import ApprovalBlocked, NotAllGreen, OverrideReasonMissing, SecondApproverNeeded
from approvals.models import FirstApproval, RegistrationRequest, Submission
from approvals.standing import is_approver


class Ground(StrEnum):
    """Why two persons have to approve."""

    RED_SIGNAL = "red_signal"
    LIABILITY = "liability"
    EXCEPTION = "exception"
    OVERRIDE = "override"

    @property
    def words(self) -> str:
        return {
            "red_signal": _("a check is red"),
            "liability": _("the partner bears the liability"),
            "exception": _("the customer goes without its written approval"),
            "override": _("you approve against a check"),
        }[self.value]


def grounds(
    request: RegistrationRequest, submission: Submission, signals: Sequence[Signal], override_reason: str
) -> list[Ground]:
    """Why this submission needs two approvals; none where one approver is enough."""
    found = {
        Ground.RED_SIGNAL: any(signal.level is Level.RED for signal in signals),
        Ground.LIABILITY: bool(submission.snapshot["liability"]),
        Ground.EXCEPTION: request.approval_exception
        and any(warning["code"] == "approval_exception" for warning in submission.snapshot["warnings"]),
        Ground.OVERRIDE: bool(override_reason) or any(signal.blocks is Blocks.OVERRIDE for signal in signals),
    }
    return [ground for ground, holds in found.items() if holds and ground.value in settings.SECOND_APPROVER_GROUNDS]


def blocking(signals: Sequence[Signal]) -> list[Signal]:
    """Signals against which no reason helps."""
    return [signal for signal in signals if signal.blocks is Blocks.APPROVAL]


def overridden(signals: Sequence[Signal]) -> list[Signal]:
    """Signals against which approving needs a reason."""
    return [
        signal
        for signal in signals
        if signal.blocks is Blocks.OVERRIDE or (signal.level is Level.RED and signal.blocks is Blocks.NOTHING)
    ]


def not_to_be_approved_unread(
    request: RegistrationRequest, submission: Submission, signals: Sequence[Signal]
) -> NotAllGreen | None:
    """Why this request is approved by nobody who has not opened it; None where it may be."""
    others = [signal for signal in signals if signal.level is not Level.GREEN]
    return NotAllGreen(others) if others or grounds(request, submission, signals, "") else None


def counts(first: FirstApproval | None, signals: Sequence[Signal]) -> bool:
    """Whether the first approver saw everything that now asks for a reason. What came up since needs two pairs of eyes
    as well, so that whoever approves now is the first again."""
    if first is None:
        return False
    seen = {signal["code"] for signal in first.signals}
    return all(signal.code in seen for signal in overridden(signals))


def ensure_approvable(
    actor: Any,
    request: RegistrationRequest,
    submission: Submission,
    signals: Sequence[Signal],
    override_reason: str,
) -> tuple[FirstApproval | None, bool]:
    """Check what the signals and the two-person rule ask of an approval by this person.

    Returns the first approval that counts, if any, and whether this approval would be the first of two. Raises
    ApprovalBlocked, SecondApproverNeeded, OverrideReasonMissing.
    """
    if blocked := blocking(signals):
        raise ApprovalBlocked(blocked)
    given = submission.first_of_two
    # Whoever is trusted to approve no more, or has left, is no second pair of eyes either.
    first = given if counts(given, signals) and given is not None and is_approver(given.approved_by) else None
    found = grounds(request, submission, signals, override_reason)
    # Whoever granted the exception did the first person's part of it: that ground alone needs no first approval.
    is_first_of_two = first is None and bool(set(found) - {Ground.EXCEPTION})
    if not is_first_of_two:
        if first is not None and first.approved_by_id == actor.pk:
            raise SecondApproverNeeded(is_exception=False)
        if Ground.EXCEPTION in found and request.exception_granted_by_id == actor.pk:
            raise SecondApproverNeeded(is_exception=True)
    if (red := overridden(signals)) and not override_reason and not (first and first.override_reason):
        raise OverrideReasonMissing(red)
    return first, is_first_of_two
