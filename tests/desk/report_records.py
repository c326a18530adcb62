"""Records as the output contract has them, small and made by hand, for the tests of the report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stance.desk.saved import Saved

LABELS = ("supports_sovereignty", "supports_un_process")


def span(text: str, words: str, at: int = 0) -> dict[str, Any]:
    """Where `words` stand in `text`, in code points, `at` further on."""
    start = text.index(words)
    return {"start": at + start, "end": at + start + len(words), "text": words}


def judged(
    supports: dict[str, float] | None = None,
    opposes: dict[str, float] | None = None,
    uncertain: bool = False,
) -> dict[str, Any]:
    """What is asserted: every label given is."""
    supports, opposes = supports or {}, opposes or {}
    return {
        "scores": {label: supports.get(label, 0.0) for label in LABELS},
        "opposes": {label: opposes.get(label, 0.0) for label in LABELS},
        "labels": list(supports) or ["neutral"],
        "opposed": list(opposes),
        "uncertain": uncertain,
    }


def claim(text: str, holder: str, content: str, **fields: Any) -> dict[str, Any]:
    """A claim in the only sentence of a text that begins at 0."""
    found = {
        "id": f"{holder}-{content[:12]}",
        "holder": holder,
        "mention": None,
        "sentences": [0],
        "attribution": [],
        "cue": None,
        "content": [span(text, content)],
        "voice": "author",
        "quoted": False,
        "polarity": "affirmed",
        "modality": "asserted",
        "time": "present",
        "confidence": 1.0,
        **judged(),
    }
    return {**found, **fields}


def actor(id: str, name: str, claims: Sequence[str] = (), **fields: Any) -> dict[str, Any]:
    """An actor of a document."""
    found = {"id": id, "name": name, "kind": "state", "claims": list(claims), "mentions": 1}
    return {**found, **judged(), **fields}


def record(
    text: str,
    claims: Sequence[dict[str, Any]] = (),
    actors: Sequence[dict[str, Any]] = (),
    **fields: Any,
) -> dict[str, Any]:
    """A document of one sentence."""
    document = {"id": "a.txt", "sha256": "0" * 64, "title": None, "date": None, "outlet": None}
    return {
        "schema": 1,
        "document": {**document, **fields.pop("document", {})},
        "issue": "western_sahara",
        "model": {"name": "some-model", "sha256": "1" * 64},
        "version": "0.1.0",
        "configuration": "2" * 64,
        "sentences": [{"index": 0, "start": 0, "end": len(text), "text": text}],
        "claims": list(claims),
        "actors": list(actors),
        "unresolved": [],
        "warnings": [],
        **fields,
    }


def siding(
    name: str = "Kazakhstan",
    id: str = "KAZ",
    *,
    supports: dict[str, float] | None = None,
    opposes: dict[str, float] | None = None,
    uncertain: bool = False,
    says: str = "the plan",
    **document: Any,
) -> dict[str, Any]:
    """A document in which one actor takes sides by one claim, said by its minister."""
    text = f"{name} said that it holds {says}."
    sides = judged(supports, opposes, uncertain)
    held = claim(
        text,
        id,
        says,
        cue=span(text, "said"),
        mention=span(text, name),
        attribution=[{"source": span(text, name), "person": "Murat Nurtleu", "actor": id}],
        voice="own",
        **sides,
    )
    return record(text, [held], [actor(id, name, [held["id"]], **sides)], document=document)


def saved(folder: Path, records: Sequence[dict[str, Any]]) -> Saved:
    """The records as a file of JSON Lines."""
    path = folder / "results.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in records), encoding="utf-8")
    return Saved(path)
