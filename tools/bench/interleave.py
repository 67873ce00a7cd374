"""Times several sides of one comparison in turn, in shuffled order, so that nothing slows one side alone."""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tools.bench.ratios import Figure, Groups, median, of_medians, of_tails

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
        """What a ratio was made from: the medians of its sides."""
        pairs = [pair for group in self.pairs(above, *below) for pair in group]
        return " / ".join(f"{median([pair[side] for pair in pairs]) * 1000:.1f}" for side in (0, 1)) + " ms"

    def by_subject(self, side: str) -> list[list[float]]:
        """The times of one side, grouped by subject, in the order of the subjects."""
        return [self.taken[side][subject] for subject in sorted(self.taken[side])]


def interleaved(
    sides: Mapping[str, Side[Subject]], subjects: Sequence[Subject], rounds: int, *, seed: int = 1
) -> Times[Subject]:
    """Time every side for every subject in so many rounds, after one more that does not count."""
    chance = random.Random(seed)
    times: Times[Subject] = Times()
    for turn in range(rounds + 1):
        for place in chance.sample(range(len(subjects)), len(subjects)):
            for name in chance.sample(sorted(sides), len(sides)):
                seconds = sides[name](subjects[place])
                if turn:
                    times.taken[name][place].append(seconds)
    return times
