"""Times several sides of one comparison in turn, in shuffled order, so that nothing slows one side alone."""

import math
import random
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tools.bench.ratios import Figure, Groups, median, of_medians, of_tails
from tools.bench.run import Extent

Subject = TypeVar("Subject")
Side = Callable[[Subject], float]
"""Does the thing once for a subject, a term for example, and says how many seconds it took."""


@dataclass
class Times(Generic[Subject]):
    """Seconds by side and subject, round by round."""

    taken: dict[str, dict[int, list[float]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def pairs(self, above: str, *below: str) -> Groups:
        """Pairs of one side with the sum of the others, grouped by subject."""
        return [
            [
                (seconds, sum(self.taken[side][subject][turn] for side in below))
                for turn, seconds in enumerate(self.taken[above][subject])
            ]
            for subject in sorted(self.taken[above])
        ]

    def medians(self, above: str, *below: str) -> Figure:
        return of_medians(self.pairs(above, *below))

    def tails(self, above: str, *below: str) -> Figure:
        return of_tails(self.pairs(above, *below))

    def note(self, above: str, *below: str) -> str:
        """What a ratio was made from: the medians of its sides, and how many subjects were timed how often."""
        groups = self.pairs(above, *below)
        pairs = [pair for group in groups for pair in group]
        milliseconds = " / ".join(f"{median([pair[side] for pair in pairs]) * 1000:.1f}" for side in (0, 1))
        return f"{milliseconds} ms, {len(groups)} × {median([len(group) for group in groups]):.0f}"

    def by_subject(self, side: str) -> list[list[float]]:
        """The times of one side, grouped by subject, in the order of the subjects."""
        return [self.taken[side][subject] for subject in sorted(self.taken[side])]


def interleaved(
    sides: Mapping[str, Side[Subject]], subjects: Sequence[Subject], extent: Extent, *, seed: int = 1
) -> Times[Subject]:
    """Time every side for every subject, round after round, as often as the time allows; all sides equally often.

    A first round that does not count comes before, unless the extent says that all is warm.
    """
    chance = random.Random(seed)
    times: Times[Subject] = Times()
    least = len(subjects) if extent.least is None else extent.least
    end = math.inf
    for turn in range(1 if extent.is_warm else 0, extent.rounds + 1):
        if turn == 1:
            end = time.monotonic() + extent.seconds
        for done, place in enumerate(chance.sample(range(len(subjects)), len(subjects))):
            if (turn > 1 or done >= least) and time.monotonic() > end:
                return times
            for name in chance.sample(sorted(sides), len(sides)):
                seconds = sides[name](subjects[place])
                if turn:
                    times.taken[name][place].append(seconds)
    return times
