"""Leaves a register that keeps failing for a country alone for a while, so that nobody waits for nothing.

Closed: it is asked. After `FAILURES` in a row it opens: nobody asks for `PAUSE` seconds. Then one question is let
through; its answer closes the circuit, its failure opens it again for twice as long, up to `LONGEST_PAUSE`. Lives in
the cache: processes that share one share what they learned.
"""

import time
from collections.abc import Iterable
from datetime import UTC, datetime

from django.core.cache import cache

FAILURES = 3
PAUSE = 60
LONGEST_PAUSE = 10 * 60
MEMORY = 30 * 60
"""Seconds after which failures no longer count as in a row: longer than any pause."""
TRIAL = 10
"""Seconds that the one question let through has for itself: longer than any time limit."""


def lets_through(country: str) -> bool:
    """Whether to ask now. Says yes to one caller only while the register is tried out again."""
    if (cache.get(_failures(country)) or 0) < FAILURES:
        return True
    return cache.get(_pause(country)) is None and cache.add(_trial(country), 1, TRIAL)


def resting_until(country: str) -> datetime | None:
    """When this country's register is asked again; None where it is asked now."""
    return resting([country]).get(country)


def resting(countries: Iterable[str]) -> dict[str, datetime]:
    """Those of the countries whose register is left alone, each with when that ends. One read of the cache."""
    names = {_pause(country): country for country in countries}
    found = cache.get_many(names)
    return {names[key]: datetime.fromtimestamp(until, UTC) for key, until in found.items()}


def answered(country: str) -> None:
    if cache.get(_failures(country)):
        cache.delete_many([_failures(country), _rounds(country), _pause(country), _trial(country)])


def failed(country: str) -> None:
    if _counted(_failures(country)) < FAILURES or not cache.add(_pause(country), time.time() + PAUSE, PAUSE):
        return
    # Whoever failed at the same moment found the pause begun: it grows by the failures of trials alone.
    length = min(PAUSE * 2 ** (_counted(_rounds(country)) - 1), LONGEST_PAUSE)
    cache.set(_pause(country), time.time() + length, length)
    cache.delete(_trial(country))


def _counted(key: str) -> int:
    cache.add(key, 0, MEMORY)
    try:
        count = cache.incr(key)
    except ValueError:  # forgotten in between
        return 1
    cache.touch(key, MEMORY)
    return count


def _failures(country: str) -> str:
    return f"vies-failures-{country}"


def _rounds(country: str) -> str:
    return f"vies-rounds-{country}"


def _pause(country: str) -> str:
    return f"vies-pause-{country}"


def _trial(country: str) -> str:
    return f"vies-trial-{country}"
