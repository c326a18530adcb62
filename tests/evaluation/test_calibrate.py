"""Curves from made-up units, with thresholds and shares worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from stance.evaluation.calibrate import LEAST, LEAST_SURE, best_threshold, curve, placed, rising
from stance.measure.metrics import Bools, Floats, brier, ece
from stance.measure.units import Unit
from stance.nli.calibration import Curve

pytest.importorskip("sklearn")


def units(groups: Iterable[tuple[float, int, int]]) -> list[Unit]:
    """For each group of one score, units that hold and units that do not."""
    return [
        Unit("t", "c", "PER", "pro", "supports", gold, False, score, {})
        for score, holds, fails in groups
        for gold in [True] * holds + [False] * fails
    ]


@pytest.mark.parametrize(
    ("gold", "scores", "expected"),
    [
        # F1 is 1 above 0.4 up to 0.6
        ([True, True, False, False], [0.9, 0.6, 0.4, 0.1], 0.51),
        # 2/3 from 0.31 on, 4/5 from 0.05 up to 0.3
        ([True, False, True], [0.8, 0.5, 0.3], 0.18),
        # 2/3 either way, from 0.05 up to 0.8: one right and one missed, or two right and two wrong
        ([True, True, False, False], [0.8, 0.2, 0.2, 0.2], 0.43),
        # never right
        ([False, False], [0.9, 0.1], 0.95),
    ],
)
def test_of_equal_thresholds_the_middle_is_taken(
    gold: list[bool], scores: list[float], expected: float
) -> None:
    assert best_threshold(np.array(gold), np.array(scores)) == expected


def test_the_share_that_is_right_counts_half_a_wrong_one_more() -> None:
    gold, scores = np.array([True, False, True, True]), np.array([0.9, 0.7, 0.5, 0.0])
    # From 0.5: 2 / 3.5. From 0.7: 1 / 2.5, no rise. From 0.9: 1 / 1.5. Score 0 is no evidence.
    assert rising(gold, scores) == ((0.5, 0.5714), (0.9, 0.6667))


def test_ten_right_ones_prove_little() -> None:
    assert rising(np.ones(10, bool), np.full(10, 0.8)) == ((0.8, 0.9524),)


def test_a_score_counts_from_the_thousandth_below_it() -> None:
    gold, scores = np.array([False, True, True]), np.array([0.51201, 0.51239, 0.6])
    # From 0.512: 2 / 3.5. From 0.6: 1 / 1.5.
    assert rising(gold, scores) == ((0.512, 0.5714), (0.6, 0.6667))


def test_the_least_scores_do_not_let_those_without_evidence_in() -> None:
    # A step of 0 would count the two scores of 0 as well.
    assert rising(np.array([True, False, False]), np.array([0.0004, 0.0, 0.0]))[:1] != ((0.0, 0.0),)


@pytest.mark.parametrize("wrong", [*range(97, 105), 400])
def test_of_many_steps_some_are_kept_and_the_last_always(wrong: int) -> None:
    scores = np.concatenate([np.linspace(0.1, 0.7, wrong), np.full(50, 0.9)])
    found = rising(scores == 0.9, scores)
    assert 40 <= len(found) <= 81
    assert found[0][0] == pytest.approx(0.1, abs=0.0011)
    assert found[-1] == (0.9, round(50 / 50.5, 4))
    for place in (0, 1):
        values = [point[place] for point in found]
        assert values == sorted(set(values))


def test_without_scores_nothing_rises() -> None:
    assert rising(np.array([True, False]), np.zeros(2)) == ()


@pytest.mark.parametrize(("holds", "fails"), [(LEAST - 1, 30), (30, LEAST - 1)])
def test_too_few_cases_give_no_curve(holds: int, fails: int) -> None:
    made = units([(0.8, holds, 0), (0.3, 0, fails)])
    assert curve(made) is None
    assert curve([*made, *units([(0.0, 5, 5)])]) is None  # who was not scored is no case
    assert curve([*made, *units([(0.5, 1, 1)])]) is not None


def test_scores_that_fall_where_it_holds_give_no_curve() -> None:
    assert curve(units([(0.9, 10, 40), (0.3, 40, 10)])) is None
    turned = curve(units([(0.3, 10, 40), (0.9, 40, 10)]))
    assert turned is not None and turned.slope > 0


# What the model says of 300 units, each time far above the share that holds.
BOLD = [(0.95, 60, 40), (0.8, 40, 60), (0.5, 20, 80)]


def test_a_curve_learns_what_the_opposite_side_says() -> None:
    torn = [replace(one, other=0.0 if one.gold else 0.6) for one in units(BOLD)]
    found, plain = curve(torn), curve(units(BOLD))
    assert found is not None and plain is not None
    assert found.against < 0.0 == plain.against
    assert found.probability(0.8, 0.0) > 0.9 > 0.1 > found.probability(0.8, 0.6)


def test_an_opposite_side_that_would_speak_for_a_stance_is_left_out() -> None:
    torn = [replace(one, other=0.6 if one.gold else 0.0) for one in units(BOLD)]
    assert curve(torn) == curve(units(BOLD))


def test_a_curve_brings_scores_near_the_truth() -> None:
    made = units(BOLD)
    found = curve(made)
    assert found is not None
    gold = np.array([one.gold for one in made])
    raw = np.array([one.score for one in made])
    fitted = np.array([found.probability(score) for score in raw])
    assert ece(gold, raw) == pytest.approx((0.35 + 0.4 + 0.3) / 3)
    assert ece(gold, fitted) < 0.03
    assert brier(gold, fitted) < brier(gold, raw) - 0.1
    assert [found.probability(score) for score, _, _ in BOLD] == pytest.approx(
        [0.6, 0.4, 0.2], abs=0.05
    )


def test_threshold_and_precision_are_those_of_the_probabilities() -> None:
    found = curve(units(BOLD))
    assert found is not None
    # F1 from the lowest up: 240/420, 200/320, 120/220: the middle one is the highest.
    assert found.probability(0.5) < found.threshold <= found.probability(0.8)
    assert found.threshold == pytest.approx(
        (found.probability(0.5) + found.probability(0.8)) / 2, abs=0.01
    )
    # Each step is rounded down: its own score and the higher ones count.
    assert [share for _, share in found.precision] == [
        round(right / (asked + 0.5), 4) for right, asked in ((120, 300), (100, 200), (60, 100))
    ]
    steps = [at for at, _ in found.precision]
    expected = [found.probability(score) for score in (0.5, 0.8, 0.95)]
    assert all(0 <= score - at < 0.001 for at, score in zip(steps, expected, strict=True))
    assert steps == [round(step, 3) for step in steps]


def test_what_is_wrong_in_four_of_five_cases_is_never_asserted() -> None:
    rare = units([(0.9, 1, 5), (0.2, 5, 20)])
    assert best_threshold(*_gold_and_scores(rare)) < LEAST_SURE
    assert placed(Curve(1.0, 0.0), rare).threshold == LEAST_SURE


def _gold_and_scores(every: list[Unit]) -> tuple[Bools, Floats]:
    return np.array([one.gold for one in every]), np.array([one.score for one in every])


def test_units_without_a_score_leave_the_scaling_alone_and_are_missed() -> None:
    plain, more = curve(units(BOLD)), curve(units([*BOLD, (0.0, 500, 50)]))
    assert plain is not None and more is not None
    assert (more.slope, more.intercept) == (plain.slope, plain.intercept)
    assert more.precision == plain.precision
    # With 500 missed in any case, all that is there is worth asserting.
    assert more.threshold <= plain.probability(0.5) < plain.threshold
