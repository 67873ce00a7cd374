"""One run: what it goes by, and what it tells while it goes."""

import math
import sys
import time
from dataclasses import dataclass, field

from tools.bench.goals import MILLION


@dataclass(frozen=True, kw_only=True)
class Extent:
    """How far a comparison goes."""

    rounds: int
    seconds: float = math.inf
    """After so long no further subject is taken up, be it in the middle of a round."""
    least: int | None = None
    """So many subjects are timed once in any case; None: all of them."""
    is_warm: bool = False
    """Whether what is timed was asked for before, so that the first round counts."""


@dataclass(kw_only=True)
class Run:
    customers: int
    is_fast: bool = False
    start: float = field(default_factory=time.monotonic)

    @property
    def is_short(self) -> bool:
        """Whether to keep within some minutes; a million customers are worth more of them."""
        return self.is_fast or self.customers < MILLION

    @property
    def rounds(self) -> int:
        return 10 if self.is_fast else 30

    @property
    def usual(self) -> Extent:
        return Extent(rounds=self.rounds, seconds=self._seconds(short=10, long=120))

    @property
    def brief(self) -> Extent:
        """For what has many terms, or parts."""
        return Extent(rounds=self.rounds // 3, seconds=self._seconds(short=4, long=48))

    @property
    def of_peers(self) -> Extent:
        """They take seconds a page, and minutes for all terms."""
        return Extent(rounds=2, seconds=self._seconds(short=3, long=60), least=2 if self.is_short else 4, is_warm=True)

    @property
    def export_rounds(self) -> int:
        return 1 if self.is_short else 2

    def _seconds(self, *, short: float, long: float) -> float:
        return short if self.is_short else long

    def tell(self, words: str) -> None:
        """A line of progress, apart from the figures."""
        print(f"[{time.monotonic() - self.start:6.0f} s] {words}", file=sys.stderr, flush=True)


TERMS = 10
"""In each comparison."""
