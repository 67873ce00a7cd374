"""What an approver should know of a submission: signals, each with the fact behind it.

Each check is one small function in `CHECKS`; adding one is adding one row. Checks read a `Case`: the submission as it
was sent and what the rest of the portal knows, gathered for many requests at once (`gather`).

What comes out names other partners: it is for Arxus staff alone.
"""

from collections.abc import Sequence

from approvals.checks import company, known, people, register, roles, sending
from approvals.checks.cases import Case, Check, Level, Signal
from approvals.checks.gather import cases_of
from approvals.checks.record import frozen
from approvals.models import RegistrationRequest, Submission

__all__ = ["CHECKS", "frozen", "judge", "signals", "signals_of_all"]

CHECKS: tuple[Check, ...] = (
    company.vat_number,
    register.state,
    register.name_and_address,
    company.details,
    known.elsewhere,
    known.rejected,
    roles.policy,
    roles.warnings,
    roles.signature,
    roles.customer_signs,
    roles.evidence,
    known.documents,
    people.one_person,
    people.access,
    people.emails,
    people.phones,
    sending.relationship,
    sending.submitter,
    sending.pace,
    sending.crowd,
)
LEVELS = list(Level)


def judge(case: Case) -> list[Signal]:
    """All signals of a case, the gravest first, else in the order of `CHECKS`."""
    return sorted((signal for check in CHECKS for signal in check(case)), key=lambda signal: LEVELS.index(signal.level))


def signals(request: RegistrationRequest, submission: Submission) -> list[Signal]:
    """What an approver should know of this submission, the gravest first."""
    return signals_of_all([(request, submission)])[request.pk]


def signals_of_all(sent: Sequence[tuple[RegistrationRequest, Submission]]) -> dict[int, list[Signal]]:
    """The signals of many requests, by primary key: a fixed number of queries."""
    return {case.request.pk: judge(case) for case in cases_of(sent)}
