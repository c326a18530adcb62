"""One-way attention: a hypothesis is read as if it stood alone, in torch and as exported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from stance.errors import CallError, ModelError
from stance.nli.folder import read_folder
from stance.nli.onnx import OnnxNli
from stance.nli.packed import PackedBatch, Row, pack
from stance.types import NliProbs

pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("onnx")
pytest.importorskip("onnxscript")

import torch

from stance.training.export import export_onnx
from stance.training.one_way import (
    OneWayNli,
    must_be_bert,
    one_way_logits,
    one_way_nli,
    packer_of,
)

from .conftest import TINY, WORDS, MakeBert, OneWay

PREMISE = (2, 9, 11, 30, 14, 3)
LONG = Row((2, *range(10, 30), 3), ((8, 31, 3), (40, 41, 42, 43, 3), (12, 3), (50, 3)))
HYPOTHESES = ((8, 20, 3), (9, 21, 22, 23, 24, 3), (33, 3))
ROW = Row(PREMISE, HYPOTHESES)


@pytest.fixture(scope="module")
def bert(make_bert: MakeBert) -> Any:
    """Weights wide enough for results to differ."""
    return make_bert(initializer_range=0.2)


def read(bert: Any, batch: PackedBatch) -> NDArray[np.float32]:
    """Shape of the result: (rows, hypotheses, classes)."""
    with torch.inference_mode():
        tensors = {name: torch.from_numpy(values) for name, values in batch.feeds().items()}
        found: NDArray[np.float32] = one_way_logits(bert, **tensors).numpy()
    return found


def logits(bert: Any, *rows: Row) -> NDArray[np.float32]:
    """The logits of the hypotheses of the first of `rows`. Shape: (hypotheses, classes)."""
    return read(bert, pack(rows, 0))[0, : len(rows[0].hypotheses)]


def apart(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    return float(np.abs(first - second).max())


def test_the_hypotheses_differ(bert: Any) -> None:
    """Else the tests below would prove nothing."""
    found = logits(bert, ROW)
    assert min(apart(found[a], found[b]) for a, b in ((0, 1), (0, 2), (1, 2))) > 0.1


def test_a_hypothesis_is_read_alike_alone_and_beside_others(bert: Any) -> None:
    alone = [logits(bert, Row(PREMISE, (one,)))[0] for one in HYPOTHESES]
    assert apart(logits(bert, ROW), np.array(alone)) < 1e-5
    turned = logits(bert, Row(PREMISE, HYPOTHESES[::-1]))
    assert apart(logits(bert, ROW), turned[::-1]) < 1e-5


def test_longer_rows_of_the_batch_change_nothing(bert: Any) -> None:
    assert apart(logits(bert, ROW, LONG, LONG), logits(bert, ROW)) < 1e-5
    assert apart(logits(bert, LONG, ROW), logits(bert, LONG)) < 1e-5


def test_a_changed_hypothesis_changes_no_other(bert: Any) -> None:
    before = logits(bert, ROW)
    for at in range(3):
        changed = [*HYPOTHESES[:at], (44, 45, 46, 3), *HYPOTHESES[at + 1 :]]
        after = logits(bert, Row(PREMISE, tuple(changed)))
        others = [index for index in range(3) if index != at]
        assert apart(after[others], before[others]) < 1e-5
        assert apart(after[at], before[at]) > 1e-2


@pytest.mark.parametrize("at", range(len(PREMISE)))
def test_each_token_of_the_premise_changes_every_hypothesis(bert: Any, at: int) -> None:
    changed = Row((*PREMISE[:at], 47, *PREMISE[at + 1 :]), HYPOTHESES)
    assert np.abs(logits(bert, changed) - logits(bert, ROW)).max(axis=-1).min() > 1e-3


@pytest.mark.parametrize("token", [0, 1, 50])
def test_padding_changes_nothing(bert: Any, token: int) -> None:
    batch = pack([ROW], 0)
    wide = PackedBatch(
        np.pad(batch.ids, ((0, 0), (0, 9)), constant_values=token),
        np.pad(batch.segments, ((0, 0), (0, 9)), constant_values=-1),
        np.pad(batch.positions, ((0, 0), (0, 9)), constant_values=token),
        np.pad(batch.ends, ((0, 0), (0, 2))),
    )
    assert apart(read(bert, wide)[:, :3], read(bert, batch)) < 1e-5


def test_it_is_what_bert_computes_with_a_mask(bert: Any) -> None:
    """The same by the library's own layers, all tokens of the last one included."""
    batch = pack([ROW, LONG], 0)
    tensors = {name: torch.from_numpy(values) for name, values in batch.feeds().items()}
    segments = tensors["segments"]
    seen = (segments[:, None, :] == 0) | (segments[:, :, None] == segments[:, None, :])
    with torch.inference_mode():
        hidden = bert.bert(
            input_ids=tensors["input_ids"],
            token_type_ids=(segments > 0).long(),
            position_ids=tensors["position_ids"],
            attention_mask=seen[:, None],
        ).last_hidden_state
        ends = tensors["ends"][:, :, None].expand(-1, -1, hidden.shape[-1])
        pooled = torch.tanh(bert.bert.pooler.dense(hidden.gather(1, ends)))
        expected = bert.classifier(pooled).numpy()
    found = read(bert, batch)
    assert apart(found[0, :3], expected[0, :3]) < 1e-5
    assert apart(found[1], expected[1]) < 1e-5


def test_another_architecture_is_refused(make_bert: MakeBert) -> None:
    import transformers

    settings = transformers.RobertaConfig(**{**TINY, "num_labels": 3})
    roberta = transformers.RobertaForSequenceClassification(settings)
    with pytest.raises(ModelError, match="not for RobertaForSequenceClassification") as caught:
        must_be_bert(roberta)
    assert "\n" not in str(caught.value)
    with pytest.raises(ModelError, match="two token types"):
        must_be_bert(make_bert(type_vocab_size=1))
    must_be_bert(make_bert())


PAIRS = [
    ("peru backs the new harbour", "peru wants a harbour"),
    ("peru backs the new harbour", "peru rejects the plan of kenya, and asks kenya to talks"),
    ("chile says the envoy opens the talks at the old tower in the south", "chile wants war"),
    ("peru backs the new harbour", "japan closes the road"),
    ("salt", "fish"),
    ("chile says the envoy opens the talks at the old tower in the south", "chile wants talks"),
]


def numbers(found: list[NliProbs]) -> NDArray[np.float64]:
    """Shape of the result: (pairs, 3)."""
    return np.array([(one.entailment, one.neutral, one.contradiction) for one in found])


@pytest.fixture(scope="module")
def in_torch(one_way: OneWay) -> OneWayNli:
    return OneWayNli(one_way.model, packer_of(read_folder(one_way.folder)), "tiny")


@pytest.mark.parametrize("batch", [1, 2, 5, 16])
def test_the_exported_model_says_the_same(one_way: OneWay, in_torch: OneWayNli, batch: int) -> None:
    expected = numbers(in_torch(PAIRS))
    assert np.ptp(expected, axis=0).min() > 0.05
    exported = OnnxNli(read_folder(one_way.folder), threads=1, batch=batch)
    found = numbers(exported(PAIRS))
    assert np.abs(found - expected).max() < 2e-2
    alone = np.concatenate([numbers(exported([pair])) for pair in PAIRS])
    assert np.abs(found - alone).max() < 1e-5


def test_the_half_weights_say_the_same(one_way: OneWay, in_torch: OneWayNli) -> None:
    half = one_way_nli(read_folder(one_way.folder))
    assert half.name == "tiny"
    assert np.abs(numbers(half(PAIRS)) - numbers(in_torch(PAIRS))).max() < 2e-3


def test_a_long_premise_is_read_to_its_end(one_way: OneWay, in_torch: OneWayNli) -> None:
    long = " ".join(WORDS * 2)
    for model in (in_torch, OnnxNli(read_folder(one_way.folder), threads=1)):
        whole, short = model([(long, "a plan"), ("peru backs it", "a plan")])
        assert whole.truncated and not short.truncated
        (more,) = model([(long + " war" * 30, "a plan")])
        assert more.entailment >= whole.entailment - 1e-5
        with pytest.raises(CallError, match="shorten it"):
            model([("peru backs it", long)])


def test_the_same_weights_give_the_same_bytes(one_way: OneWay, tmp_path: Path) -> None:
    again = export_onnx(one_way.model, tmp_path, "one-way")
    assert again.read_bytes() == (one_way.folder / again.name).read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == [again.name]
