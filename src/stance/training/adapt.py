"""`stance train labels.jsonl`: a few corrected labels → a better model, or none.

    labels → examples → rounds over documents: train without some, read those → was it better?

A model is only made where reading documents that it did not learn from went better than before.
"""

from __future__ import annotations

import hashlib
import itertools
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from stance.build import load
from stance.errors import CallError, ModelError, need
from stance.evaluation.calibrate import curve
from stance.evaluation.scored import raw_units
from stance.issues import read_issue
from stance.measure.gold import GoldText
from stance.measure.units import Unit
from stance.nli.calibration import SIDES, Curve
from stance.nli.folder import WEIGHTS, ModelFolder
from stance.pipeline import Pipeline
from stance.training.config import Run
from stance.training.encoder import freeze, load_classifier
from stance.training.held_out import (
    COUNTED,
    Cases,
    Row,
    best_epoch,
    cases,
    counted,
    decided,
    f1,
    row,
    share_better,
    thresholds,
)
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
class At:
    """How far it is: round (from 1; one above `rounds` learns from all texts), epoch that ended.

    Both are 0 once the labels are checked; in round 1 epoch 0 the model before has read all texts.
    """

    round: int
    rounds: int
    epoch: int
    epochs: int


@dataclass(frozen=True, slots=True)
class Adapted:
    """What came of a set of labels.

    `better` is the share of resamples (whole documents) in which the sum of both macro-F1 was
    higher than in the better row of the two before. `cases` holds every side of every label, with
    its F1 in each row; those with fewer than three cases have no part in macro-F1. `curves` are
    for the new model; `weights` is None where it was not better.
    """

    texts: int
    documents: int
    rows: tuple[Row, ...]
    cases: tuple[Cases, ...]
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
    report: Callable[[At], None] = lambda _: None,
) -> Adapted:
    """Continue the model in `base` on labelled texts of an issue.

    Documents are dealt into five rounds; in each a model learns from the other four and reads the
    fifth after every epoch. The number of epochs and the thresholds for a round are those that
    were best in the other rounds, so the figures are of texts that had no part in them. The model
    before is read on the same texts, with its own thresholds and with thresholds chosen likewise.
    A side of a label with fewer than three cases is shown, and left out of what decides.

    Args:
        report: called when the labels are checked, when the model before has read them, and after
            each epoch.

    Raises:
        CallError: there are fewer than ten texts or two documents, or no side with three cases.
        ModelError: the base has no half-precision weights, or is no one-way model.
        MissingExtraError: the extra `train` is not installed.
    """
    started = time.monotonic()
    question = read_issue(issue)
    labels = [label.id for label in question.labels]
    _check([gold for _, gold in texts], labels)
    for module in ("torch", "transformers", "accelerate", "sklearn"):
        need(module, "train")
    if not (base.path / WEIGHTS).is_file() or base.attention != "one-way":
        raise ModelError(f"{base.path}: only a one-way model with {WEIGHTS} can be trained further")
    names = sorted({gold.document for _, gold in texts})
    rounds = _deal(names, min(ROUNDS, len(names)))
    report(At(0, len(rounds), 0, EPOCHS))
    number = cases([gold for _, gold in texts], labels)
    keys = counted(number)
    pipeline = load(issue, str(base.path), threads=threads)
    before = raw_units(pipeline, texts, labels)
    learner = _Learner(pipeline, base, seed, threads or 2)
    learnt = list(labelled(texts))
    learnt = [found_by(one, gold, pipeline) for one, (_, gold) in zip(learnt, texts, strict=True)]
    by_epoch: list[list[list[Unit]]] = []
    report(At(1, len(rounds), 0, EPOCHS))
    for at, held_out in enumerate(rounds, 1):
        inside = [n for n, (_, gold) in enumerate(texts) if gold.document not in held_out]
        outside = [texts[n] for n, (_, gold) in enumerate(texts) if gold.document in held_out]
        place = At(at, len(rounds), 0, EPOCHS)
        by_epoch.append(learner.fit([learnt[n] for n in inside], outside, place, report)[1])
    chosen = [
        best_epoch([one for n, one in enumerate(by_epoch) if n != at], keys)
        for at in range(len(rounds))
    ]
    after = [by_epoch[at][epoch] for at, epoch in enumerate(chosen)]
    predicted = {
        "before": [replace(unit, predicted=_asserts(pipeline, unit)) for unit in before],
        "before, thresholds from the labels": decided(_in_rounds(before, texts, rounds)),
        "after": decided(after),
    }
    rows = [row(name, units, keys) for name, units in predicted.items()]
    stored, refitted, trained = predicted.values()
    rival = stored if rows[0].value >= rows[1].value else refitted
    better = share_better(rival, trained, keys)
    epochs = 1 + best_epoch(by_epoch, keys)
    weights = None
    if better >= SURE:
        weights = learner.fit(learnt, [], At(len(rounds) + 1, len(rounds), 0, epochs), report)[0]
    shown = [
        Cases(side, label.short, number[side, label.id],
              tuple(f1(units, (side, label.id)) for units in predicted.values()))
        for label in question.labels
        for side in SIDES
    ]  # fmt: skip
    pooled = [unit for one in after for unit in one]
    return Adapted(
        len(texts), len(names), tuple(rows), tuple(shown), better, epochs,
        _curves(pooled, pipeline), weights, time.monotonic() - started,
    )  # fmt: skip


def _check(texts: Sequence[GoldText], labels: Sequence[str]) -> None:
    """Refuse labels that nothing can be learnt from, or nothing be decided by."""
    twice = [name for name, n in Counter(gold.text_sha256 for gold in texts).items() if n > 1]
    if twice:
        gold = next(gold for gold in texts if gold.text_sha256 == twice[0])
        raise CallError(f"{gold.id} is labelled twice; keep one")
    files = len({gold.document for gold in texts})
    if len(texts) < LEAST or files < 2:
        raise CallError(
            f"{_many(len(texts), 'text')} from {_many(files, 'document')} labelled; needed are at "
            f"least {LEAST} texts, and they must come from at least 2 documents (files): the model "
            "learns from some and is tested on others; label more"
        )
    found = cases(texts, labels)
    if not found.total():
        raise CallError("no actor takes or rejects anything in these labels; nothing to learn")
    if not counted(found):
        held = "; ".join(f"{side} {label}: {n}" for (side, label), n in sorted(found.items()) if n)
        raise CallError(
            f"no side of a label has {COUNTED} cases ({held}), so nobody could tell whether a new "
            "model is better; label more texts in which an actor takes a side"
        )


def _many(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


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
        at: At,
        report: Callable[[At], None],
    ) -> tuple[Any, list[list[Unit]]]:
        """The model after the last of `at.epochs`, and the units of `outside` after each."""
        import random

        import torch

        units = list(self._sequences(learnt, random.Random(self._seed)))
        if not units:
            raise CallError("no claim of a labelled actor was found in these texts; label others")
        model: Any = load_classifier(str(self._base.path), 0.0)
        freeze(model, FROZEN)
        read: list[list[Unit]] = []
        ended = itertools.count(1)

        def judge(bare: Any) -> float:
            if outside:
                pipeline = replace(self._pipeline, nli=OneWayNli(bare, self._packer, "new"))
                labels = [label.id for label in pipeline.issue.labels]
                read.append(raw_units(pipeline, outside, labels))
            report(replace(at, epoch=next(ended)))
            return 0.0

        steps = -(-len(units) // RUN.batch)
        run = msgspec.structs.replace(RUN, epochs=at.epochs, evaluate_every=steps)
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


def _deal(names: Sequence[str], rounds: int) -> list[set[str]]:
    """Documents into rounds of about the same size, by the hash of their name."""
    order = sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    return [set(order[at::rounds]) for at in range(rounds)]


def _in_rounds(
    units: Sequence[Unit], texts: Sequence[tuple[Document, GoldText]], rounds: Sequence[set[str]]
) -> list[list[Unit]]:
    home = {gold.id: gold.document for _, gold in texts}
    return [[unit for unit in units if home[unit.text] in names] for names in rounds]


def _asserts(pipeline: Pipeline, unit: Unit) -> bool:
    """Whether the model before asserts a raw score, by its own curve and threshold."""
    one = pipeline.curves[unit.side, unit.label]
    return one.probability(unit.score, unit.other) >= one.threshold


def _curves(units: Sequence[Unit], pipeline: Pipeline) -> dict[str, dict[str, Curve]]:
    """Curves from the held-out scores; where they are too few, only the threshold is new."""
    cuts = thresholds(units)
    made: dict[str, dict[str, Curve]] = {side: {} for side in SIDES}
    for side, label in sorted(cuts):
        asked = [unit for unit in units if (unit.side, unit.label) == (side, label)]
        found = curve(asked)
        if found is not None:
            made[side][label] = found
        elif any(unit.gold for unit in asked):
            made[side][label] = Curve(threshold=cuts[side, label])
    return made
