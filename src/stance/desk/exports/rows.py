"""Saved results → rows: what political scientists open in Excel, R, Stata or pandas.

A row is one claim that takes one side on one label: who, what, how surely, in whose words, where.
A claim on two labels is two rows; an actor that takes no side in a document is one row with the
side "neutral", no label and nothing on a claim, so that shares have their denominator. To count
documents rather than claims, keep one row for each document, actor, label and side.

Where a person has reviewed the document, what was decided has the probability 1, and what was left
open is a row with the side "open" and no probability. What a person said of an actor that none of
its claims says is a row with nothing on a claim.

| column | type | what it holds |
|---|---|---|
| document, title, date, outlet, speaker | text | as known of the document; date as written |
| year | integer | the year of the date |
| actor, name, kind | text | who: id (KAZ), English name; state, organisation, party or person |
| label, side | text | on what; supports, opposes, neutral, or open |
| probability | number | that the claim takes this side, 0 to 1 |
| uncertain | boolean | a score of the claim (or neutral actor) lies close to its threshold |
| voice | text | own, reported (by another actor) or author |
| said_by, said_by_person | text | who says it in the text: id of the body, name of the person |
| quoted, polarity, modality, time | | as in the result; quoted is boolean |
| confidence | number | how surely the claim is this actor's, 0 to 1 |
| content | text | the words that carry the claim, on one line; parts are joined by " … " |
| start, end | integer | from the first to the last of them: code points of the text, half-open |
| passage | text | the sentences of the claim, on one line |
| claim, issue, model | text | ids, and the model's name |
| reviewed | boolean | a person has reviewed the document: the row is of the labels |
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stance.desk.saved import Saved
from stance.output.records import SavedActor, SavedClaim, SavedText
from stance.types import Side

Value = str | int | float | bool | None
Row = dict[str, Value]

COLUMNS: dict[str, type] = {
    "document": str, "title": str, "date": str, "year": int, "outlet": str, "speaker": str,
    "actor": str, "name": str, "kind": str, "label": str, "side": str, "probability": float,
    "uncertain": bool, "voice": str, "said_by": str, "said_by_person": str, "quoted": bool,
    "polarity": str, "modality": str, "time": str, "confidence": float, "content": str,
    "start": int, "end": int, "passage": str, "claim": str, "issue": str, "model": str,
    "reviewed": bool,
}  # fmt: skip
"""The columns in their order, and what each holds where it is not empty."""

_YEAR = re.compile(r"\d{4}(?!\d)")


def rows(saved: Saved) -> Iterator[Row]:
    """The rows of all documents, in the order of the results; each has all `COLUMNS`.

    Raises:
        CallError: there are no results, or they are damaged.
    """
    for one in saved:
        for row in _rows(one):
            yield {name: row.get(name) for name in COLUMNS}


def sides(claim: SavedClaim | SavedActor) -> Iterator[tuple[str, Side, float]]:
    """What a claim (or actor) asserts: label, side, probability."""
    for label in claim.labels:
        if label in claim.scores:
            yield label, "supports", claim.scores[label]
    for label in claim.opposed:
        yield label, "opposes", claim.opposes[label]


def _said(claim: SavedClaim | SavedActor) -> Iterator[tuple[str, str, float | None]]:
    """What it asserts, and what a person left open."""
    yield from sides(claim)
    for label in claim.open:
        yield label, "open", None


def _rows(one: SavedText) -> Iterator[Row]:
    sentences = {sentence.index: sentence.text for sentence in one.sentences}
    by_holder: dict[str, list[SavedClaim]] = {}
    for claim in one.claims:
        by_holder.setdefault(claim.holder, []).append(claim)
    for actor in one.actors:
        who = {**_document(one), **_actor(actor)}
        told: set[tuple[str, str]] = set()
        for claim in by_holder.get(actor.id, ()):
            for label, side, probability in _said(claim):
                told.add((label, side))
                yield {
                    **who,
                    **_claim(claim),
                    "label": label,
                    "side": side,
                    "probability": probability,
                    "passage": _line(" ".join(sentences.get(i, "") for i in claim.sentences)),
                }
        for label, side, probability in _said(actor) if one.reviewed else ():
            if (label, side) not in told:
                told.add((label, side))
                yield {
                    **who,
                    "label": label,
                    "side": side,
                    "probability": probability,
                    "uncertain": actor.uncertain,
                }
        if not told:
            yield {**who, "side": "neutral", "uncertain": actor.uncertain}


def _document(one: SavedText) -> Row:
    document = one.document
    year = _YEAR.match(document.date or "")
    return {
        "document": document.id,
        "title": document.title,
        "date": document.date,
        "year": int(year[0]) if year else None,
        "outlet": document.outlet,
        "speaker": document.speaker,
        "issue": one.issue,
        "model": one.model.name,
        "reviewed": one.reviewed,
    }


def _actor(actor: SavedActor) -> Row:
    return {"actor": actor.id, "name": actor.name, "kind": actor.kind}


def _claim(claim: SavedClaim) -> Row:
    # The links run from the holder outwards: the last one is who says it in this text.
    teller = claim.attribution[-1] if claim.attribution else None
    return {
        "claim": claim.id,
        "uncertain": claim.uncertain,
        "voice": claim.voice,
        "said_by": teller.actor if teller else None,
        "said_by_person": teller.person if teller else None,
        "quoted": claim.quoted,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "time": claim.time,
        "confidence": claim.confidence,
        "content": " … ".join(_line(span.text) for span in claim.content),
        "start": min(span.start for span in claim.content),
        "end": max(span.end for span in claim.content),
    }


def _line(text: str) -> str:
    return " ".join(text.split())
