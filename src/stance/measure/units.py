"""What is scored: one row for each text, listed actor, label and side that is not open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stance.measure.gold import GoldText
from stance.measure.predictions import PredictedActor, PredictedText, prediction_of
from stance.types import NEUTRAL, PERSON, Side

_NOTHING = PredictedActor("", (NEUTRAL,))


@dataclass(frozen=True, slots=True)
class Unit:
    """One question with its gold answer and its prediction.

    `label` is that of the issue, or `neutral`; `score` is the predicted probability, 0 where
    nothing was predicted. `slices` are what the unit can be grouped by.
    """

    text: str
    cluster: str
    actor: str
    label: str
    side: Side
    gold: bool
    predicted: bool
    score: float
    slices: Mapping[str, str]
    other: float = 0.0
    """Of a raw score: what the claim that gave it scores for the opposite side."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The units of a set of texts, and what is counted beside them.

    `missing` are texts without a prediction (scored as if nothing was found), `unlisted` actors
    predicted neutral that the gold does not list: they are reported, not scored.
    """

    units: tuple[Unit, ...]
    texts: int
    missing: tuple[str, ...]
    unlisted: int


def units(
    gold: Sequence[GoldText], predictions: Mapping[str, PredictedText], labels: Sequence[str]
) -> Scored:
    """The units of stance, end to end: per text and actor.

    Every listed actor gives a unit for each label and side, but for those that are open, and one
    for `neutral` where no label is open. An actor that is not listed and predicted to take or
    reject something is wrong, and gives units too.
    """
    found: list[Unit] = []
    missing: list[str] = []
    unlisted = 0
    for text in gold:
        prediction = prediction_of(text, predictions)
        if prediction is None:
            missing.append(text.id)
        actors = {one.id: one for one in prediction.actors} if prediction else {}
        for actor in text.actors:
            found += _of(text, actor, actors.get(actor, _NOTHING), labels)
        for actor, one in actors.items():
            if actor in text.actors or actor.startswith(PERSON):
                continue  # the gold lists no persons
            if set(one.labels) <= {NEUTRAL} and not one.opposed:
                unlisted += 1
            else:
                found += _wrong(text, actor, one, labels)
    return Scored(tuple(found), len(gold), tuple(missing), unlisted)


def _of(text: GoldText, actor: str, one: PredictedActor, labels: Sequence[str]) -> list[Unit]:
    stance, slices = text.actors[actor], _slices(text, actor)
    made: list[Unit] = []
    for label in labels:
        if label in stance.open:
            continue
        answers: tuple[tuple[Side, bool, bool, float | None], ...] = (
            ("supports", stance.takes(label), label in one.labels, one.scores.get(label)),
            ("opposes", stance.rejects(label), label in one.opposed, one.opposes.get(label)),
        )
        for side, gold, predicted, score in answers:
            known = float(predicted) if score is None else score
            made.append(
                Unit(text.id, text.cluster, actor, label, side, gold, predicted, known, slices)
            )
    if not stance.open:
        gold, predicted = set(stance.labels) <= {NEUTRAL}, set(one.labels) <= {NEUTRAL}
        surest = max((one.scores.get(label, 0.0) for label in labels), default=0.0)
        made.append(
            Unit(
                text.id, text.cluster, actor, NEUTRAL, "supports", gold, predicted, 1 - surest,
                slices,
            )
        )  # fmt: skip
    return made


def _wrong(text: GoldText, actor: str, one: PredictedActor, labels: Sequence[str]) -> list[Unit]:
    """Units for the stances of an actor that the text does not mention."""
    slices = _slices(text, actor)
    sides: tuple[tuple[Side, tuple[str, ...], Mapping[str, float]], ...] = (
        ("supports", one.labels, one.scores),
        ("opposes", one.opposed, one.opposes),
    )
    return [
        Unit(
            text.id, text.cluster, actor, label, side, False, True, scores.get(label, 1.0), slices
        )
        for side, held, scores in sides
        for label in labels
        if label in held
    ]  # fmt: skip


def _slices(text: GoldText, actor: str) -> dict[str, str]:
    number = len(text.actors)
    return {
        "decade": f"{text.year // 10 * 10}s" if text.year else "undated",
        "person": "first person" if actor == text.speaker else "third person",
        "actors": "1-2" if number < 3 else "3-5" if number < 6 else "6 or more",
        "stratum": text.stratum or "none",
    }
