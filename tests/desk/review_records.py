"""Results for the tests of the review: records written by hand, of invented texts."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from stance.build import actor_table
from stance.desk.review.documents import Documents
from stance.desk.review.journal import Journal
from stance.desk.review.work import Work
from stance.desk.saved import Saved
from stance.issues import read_issue

SOVEREIGNTY, UN = "supports_sovereignty", "supports_un_process"
LABELS = (SOVEREIGNTY, UN)
NAMES = {"KEN": "Kenya", "MAR": "Morocco", "DZA": "Algeria", "UN": "United Nations"}


def digest(data: str | bytes) -> str:
    """The SHA-256 of bytes, or of a text in UTF-8."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def span(text: str, words: str) -> dict[str, Any]:
    """Where `words` first stand in `text`."""
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def claim(
    text: str,
    holder: str,
    words: str,
    sides: dict[str, float] | None = None,
    *,
    uncertain: bool = False,
    voice: str = "own",
    speaker: str | None = None,
) -> dict[str, Any]:
    """A claim on `words`; a side above 0 takes its label, one below rejects it."""
    sides = sides or {}
    person = holder.removeprefix("person:") if holder.startswith("person:") else None
    links = {
        "own": [{"source": None, "person": person, "actor": None if person else holder}],
        "reported": [{"source": None, "person": None, "actor": speaker}],
        "author": [],
    }[voice]
    return {
        "id": digest(text + holder + words)[:16],
        "holder": holder,
        "mention": None,
        "sentences": [0],
        "attribution": links,
        "cue": None,
        "content": [span(text, words)],
        "voice": voice,
        "quoted": False,
        "polarity": "affirmed",
        "modality": "asserted",
        "time": "present",
        "confidence": 1.0,
        "scores": {label: max(0.0, side) for label, side in sides.items()},
        "opposes": {label: max(0.0, -side) for label, side in sides.items()},
        "labels": [label for label, side in sides.items() if side > 0] or ["neutral"],
        "opposed": [label for label, side in sides.items() if side < 0],
        "uncertain": uncertain,
    }


def record(
    id: str,
    text: str,
    claims: Sequence[dict[str, Any]] = (),
    *,
    sha256: str | None = None,
    actors: Sequence[str] = (),
    with_text: bool = True,
    **document: Any,
) -> dict[str, Any]:
    """A document with its claims; its actors are those of the claims and `actors`."""
    held = dict.fromkeys([*(one["holder"] for one in claims), *actors])
    sentences = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            sentences.append({"index": len(sentences), "start": at, "end": at + len(line)})
        at += len(line) + 1
    return {
        "schema": 1,
        "document": {
            "id": id,
            "sha256": sha256 or digest(text),
            "title": None,
            "date": None,
            "speaker": None,
            **document,
            **({"text": text} if with_text else {}),
        },
        "issue": "western_sahara",
        "model": {"name": "none", "sha256": "0" * 64},
        "version": "0",
        "sentences": sentences,
        "claims": list(claims),
        "actors": [
            {
                "id": one,
                "name": NAMES.get(one, one.removeprefix("person:")),
                "kind": "person" if one.startswith("person:") else "state",
                "scores": {},
                "opposes": {},
                "labels": ["neutral"],
                "opposed": [],
                "uncertain": False,
                "claims": [],
                "mentions": 1,
            }
            for one in held
        ],
    }


def written(path: Path, records: Sequence[dict[str, Any]]) -> Path:
    """Write results."""
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return path


KENYA = (
    "Kenya backs the autonomy plan.\n"
    "Morocco said the plan is the only basis.\n"
    "Algeria rejects it, and calls for a vote under the United Nations.\n"
)


def kenya(id: str = "kenya.txt", text: str = KENYA, **more: Any) -> dict[str, Any]:
    """Three claims: Kenya supports, Morocco supports, Algeria opposes and backs the process."""
    return record(
        id,
        text,
        [
            claim(text, "KEN", "backs the autonomy plan", {SOVEREIGNTY: 0.9}, voice="author"),
            claim(text, "MAR", "the plan is the only basis", {SOVEREIGNTY: 0.6}, uncertain=True),
            claim(text, "DZA", "a vote under the United Nations", {UN: 0.8, SOVEREIGNTY: -0.7}),
        ],
        actors=["UN"],
        **more,
    )


@contextlib.contextmanager
def working(
    results: Path, labels: Path, annotator: str = "ana", texts: Sequence[str] = ()
) -> Iterator[Work]:
    """The work of an annotator, as the server opens it."""
    issue = read_issue("western_sahara")
    with (
        Journal(labels.with_name(f"{labels.name}.journal")) as journal,
        Documents(Saved(results), texts, issue) as documents,
    ):
        yield Work(documents, labels, annotator, issue, actor_table(), journal, texts)


class Hand:
    """A person at the page: each decision is based on the document as it is now."""

    def __init__(self, work: Work, text: str = KENYA) -> None:
        self.work = work
        self.key = digest(text)
        self._sent = 0

    def __call__(self, decision: Any) -> str | None:
        """Decide; the remark of the answer."""
        self._sent += 1
        revision = self.work.history(self.key).revision
        command = f"{self.work.annotator}-{revision}-{self._sent:06}"
        return self.work.decide(self.key, revision, command, decision).remark

    @property
    def state(self) -> Any:
        return self.work.history(self.key).state

    def claim_of(self, holder: str) -> Any:
        """The first claim of a holder."""
        return next(one for one in self.state.claims.values() if one.holder == holder)
