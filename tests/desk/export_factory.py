"""Results for the tests of exports: records written by hand, of invented texts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stance.desk.saved import Saved

SOVEREIGNTY, UN = "supports_sovereignty", "supports_un_process"
NAMES = {
    "KAZ": ("Kazakhstan", "state"),
    "MAR": ("Morocco", "state"),
    "DZA": ("Algeria", "state"),
    "UN": ("United Nations", "organisation"),
    "person:Ana Sol": ("Ana Sol", "person"),
}


@dataclass(frozen=True)
class Said:
    """A claim: `content` are words of the text in their order, `takes` labels with probabilities.

    `links` are who says it, from the holder outwards: words, person, actor.
    """

    holder: str
    content: Sequence[str]
    takes: dict[str, float]
    rejects: dict[str, float]
    links: Sequence[tuple[str, str | None, str | None]] = ()
    cue: str | None = None
    mention: str | None = None
    more: dict[str, Any] | None = None


def said(holder: str, *content: str, **more: Any) -> Said:
    """A claim that takes and rejects nothing unless told."""
    return Said(holder, content, more.pop("takes", {}), more.pop("rejects", {}), **more)


def span(text: str, words: str) -> dict[str, Any]:
    """The first place of `words` in `text`."""
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def record(
    text: str,
    *claims: Said,
    actors: Sequence[str] = (),
    id: str = "a.txt",
    with_text: bool = True,
    names: dict[str, tuple[str, str]] | None = None,
    **document: Any,
) -> dict[str, Any]:
    """A record after the contract; `actors` are mentioned beside the holders of the claims."""
    known = {**NAMES, **(names or {})}
    listed = list(dict.fromkeys([*(claim.holder for claim in claims), *actors]))
    made = [_claim(number, text, claim) for number, claim in enumerate(claims)]
    return {
        "schema": 1,
        "document": {
            "id": id,
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "title": None,
            "date": None,
            "outlet": None,
            "speaker": None,
            "language": "en",
            "format": "text",
            **({"text": text} if with_text else {}),
            **document,
        },
        "issue": "western_sahara",
        "model": {"name": "tiny", "sha256": "0" * 64},
        "version": "0",
        "sentences": [{"index": 0, "start": 0, "end": len(text), "text": text}],
        "claims": made,
        "actors": [
            _actor(one, known[one], [c for c in made if c["holder"] == one]) for one in listed
        ],
    }


def _claim(number: int, text: str, one: Said) -> dict[str, Any]:
    links = [
        {"source": span(text, words), "person": person, "actor": actor}
        for words, person, actor in one.links
    ]
    told = [
        link["actor"] == one.holder or f"person:{link['person']}" == one.holder for link in links
    ]
    return {
        "id": f"c{number}",
        "holder": one.holder,
        "mention": span(text, one.mention) if one.mention else None,
        "sentences": [0],
        "attribution": links,
        "cue": span(text, one.cue) if one.cue else None,
        "content": [span(text, words) for words in one.content],
        "voice": "author" if not links else "own" if all(told) else "reported",
        "quoted": False,
        "polarity": "affirmed",
        "modality": "asserted",
        "time": "present",
        "confidence": 0.9,
        "uncertain": False,
        **_judged(one.takes, one.rejects),
        **(one.more or {}),
    }


def _judged(takes: dict[str, float], rejects: dict[str, float]) -> dict[str, Any]:
    empty = {SOVEREIGNTY: 0.0, UN: 0.0}
    return {
        "scores": {**empty, **takes},
        "opposes": {**empty, **rejects},
        "labels": list(takes) or ["neutral"],
        "opposed": list(rejects),
    }


def _actor(id: str, known: tuple[str, str], claims: list[dict[str, Any]]) -> dict[str, Any]:
    takes = {
        label: max(claim["scores"][label] for claim in claims)
        for claim in claims
        for label in claim["labels"]
        if label != "neutral"
    }
    rejects = {
        label: max(claim["opposes"][label] for claim in claims)
        for claim in claims
        for label in claim["opposed"]
    }
    return {
        "id": id,
        "name": known[0],
        "kind": known[1],
        "uncertain": False,
        "claims": [claim["id"] for claim in claims],
        "mentions": 1,
        **_judged(takes, rejects),
    }


def saved(folder: Path, *records: dict[str, Any]) -> Saved:
    """The records as a file of results."""
    path = folder / "results.jsonl"
    lines = [json.dumps(one, ensure_ascii=False) + "\n" for one in records]
    path.write_text("".join(lines), encoding="utf-8")
    return Saved(path)
