"""Made-up gold texts and predictions that repeat them, for the tests of the measures."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from stance.measure.gold import GoldClaim, GoldSpan, GoldStance, GoldText
from stance.measure.predictions import (
    PredictedActor,
    PredictedClaim,
    PredictedDocument,
    PredictedText,
)

PRO, CON = "supports_plan", "supports_talks"
LABELS = (PRO, CON)
ACTORS = ("PER", "CHL", "NOR", "KEN", "UN")


@dataclass
class Made:
    """Texts with every kind of stance, and the same as predictions."""

    texts: list[GoldText] = field(default_factory=list)

    def predictions(self) -> dict[str, PredictedText]:
        return {text.text_sha256: repeated(text) for text in self.texts}


def texts(number: int = 40, seed: int = 1) -> Made:
    """`number` texts of 100 characters, three actors, two claims and two sentences each."""
    draw = random.Random(seed)
    return Made([_text(index, draw) for index in range(number)])


def _text(index: int, draw: random.Random) -> GoldText:
    names = draw.sample(ACTORS, 3)
    actors = {name: _stance(draw) for name in names}
    claims = tuple(
        GoldClaim(
            name, None, None, name, None, (GoldSpan(20 * at, 20 * at + 15),),
            False, False, "affirmed", "asserted", "present",
            actors[name].labels, actors[name].opposes, actors[name].open,
        )
        for at, name in enumerate(names[:2])
    )  # fmt: skip
    digest = hashlib.sha256(str(index).encode()).hexdigest()
    return GoldText(
        f"t{index}", digest, digest, 100, actors, speaker=names[0], year=1990 + index,
        claims=claims, sentences=(GoldSpan(0, 40), GoldSpan(41, 100)),
    )  # fmt: skip


def _stance(draw: random.Random) -> GoldStance:
    kind = draw.randrange(5)
    if kind == 0:
        return GoldStance((PRO,), (), ())
    if kind == 1:
        return GoldStance((PRO, CON), (), ())
    if kind == 2:
        return GoldStance(("neutral",), (PRO,), ())
    return GoldStance((CON,) if kind == 3 else ("neutral",), (), ())


def repeated(text: GoldText) -> PredictedText:
    """A prediction that says what the gold says."""
    return PredictedText(
        PredictedDocument(text.id, text.text_sha256),
        tuple(predicted(name, stance) for name, stance in text.actors.items()),
        tuple(
            PredictedClaim(one.holder, one.content, one.labels, one.opposes)
            for one in text.claims or ()
        ),
        text.sentences or (),
    )


def predicted(name: str, stance: GoldStance, labels: Sequence[str] = LABELS) -> PredictedActor:
    """An actor's stance, as sure as can be."""
    return PredictedActor(
        name,
        stance.labels,
        stance.opposes,
        {label: float(stance.takes(label)) for label in labels},
        {label: float(stance.rejects(label)) for label in labels},
    )
