"""One run: what it goes by, and what it tells while it goes."""

import sys
import time
from dataclasses import dataclass, field

from tools.bench.goals import MILLION


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
    def few_rounds(self) -> int:
        """For what is slow, or has many terms."""
        return self.rounds // 3

    @property
    def peer_rounds(self) -> int:
        """They take seconds a page."""
        return 1 if self.is_fast else 2

    def tell(self, words: str) -> None:
        """A line of progress, apart from the figures."""
        print(f"[{time.monotonic() - self.start:6.0f} s] {words}", file=sys.stderr, flush=True)


TERMS = 10
"""In each comparison."""
