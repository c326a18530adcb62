"""Figures: held against scikit-learn, and at their edges."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import (
    brier_score_loss,
    f1_score,
    matthews_corrcoef,
    precision_score,
    recall_score,
)

from stance.measure.intervals import bootstrap
from stance.measure.metrics import brier, count, ece, reliability

PAIRS = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60)


@given(PAIRS)
def test_figures_are_those_of_scikit_learn(pairs: list[tuple[bool, bool]]) -> None:
    gold, predicted = (np.array(column) for column in zip(*pairs, strict=True))
    counts = count(gold, predicted)
    assert counts.n == len(pairs)
    assert counts.precision == pytest.approx(precision_score(gold, predicted, zero_division=0))
    assert counts.recall == pytest.approx(recall_score(gold, predicted, zero_division=0))
    assert counts.f1 == pytest.approx(f1_score(gold, predicted, zero_division=0))
    assert counts.mcc == pytest.approx(matthews_corrcoef(gold, predicted), abs=1e-9)


def test_brier_is_that_of_scikit_learn() -> None:
    chance = np.random.default_rng(1)
    scores, gold = chance.random(200), chance.random(200) > 0.5
    assert brier(gold, scores) == pytest.approx(brier_score_loss(gold, scores))


def test_calibrated_scores_have_no_error_and_overconfident_ones_do() -> None:
    chance = np.random.default_rng(1)
    scores = chance.random(20_000)
    gold = chance.random(20_000) < scores
    assert ece(gold, scores) < 0.02
    assert ece(gold, np.where(scores > 0.5, 0.99, 0.01)) > 0.2


def test_bins_hold_as_many_each_and_keep_ties_together() -> None:
    scores = np.array([0.1] * 50 + [0.2] * 30 + list(np.linspace(0.3, 0.9, 20)))
    curve = reliability(scores > 0.2, scores, bins=5)
    assert sum(one.n for one in curve) == 100
    assert [one.n for one in curve][:2] == [50, 30]
    assert [one.confidence for one in curve] == sorted(one.confidence for one in curve)
    assert reliability(np.array([], dtype=bool), np.array([])) == []


def test_the_bootstrap_draws_clusters_and_not_units() -> None:
    values = np.array([0.0] * 50 + [1.0] * 50)

    def mean(weights: np.ndarray) -> float:
        return float(weights @ values / weights.sum())

    alone = bootstrap([str(at) for at in range(100)], mean)
    together = bootstrap(["a"] * 50 + ["b"] * 50, mean)
    assert alone[0] > 0.35 and alone[1] < 0.65
    assert together == (0.0, 1.0)
    assert bootstrap(["a"] * 100, mean) == (0.5, 0.5)
    assert bootstrap(["a"] * 50 + ["b"] * 50, mean) == together
