"""The harness cannot flatter: the right answer gives 1, nothing gives 0, chance gives chance."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest
from tests.measure.gold import ACTORS, CON, LABELS, PRO, Made, predicted, texts

from stance.evaluation.harness import Evaluation, evaluate
from stance.measure.gold import GoldSpan, GoldStance
from stance.measure.predictions import PredictedText


@pytest.fixture(scope="module")
def made() -> Made:
    return texts(60)


def row(evaluation: Evaluation, label: str, side: str = "supports") -> Any:
    return next(one for one in evaluation.rows if (one.label, one.side) == (label, side))


def test_gold_as_prediction_is_right_at_every_level(made: Made) -> None:
    found = evaluate(made.texts, made.predictions(), LABELS)
    assert found.headline.value == 1.0
    assert found.opposition is not None and found.opposition.value == 1.0
    assert found.boundaries is not None and found.boundaries.value == 1.0
    assert [one.f1.value for one in found.claims] == [1.0, 1.0, 1.0]
    assert all(one.f1.value == 1.0 for one in found.on_claims if one.counts.positives)
    assert row(found, "neutral").f1.value == 1.0
    assert row(found, PRO).brier == 0.0 and row(found, PRO).ece == 0.0
    assert row(found, PRO).counts.mcc == 1.0
    assert not found.missing and not found.unlisted


@pytest.mark.parametrize("kind", ["no file", "empty results"])
def test_an_empty_prediction_has_recall_0(made: Made, kind: str) -> None:
    empty = {key: PredictedText(one.document, ()) for key, one in made.predictions().items()}
    found = evaluate(made.texts, {} if kind == "no file" else empty, LABELS)
    assert found.headline.value == 0.0
    assert row(found, PRO).counts.recall == 0.0
    assert found.boundaries is not None and found.boundaries.value == 0.0
    assert [one.counts.recall for one in found.claims] == [0.0, 0.0, 0.0]
    assert len(found.missing) == (len(made.texts) if kind == "no file" else 0)


def test_a_boundary_that_is_missed_and_one_too_many_both_count(made: Made) -> None:
    def boundaries(*ends: int) -> float:
        changed = {
            key: msgspec.structs.replace(
                one, sentences=tuple(GoldSpan(end - 1, end) for end in (*ends, 100))
            )
            for key, one in made.predictions().items()
        }
        figure = evaluate(made.texts, changed, LABELS).boundaries
        assert figure is not None
        return figure.value

    assert boundaries(40) == 1.0
    assert boundaries(40, 60) == pytest.approx(2 / 3)
    assert boundaries(60) == 0.0
    assert boundaries() == 0.0


def test_shuffled_labels_fall_to_chance(made: Made) -> None:
    draw = random.Random(3)
    pool = [stance for text in made.texts for stance in text.actors.values()]
    draw.shuffle(pool)
    shuffled = iter(pool)
    predictions = {
        text.text_sha256: msgspec.structs.replace(
            made.predictions()[text.text_sha256],
            actors=tuple(predicted(name, next(shuffled)) for name in text.actors),
        )
        for text in made.texts
    }
    found = evaluate(made.texts, predictions, LABELS)
    # Both labels are held by two in five, so chance is 0.4.
    assert 0.25 < found.headline.value < 0.55
    assert abs(row(found, PRO).counts.mcc) < 0.2


def test_swapped_actors_fall(made: Made) -> None:
    turn = dict(zip(ACTORS, [*ACTORS[1:], ACTORS[0]], strict=True))
    predictions = {
        key: msgspec.structs.replace(
            one,
            actors=tuple(msgspec.structs.replace(a, id=turn[a.id]) for a in one.actors),
            claims=tuple(msgspec.structs.replace(c, holder=turn[c.holder]) for c in one.claims),
        )
        for key, one in made.predictions().items()
    }
    found = evaluate(made.texts, predictions, LABELS)
    assert found.headline.value < 0.5
    loose, held, _ = found.claims
    assert loose.f1.value == 1.0 and held.f1.value < 0.1


def test_an_actor_that_is_not_listed_counts_only_with_a_stance(made: Made) -> None:
    text = made.texts[0]
    stranger = next(name for name in ACTORS if name not in text.actors)
    base = made.predictions()

    def with_stranger(stance: GoldStance) -> Evaluation:
        one = base[text.text_sha256]
        actors = (*one.actors, predicted(stranger, stance))
        changed = base | {text.text_sha256: msgspec.structs.replace(one, actors=actors)}
        return evaluate(made.texts, changed, LABELS)

    neutral = with_stranger(GoldStance(("neutral",)))
    assert neutral.headline.value == 1.0 and neutral.unlisted == 1
    wrong = with_stranger(GoldStance((CON,)))
    assert wrong.headline.value < 1.0 and row(wrong, CON).counts.wrong == 1


def test_what_is_open_is_not_scored(made: Made) -> None:
    text = made.texts[0]
    name = next(iter(text.actors))
    opened = msgspec.structs.replace(
        text,
        actors=text.actors | {name: msgspec.structs.replace(text.actors[name], open=(PRO,))},
        claims=None,
    )
    before = evaluate([msgspec.structs.replace(text, claims=None)], made.predictions(), LABELS)
    after = evaluate([opened], made.predictions(), LABELS)
    assert row(before, PRO).counts.n - row(after, PRO).counts.n == 1
    assert row(before, "neutral").counts.n - row(after, "neutral").counts.n == 1
    assert row(before, CON).counts.n == row(after, CON).counts.n


def test_slices_part_the_units(made: Made) -> None:
    found = evaluate(made.texts, made.predictions(), LABELS)
    persons = [figure.n for name, figure in found.slices.items() if name.startswith("person")]
    assert len(persons) == 2 and sum(persons) == found.headline.n
    assert found.found["voice: own"].value == 1.0


def test_other_scores_move_the_probabilities_alone(made: Made) -> None:
    unsure = {
        key: msgspec.structs.replace(
            one,
            actors=tuple(
                msgspec.structs.replace(a, scores=dict.fromkeys(a.scores, 0.5)) for a in one.actors
            ),
        )
        for key, one in made.predictions().items()
    }
    found = evaluate(made.texts, unsure, LABELS)
    assert found.headline.value == 1.0
    assert row(found, PRO).brier == pytest.approx(0.25)
