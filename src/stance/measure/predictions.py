"""Predictions: the JSON Lines of the output contract, whoever wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from stance.measure.gold import GoldSpan, GoldText
from stance.measure.lines import decoded, refuse
from stance.types import PERSON


class PredictedActor(msgspec.Struct, frozen=True):
    """An actor's stances in one text. `scores` and `opposes` are probabilities by label."""

    id: str
    labels: tuple[str, ...]
    opposed: tuple[str, ...] = ()
    scores: dict[str, float] = {}
    opposes: dict[str, float] = {}


class PredictedClaim(msgspec.Struct, frozen=True):
    """A claim with its holder; spans are code points of the text.

    `confidence` in 0 to 1: how surely it is the holder's.
    """

    holder: str
    content: tuple[GoldSpan, ...]
    labels: tuple[str, ...] = ()
    opposed: tuple[str, ...] = ()
    cue: GoldSpan | None = None
    confidence: float = 1.0


class PredictedDocument(msgspec.Struct, frozen=True):
    """Which text it is: `sha256` of the file's bytes, or of a row's text in UTF-8."""

    id: str
    sha256: str


class PredictedText(msgspec.Struct, frozen=True):
    """All that is predicted of one text; a tool that finds no claims leaves them out."""

    document: PredictedDocument
    actors: tuple[PredictedActor, ...]
    claims: tuple[PredictedClaim, ...] = ()
    sentences: tuple[GoldSpan, ...] = ()


def read_predictions(path: Path) -> dict[str, PredictedText]:
    """Predictions by the `sha256` of their text.

    Of each line only `document` and `actors` are needed; other keys are passed over, so that any
    tool can write it.

    Raises:
        LabelError: the file cannot be read, or lines are malformed; all of them are named.
    """
    found: dict[str, PredictedText] = {}
    problems: list[str] = []
    for number, line in decoded(path, _Line):
        if isinstance(line, str):
            problems.append(f"{path}:{number}: {line}")
            continue
        text = line.text()
        if text.document.sha256 in found:
            problems.append(f"{path}:{number}: {text.document.id} stands twice; keep one")
        found[text.document.sha256] = text
    refuse(problems)
    return found


def prediction_of(text: GoldText, predictions: Mapping[str, PredictedText]) -> PredictedText | None:
    """What is predicted of a gold text: by the hash of the text, or of the whole document."""
    return predictions.get(text.text_sha256) or predictions.get(text.sha256)


def claims_of(
    text: GoldText, predictions: Mapping[str, PredictedText]
) -> tuple[PredictedClaim, ...]:
    """The predicted claims of states, organisations and parties: the gold lists none of persons."""
    prediction = prediction_of(text, predictions)
    if prediction is None:
        return ()
    return tuple(one for one in prediction.claims if not one.holder.startswith(PERSON))


class _Span(msgspec.Struct, frozen=True):
    """A span as the contract writes it, with its text or index beside."""

    start: int
    end: int

    def gold(self) -> GoldSpan:
        return GoldSpan(self.start, self.end)


class _Claim(msgspec.Struct, frozen=True):
    holder: str
    content: tuple[_Span, ...]
    labels: tuple[str, ...] = ()
    opposed: tuple[str, ...] = ()
    cue: _Span | None = None
    confidence: float = 1.0


class _Line(msgspec.Struct, frozen=True):
    document: PredictedDocument
    actors: tuple[PredictedActor, ...]
    claims: tuple[_Claim, ...] = ()
    sentences: tuple[_Span, ...] = ()

    def text(self) -> PredictedText:
        claims = tuple(
            PredictedClaim(
                one.holder,
                tuple(span.gold() for span in one.content),
                one.labels,
                one.opposed,
                one.cue.gold() if one.cue else None,
                one.confidence,
            )
            for one in self.claims
        )
        return PredictedText(
            self.document, self.actors, claims, tuple(one.gold() for one in self.sentences)
        )
