"""Gold and predictions → all figures of the four levels. No model is run here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stance.evaluation.coverage import CoverageRow, coverage
from stance.evaluation.holders import HolderRow, holder_curve
from stance.measure.align import match
from stance.measure.gold import GoldClaim, GoldText
from stance.measure.intervals import bootstrap
from stance.measure.metrics import Bin, Counts, brier, count, ece, reliability
from stance.measure.predictions import PredictedClaim, PredictedText, claims_of, prediction_of
from stance.measure.units import Scored, Unit, units
from stance.types import NEUTRAL, Side

Pairs = list[tuple[int, int]]
"""Gold claims and predicted claims of one text that are the same, by index (see `match`)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % interval (bootstrap over clusters) and the number it rests on."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Row:
    """One label and side: counts, F1 with its interval, and how good the probabilities are."""

    label: str
    side: Side
    counts: Counts
    f1: Figure
    brier: float
    ece: float
    curve: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """Claims found, one to one: `wanted` says what must be right for a match."""

    wanted: str
    counts: Counts
    f1: Figure


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one file of predictions against one set of gold texts.

    `headline` is the macro-F1 over the supported labels, `opposition` that over the opposed ones
    that the gold holds at all. `coverage` is by least probability. `boundaries` and `claims` are
    empty where the gold has none. `holders` are the same by least confidence. `on_claims` scores
    the stances of gold claims: a claim that was not found has none. `slices` hold the headline
    within groups of texts and actors, `found` the share of gold claims that are found with their
    holder within groups of claims.
    """

    texts: int
    clusters: int
    missing: tuple[str, ...]
    unlisted: int
    headline: Figure
    opposition: Figure | None
    rows: tuple[Row, ...]
    coverage: tuple[CoverageRow, ...]
    boundaries: Figure | None
    claims: tuple[ClaimRow, ...]
    holders: tuple[HolderRow, ...]
    on_claims: tuple[Row, ...]
    slices: Mapping[str, Figure]
    found: Mapping[str, Figure]


def evaluate(
    gold: Sequence[GoldText], predictions: Mapping[str, PredictedText], labels: Sequence[str]
) -> Evaluation:
    """Score `predictions` (by the hash of their text) against `gold`.

    `labels` are the ids of the issue's labels in their order.
    """
    scored = units(gold, predictions, labels)
    held = [
        match(text.claims or (), claims_of(text, predictions), with_holder=True) for text in gold
    ]
    claimed = _claim_units(gold, predictions, held, labels)
    supports = [("supports", label) for label in labels]
    opposed = [
        ("opposes", label)
        for label in labels
        if any(u.gold for u in scored.units if (u.side, u.label) == ("opposes", label))
    ]
    return Evaluation(
        texts=scored.texts,
        clusters=len({text.cluster for text in gold}),
        missing=scored.missing,
        unlisted=scored.unlisted,
        headline=_macro(scored.units, supports),
        opposition=_macro(scored.units, opposed) if opposed else None,
        rows=_rows(scored, labels),
        coverage=coverage(scored.units),
        boundaries=_boundaries(gold, predictions),
        claims=_claims(gold, predictions, held),
        holders=holder_curve(gold, predictions),
        on_claims=tuple(
            _row(claimed, label, side)
            for side in ("supports", "opposes")
            for label in labels
            if claimed
        ),
        slices=_by_slice(scored.units, supports),
        found=_found(gold, held),
    )


def _rows(scored: Scored, labels: Sequence[str]) -> tuple[Row, ...]:
    questions: list[tuple[Side, str]] = [
        *(("supports", label) for label in (*labels, NEUTRAL)),
        *(("opposes", label) for label in labels),
    ]
    return tuple(_row(scored.units, label, side) for side, label in questions)


def _row(every: Sequence[Unit], label: str, side: Side) -> Row:
    asked = [unit for unit in every if unit.label == label and unit.side == side]
    gold = np.array([unit.gold for unit in asked], dtype=bool)
    predicted = np.array([unit.predicted for unit in asked], dtype=bool)
    scores = np.array([unit.score for unit in asked], dtype=float)
    return Row(
        label,
        side,
        count(gold, predicted),
        _macro(asked, [(side, label)]),
        brier(gold, scores),
        ece(gold, scores) if asked else 0.0,
        tuple(reliability(gold, scores)) if asked else (),
    )


def _macro(every: Sequence[Unit], questions: Sequence[tuple[str, str]]) -> Figure:
    """The mean F1 over questions (side, label), with its interval."""
    asked = [unit for unit in every if (unit.side, unit.label) in set(questions)]
    keys = [(unit.side, unit.label) for unit in asked]
    table = np.array(
        [
            [unit.gold and unit.predicted, not unit.gold and unit.predicted,
             unit.gold and not unit.predicted]
            for unit in asked
        ],
        dtype=float,
    ).reshape(-1, 3)  # fmt: skip
    masks = [np.array([key == question for key in keys], dtype=bool) for question in questions]

    def figure(weights: NDArray[np.int64]) -> float:
        return float(np.mean([_f1(weights[mask] @ table[mask]) for mask in masks]))

    value = figure(np.ones(len(asked), dtype=np.int64))
    low, high = bootstrap([unit.cluster for unit in asked], figure) if asked else (0.0, 0.0)
    return Figure(value, low, high, len(asked))


def _f1(right_wrong_missed: NDArray[np.float64]) -> float:
    right, wrong, missed = right_wrong_missed
    return Counts(float(right), float(wrong), float(missed), 0.0).f1


def _by_slice(every: Sequence[Unit], questions: Sequence[tuple[str, str]]) -> dict[str, Figure]:
    """The headline within each slice of the units."""
    groups: dict[str, list[Unit]] = {}
    for unit in every:
        for name, value in unit.slices.items():
            groups.setdefault(f"{name}: {value}", []).append(unit)
    return {name: _macro(groups[name], questions) for name in sorted(groups)}


def _boundaries(
    gold: Sequence[GoldText], predictions: Mapping[str, PredictedText]
) -> Figure | None:
    """F1 of sentence ends, but for that of the text."""
    table: list[tuple[float, float, float]] = []
    clusters: list[str] = []
    for text in gold:
        if text.sentences is None:
            continue
        ends = {one.end for one in text.sentences[:-1]}
        prediction = prediction_of(text, predictions)
        found = {one.end for one in prediction.sentences[:-1]} if prediction else set()
        table.append((len(ends & found), len(found - ends), len(ends - found)))
        clusters.append(text.cluster)
    return _pooled(table, clusters)


def _claims(
    gold: Sequence[GoldText],
    predictions: Mapping[str, PredictedText],
    held: Sequence[Pairs],
) -> tuple[ClaimRow, ...]:
    """How many gold claims are found, by their content alone, with the holder, and exactly."""
    labelled = [
        (text, pairs) for text, pairs in zip(gold, held, strict=True) if text.claims is not None
    ]
    if not labelled:
        return ()
    wanted = ("content", "content and holder", "exact content and holder")
    tables: dict[str, list[tuple[float, float, float]]] = {name: [] for name in wanted}
    for text, same in labelled:
        ours, theirs = text.claims or (), claims_of(text, predictions)
        loose = match(ours, theirs, with_holder=False)
        exact = [(a, b) for a, b in same if set(ours[a].content) == set(theirs[b].content)]
        for name, pairs in zip(wanted, (loose, same, exact), strict=True):
            right = len(pairs)
            tables[name].append((right, len(theirs) - right, len(ours) - right))
    rows = []
    for name in wanted:
        right, wrong, missed = (sum(column) for column in zip(*tables[name], strict=True))
        f1 = _pooled(tables[name], [text.cluster for text, _ in labelled])
        assert f1 is not None
        rows.append(ClaimRow(name, Counts(right, wrong, missed, 0.0), f1))
    return tuple(rows)


def _found(gold: Sequence[GoldText], held: Sequence[Pairs]) -> dict[str, Figure]:
    """Recall of gold claims by voice, quotation, pronoun and polarity."""
    groups: dict[str, list[tuple[bool, str]]] = {}
    for text, pairs in zip(gold, held, strict=True):
        found = {one for one, _ in pairs}
        for index, claim in enumerate(text.claims or ()):
            for name in (
                f"voice: {claim.voice}",
                "quoted" if claim.quoted else "not quoted",
                "source: pronoun" if claim.pronoun else "source: noun or none",
                f"polarity: {claim.polarity}",
            ):
                groups.setdefault(name, []).append((index in found, text.cluster))
    return {name: _share(groups[name]) for name in sorted(groups)}


def _share(rows: Sequence[tuple[bool, str]]) -> Figure:
    values = np.array([held for held, _ in rows], dtype=float)

    def figure(weights: NDArray[np.int64]) -> float:
        return float(weights @ values / max(1, weights.sum()))

    low, high = bootstrap([cluster for _, cluster in rows], figure)
    return Figure(float(values.mean()), low, high, len(rows))


def _pooled(table: Sequence[tuple[float, float, float]], clusters: Sequence[str]) -> Figure | None:
    if not table:
        return None
    rows = np.array(table, dtype=float)

    def figure(weights: NDArray[np.int64]) -> float:
        return _f1(weights @ rows)

    low, high = bootstrap(clusters, figure)
    return Figure(figure(np.ones(len(rows), dtype=np.int64)), low, high, len(rows))


def _claim_units(
    gold: Sequence[GoldText],
    predictions: Mapping[str, PredictedText],
    held: Sequence[Pairs],
    labels: Sequence[str],
) -> list[Unit]:
    """The stances of gold claims; a claim that was not found, or for another holder, has none."""
    found: list[Unit] = []
    for text, same in zip(gold, held, strict=True):
        theirs, pairs = claims_of(text, predictions), dict(same)
        for index, claim in enumerate(text.claims or ()):
            one = theirs[pairs[index]] if index in pairs else None
            found += _of_claim(text, claim, one, labels)
    return found


def _of_claim(
    text: GoldText, claim: GoldClaim, one: PredictedClaim | None, labels: Sequence[str]
) -> list[Unit]:
    slices = {"voice": claim.voice, "quoted": "quoted" if claim.quoted else "not quoted"}
    sides: tuple[tuple[Side, tuple[str, ...], tuple[str, ...]], ...] = (
        ("supports", claim.labels, one.labels if one else ()),
        ("opposes", claim.opposes, one.opposed if one else ()),
    )
    return [
        Unit(
            *(text.id, text.cluster, claim.holder, label, side),
            *(label in gold, label in predicted, float(label in predicted), slices),
        )
        for side, gold, predicted in sides
        for label in labels
        if label not in claim.open
    ]
