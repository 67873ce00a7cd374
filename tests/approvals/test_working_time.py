"""Working time by the office's own clock: nights, weekends, holidays and the days on which the clocks change."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.working_time import Office, after, between

BRUSSELS = ZoneInfo("Europe/Brussels")
OFFICE = Office(zone=BRUSSELS)
AROUND_THE_CLOCK = Office(zone=BRUSSELS, opens=time.min, closes=time.max, days=frozenset(range(1, 8)), country="")


def at(text: str) -> datetime:
    """A moment on the clock in Brussels."""
    return datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


@pytest.mark.parametrize(
    ("start", "end", "worked"),
    [
        pytest.param("2026-11-23 09:00", "2026-11-23 17:00", 8, id="one whole day"),
        pytest.param("2026-11-23 10:30", "2026-11-23 12:00", 1.5, id="within a day"),
        pytest.param("2026-11-23 06:00", "2026-11-23 10:00", 1, id="from before the office opens"),
        pytest.param("2026-11-23 16:00", "2026-11-23 22:00", 1, id="until after it closes"),
        pytest.param("2026-11-23 18:00", "2026-11-23 23:00", 0, id="an evening"),
        pytest.param("2026-11-23 16:00", "2026-11-24 10:00", 2, id="over a night"),
        pytest.param("2026-11-20 16:00", "2026-11-23 10:00", 2, id="over a weekend"),
        pytest.param("2026-11-21 09:00", "2026-11-22 17:00", 0, id="a weekend"),
        pytest.param("2026-04-03 16:00", "2026-04-07 10:00", 2, id="over Easter Monday"),
        pytest.param("2026-05-13 16:00", "2026-05-15 10:00", 2, id="over Ascension Day"),
        pytest.param("2026-05-22 16:00", "2026-05-26 10:00", 2, id="over Whit Monday"),
        pytest.param("2026-07-20 16:00", "2026-07-22 10:00", 2, id="over the national day"),
        pytest.param("2026-11-10 16:00", "2026-11-12 10:00", 2, id="over Armistice Day"),
        pytest.param("2026-12-24 16:00", "2026-12-28 10:00", 2, id="over Christmas, a Friday, and its weekend"),
        pytest.param("2026-12-31 16:00", "2027-01-04 10:00", 2, id="into another year"),
        pytest.param("2026-03-27 16:00", "2026-03-30 10:00", 2, id="over the night the clocks go forward"),
        pytest.param("2026-10-23 16:00", "2026-10-26 10:00", 2, id="over the night the clocks go back"),
        pytest.param("2026-11-23 12:00", "2026-11-23 12:00", 0, id="no time"),
        pytest.param("2026-11-24 12:00", "2026-11-23 12:00", 0, id="backwards"),
    ],
)
def test_working_time_between_two_moments(start: str, end: str, worked: float) -> None:
    assert between(OFFICE, at(start), at(end)) == hours(worked)


@pytest.mark.parametrize(
    ("start", "worked", "end"),
    [
        pytest.param("2026-11-23 09:00", 8, "2026-11-23 17:00", id="a whole day ends when the office closes"),
        pytest.param("2026-11-23 14:00", 8, "2026-11-24 14:00", id="over a night"),
        pytest.param("2026-11-20 14:00", 8, "2026-11-23 14:00", id="over a weekend"),
        pytest.param("2026-11-21 03:00", 8, "2026-11-23 17:00", id="from a Saturday"),
        pytest.param("2026-11-23 07:15", 1, "2026-11-23 10:00", id="from before the office opens"),
        pytest.param("2026-11-23 19:00", 1, "2026-11-24 10:00", id="from after it closes"),
        pytest.param("2026-11-23 17:00", 1, "2026-11-24 10:00", id="from the moment it closes"),
        pytest.param("2026-04-03 14:00", 8, "2026-04-07 14:00", id="over Easter Monday"),
        pytest.param("2026-05-13 14:00", 8, "2026-05-15 14:00", id="over Ascension Day"),
        pytest.param("2026-05-22 14:00", 8, "2026-05-26 14:00", id="over Whit Monday"),
        pytest.param("2026-07-20 14:00", 8, "2026-07-22 14:00", id="over the national day"),
        pytest.param("2026-07-21 11:00", 8, "2026-07-22 17:00", id="from a holiday"),
        pytest.param("2026-03-27 14:00", 8, "2026-03-30 14:00", id="over the night the clocks go forward"),
        pytest.param("2026-10-23 14:00", 8, "2026-10-26 14:00", id="over the night the clocks go back"),
        pytest.param("2026-11-21 03:00", 0, "2026-11-21 03:00", id="none, at any hour"),
        pytest.param("2026-11-23 09:00", 40, "2026-11-27 17:00", id="a week"),
    ],
)
def test_the_moment_after_so_much_working_time(start: str, worked: float, end: str) -> None:
    assert after(OFFICE, at(start), hours(worked)) == at(end)


def test_less_than_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        after(OFFICE, at("2026-11-23 09:00"), -hours(1))


@pytest.mark.parametrize(("day", "real"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-11-23", 24)])
def test_a_day_on_which_the_clocks_change_is_as_long_as_it_is(day: str, real: int) -> None:
    start = at(f"{day} 00:00")
    worked = between(AROUND_THE_CLOCK, start, at(f"{day} 23:59:59"))
    assert round(worked / hours(1)) == real


@pytest.mark.parametrize(
    ("office", "day", "works"),
    [
        (OFFICE, "2026-11-23", True),
        (OFFICE, "2026-11-22", False),
        (OFFICE, "2026-11-02", True),
        (Office(zone=BRUSSELS, days=frozenset({7})), "2026-11-22", True),
        (Office(zone=BRUSSELS, country="NL"), "2026-07-21", True),
        (Office(zone=BRUSSELS, country=""), "2026-12-25", True),
        (Office(zone=BRUSSELS, country="DE", region="BY"), "2026-01-06", False),
        (Office(zone=BRUSSELS, closed_on=frozenset({date(2026, 12, 28)})), "2026-12-28", False),
    ],
)
def test_days_on_which_the_office_works(office: Office, day: str, works: bool) -> None:
    assert office.works_on(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": frozenset()},
        {"days": frozenset({0})},
        {"opens": time(17), "closes": time(9)},
        {"opens": time(9), "closes": time(9)},
        {"country": "Atlantis"},
        {"region": "Atlantis"},
    ],
)
def test_an_office_that_never_works_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Office(zone=BRUSSELS, **wrong)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(ZoneInfo("UTC")))


@given(start=MOMENTS, minutes=st.integers(1, 6000))
def test_the_time_until_the_moment_after_it_is_that_time(start: datetime, minutes: int) -> None:
    worked = timedelta(minutes=minutes)
    end = after(OFFICE, start, worked)
    assert between(OFFICE, start, end) == worked
    assert between(OFFICE, start, end - timedelta(seconds=1)) == worked - timedelta(seconds=1)


@given(first=MOMENTS, second=MOMENTS, third=MOMENTS)
def test_two_stretches_are_as_long_as_the_whole(first: datetime, second: datetime, third: datetime) -> None:
    start, middle, end = sorted((first, second, third))
    assert between(OFFICE, start, middle) + between(OFFICE, middle, end) == between(OFFICE, start, end)
