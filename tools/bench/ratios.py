"""Ratios of two things timed side by side, and how far they can be trusted. Pure.

Times come in pairs, one group of pairs for each term: both sides of a pair were timed within the same moment, so that
what slowed the machine slowed both. An interval is the middle nine tenths of what the figure becomes when terms, and
the pairs of each, are drawn again with replacement: the pairs of one term are no independent witnesses.
"""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")
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


def of_shares(above: Sequence[Sequence[float]], below: Sequence[Sequence[float]], share: float) -> Figure:
    """The percentile of one set of times in terms of that of another; their terms are not the same, so there are no
    pairs, only groups."""
    chance = random.Random(len(above))

    def figure(over: Sequence[Sequence[float]], under: Sequence[Sequence[float]]) -> float:
        return percentile(_flat(over), share) / percentile(_flat(under), share)

    def again(groups: Sequence[Sequence[float]]) -> list[list[float]]:
        return [chance.choices(group, k=len(group)) for group in chance.choices(groups, k=len(groups))]

    return _around(figure(above, below), [figure(again(above), again(below)) for _ in range(DRAWS)])


def is_off(control: Figure) -> bool:
    """Whether two sides that are the same thing came out too different to believe the rest."""
    return not 1 / CONTROL_LIMIT <= control.value <= CONTROL_LIMIT


def _with_interval(groups: Groups, figure: Callable[[Sequence[Pair]], float]) -> Figure:
    chance = random.Random(len(groups))
    drawn = []
    for _ in range(DRAWS):
        drawn_groups = chance.choices(groups, k=len(groups))
        drawn.append(figure(_flat([chance.choices(group, k=len(group)) for group in drawn_groups])))
    return _around(figure(_flat(groups)), drawn)


def _around(value: float, drawn: Sequence[float]) -> Figure:
    outside = (1 - CONFIDENCE) / 2
    return Figure(value=value, low=percentile(drawn, outside), high=percentile(drawn, 1 - outside))


def _flat(groups: Sequence[Sequence[Item]]) -> list[Item]:
    return [item for group in groups for item in group]
