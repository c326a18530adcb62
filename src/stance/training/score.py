"""Accuracy of an NLI model on sets of pairs, with an interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from stance.steps import NliModel
from stance.training.pairs import NliPair


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Share of pairs whose most probable class is the gold one, with a 95 % Wilson interval.

    The interval is Wilson's (1927, Journal of the American Statistical Association 22, 209-212),
    with z = 1.96.
    """

    test: str
    model: str
    n: int
    right: int

    @property
    def value(self) -> float:
        """The accuracy, 0 to 1."""
        return self.right / self.n

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self._centre() - self._half_width()

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self._centre() + self._half_width()

    def _centre(self, z: float = 1.96) -> float:
        return (self.value + z * z / (2 * self.n)) / (1 + z * z / self.n)

    def _half_width(self, z: float = 1.96) -> float:
        spread = self.value * (1 - self.value) / self.n + z * z / (4 * self.n * self.n)
        return z / (1 + z * z / self.n) * math.sqrt(spread)


def accuracy(test: str, name: str, model: NliModel, pairs: Sequence[NliPair]) -> Accuracy:
    """Score `model`, called `name`, on all of `pairs`; there must be at least one."""
    answers = model([(pair.premise, pair.hypothesis) for pair in pairs])
    right = 0
    for pair, answer in zip(pairs, answers, strict=True):
        values = (answer.entailment, answer.neutral, answer.contradiction)
        right += values.index(max(values)) == pair.label
    return Accuracy(test, name, len(pairs), right)
