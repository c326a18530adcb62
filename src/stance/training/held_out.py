"""Units of held-out texts → figures: which cases count, what is asserted, what was better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from stance.evaluation.calibrate import best_threshold
from stance.measure.gold import GoldText
from stance.measure.intervals import resampled
from stance.measure.metrics import count
from stance.measure.units import Unit
from stance.nli.calibration import SIDES
from stance.types import Side

COUNTED = 3
"""A side of a label with fewer cases is shown and decides nothing: one case would be half of it."""

RARE = 5
"""Of a side with fewer cases more labels help most."""

RESAMPLES = 200

Key = tuple[Side, str]
"""A side and the id of a label."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: macro-F1 of the supports and of the rejections on held-out texts.

    It is the mean over the labels with at least `COUNTED` cases on that side; None where there is
    no such label.
    """

    name: str
    supports: float | None
    opposes: float | None

    @property
    def value(self) -> float:
        """What decides: the sum of both."""
        return (self.supports or 0.0) + (self.opposes or 0.0)


@dataclass(frozen=True, slots=True)
class Cases:
    """One side of one label (`short` as the issue calls it): its cases, and F1 in each row."""

    side: Side
    short: str
    n: int
    f1: tuple[float, ...]

    @property
    def name(self) -> str:
        """As tables call it."""
        return f"{self.side} {self.short}"

    @property
    def is_counted(self) -> bool:
        """Whether it has a part in the macro-F1 that decides."""
        return self.n >= COUNTED

    @property
    def is_rare(self) -> bool:
        """Whether more labels of it help most."""
        return self.n < RARE


def cases(texts: Sequence[GoldText], labels: Sequence[str]) -> Counter[Key]:
    """How many actors in how many texts take each side of each label; what is open is none."""
    found: Counter[Key] = Counter()
    for text in texts:
        for stance in text.actors.values():
            for label in set(labels) - set(stance.open):
                found["supports", label] += stance.takes(label)
                found["opposes", label] += stance.rejects(label)
    return found


def counted(found: Counter[Key]) -> frozenset[Key]:
    """The sides of labels that decide."""
    return frozenset(key for key, n in found.items() if n >= COUNTED)


def row(name: str, units: Sequence[Unit], keys: Collection[Key]) -> Row:
    """The line of the table of units with what is predicted of them, over the sides in `keys`."""
    return Row(name, *(_macro(units, [key for key in keys if key[0] == side]) for side in SIDES))


def f1(units: Sequence[Unit], key: Key) -> float:
    """F1 of one side of one label."""
    asked = [unit for unit in units if (unit.side, unit.label) == key]
    gold = np.array([unit.gold for unit in asked], dtype=bool)
    return count(gold, np.array([unit.predicted for unit in asked], dtype=bool)).f1


def share_better(before: Sequence[Unit], after: Sequence[Unit], keys: Collection[Key]) -> float:
    """In how many resamples of whole documents the sum of both macro-F1 is higher after."""
    by_cluster: dict[str, tuple[list[Unit], list[Unit]]] = {}
    for side, units in enumerate((before, after)):
        for unit in units:
            by_cluster.setdefault(unit.cluster, ([], []))[side].append(unit)
    groups = list(by_cluster.values())
    wins = [
        row("", [u for at in drawn for u in groups[at][1]], keys).value
        > row("", [u for at in drawn for u in groups[at][0]], keys).value
        for drawn in resampled(len(groups), RESAMPLES)
    ]
    return float(np.mean(wins))


def best_epoch(rounds: Sequence[Sequence[Sequence[Unit]]], keys: Collection[Key]) -> int:
    """The epoch (from 0) after which the held-out texts were read best; the earlier of equals."""
    values = []
    for epoch in range(len(rounds[0])):
        units = [unit for one in rounds for unit in one[epoch]]
        cuts = thresholds(units)
        predicted = [replace(u, predicted=u.score >= cuts[u.side, u.label]) for u in units]
        values.append(row("", predicted, keys).value)
    return max(range(len(values)), key=lambda epoch: (round(values[epoch], 3), -epoch))


def decided(rounds: Sequence[Sequence[Unit]]) -> list[Unit]:
    """The units with what is predicted of them, each round by the thresholds of the others."""
    found: list[Unit] = []
    for at, units in enumerate(rounds):
        cuts = thresholds([unit for n, one in enumerate(rounds) if n != at for unit in one])
        found += [
            replace(unit, predicted=unit.score >= cuts[unit.side, unit.label]) for unit in units
        ]
    return found


def thresholds(units: Sequence[Unit]) -> dict[Key, float]:
    """The best threshold of each side of each label; 0.5 where nobody takes it."""
    keys = {(unit.side, unit.label) for unit in units}
    return {key: _best(units, *key) for key in keys}


def _best(units: Sequence[Unit], side: Side, label: str) -> float:
    asked = [unit for unit in units if (unit.side, unit.label) == (side, label)]
    gold = np.array([unit.gold for unit in asked], dtype=bool)
    if not gold.any():
        return 0.5
    return best_threshold(gold, np.array([unit.score for unit in asked], dtype=float))


def _macro(units: Sequence[Unit], keys: Collection[Key]) -> float | None:
    """Mean F1 over the keys of which these units hold a case (a resample may lack one)."""
    held = {(unit.side, unit.label) for unit in units if unit.gold}
    values = [f1(units, key) for key in sorted(keys) if key in held]
    if values:
        return float(np.mean(values))
    return 0.0 if keys else None
