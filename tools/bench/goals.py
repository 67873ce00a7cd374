"""The goals of the portal's performance, and the verdict on what was measured. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tools.bench.ratios import Figure, is_off

MILLION = 1_000_000


class Verdict(StrEnum):
    MET = "met"
    MISSED = "MISSED"
    REFUSED = "not judged: the control is off"
    TOLD = "told"


@dataclass(frozen=True, kw_only=True)
class Goal:
    words: str
    limit: float
    is_least: bool = False
    """Whether the figure has to reach the limit, instead of staying within it."""
    unit: str = "×"
    judged_from: int = 0
    """With fewer customers the goal means nothing: what grows with them has not grown yet."""

    @property
    def bound(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        return f"{'≥' if self.is_least else '≤'} {self.limit:g}{unit}"


GOALS: dict[str, Goal] = {
    "P1": Goal(words="search page / (its raw SQL + an empty view)", limit=2.0),
    "P2": Goal(words="search page / (its raw SQL + a signed-in template view)", limit=1.5),
    "P3": Goal(words="Django admin with search_fields / search page", limit=100, is_least=True, judged_from=MILLION),
    "P4": Goal(words="django-tables2 + django-filter / search page", limit=100, is_least=True, judged_from=MILLION),
    "P4 partner": Goal(words="the same within one partner", limit=10, is_least=True, judged_from=MILLION),
    "P5": Goal(words="p95 of common words / p95 of parts of names", limit=1.0),
    "P6": Goal(words="slowest search / p95", limit=5.0),
    "P7 p50": Goal(words="ten times the customers, median", limit=6.0),
    "P7 p95": Goal(words="ten times the customers, p95", limit=13.0),
    "P8": Goal(words="last page / first page", limit=1.2),
    "P9": Goal(words="rows of other partners read by a partner's search", limit=0, unit="rows"),
    "P10": Goal(words="wizard step POST / signed-in template view", limit=3.0),
    "P11 table": Goal(words="queries of the table page", limit=6, unit=""),
    "P11 wizard": Goal(words="queries of a wizard step", limit=8, unit=""),
    "P11 customer": Goal(words="queries of the customer page", limit=10, unit=""),
    "P11 approval": Goal(words="queries of the approval page", limit=15, unit=""),
    "P12": Goal(words="CSV export / raw COPY of the same query", limit=3.0),
    "P12 memory": Goal(words="memory an export takes", limit=40, unit="MiB"),
    "P13": Goal(words="saving a contact / the bare UPDATE", limit=8.0),
    "crowd": Goal(words="eight people searching / one", limit=3.0),
    "crowd errors": Goal(words="errors of eight people searching", limit=0, unit=""),
    "typing": Goal(words="from the last key to the hits, in Chromium", limit=300, unit="ms"),
}


@dataclass(frozen=True, kw_only=True)
class Result:
    """One line of the report."""

    goal: str
    """Key of GOALS."""
    what: str
    """Of whom, or of what: the goal may be measured for several."""
    figure: Figure
    verdict: Verdict
    control: Figure | None = None
    note: str = ""


def judged(
    goal: str, what: str, figure: Figure, *, customers: int, control: Figure | None = None, note: str = ""
) -> Result:
    """The verdict on a figure, by the goal's limit; none where the control says that the machine was restless."""
    if customers < GOALS[goal].judged_from:
        verdict = Verdict.TOLD
        note = note or f"judged from {GOALS[goal].judged_from:,} customers on"
    elif control is not None and is_off(control):
        verdict = Verdict.REFUSED
    else:
        verdict = Verdict.MET if _keeps(GOALS[goal], figure.value) else Verdict.MISSED
    return Result(goal=goal, what=what, figure=figure, verdict=verdict, control=control, note=note)


def told(goal: str, what: str, figure: Figure, *, control: Figure | None = None, note: str = "") -> Result:
    """A figure that helps to understand the others and is not judged."""
    return Result(goal=goal, what=what, figure=figure, verdict=Verdict.TOLD, control=control, note=note)


def exact(value: float) -> Figure:
    """What was counted, not timed."""
    return Figure(value=value, low=value, high=value)


def _keeps(goal: Goal, value: float) -> bool:
    return value >= goal.limit if goal.is_least else value <= goal.limit


def exit_code(results: Iterable[Result]) -> int:
    """0 where every judged goal is met, 1 where one is missed, 3 where none is missed but one could not be judged."""
    verdicts = {result.verdict for result in results}
    if Verdict.MISSED in verdicts:
        return 1
    return 3 if Verdict.REFUSED in verdicts else 0
