"""Leaves a register that keeps failing for a country alone for a while, so that nobody waits for nothing.

Closed: it is asked. After `FAILURES` in a row it opens: nobody asks for `PAUSE` seconds. Then one question is let
through; its answer closes the circuit, its failure opens it again. Lives in the cache: processes that share one share
what they learned.
"""

from django.core.cache import cache

FAILURES = 3
PAUSE = 60
MEMORY = 15 * 60
"""Seconds after which failures no longer count as in a row."""
TRIAL = 10
"""Seconds that the one question let through has for itself: longer than any time limit."""


def lets_through(country: str) -> bool:
    """Whether to ask now. Says yes to one caller only while the register is tried out again."""
    if (cache.get(_failures(country)) or 0) < FAILURES:
        return True
    return cache.get(_pause(country)) is None and cache.add(_trial(country), 1, TRIAL)


def answered(country: str) -> None:
    if cache.get(_failures(country)):
        cache.delete_many([_failures(country), _pause(country), _trial(country)])


def failed(country: str) -> None:
    cache.add(_failures(country), 0, MEMORY)
    try:
        count = cache.incr(_failures(country))
    except ValueError:  # forgotten in between
        return
    if count >= FAILURES:
        cache.touch(_failures(country), MEMORY)
        cache.set(_pause(country), 1, PAUSE)
        cache.delete(_trial(country))


def _failures(country: str) -> str:
    return f"vies-failures-{country}"


def _pause(country: str) -> str:
    return f"vies-pause-{country}"


def _trial(country: str) -> str:
    return f"vies-trial-{country}"
