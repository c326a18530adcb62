"""From what the model says to a probability that means what it says, and where to assert.

A curve is fitted on development data for each label and side of an issue and stored with the
model; an issue that the model was not calibrated for takes the curve of all issues together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec

from stance.types import Band, Issue, Side

ANY = "*"
"""Stands for every issue that has no curves of its own, and in it for all of its labels."""

SIDES: tuple[Side, ...] = ("supports", "opposes")

_SURE = 0.9
"""Below the score from which this share of development cases was right, a stance is uncertain."""

FAINT = 1e-4
"""Below this, scores of the opposite side are all the same: nothing is said of it."""

_EDGE = 1e-6
_STEEPEST = 30.0


class Curve(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Platt scaling (Platt 1999) of a raw score, and what followed from it in development.

    The probability is 1 / (1 + exp(-(slope * logit(raw) + against * logit(other) + intercept))),
    where `other` is the raw score of the same claim for the opposite side: what is read as support
    and a little as rejection too is less often support. `threshold` is the highest probability
    from which F1 was nearly at its best; `precision` holds pairs of a probability and the share
    that was right from there on, both rising.
    """

    slope: float = 1.0
    intercept: float = 0.0
    threshold: float = 0.5
    precision: tuple[tuple[float, float], ...] = ()
    against: float = 0.0

    def probability(self, raw: float, other: float = 0.0) -> float:
        """A raw score in 0 to 1 as a probability; 0 stays 0, so that no evidence is none.

        `other` in 0 to 1 is the raw score of the same claim for the opposite side.
        """
        if raw <= 0.0 or (self.slope, self.intercept, self.against) == (1.0, 0.0, 0.0):
            return raw
        logit = self.slope * log_odds(raw) + self.intercept
        if self.against:
            logit += self.against * log_odds(max(other, FAINT))
        return 1 / (1 + math.exp(min(max(-logit, -_STEEPEST), _STEEPEST)))

    def from_precision(self, least: float) -> float:
        """The lowest probability from which at least this share was right; 2 where none was."""
        return next((at for at, share in self.precision if share >= least), 2.0)

    def band(self, threshold: float | None, least: float | None) -> Band:
        """Where to assert: at the caller's threshold, at a least precision, or at the own one."""
        at = self.threshold if threshold is None else threshold
        if least is not None:
            sure = self.from_precision(least)
            return Band(min(at, sure), sure, sure)
        if threshold is not None or not self.precision:
            return Band.around(at)
        return Band(at - 0.1, at, max(at, min(1.0, self.from_precision(_SURE))))


def log_odds(raw: float) -> float:
    """log(p / (1 - p)) of a probability, kept finite at 0 and 1."""
    inside = min(max(raw, _EDGE), 1 - _EDGE)
    return math.log(inside / (1 - inside))


Calibration = dict[str, dict[str, dict[str, Curve]]]
"""Issue id → side → label → curve; under `*` → side → `*` the curves of all other issues."""

Curves = Mapping[tuple[Side, str], Curve]
"""(side, label) → curve, for one issue."""


def curves_of(calibration: Calibration, issue: Issue) -> dict[tuple[Side, str], Curve]:
    """The curve of each side and label of an issue: its own, else the common one, else none."""
    own, common = calibration.get(issue.id, {}), calibration.get(ANY, {})
    return {
        (side, label.id): own.get(side, {}).get(label.id)
        or common.get(side, {}).get(ANY)
        or Curve()
        for side in SIDES
        for label in issue.labels
    }
