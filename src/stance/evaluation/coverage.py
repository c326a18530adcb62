"""Risk and coverage: how often supports are right, and how many are left, by least probability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stance.measure.intervals import wilson
from stance.measure.units import Unit
from stance.types import NEUTRAL

STEPS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """What is asserted from a probability on, all supported labels together.

    `right` of `asserted` are in the gold, which bounds `low` and `high` (Wilson, 95 %); `gold` is
    how many supports there are to find. Risk is 1 - right / asserted.
    """

    least: float
    right: int
    asserted: int
    low: float
    high: float
    gold: int


def coverage(units: Sequence[Unit]) -> tuple[CoverageRow, ...]:
    """One row for each step of probability."""
    supports = [one for one in units if one.side == "supports" and one.label != NEUTRAL]
    gold = sum(one.gold for one in supports)
    rows = []
    for least in STEPS:
        kept = [one for one in supports if one.score >= least]
        right = sum(one.gold for one in kept)
        rows.append(CoverageRow(least, right, len(kept), *wilson(right, len(kept)), gold))
    return tuple(rows)
