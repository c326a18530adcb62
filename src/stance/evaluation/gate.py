"""The gate: figures may rise, and fall only when someone says so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from stance.errors import LabelError
from stance.evaluation.harness import Evaluation
from stance.measure.gold import GoldText

TOLERANCE = 0.005
"""A figure that falls by less is the same: on another processor a score close to its threshold may
come out on the other side."""


class Floor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The least that a figure may be, the n it rests on, and the digest of its labels."""

    value: float
    n: int
    digest: str


def figures(evaluation: Evaluation) -> dict[str, tuple[float, int]]:
    """What is held: value and n by name."""
    held = {"headline": evaluation.headline}
    if evaluation.opposition:
        held["opposition"] = evaluation.opposition
    if evaluation.boundaries:
        held["boundaries"] = evaluation.boundaries
    held |= {f"claims, {row.wanted}": row.f1 for row in evaluation.claims}
    return {name: (round(one.value, 4), one.n) for name, one in held.items()}


def digest(gold: Sequence[GoldText]) -> str:
    """SHA-256 of labels and texts (by their hashes): another digest is another measurement.

    Evidence is part of it only where there is any: nothing is scored by it.
    """
    rows = msgspec.to_builtins(list(gold))
    for row in rows:
        for stance in row["actors"].values():
            if not stance["evidence"]:
                del stance["evidence"]
    return hashlib.sha256(msgspec.json.encode(rows, order="sorted")).hexdigest()[:16]


def read_floors(path: Path) -> dict[str, dict[str, Floor]]:
    """Floors by set and figure; none where there is no file.

    Raises:
        LabelError: the file is malformed.
    """
    if not path.exists():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, Floor]])
    except msgspec.DecodeError as error:
        raise LabelError(f"{path}: {error}") from None


def fallen(
    floors: Mapping[str, Floor], name: str, evaluation: Evaluation, labels: str
) -> list[str]:
    """One line for each figure of the set `name` that is below its floor or no longer there.

    `labels` is the digest of the gold; where it differs from the floor's, the floor says nothing
    of these labels, and that is a line too.
    """
    now = figures(evaluation)
    lines = []
    for figure, floor in floors.items():
        value, _ = now.get(figure, (float("-inf"), 0))
        if floor.digest != labels:
            lines.append(
                f"{name}, {figure}: the labels are not those of the floor "
                f"({labels}, not {floor.digest}); set it again"
            )
        elif value < floor.value - TOLERANCE:
            lines.append(f"{name}, {figure}: {value:.4f} is below its floor {floor.value:.4f}")
    return lines


def raised(
    floors: Mapping[str, Floor], evaluation: Evaluation, labels: str, *, lower: bool
) -> dict[str, Floor]:
    """The floors after this evaluation: never lower than before, unless `lower` says so.

    A floor whose labels have changed is replaced only with `lower`.
    """
    new = dict(floors)
    for figure, (value, n) in figures(evaluation).items():
        old = floors.get(figure)
        if old is None or lower or (old.digest == labels and value > old.value):
            new[figure] = Floor(value, n, labels)
    return new


def write_floors(path: Path, floors: Mapping[str, Mapping[str, Floor]]) -> None:
    """Write floors, to a temporary name first."""
    fresh = path.with_name(path.name + ".part")
    content = json.dumps(msgspec.to_builtins(floors), indent=1, sort_keys=True)
    fresh.write_text(content + "\n", encoding="utf-8")
    fresh.replace(path)
