"""Units with raw scores → the curve of a label: the door to scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as replace_unit

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from stance.errors import need
from stance.measure.metrics import Bools, Floats, count
from stance.measure.units import Unit
from stance.nli.calibration import FAINT, Curve, log_odds

LEAST = 10
"""Fewer cases that hold, or that do not, give no curve."""

SLACK = 0.01
"""F1 that may be given up for a threshold that stands far from the edges (see `best_threshold`)."""

LEAST_SURE = 0.2
"""Lowest probability from which a side is ever asserted.

Where few are right at any score the best F1 may lie lower, for next to nothing: a stance that is
wrong in four of five cases is no use to anybody.
"""

_POINTS = 40


def curve(units: Sequence[Unit]) -> Curve | None:
    """The curve of units of one side, or None where there are too few or the scores tell nothing.

    Platt scaling of the units with any score at all (a unit without a claim scores 0, and stays
    0), with the score of the opposite side beside it where that speaks against. The threshold is
    that of `best_threshold`, over all units.
    The precision from a probability on is that of the units, with half a wrong one added, so that
    a few right ones prove little.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    linear = need("sklearn.linear_model", "train")
    gold = np.array([one.gold for one in units], dtype=bool)
    raw = np.array([one.score for one in units], dtype=float)
    asked = raw > 0
    if min(gold[asked].sum(), (~gold[asked]).sum()) < LEAST:
        return None
    odds = np.array(
        [[log_odds(one.score), log_odds(max(one.other, FAINT))] for one in units], dtype=float
    )[asked]
    fitted = linear.LogisticRegression(C=10.0).fit(odds, gold[asked])
    if fitted.coef_[0, 1] >= 0 or np.ptp(odds[:, 1]) == 0:
        fitted = linear.LogisticRegression(C=10.0).fit(odds[:, :1], gold[asked])
    slope, against = (round(float(one), 4) for one in (*fitted.coef_[0], 0.0)[:2])
    if slope < 1e-3:
        return None
    fresh = Curve(slope, round(float(fitted.intercept_[0]), 4), against=against)
    return placed(
        fresh,
        [replace_unit(one, score=fresh.probability(one.score, one.other)) for one in units],
    )


def placed(fitted: Curve, units: Sequence[Unit]) -> Curve:
    """The curve with threshold and precision from units whose scores are probabilities already.

    The threshold is at least `LEAST_SURE`.
    """
    gold = np.array([one.gold for one in units], dtype=bool)
    scores = np.array([one.score for one in units], dtype=float)
    threshold = max(best_threshold(gold, scores), LEAST_SURE)
    return replace(fitted, threshold=threshold, precision=rising(gold, scores))


def best_threshold(gold: Bools, scores: Floats) -> float:
    """The middle threshold of those whose F1 is within `SLACK` of the best.

    The best one of a sample often stands beside a cliff; between its equals it costs little when
    other texts move the curve. The highest of all where none is right. Shapes: (units,) both.
    """
    steps = [round(float(step), 2) for step in np.arange(0.05, 0.96, 0.01)]
    values = {step: count(gold, scores >= step).f1 for step in steps}
    best = max(values.values())
    good = [step for step in steps if values[step] >= best - SLACK]
    return good[len(good) // 2] if best > 0 else good[-1]


def rising(gold: Bools, scores: Floats) -> tuple[tuple[float, float], ...]:
    """Pairs of a score and the share that is right from there on, both rising.

    Shapes: (units,) both.
    """
    steps: NDArray[np.float64] = np.unique(
        np.maximum(np.floor(scores[scores > 0] * 1000), 1) / 1000
    )
    found: list[tuple[float, float]] = []
    for step in steps:
        table = count(gold, scores >= step)
        share = table.right / (table.right + table.wrong + 0.5)
        if not found or share > found[-1][1]:
            found.append((float(step), round(share, 4)))
    kept = found[:: max(1, len(found) // _POINTS)]
    return tuple(kept if kept[-1:] == found[-1:] else [*kept, found[-1]])
