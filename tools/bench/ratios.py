"""Ratios of two things timed side by side, and how far they can be trusted. Pure.

Times come in pairs, one group of pairs for each term: both sides of a pair were timed within the same moment, so that
what slowed the machine slowed both. An interval is the middle nine tenths of what the figure becomes when terms, and
the pairs of each, are drawn again with replacement: the pairs of one term are no independent witnesses.
"""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Pair = tuple[float, float]
Groups = Sequence[Sequence[Pair]]

CONTROL_LIMIT = 1.15
"""Two sides that are the same thing may differ by so much; beyond, the machine is too restless to judge anything."""
DRAWS = 400
CONFIDENCE = 0.9


@dataclass(frozen=True, kw_only=True)
class Figure:
    value: float
    low: float
    high: float


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies, between two values where it falls between them."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def median(values: Sequence[float]) -> float:
    return percentile(values, 0.5)


def of_medians(groups: Groups) -> Figure:
    """The median of the paired ratios: how many times the second side the first one takes."""
    return _with_interval(groups, lambda pairs: median([above / below for above, below in pairs]))


def of_tails(groups: Groups) -> Figure:
    """The 95th percentile of the first side in terms of that of the second."""
    return _with_interval(groups, _tails)


def _tails(pairs: Sequence[Pair]) -> float:
    return percentile([above for above, _ in pairs], 0.95) / percentile([below for _, below in pairs], 0.95)


def is_off(control: Figure) -> bool:
    """Whether two sides that are the same thing came out too different to believe the rest."""
    return not 1 / CONTROL_LIMIT <= control.value <= CONTROL_LIMIT


def _with_interval(groups: Groups, figure: Callable[[Sequence[Pair]], float]) -> Figure:
    chance = random.Random(len(groups))
    drawn = sorted(
        figure(
            [pair for group in chance.choices(groups, k=len(groups)) for pair in chance.choices(group, k=len(group))]
        )
        for _ in range(DRAWS)
    )
    outside = (1 - CONFIDENCE) / 2
    return Figure(
        value=figure([pair for group in groups for pair in group]),
        low=percentile(drawn, outside),
        high=percentile(drawn, 1 - outside),
    )
