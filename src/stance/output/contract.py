"""`Analysis` → one record, after the output contract: what every program downstream relies on.

The contract is the file `schema/stance-result-1.schema.json`. Fields may be added within a
version; a change of meaning raises it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from stance.types import ActorStance, Analysis, Attribution, Claim, Span

SCHEMA_VERSION = 1
DIGITS = 4
"""Decimals of a score. Labels are decided before rounding."""

Record = dict[str, Any]


def schema() -> Record:
    """The JSON Schema (draft 2020-12) that every record fulfils."""
    path = files("stance.output") / "schema" / f"stance-result-{SCHEMA_VERSION}.schema.json"
    record: Record = json.loads(path.read_text(encoding="utf-8"))
    return record


def to_record(analysis: Analysis, *, with_text: bool = False) -> Record:
    """The analysis of one document as JSON values, its keys always in the same order.

    Every `start` and `end` counts code points of the document's text from 0, half-open. Claims
    and unresolved mentions carry the text of their spans, and so do the sentences of claims;
    `with_text` adds the text of the document and of all sentences. Labels stand in the order of
    the issue.
    """
    document, meta, made_by = analysis.document, analysis.document.meta, analysis.fingerprint
    claimed = {index for claim in analysis.claims for index in claim.sentences}
    scores: dict[str, dict[str, float]] = {}
    opposes: dict[str, dict[str, float]] = {}
    for score in analysis.scores:
        scores.setdefault(score.claim, {})[score.label] = score.score
        opposes.setdefault(score.claim, {})[score.label] = score.opposed
    return {
        "schema": SCHEMA_VERSION,
        "document": {
            "id": document.id,
            "sha256": document.sha256,
            "title": meta.title,
            "date": meta.date,
            "outlet": meta.outlet,
            "speaker": meta.speaker,
            "language": meta.language,
            "format": document.format,
            "encoding": document.encoding,
            **({"text": document.text} if with_text else {}),
        },
        "issue": analysis.issue.id,
        "model": {"name": made_by.model, "sha256": made_by.model_sha256},
        "version": made_by.version,
        "configuration": made_by.configuration,
        "sentences": [
            {
                "index": sentence.index,
                **_span(
                    sentence.span,
                    document.text,
                    with_text=with_text or sentence.index in claimed,
                ),
            }
            for sentence in analysis.sentences
        ],
        "claims": [
            _claim(claim, analysis, scores.get(claim.id, {}), opposes.get(claim.id, {}))
            for claim in analysis.claims
        ],
        "actors": [_actor(stance, analysis) for stance in analysis.actors],
        "unresolved": [
            _span(span, document.text)
            for span in sorted(
                {
                    *(mention.span for mention in analysis.mentions if mention.actor is None),
                    *analysis.open_sources,
                }
            )
        ],
        "warnings": list(analysis.warnings),
    }


def _claim(
    claim: Claim, analysis: Analysis, scores: Mapping[str, float], opposes: Mapping[str, float]
) -> Record:
    text = analysis.document.text
    return {
        "id": claim.id,
        "holder": claim.holder,
        "mention": _span(claim.mention, text) if claim.mention else None,
        "sentences": list(claim.sentences),
        "attribution": [_attribution(link, text) for link in claim.attribution],
        "cue": _span(claim.cue, text) if claim.cue else None,
        "content": [_span(span, text) for span in claim.content],
        "voice": claim.voice,
        "quoted": claim.quoted,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "time": claim.time,
        "confidence": round(claim.confidence, DIGITS),
        **_judged(analysis, scores, opposes),
    }


def _actor(stance: ActorStance, analysis: Analysis) -> Record:
    return {
        "id": stance.actor.id,
        "name": stance.actor.name,
        "kind": stance.actor.kind,
        **_judged(analysis, stance.scores, stance.opposes),
        "claims": list(stance.claims),
        "mentions": stance.mentions,
    }


def _judged(
    analysis: Analysis, scores: Mapping[str, float], opposes: Mapping[str, float]
) -> Record:
    """Scores, and what the decision makes of them; a claim that was not scored is neutral."""
    order = [label.id for label in analysis.issue.labels]
    scores = {label: scores[label] for label in order if label in scores}
    opposes = {label: opposes[label] for label in order if label in opposes}
    decision = analysis.decision
    return {
        "scores": {label: round(float(score), DIGITS) for label, score in scores.items()},
        "opposes": {label: round(float(score), DIGITS) for label, score in opposes.items()},
        "labels": list(decision.labels(scores)),
        "opposed": list(decision.opposed(opposes)),
        "uncertain": decision.uncertain(scores, opposes),
    }


def _attribution(link: Attribution, text: str) -> Record:
    return {
        "source": _span(link.source, text) if link.source else None,
        "person": link.person,
        "actor": link.actor,
    }


def _span(span: Span, text: str, *, with_text: bool = True) -> Record:
    place: Record = {"start": span.start, "end": span.end}
    return {**place, "text": span.of(text)} if with_text else place
