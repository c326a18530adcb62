"""Counts → figures. Formulas as in scikit-learn, which the tests hold them against."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counts:
    """A two-by-two table; the numbers may be weighted."""

    right: float
    wrong: float
    missed: float
    absent: float

    @property
    def n(self) -> float:
        """All units."""
        return self.right + self.wrong + self.missed + self.absent

    @property
    def positives(self) -> float:
        """Units that the gold says yes to."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing was predicted."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the gold that was predicted; 0 where there is none."""
        return _share(self.right, self.positives)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where there is neither gold nor prediction."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)

    @property
    def mcc(self) -> float:
        """Matthews correlation; 0 where a row or column of the table is empty."""
        tp, fp, fn, tn = self.right, self.wrong, self.missed, self.absent
        below = sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))
        return (tp * tn - fp * fn) / below if below else 0.0


def count(gold: Bools, predicted: Bools) -> Counts:
    """The table of two vectors. Shape: both (units,)."""
    return Counts(
        float(np.sum(gold & predicted)),
        float(np.sum(~gold & predicted)),
        float(np.sum(gold & ~predicted)),
        float(np.sum(~gold & ~predicted)),
    )


def brier(gold: Bools, scores: Floats) -> float:
    """Mean squared distance of probability and truth, 0 to 1 (Brier 1950). Shape: (units,)."""
    return float(np.mean((scores - gold) ** 2)) if len(gold) else 0.0


@dataclass(frozen=True, slots=True)
class Bin:
    """One bin of a reliability curve: mean probability, share that is true, number of units."""

    confidence: float
    accuracy: float
    n: int


def reliability(gold: Bools, scores: Floats, bins: int = 10) -> list[Bin]:
    """The reliability curve over bins of equal size, sorted by score. Shape: (units,).

    Adaptive bins hold as many units each, as in Nguyen and O'Connor (2015), so that no bin is
    empty. Units of one score stand together in one bin.
    """
    order = np.argsort(scores, kind="stable")
    sorted_scores = scores[order]
    edges = [0]
    for number in range(1, bins):
        edge = round(number * len(scores) / bins)
        while 0 < edge < len(scores) and sorted_scores[edge] == sorted_scores[edge - 1]:
            edge += 1
        if edges[-1] < edge < len(scores):
            edges.append(edge)
    edges.append(len(scores))
    return [
        Bin(float(sorted_scores[a:b].mean()), float(gold[order[a:b]].mean()), b - a)
        for a, b in pairwise(edges)
        if b > a
    ]


def ece(gold: Bools, scores: Floats, bins: int = 10) -> float:
    """Expected calibration error over adaptive bins, 0 to 1. Shape: (units,)."""
    curve = reliability(gold, scores, bins)
    return float(sum(abs(b.confidence - b.accuracy) * b.n for b in curve) / max(1, len(gold)))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
