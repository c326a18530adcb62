"""`stance train labels.jsonl`: a few corrected labels → a better model, or none.

    labels → examples → rounds over documents: train without some, read those → was it better?

A model is only made where reading documents that it did not learn from went better than before.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from stance.build import load
from stance.errors import CallError, ModelError, need
from stance.evaluation.calibrate import best_threshold, curve
from stance.evaluation.scored import raw_units
from stance.measure.gold import GoldText
from stance.measure.intervals import resampled
from stance.measure.metrics import count
from stance.measure.units import Unit
from stance.nli.calibration import SIDES, Curve
from stance.nli.folder import WEIGHTS, ModelFolder
from stance.pipeline import Pipeline
from stance.training.config import Run
from stance.training.encoder import freeze, load_classifier
from stance.training.loop import fit
from stance.training.one_way import OneWayNli, packer_of
from stance.training.passages import Labelled, examples, found_by, labelled
from stance.training.readers import Packed, PackedReader
from stance.training.stances import units as sequences
from stance.types import Document

LEAST = 10
"""Fewer texts cannot be told from chance."""

ROUNDS = 5
EPOCHS = 4
SURE = 0.9
"""In so large a share of resamples must the model be better than the one before."""

RUN = Run(
    epochs=EPOCHS, batch=16, rate=4e-5, warmup=0.1, dropout=0.0, keep="last",
    checkpoint_every=10**9,
)  # fmt: skip
"""Chosen on other disputes than those that are reported; see LOG.md."""

FROZEN = 3
"""Layers from below that stay as they are, with the embeddings: half the time, little lost."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: macro-F1 of the supports and of the rejections on held-out texts."""

    name: str
    supports: float
    opposes: float


@dataclass(frozen=True, slots=True)
class Adapted:
    """What came of a set of labels.

    `better` is the share of resamples (whole documents) in which the sum of both macro-F1 rose.
    `curves` are for the new model; `weights` is None where it was not better.
    """

    texts: int
    documents: int
    rows: tuple[Row, ...]
    better: float
    epochs: int
    curves: dict[str, dict[str, Curve]]
    weights: Any
    seconds: float

    @property
    def is_better(self) -> bool:
        """Whether the new model is worth having."""
        return self.better >= SURE


def adapt(
    texts: Sequence[tuple[Document, GoldText]],
    issue: str,
    base: ModelFolder,
    *,
    seed: int = 13,
    threads: int | None = None,
) -> Adapted:
    """Continue the model in `base` on labelled texts of an issue.

    Documents are dealt into five rounds; in each a model learns from the other four and reads the
    fifth after every epoch. The number of epochs and the thresholds for a round are those that
    were best in the other rounds, so the figures are of texts that had no part in them. The model
    before is read on the same texts, with its own thresholds and with thresholds chosen likewise.

    Raises:
        CallError: there are fewer than ten texts or two documents, or no stance among the labels.
        ModelError: the base has no half-precision weights, or is no one-way model.
        MissingExtraError: the extra `train` is not installed.
    """
    for module in ("torch", "transformers", "accelerate", "sklearn"):
        need(module, "train")
    started = time.monotonic()
    if not (base.path / WEIGHTS).is_file() or base.attention != "one-way":
        raise ModelError(f"{base.path}: only a one-way model with {WEIGHTS} can be trained further")
    twice = [name for name, n in Counter(gold.text_sha256 for _, gold in texts).items() if n > 1]
    if twice:
        gold = next(gold for _, gold in texts if gold.text_sha256 == twice[0])
        raise CallError(f"{gold.id} is labelled twice; keep one")
    names = sorted({gold.document for _, gold in texts})
    if len(texts) < LEAST or len(names) < 2:
        raise CallError(
            f"{len(texts)} texts of {len(names)} documents are labelled; at least {LEAST} texts "
            "of two documents are needed to see whether a new model is better"
        )
    pipeline = load(issue, str(base.path), threads=threads)
    before = raw_units(pipeline, texts, _labels(pipeline))
    if not any(unit.gold for unit in before):
        raise CallError("no actor takes or rejects anything in these labels; nothing to learn")
    learner = _Learner(pipeline, base, seed, threads or 2)
    learnt = list(labelled(texts))
    learnt = [found_by(one, gold, pipeline) for one, (_, gold) in zip(learnt, texts, strict=True)]
    rounds = _deal(names, min(ROUNDS, len(names)))
    by_epoch: list[list[list[Unit]]] = []
    for held_out in rounds:
        inside = [n for n, (_, gold) in enumerate(texts) if gold.document not in held_out]
        outside = [texts[n] for n, (_, gold) in enumerate(texts) if gold.document in held_out]
        by_epoch.append(learner.fit([learnt[n] for n in inside], outside, EPOCHS)[1])
    chosen = [
        _best_epoch([one for n, one in enumerate(by_epoch) if n != at]) for at in range(len(rounds))
    ]
    after = [by_epoch[at][epoch] for at, epoch in enumerate(chosen)]
    stored = [replace(unit, predicted=_asserts(pipeline, unit)) for unit in before]
    refitted = _decided(_in_rounds(before, texts, rounds))
    trained = _decided(after)
    rows = (
        _row("before", stored),
        _row("before, thresholds from the labels", refitted),
        _row("after", trained),
    )
    rival = max((stored, refitted), key=_value)
    better = _share_better(rival, trained)
    epochs = 1 + _best_epoch(by_epoch)
    weights = learner.fit(learnt, [], epochs)[0] if better >= SURE else None
    pooled = [unit for one in after for unit in one]
    return Adapted(
        len(texts), len(names), rows, better, epochs, _curves(pooled, pipeline), weights,
        time.monotonic() - started,
    )  # fmt: skip


class _Learner:
    """Trains the base's weights on texts, and reads others after each epoch."""

    def __init__(self, pipeline: Pipeline, base: ModelFolder, seed: int, threads: int) -> None:
        self._pipeline, self._base, self._seed, self._threads = pipeline, base, seed, threads
        self._packer = packer_of(base)
        actors = pipeline.table.actors.values()
        self._states = sorted(actor.name for actor in actors if actor.kind == "state")

    def fit(
        self,
        learnt: Sequence[Labelled],
        outside: Sequence[tuple[Document, GoldText]],
        epochs: int,
    ) -> tuple[Any, list[list[Unit]]]:
        """The model after the last epoch, and the units of `outside` after each."""
        import random

        import torch

        units = list(self._sequences(learnt, random.Random(self._seed)))
        model: Any = load_classifier(str(self._base.path), 0.0)
        freeze(model, FROZEN)
        read: list[list[Unit]] = []

        def judge(bare: Any) -> float:
            if outside:
                pipeline = replace(self._pipeline, nli=OneWayNli(bare, self._packer, "new"))
                read.append(raw_units(pipeline, outside, _labels(pipeline)))
            return 0.0

        steps = -(-len(units) // RUN.batch)
        run = msgspec.structs.replace(RUN, epochs=epochs, evaluate_every=steps)
        torch.manual_seed(self._seed)
        with tempfile.TemporaryDirectory() as folder:
            fit(
                model, units, judge, run,
                reader=PackedReader(), shares={}, seed=self._seed, threads=self._threads,
                folder=Path(folder), fingerprint="", report=lambda *_: None,
            )  # fmt: skip
        return model, read

    def _sequences(self, learnt: Sequence[Labelled], chance: Any) -> Iterator[Packed]:
        issue, reader = self._pipeline.issue, self._pipeline.reader
        yield from sequences(
            examples(learnt, issue, reader), self._packer, self._states,
            wordings=3, swaps=0.5, chance=chance,
        )  # fmt: skip


def _labels(pipeline: Pipeline) -> list[str]:
    return [label.id for label in pipeline.issue.labels]


def _deal(names: Sequence[str], rounds: int) -> list[set[str]]:
    """Documents into rounds of about the same size, by the hash of their name."""
    order = sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return [set(order[at::rounds]) for at in range(rounds)]


def _in_rounds(
    units: Sequence[Unit], texts: Sequence[tuple[Document, GoldText]], rounds: Sequence[set[str]]
) -> list[list[Unit]]:
    home = {gold.id: gold.document for _, gold in texts}
    return [[unit for unit in units if home[unit.text] in names] for names in rounds]


def _decided(rounds: Sequence[Sequence[Unit]]) -> list[Unit]:
    """The units with what is predicted of them, each round by the thresholds of the others."""
    found: list[Unit] = []
    for at, units in enumerate(rounds):
        cuts = _thresholds([unit for n, one in enumerate(rounds) if n != at for unit in one])
        found += [
            replace(unit, predicted=unit.score >= cuts[unit.side, unit.label]) for unit in units
        ]
    return found


def _thresholds(units: Sequence[Unit]) -> dict[tuple[str, str], float]:
    keys = {(unit.side, unit.label) for unit in units}
    return {key: _best(units, *key) for key in keys}


def _best(units: Sequence[Unit], side: str, label: str) -> float:
    asked = [unit for unit in units if (unit.side, unit.label) == (side, label)]
    gold = np.array([unit.gold for unit in asked], dtype=bool)
    if not gold.any():
        return 0.5
    return best_threshold(gold, np.array([unit.score for unit in asked], dtype=float))


def _asserts(pipeline: Pipeline, unit: Unit) -> bool:
    """Whether the model before asserts a raw score, by its own curve and threshold."""
    one = pipeline.curves[unit.side, unit.label]
    return one.probability(unit.score) >= one.threshold


def _best_epoch(rounds: Sequence[Sequence[Sequence[Unit]]]) -> int:
    """The epoch (from 0) after which the held-out texts were read best; the earlier of equals."""
    values = []
    for epoch in range(EPOCHS):
        units = [unit for one in rounds for unit in one[epoch]]
        cuts = _thresholds(units)
        values.append(
            _value([replace(u, predicted=u.score >= cuts[u.side, u.label]) for u in units])
        )
    return max(range(EPOCHS), key=lambda epoch: (round(values[epoch], 3), -epoch))


def _row(name: str, units: Sequence[Unit]) -> Row:
    return Row(name, *(_macro([unit for unit in units if unit.side == side]) for side in SIDES))


def _value(units: Sequence[Unit]) -> float:
    row = _row("", units)
    return row.supports + row.opposes


def _macro(units: Sequence[Unit]) -> float:
    """Mean F1 over the labels that somebody takes on this side; 0 where none is."""
    values = []
    for label in sorted({unit.label for unit in units if unit.gold}):
        asked = [unit for unit in units if unit.label == label]
        gold = np.array([unit.gold for unit in asked], dtype=bool)
        values.append(count(gold, np.array([u.predicted for u in asked], dtype=bool)).f1)
    return float(np.mean(values)) if values else 0.0


def _share_better(before: Sequence[Unit], after: Sequence[Unit]) -> float:
    """In how many resamples of whole documents the figures after are higher."""
    by_cluster: dict[str, tuple[list[Unit], list[Unit]]] = {}
    for side, units in enumerate((before, after)):
        for unit in units:
            by_cluster.setdefault(unit.cluster, ([], []))[side].append(unit)
    groups = list(by_cluster.values())
    wins = [
        _value([u for at in drawn for u in groups[at][1]])
        > _value([u for at in drawn for u in groups[at][0]])
        for drawn in resampled(len(groups), 200)
    ]
    return float(np.mean(wins))


def _curves(units: Sequence[Unit], pipeline: Pipeline) -> dict[str, dict[str, Curve]]:
    """Curves from the held-out scores; where they are too few, only the threshold is new."""
    cuts = _thresholds(units)
    made: dict[str, dict[str, Curve]] = {side: {} for side in SIDES}
    for side, label in sorted(cuts):
        asked = [unit for unit in units if (unit.side, unit.label) == (side, label)]
        found = curve(asked)
        if found is not None:
            made[side][label] = found
        elif any(unit.gold for unit in asked):
            made[side][label] = Curve(threshold=cuts[side, label])
    return made
