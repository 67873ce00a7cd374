"""The statistics of the bench, on times whose right answer is known."""

import random

import pytest

from tools.bench.goals import MILLION, Verdict, exact, exit_code, judged, told
from tools.bench.interleave import interleaved
from tools.bench.ratios import Figure, is_off, of_medians, of_shares, of_tails, percentile
from tools.bench.run import Extent


def noisy(factor: float, *, terms: int = 10, rounds: int = 30, drift: float = 0.0) -> list[list[tuple[float, float]]]:
    """Pairs in which the first side takes `factor` times what the second does, on a machine that gets slower."""
    chance = random.Random(3)
    groups = []
    for term in range(terms):
        cost = 0.002 * (term + 1)
        slowness = (1 + drift * turn for turn in range(rounds))
        groups.append(
            [
                (cost * factor * now * chance.uniform(0.97, 1.03), cost * now * chance.uniform(0.97, 1.03))
                for now in slowness
            ]
        )
    return groups


@pytest.mark.parametrize(("share", "value"), [(0.0, 1.0), (0.5, 3.0), (0.95, 4.8), (1.0, 5.0)])
def test_a_percentile_lies_between_the_two_values_it_falls_between(share: float, value: float) -> None:
    assert percentile([5, 1, 4, 2, 3], share) == pytest.approx(value)


def test_a_ratio_is_that_of_pairs_however_much_the_machine_slows_down_meanwhile() -> None:
    figure = of_medians(noisy(2.0, drift=0.2))

    assert figure.value == pytest.approx(2.0, rel=0.01)
    assert figure.low <= figure.value <= figure.high
    assert figure.high - figure.low < 0.05


def test_a_tail_is_compared_with_a_tail() -> None:
    quick, slow = (0.001, 0.001), (0.010, 0.002)

    assert of_tails([[quick] * 80 + [slow] * 20]).value == pytest.approx(5.0)
    assert of_tails([[quick] * 99 + [slow] * 1]).value == pytest.approx(1.0)


def test_terms_that_differ_make_the_interval_wider_than_rounds_that_do() -> None:
    differing_rounds = [[(factor, 1.0) for factor in (1.0, 2.0, 3.0)] * 10 for _ in range(10)]
    differing_terms = [[(factor, 1.0)] * 30 for factor in (1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 2.0)]

    narrow, wide = of_tails(differing_rounds), of_medians(differing_terms)

    assert (narrow.low, narrow.high) == (3.0, 3.0)
    assert wide.low < 2.0 < wide.high


def test_the_same_figures_come_out_of_the_same_times() -> None:
    assert of_medians(noisy(1.5)) == of_medians(noisy(1.5))


def test_times_without_pairs_are_compared_by_their_percentiles() -> None:
    figure = of_shares([[2.0] * 10, [4.0] * 10], [[1.0] * 10] * 5, 0.95)

    assert figure.value == 4.0
    assert (figure.low, figure.high) == (2.0, 4.0)


@pytest.mark.parametrize(("ratio", "refused"), [(1.0, False), (1.14, False), (1.16, True), (0.88, False), (0.86, True)])
def test_a_control_may_be_off_by_fifteen_in_a_hundred_either_way(ratio: float, refused: bool) -> None:
    assert is_off(exact(ratio)) is refused


def test_nothing_is_judged_by_a_restless_machine_not_even_what_looks_well() -> None:
    control = of_medians(noisy(1.3))

    result = judged("P1", "anybody", of_medians(noisy(1.1)), customers=MILLION, control=control)

    assert result.verdict is Verdict.REFUSED
    assert exit_code([result]) == 3


@pytest.mark.parametrize(
    ("goal", "value", "customers", "verdict"),
    [
        ("P1", 2.0, 1_000, Verdict.MET),
        ("P1", 2.01, 1_000, Verdict.MISSED),
        ("P3", 100.0, MILLION, Verdict.MET),
        ("P3", 99.0, MILLION, Verdict.MISSED),
        ("P3", 99.0, 100_000, Verdict.TOLD),
        ("P9", 0.0, 1_000, Verdict.MET),
        ("P9", 1.0, 1_000, Verdict.MISSED),
    ],
)
def test_a_goal_is_met_up_to_its_limit(goal: str, value: float, customers: int, verdict: Verdict) -> None:
    assert judged(goal, "anybody", exact(value), customers=customers, control=exact(1.0)).verdict is verdict


def test_a_missed_goal_counts_for_more_than_one_that_could_not_be_judged() -> None:
    met = judged("P1", "a", exact(1.0), customers=10)
    missed = judged("P1", "b", exact(9.0), customers=10)
    refused = judged("P1", "c", exact(1.0), customers=10, control=exact(2.0))
    only_told = told("P1", "d", exact(9.0))

    assert [exit_code(results) for results in ([met, only_told], [met, refused], [refused, missed])] == [0, 3, 1]


def test_sides_take_turns_and_the_first_round_does_not_count() -> None:
    asked: list[tuple[str, str]] = []

    def side(name: str) -> object:
        def time(subject: str) -> float:
            asked.append((name, subject))
            return float(len(asked))

        return time

    times = interleaved({"one": side("one"), "other": side("other")}, ["a", "b", "c"], Extent(rounds=4))  # type: ignore[dict-item]

    assert len(asked) == 2 * 3 * (4 + 1)
    assert [len(taken) for taken in times.by_subject("one")] == [4, 4, 4]
    assert min(second for taken in times.by_subject("one") + times.by_subject("other") for second in taken) > 2 * 3
    for start in range(0, len(asked), 6):
        assert sorted(asked[start : start + 6]) == [(name, term) for name in ("one", "other") for term in "abc"]
    assert len({tuple(asked[start : start + 6]) for start in range(0, len(asked), 6)}) > 1


def test_a_side_may_be_held_against_the_sum_of_others() -> None:
    taken = {"page": 6.0, "SQL": 1.0, "empty": 2.0}
    sides = {name: lambda _subject, seconds=seconds: seconds for name, seconds in taken.items()}

    assert interleaved(sides, ["a", "b"], Extent(rounds=5)).medians("page", "SQL", "empty") == Figure(
        value=2.0, low=2.0, high=2.0
    )


@pytest.mark.parametrize(
    ("extent", "rounds"),
    [
        (Extent(rounds=3, is_warm=True), [3, 3, 3]),
        (Extent(rounds=3, seconds=0), [1, 1, 1]),
        (Extent(rounds=3, seconds=0, is_warm=True), [1, 1, 1]),
        (Extent(rounds=3, seconds=0, least=2, is_warm=True), [1, 1]),
    ],
)
def test_time_that_is_up_ends_it_once_enough_was_timed(extent: Extent, rounds: list[int]) -> None:
    sides = {"page": lambda _subject: 2.0, "peer": lambda _subject: 6.0}

    times = interleaved(sides, ["a", "b", "c"], extent)

    assert [len(taken) for taken in times.by_subject("page")] == rounds
    assert [len(taken) for taken in times.by_subject("peer")] == rounds
    assert times.medians("peer", "page") == Figure(value=3.0, low=3.0, high=3.0)


def test_a_ratio_says_what_it_was_made_from() -> None:
    sides = {"page": lambda _subject: 0.006, "SQL": lambda _subject: 0.002}

    assert interleaved(sides, ["a", "b"], Extent(rounds=5)).note("page", "SQL") == "6.0 / 2.0 ms, 2 × 5"
