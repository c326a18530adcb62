"""Accuracy of an NLI model on sets of pairs, with an interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stance.measure.intervals import wilson
from stance.steps import NliModel
from stance.training.pairs import NliPair


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Share of pairs whose most probable class is the gold one, with a 95 % Wilson interval."""

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
        return wilson(self.right, self.n)[0]

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return wilson(self.right, self.n)[1]


def accuracy(test: str, name: str, model: NliModel, pairs: Sequence[NliPair]) -> Accuracy:
    """Score `model`, called `name`, on all of `pairs`; there must be at least one."""
    answers = model([(pair.premise, pair.hypothesis) for pair in pairs])
    right = 0
    for pair, answer in zip(pairs, answers, strict=True):
        values = (answer.entailment, answer.neutral, answer.contradiction)
        right += values.index(max(values)) == pair.label
    return Accuracy(test, name, len(pairs), right)
