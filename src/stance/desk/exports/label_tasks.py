"""A saved record with its text → a task of Label Studio, its claims as predictions.

Offsets of a `Text` tag count code points, half-open from 0, as ours do: Label Studio's own tests
say so (`tests/integration/e2e/ner/emoji.cy.ts` of its editor, since pull request 308 of
label-studio-frontend; before that, up to 1.3, it counted UTF-16 code units). A carriage return and
a line feed count as two. The fields of a mark share its id, each in a result of its own
(`regions/Result.js`); relations name two ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import count
from typing import Any

from stance.desk.exports.label_config import (
    ACTORS,
    LABELS,
    STATUS_FIELD,
    TEXT,
    Role,
    label_name,
)
from stance.desk.exports.rows import sides
from stance.output.characters import plain
from stance.output.records import SavedClaim, SavedSpan, SavedText
from stance.types import NEUTRAL

Task = dict[str, Any]

_PRONOUNS = frozenset({"he", "her", "him", "his", "i", "it", "its", "she", "their", "they", "we"})


def task_of(one: SavedText, text: str) -> Task:
    """The task of one document: its text, what labels need of it, and the predictions.

    What a database cannot hold (zero bytes and their like) is shown as U+FFFD; `text_sha256` is
    that of the text itself. The score of the prediction is the least probability of what is
    asserted, so that the most doubtful documents can be sorted to the front.
    """
    document = one.document
    asserted = [probability for claim in one.claims for _, _, probability in sides(claim)]
    return {
        "data": {
            "title": plain(document.title or document.id),
            "text": plain(text),
            "document": document.id,
            "sha256": document.sha256,
            "text_sha256": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            "length": len(text),
            "date": document.date,
            "speaker": document.speaker,
            "issue": one.issue,
            "reviewed": one.reviewed,
        },
        "predictions": [
            {
                "model_version": one.model.name,
                **({"score": min(asserted)} if asserted else {}),
                "result": list(_results(one, plain(text))),
            }
        ],
    }


def _results(one: SavedText, text: str) -> Iterator[Task]:
    parts: dict[tuple[Role, int, int], str] = {}
    numbers = count(1)
    for claim in one.claims:
        mark = f"claim-{next(numbers)}"
        first, *rest = claim.content
        yield _marked(mark, first, text, _labels(claim))
        for name, entry in _fields(claim).items():
            if entry:
                yield _result(mark, name, "textarea", {**_place(first), "text": [entry]})
        if status := _status(claim):
            value = {**_place(first), "text": text[first.start : first.end], "choices": status}
            yield _result(mark, STATUS_FIELD, "choices", value)
        ties: list[tuple[Role, SavedSpan | None]] = [("goes on", span) for span in rest]
        ties += [("source", _source(claim)), ("cue", claim.cue)]
        for role, span in ties:
            if span is None:
                continue
            # Two holders of one statement share the words that name who says it.
            key = (role, span.start, span.end)
            if key not in parts:
                parts[key] = f"part-{len(parts) + 1}"
                yield _marked(parts[key], span, text, [role])
            yield {
                "type": "relation",
                "from_id": mark,
                "to_id": parts[key],
                "direction": "right",
                "labels": [role],
            }
    yield _result("actors", ACTORS, "textarea", {"text": [actor.id for actor in one.actors]})


def _marked(id: str, span: SavedSpan, text: str, labels: list[str]) -> Task:
    value = {**_place(span), "text": text[span.start : span.end], "labels": labels}
    return _result(id, LABELS, "labels", value)


def _result(id: str, name: str, type: str, value: Task) -> Task:
    return {"id": id, "from_name": name, "to_name": TEXT, "type": type, "value": value}


def _place(span: SavedSpan) -> Task:
    return {"start": span.start, "end": span.end}


def _labels(claim: SavedClaim) -> list[str]:
    asserted = [label_name(label, side) for label, side, _ in sides(claim)]
    return asserted + [label_name(label, "open") for label in claim.open] or [NEUTRAL]


def _fields(claim: SavedClaim) -> dict[str, str | None]:
    teller = claim.attribution[-1] if claim.attribution else None
    return {
        "holder": claim.holder,
        "speaker": teller.actor if teller else None,
        "person": teller.person if teller else None,
    }


def _source(claim: SavedClaim) -> SavedSpan | None:
    """The words that name who says it; where the author does, those that name the holder."""
    return claim.attribution[-1].source if claim.attribution else claim.mention


def _status(claim: SavedClaim) -> list[str]:
    source = _source(claim)
    ticked = {
        "quoted": claim.quoted,
        "pronoun": source is not None and source.text.casefold() in _PRONOUNS,
        "negated": claim.polarity == "negated",
        "hypothetical": claim.modality == "hypothetical",
        "demanded": claim.modality == "demanded",
        "past": claim.time == "past",
    }
    return [status for status, is_so in ticked.items() if is_so]
