"""What is known of how often the model that read the texts was right."""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from stance.errors import ModelError
from stance.nli.calibration import ANY, SIDES, Curve
from stance.nli.folder import read_folder
from stance.output.records import SavedModel
from stance.shipped import shipped
from stance.types import Side

STEPS = (0.5, 0.7, 0.9)
"""Probabilities for which the table says how often the model was right from there on."""

_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class NliTest(msgspec.Struct, frozen=True):
    """A test of plain inference, from `metrics.json`; `interval` holds its 95 % ends."""

    test: str
    model: str
    n: int
    accuracy: float
    interval: tuple[float, float]


class _Metrics(msgspec.Struct, frozen=True):
    tests: tuple[NliTest, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What development texts said of one label and side.

    `threshold` is the probability from which the model itself asserts; `surely` that from which
    nine in ten were right, None where that never was so. `points` pairs a probability with the
    share that was right from there on, both rising.
    """

    label: str
    side: Side
    threshold: float
    surely: float | None
    points: tuple[tuple[float, float], ...]

    def right_from(self, probability: float) -> float | None:
        """The share that was right from a probability on; None where nothing was so probable."""
        known = [share for at, share in self.points if at <= probability]
        return known[-1] if known and probability <= self.points[-1][0] else None


@dataclass(frozen=True, slots=True)
class Reliability:
    """`why` says in one line what the figures are, or why there are none.

    `own`: the figures are those of this issue, not of other issues together.
    """

    why: str
    own: bool = False
    records: tuple[Record, ...] = ()
    tests: tuple[NliTest, ...] = ()


def reliability_of(model: SavedModel, issue: str, labels: tuple[str, ...]) -> Reliability:
    """Look the model up among those that ship with stance, by its name and its SHA-256."""
    nothing = "Nothing is known of how often this model is right: check every passage."
    if not _PLAIN_NAME.fullmatch(model.name):
        return Reliability(nothing)
    path = shipped("models", model.name)
    try:
        folder = read_folder(path)
    except ModelError:
        return Reliability(nothing)
    if folder.sha256 != model.sha256:
        return Reliability(
            "A model of this name ships with this version of stance, but another one read these "
            "texts (its SHA-256 differs), so its figures are not shown. " + nothing
        )
    own = issue in folder.calibration
    curves = folder.calibration.get(issue if own else ANY, {})
    records = [
        _record(label, side, curve)
        for label in labels
        for side in SIDES
        if (curve := curves.get(side, {}).get(label if own else ANY)) and curve.precision
    ]
    why = (
        "Measured on development texts of this issue, which the model was adjusted to: on other "
        "texts it will be right less often."
        if own
        else "This model was not adjusted to this issue. The figures are those of other issues "
        "together: expect it to be right less often here."
    )
    if not records:
        why = nothing
    return Reliability(why, own, tuple(records), _tests(model.name))


def _record(label: str, side: Side, curve: Curve) -> Record:
    surely = curve.from_precision(0.9)
    return Record(label, side, curve.threshold, surely if surely <= 1 else None, curve.precision)


def _tests(name: str) -> tuple[NliTest, ...]:
    try:
        found = msgspec.json.decode(
            shipped("models", name, "metrics.json").read_bytes(), type=_Metrics
        )
    except (OSError, msgspec.MsgspecError):
        return ()
    return found.tests
