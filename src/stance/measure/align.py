"""Gold claims and predicted claims, matched one to one by the characters of their content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from scipy.optimize import linear_sum_assignment

from stance.measure.gold import GoldSpan


class Held(Protocol):
    """A claim as far as matching goes, gold or predicted."""

    @property
    def holder(self) -> str: ...

    @property
    def content(self) -> tuple[GoldSpan, ...]: ...


OVERLAP = 0.5
"""Least F1 of characters for two contents to be the same claim."""


def overlap(gold: Sequence[GoldSpan], predicted: Sequence[GoldSpan]) -> float:
    """F1 of the characters that two lists of spans cover, 0 to 1; 1 where they are the same.

    Characters stand for tokens, so that no text is needed.
    """
    return _f1(_covered(gold), _covered(predicted))


def match(
    gold: Sequence[Held], predicted: Sequence[Held], *, with_holder: bool
) -> list[tuple[int, int]]:
    """Pairs (index in `gold`, index in `predicted`): each claim at most once, overlap maximal.

    `with_holder`: only claims of the same holder match.
    """
    if not gold or not predicted:
        return []
    found = [(other.holder, _covered(other.content)) for other in predicted]
    wanted = [(one.holder, _covered(one.content)) for one in gold]
    gain = np.array(
        [
            [
                _f1(ours, theirs) if not with_holder or holder == other else 0.0
                for other, theirs in found
            ]
            for holder, ours in wanted
        ]
    )
    gain[gain < OVERLAP] = 0.0
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return [
        (int(row), int(column))
        for row, column in zip(rows, columns, strict=True)
        if gain[row, column] > 0
    ]


def _f1(one: set[int], other: set[int]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


def _covered(spans: Sequence[GoldSpan]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}
