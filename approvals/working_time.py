"""Time as the office works it: its days, hours and public holidays. Pure.

Everything is reckoned in UTC from the hours on the office's own clock, so a day on which the clocks change is as long
as it really is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

ZERO = timedelta()
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Office:
    """When the office works. Raises ValueError for one that never would, or in a country whose holidays are unknown."""

    zone: ZoneInfo
    opens: time = time(9)
    closes: time = time(17)
    days: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    """Monday is 1."""
    country: str = "BE"
    """Whose public holidays are free; "" for none."""
    region: str = ""
    """A part of the country with holidays of its own."""
    closed_on: frozenset[date] = frozenset()
    """Other days on which nobody works."""

    def __post_init__(self) -> None:
        if not self.days or not self.days <= set(range(1, 8)):
            raise ValueError("Working days are numbers from 1, Monday, to 7, Sunday: one at least.")
        if self.opens >= self.closes:
            raise ValueError("The office opens before it closes.")
        try:
            _holidays(self.country, self.region, 2026)
        except NotImplementedError as error:
            raise ValueError(f"No public holidays are known for {self.country} {self.region}".strip()) from error

    @property
    def hours_a_day(self) -> timedelta:
        """As the clock shows them on an ordinary day."""
        return datetime.combine(date.min, self.closes) - datetime.combine(date.min, self.opens)

    def works_on(self, day: date) -> bool:
        if day.isoweekday() not in self.days or day in self.closed_on:
            return False
        return day not in _holidays(self.country, self.region, day.year)

    def day_of(self, moment: datetime) -> date:
        """The date of a moment, on the office's calendar."""
        return moment.astimezone(self.zone).date()


@lru_cache(maxsize=64)
def _holidays(country: str, region: str, year: int) -> frozenset[date]:
    if not country:
        return frozenset()
    return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))


def between(office: Office, start: datetime, end: datetime) -> timedelta:
    """The working time from one moment to a later one; none where the second is not later."""
    worked = ZERO
    for opens, closes in _openings(office, start):
        if opens >= end:
            break
        worked += max(min(closes, end) - max(opens, start), ZERO)
    return worked


def after(office: Office, start: datetime, worked: timedelta) -> datetime:
    """The moment at which so much working time has passed since `start`, in UTC; `start` itself after none.

    Raises ValueError for less than none.
    """
    if worked < ZERO:
        raise ValueError(worked)
    if worked == ZERO:
        return start.astimezone(UTC)
    left = worked
    for opens, closes in _openings(office, start):
        begins = max(opens, start)
        if begins + left <= closes:
            return (begins + left).astimezone(UTC)
        left -= max(closes - begins, ZERO)
    raise OverflowError(worked)


def _openings(office: Office, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """From when to when the office works, the day of `start` first, in UTC."""
    day = office.day_of(start)
    while day < date.max:
        if office.works_on(day):
            opens = datetime.combine(day, office.opens, office.zone)
            closes = datetime.combine(day, office.closes, office.zone)
            yield opens.astimezone(UTC), closes.astimezone(UTC)
        day += ONE_DAY
