"""Labelled texts through a pipeline → units with their scores."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from stance.measure.gold import GoldText
from stance.measure.predictions import PredictedText, read_predictions
from stance.measure.units import Unit, units
from stance.nli.calibration import curves_of
from stance.output import jsonl
from stance.pipeline import Pipeline
from stance.types import Analysis, Band, Decision, Document, Side

_ANYTHING = Band(1e-6, 1e-6, 1e-6)
"""Every score but 0, which is no evidence."""


def predictions(pipeline: Pipeline, documents: Sequence[Document]) -> dict[str, PredictedText]:
    """What the pipeline says of documents, as any file of results would be read."""
    return _read_back(pipeline.many(documents))


def _read_back(analyses: Iterable[Analysis]) -> dict[str, PredictedText]:
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.jsonl"
        jsonl.write_file(analyses, results)
        return read_predictions(results)


def raw_units(
    pipeline: Pipeline, texts: Sequence[tuple[Document, GoldText]], labels: Sequence[str]
) -> list[Unit]:
    """The units of texts; their scores are what counts of the model's, before any calibration."""
    return scored_units(replace(pipeline, curves=curves_of({}, pipeline.issue)), texts, labels)


def scored_units(
    pipeline: Pipeline, texts: Sequence[tuple[Document, GoldText]], labels: Sequence[str]
) -> list[Unit]:
    """The units of texts with the pipeline's scores, whatever it would assert.

    A pipeline shows a tentative claim only where it takes a side by its thresholds. Where these are
    still to be found every claim counts, as it will from whatever threshold is found.
    """
    bands = {label.id: _ANYTHING for label in pipeline.issue.labels}
    open_ended = replace(pipeline, decision=Decision(bands, bands))
    analyses = list(open_ended.many(document for document, _ in texts))
    others = {
        (gold.id, *key): other
        for (_, gold), analysis in zip(texts, analyses, strict=True)
        for key, other in _others(analysis).items()
    }
    scored = units([gold for _, gold in texts], _read_back(analyses), labels).units
    return [
        replace(one, other=others.get((one.text, one.actor, one.label, one.side), 0.0))
        for one in scored
        if one.label in labels
    ]


def _others(analysis: Analysis) -> dict[tuple[str, str, Side], float]:
    """(actor, label, side) → the raw score for the opposite side of the claim that is strongest."""
    holder = {claim.id: claim.holder for claim in analysis.claims}
    best: dict[tuple[str, str, Side], tuple[float, float]] = {}
    for score in analysis.scores:
        sides: tuple[tuple[Side, float, float], ...] = (
            ("supports", score.score, score.raw_opposed),
            ("opposes", score.opposed, score.raw),
        )
        for side, own, other in sides:
            key = (holder[score.claim], score.label, side)
            if own > best.get(key, (0.0, 0.0))[0]:
                best[key] = (own, other)
    return {key: other for key, (_, other) in best.items()}
