"""From raw scores to probabilities and bands, every number worked out by hand."""

from __future__ import annotations

from math import log

import pytest

from stance.nli.calibration import Calibration, Curve, curves_of
from stance.types import Band, Issue, Label

PRECISION = ((0.1, 0.5), (0.3, 0.8), (0.6, 0.95))


@pytest.mark.parametrize(
    ("slope", "intercept", "raw", "expected"),
    [
        (2.0, 0.0, 0.75, 9 / 10),  # odds of 3 become odds of 9
        (2.0, 0.0, 0.25, 1 / 10),
        (2.0, 0.0, 0.5, 1 / 2),
        (1.0, log(3), 0.5, 3 / 4),  # odds of 1 become odds of 3
        (1.0, log(3), 0.25, 1 / 2),
        (2.0, -log(9), 0.75, 1 / 2),
        (0.0, 0.0, 0.9, 1 / 2),
    ],
)
def test_a_curve_turns_odds(slope: float, intercept: float, raw: float, expected: float) -> None:
    assert Curve(slope, intercept).probability(raw) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("raw", "other", "expected"),
    [
        (3 / 4, 1 / 2, 3 / 4),  # odds of 1 on the other side turn nothing
        (3 / 4, 3 / 4, 1 / 2),  # the same odds on both sides
        (1 / 2, 1 / 4, 3 / 4),
        (0.0, 1 / 4, 0.0),
    ],
)
def test_what_speaks_for_the_opposite_side_counts_against(
    raw: float, other: float, expected: float
) -> None:
    assert Curve(against=-1.0).probability(raw, other) == pytest.approx(expected)


def test_a_faint_opposite_side_is_as_good_as_none() -> None:
    curve = Curve(against=-1.0)
    values = {curve.probability(0.5, other) for other in (0.0, 1e-6, 1e-4)}
    assert len(values) == 1 and min(values) > 0.999


def test_no_evidence_stays_none() -> None:
    curve = Curve(2.0, 5.0)
    assert curve.probability(0.0) == 0.0
    assert curve.probability(0.001) > 0.0


def test_the_ends_are_taken_as_one_in_a_million() -> None:
    curve = Curve(2.0, 0.0)
    assert curve.probability(1e-9) == pytest.approx(1e-12)
    assert curve.probability(1.0) == curve.probability(1 - 1e-9) == pytest.approx(1.0)


@pytest.mark.parametrize(("slope", "intercept"), [(1000.0, 0.0), (1e9, 5.0), (2.0, 1e9)])
def test_a_steep_curve_stays_between_0_and_1(slope: float, intercept: float) -> None:
    low, high = Curve(slope, -intercept), Curve(slope, intercept)
    values = [low.probability(raw) for raw in (0.0, 1e-9, 0.01, 0.1, 0.3)]
    assert values[0] == 0.0
    assert all(0.0 < value < 1e-3 for value in values[1:])
    assert all(0.999 < high.probability(raw) <= 1.0 for raw in (0.7, 0.99, 1.0))


def test_a_steep_falling_curve_is_no_crash() -> None:
    assert Curve(-1000.0).probability(1e-9) == pytest.approx(1.0)
    assert 0.0 < Curve(-1000.0).probability(1.0) < 1e-3


@pytest.mark.parametrize("raw", [0.0, 1e-9, 0.3, 1.0])
def test_the_plain_curve_changes_nothing(raw: float) -> None:
    assert Curve(threshold=0.7, precision=PRECISION).probability(raw) == raw


@pytest.mark.parametrize(
    ("least", "expected"),
    [(0.0, 0.1), (0.5, 0.1), (0.51, 0.3), (0.8, 0.3), (0.95, 0.6), (0.96, 2.0)],
)
def test_the_lowest_probability_that_was_right_often_enough(least: float, expected: float) -> None:
    assert Curve(precision=PRECISION).from_precision(least) == expected


def test_a_curve_that_was_never_measured_promises_nothing() -> None:
    assert Curve().from_precision(0.0) == 2.0


def test_a_threshold_of_the_caller_goes_first() -> None:
    curve = Curve(threshold=0.4, precision=PRECISION)
    assert curve.band(0.7, None) == Band.around(0.7)
    assert curve.band(0.0, None).at == 0.0


@pytest.mark.parametrize(
    ("least", "expected"),
    [
        (0.8, Band(0.3, 0.3, 0.3)),  # sure from below the own threshold: nothing is uncertain
        (0.95, Band(0.4, 0.6, 0.6)),  # what would be asserted without is uncertain
        (0.99, Band(0.4, 2.0, 2.0)),  # never sure: never asserted
    ],
)
def test_a_least_precision_decides_where_to_assert(least: float, expected: Band) -> None:
    assert Curve(threshold=0.4, precision=PRECISION).band(None, least) == expected


@pytest.mark.parametrize(
    ("threshold", "precision", "expected"),
    [
        (0.5, PRECISION, Band(0.4, 0.5, 0.6)),  # nine in ten were right from 0.6
        (0.5, PRECISION[:2], Band(0.4, 0.5, 1.0)),  # nowhere
        (0.5, ((0.3, 0.9),), Band(0.4, 0.5, 0.5)),  # below the threshold already
        (0.5, (), Band(0.4, 0.5, 0.6)),
    ],
)
def test_else_the_own_threshold_decides(
    threshold: float, precision: tuple[tuple[float, float], ...], expected: Band
) -> None:
    assert Curve(threshold=threshold, precision=precision).band(None, None) == expected


OWN, COMMON, OTHER = Curve(slope=2.0), Curve(slope=3.0), Curve(slope=4.0)
ISSUE = Issue(
    "harbour",
    "The harbour",
    tuple(Label(id, id, ("{actor} a.",), ("{actor} b.",)) for id in ("pro", "un")),
    ("harbour",),
)


def test_a_label_takes_its_own_curve_else_the_common_one_else_none() -> None:
    calibration: Calibration = {
        "harbour": {"supports": {"pro": OWN}},
        "*": {"supports": {"*": COMMON}},
        "airport": {"supports": {"un": OTHER, "*": OTHER}, "opposes": {"pro": OTHER}},
    }
    assert curves_of(calibration, ISSUE) == {
        ("supports", "pro"): OWN,
        ("supports", "un"): COMMON,
        ("opposes", "pro"): Curve(),
        ("opposes", "un"): Curve(),
    }


def test_an_own_curve_that_changes_nothing_is_one_too() -> None:
    calibration = {"harbour": {"opposes": {"un": Curve()}}, "*": {"opposes": {"*": COMMON}}}
    curves = curves_of(calibration, ISSUE)
    assert (curves["opposes", "un"], curves["opposes", "pro"]) == (Curve(), COMMON)


def test_without_calibration_no_score_is_changed() -> None:
    assert set(curves_of({}, ISSUE).values()) == {Curve()}
