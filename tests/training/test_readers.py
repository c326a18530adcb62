"""Batches and their loss, worked out by hand; a stopped run goes on to the same weights."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import log
from pathlib import Path
from typing import Any

import pytest

from stance.nli.packed import Row
from stance.training.readers import Asked, Encoded, Packed, PackedReader, PairReader

pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("accelerate")

import torch

from stance.training.config import Run
from stance.training.encoder import load_classifier
from stance.training.loop import accuracy_on, fit, weight_hash

ENTAILED, NEUTRAL, CONTRADICTED = range(3)
READER = PackedReader()
PREMISE = (2, 9, 3)

Probs = tuple[float, float, float]


def row(hypotheses: int) -> Row:
    return Row(PREMISE, tuple((10 + at, 3) for at in range(hypotheses)))


def pairs(*labels: int) -> Packed:
    return Packed(row(len(labels)), labels, "nli")


def question(*asked: tuple[int, int]) -> Packed:
    """A row of questions, each with its number of wordings and its truth."""
    made: list[Asked] = []
    at = 0
    for wordings, truth in asked:
        made.append(Asked(at, at + wordings, truth))
        at += wordings
    return Packed(row(at), (), "issue", tuple(made))


ANY = (0.2, 0.3, 0.5)
"""Stands where a row has fewer hypotheses; it must not count."""


def loss(units: Sequence[Packed], probs: Sequence[Probs]) -> float:
    """The loss where the model gives these probabilities to all hypotheses, row after row."""
    return float(READER.loss(torch.tensor(probs).log(), READER.collate(units)))


def test_a_pair_costs_its_cross_entropy() -> None:
    assert loss([pairs(NEUTRAL)], [(0.3, 0.6, 0.1)]) == pytest.approx(-log(0.6), abs=1e-6)


def test_a_question_that_holds_costs_the_noisy_or_and_half_of_its_first_wording() -> None:
    found = loss([question((3, ENTAILED))], [(0.2, 0.7, 0.1), (0.5, 0.4, 0.1), (0.1, 0.1, 0.8)])
    any_holds = 1 - (1 - 0.2) * (1 - 0.5) * (1 - 0.1)
    assert found == pytest.approx(-log(any_holds) - 0.5 * log(0.2), abs=1e-6)


@pytest.mark.parametrize(("truth", "of_first"), [(NEUTRAL, 0.7), (CONTRADICTED, 0.1)])
def test_a_question_that_does_not_hold_costs_every_wording_that_does(
    truth: int, of_first: float
) -> None:
    found = loss([question((2, truth))], [(0.2, 0.7, 0.1), (0.5, 0.4, 0.1)])
    none_holds = (1 - 0.2) * (1 - 0.5)
    assert found == pytest.approx(-log(none_holds) - 0.5 * log(of_first), abs=1e-6)


def test_questions_of_a_row_are_apart() -> None:
    units = [question((2, ENTAILED), (1, ENTAILED), (2, CONTRADICTED))]
    probs = [(0.2, 0.7, 0.1), (0.5, 0.4, 0.1), (0.6, 0.3, 0.1), (0.1, 0.3, 0.6), (0.3, 0.6, 0.1)]
    expected = -log(1 - 0.8 * 0.5) - 0.5 * log(0.2)
    expected += -log(0.6) - 0.5 * log(0.6)
    expected += -log(0.9 * 0.7) - 0.5 * log(0.6)
    assert loss(units, probs) == pytest.approx(expected / 3, abs=1e-6)


def test_rows_without_questions_cost_the_mean_of_their_pairs() -> None:
    units = [pairs(ENTAILED, CONTRADICTED), pairs(NEUTRAL)]
    probs = [(0.5, 0.3, 0.2), (0.2, 0.2, 0.6), (0.1, 0.8, 0.1), ANY]
    assert loss(units, probs) == pytest.approx(-(log(0.5) + log(0.6) + log(0.8)) / 3, abs=1e-6)


def test_a_mixed_batch_counts_each_pair_and_each_question_once() -> None:
    units = [pairs(ENTAILED), question((2, ENTAILED), (1, NEUTRAL)), pairs(NEUTRAL, NEUTRAL)]
    probs = [
        (0.5, 0.3, 0.2), ANY, ANY,
        (0.2, 0.7, 0.1), (0.5, 0.4, 0.1), (0.3, 0.6, 0.1),
        (0.1, 0.8, 0.1), (0.2, 0.4, 0.4), ANY,
    ]  # fmt: skip
    expected = -log(0.5) - log(0.8) - log(0.4)
    expected += -log(1 - 0.8 * 0.5) - 0.5 * log(0.2)
    expected += -log(0.7) - 0.5 * log(0.6)
    assert loss(units, probs) == pytest.approx(expected / 5, abs=1e-6)


def test_equal_questions_in_neighbouring_rows_are_two() -> None:
    one, other = [(0.2, 0.7, 0.1), (0.5, 0.4, 0.1)], [(0.6, 0.3, 0.1), (0.3, 0.3, 0.4)]
    units = [question((2, ENTAILED))]
    together = loss(units * 2, one + other)
    assert together == pytest.approx((loss(units, one) + loss(units, other)) / 2, abs=1e-6)


@pytest.mark.parametrize("sure", [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0)])
def test_a_model_that_is_quite_sure_still_learns(sure: Probs) -> None:
    logits = (torch.tensor([sure, sure]) * 60).requires_grad_()
    for truth in (ENTAILED, NEUTRAL, CONTRADICTED):
        batch = READER.collate([question((2, truth))])
        (slope,) = torch.autograd.grad(READER.loss(logits, batch), logits)
        assert bool(slope.isfinite().all())
        assert (float(slope.abs().sum()) < 1e-6) == (truth == sure.index(1.0))


def test_a_batch_says_what_is_known() -> None:
    batch = READER.collate([pairs(NEUTRAL), question((2, ENTAILED), (1, CONTRADICTED))])
    assert batch["labels"].tolist() == [NEUTRAL, -100, -100, -100, -100, -100]
    assert batch["groups"].tolist() == [-1, -1, -1, 0, 0, 1]
    assert batch["truths"].tolist() == [ENTAILED, CONTRADICTED]
    assert batch["input_ids"].tolist() == [
        [*PREMISE, 10, 3, 0, 0, 0, 0],
        [*PREMISE, 10, 3, 11, 3, 12, 3],
    ]
    assert batch["ends"].tolist() == [[4, 0, 0], [4, 6, 8]]


def test_the_logits_stand_beside_the_labels(encoder: Path) -> None:
    model = load_classifier(str(encoder), 0.0).eval()
    units = [pairs(NEUTRAL), question((2, ENTAILED))]
    with torch.inference_mode():
        both = READER.logits(model, READER.collate(units))
        alone = READER.logits(model, READER.collate(units[1:]))
    assert both.shape == (4, 3)
    torch.testing.assert_close(both[2:], alone, atol=1e-5, rtol=0)


def test_a_unit_says_how_much_it_holds() -> None:
    one = question((2, ENTAILED), (1, NEUTRAL))
    assert (one.tokens, one.pairs) == (9, 3)
    assert (Encoded((2, 9, 3), (0, 0, 1), 1, "a").tokens, pairs(NEUTRAL).pairs) == (3, 1)


def test_a_model_is_judged_by_its_pairs_alone() -> None:
    class Always(PackedReader):
        """Finds every pair neutral."""

        def logits(self, model: Any, batch: dict[str, torch.Tensor]) -> torch.Tensor:
            return torch.tensor([[0.0, 1.0, 0.0]]).expand(len(batch["labels"]), 3)

    units = [pairs(NEUTRAL, ENTAILED, NEUTRAL), pairs(NEUTRAL), question((2, NEUTRAL))]
    model = torch.nn.Linear(1, 1)
    assert accuracy_on(units, Always())(model) == 0.75
    assert accuracy_on(units, Always(), batch=1)(model) == 0.75


def test_padding_of_plain_pairs_is_masked() -> None:
    units = [Encoded((2, 9, 3), (0, 0, 1), 1, "a"), Encoded((2, 3), (0, 0), 2, "a")]
    batch = PairReader().collate(units)
    assert batch["input_ids"].tolist() == [[2, 9, 3], [2, 3, 0]]
    assert batch["token_type_ids"].tolist() == [[0, 0, 1], [0, 0, 0]]
    assert batch["attention_mask"].tolist() == [[1, 1, 1], [1, 1, 0]]
    assert batch["labels"].tolist() == [1, 2]
    probs = torch.tensor([[0.2, 0.5, 0.3], [0.1, 0.1, 0.8]])
    assert float(PairReader().loss(probs.log(), batch)) == pytest.approx(-(log(0.5 * 0.8)) / 2)


RUN = Run(
    epochs=2, batch=4, rate=1e-3, warmup=0.2, dropout=0.2, evaluate_every=3, checkpoint_every=4
)
STEPS = 10  # 2 epochs of ceil((12 + 12 / 2) / 4) batches


def units(count: int, seed: int = 3) -> list[Packed]:
    draw = random.Random(seed)

    def some(most: int) -> tuple[int, ...]:
        return tuple(draw.randrange(5, 40) for _ in range(draw.randrange(2, most)))

    made = []
    for at in range(count):
        sequence = Row((2, *some(8), 3), tuple((*some(6), 3) for _ in range(3)))
        if at % 2:
            made.append(Packed(sequence, (at % 3, 1, 2), "nli"))
        else:
            asked = (Asked(0, 2, at % 3), Asked(2, 3, (at + 1) % 3))
            made.append(Packed(sequence, (), "issue", asked))
    return made


def train(encoder: Path, folder: Path, **changes: Any) -> tuple[str, Any]:
    """The weights' hash after a run (or a part of one), and its progress."""
    folder.mkdir(exist_ok=True)
    torch.manual_seed(changes.pop("seed_of_head", 7))
    model = load_classifier(str(encoder), RUN.dropout)
    settings: dict[str, Any] = {
        "reader": READER,
        "shares": {"nli": 0.5},
        "seed": 13,
        "threads": 1,
        "folder": folder,
        "fingerprint": "this run",
        "report": lambda *_: None,
    }
    judge = accuracy_on(units(8, seed=4), READER)
    progress = fit(model, units(24), judge, RUN, **(settings | changes))
    return weight_hash(model), progress


@pytest.mark.parametrize("stops", [(1,), (3, 8)], ids=str)
def test_a_stopped_run_goes_on_to_the_same_weights(
    encoder: Path, tmp_path: Path, stops: tuple[int, ...]
) -> None:
    undisturbed, progress = train(encoder, tmp_path / "undisturbed")
    assert progress.step == STEPS
    for stop in stops:
        stopped, progress = train(encoder, tmp_path / "stopped", stop_after=stop)
        assert progress.step == stop and stopped != undisturbed
    digest, progress = train(encoder, tmp_path / "stopped", seed_of_head=99)
    assert digest == undisturbed
    assert [row["step"] for row in progress.history] == [3, 6, 9, STEPS]
