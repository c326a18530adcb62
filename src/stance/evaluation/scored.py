"""Labelled texts through a pipeline → units with their scores."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from stance.measure.gold import GoldText
from stance.measure.predictions import PredictedText, read_predictions
from stance.measure.units import Unit, units
from stance.nli.calibration import curves_of
from stance.output import jsonl
from stance.pipeline import Pipeline
from stance.types import Document


def predictions(pipeline: Pipeline, documents: Sequence[Document]) -> dict[str, PredictedText]:
    """What the pipeline says of documents, as any file of results would be read."""
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.jsonl"
        jsonl.write_file(pipeline.many(documents), results)
        return read_predictions(results)


def raw_units(
    pipeline: Pipeline, texts: Sequence[tuple[Document, GoldText]], labels: Sequence[str]
) -> list[Unit]:
    """The units of texts; their scores are what counts of the model's, before any calibration."""
    bare = replace(pipeline, curves=curves_of({}, pipeline.issue))
    found = predictions(bare, [document for document, _ in texts])
    scored = units([gold for _, gold in texts], found, labels).units
    return [one for one in scored if one.label in labels]
