"""The exported file: small, close to the float model, the same bytes every time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest

from stance.errors import ModelError
from stance.nli.folder import Manifest, read_folder, write_manifest
from stance.nli.labels import CLASSES
from stance.nli.onnx import OnnxNli
from stance.training import export
from stance.training.export import export_onnx, save_half
from stance.training.graph import to_int8

from .conftest import PAIRS, Made, make_model


def float_probabilities(model: Any, base: Path) -> np.ndarray[Any, np.dtype[np.float64]]:
    """What the float model says of each pair alone. Shape: (pairs, 3)."""
    import torch
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    rows = []
    for premise, hypothesis in PAIRS:
        encoding = tokenizer.encode(premise, hypothesis)
        feeds = {"input_ids": torch.tensor([encoding.ids])}
        if getattr(model.config, "type_vocab_size", 0) > 1:
            feeds["token_type_ids"] = torch.tensor([encoding.type_ids])
        with torch.inference_mode():
            rows.append(model(**feeds).logits.softmax(-1)[0].double().numpy())
    return np.array(rows)


def onnx_probabilities(folder: Path) -> np.ndarray[Any, np.dtype[np.float64]]:
    found = OnnxNli(read_folder(folder), threads=1)(PAIRS)
    return np.array([(one.entailment, one.neutral, one.contradiction) for one in found])


def test_int8_agrees_with_float(made: Made) -> None:
    expected, found = float_probabilities(made.model, made.base), onnx_probabilities(made.folder)
    assert np.abs(found - expected).max() < 0.05
    assert np.abs(found - expected).mean() < 0.02
    assert (found.argmax(1) == expected.argmax(1)).all()


def test_matrices_and_words_are_stored_as_int8(made: Made) -> None:
    proto = onnx.load(made.folder / "model-int8.onnx")
    kinds = {onnx.TensorProto.DataType.Name(value.data_type) for value in proto.graph.initializer}
    wide = [
        value.name
        for value in proto.graph.initializer
        if value.data_type == onnx.TensorProto.FLOAT and np.prod(value.dims) > 1024
    ]
    assert "INT8" in kinds
    assert wide == []


def test_last_layer_reads_the_first_token_alone(made: Made) -> None:
    proto = onnx.load(made.folder / "model-int8.onnx")
    assert any(name.endswith("_first") for node in proto.graph.node for name in node.output)


def test_same_weights_same_bytes(made: Made, tmp_path: Path) -> None:
    again = export_onnx(make_model(), tmp_path)
    assert again.read_bytes() == (made.folder / "model-int8.onnx").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["model-int8.onnx"]


def test_nothing_of_the_machine_stands_in_the_file(made: Made) -> None:
    content = (made.folder / "model-int8.onnx").read_bytes()
    assert b"site-packages" not in content
    assert b"/stance/" not in content


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("roberta", {"pad_token_id": 1, "type_vocab_size": 1}),
        ("mpnet", {"pad_token_id": 1}),
        ("deberta-v2", {"relative_attention": True, "pos_att_type": ["p2c", "c2p"]}),
    ],
)
def test_other_architectures(made: Made, tmp_path: Path, kind: str, more: dict[str, Any]) -> None:
    model = make_model(kind, **more)
    save_half(model, tmp_path, made.base)
    export_onnx(model, tmp_path)
    write_manifest(tmp_path, Manifest(name=kind, base="made up", max_tokens=40))
    expected = float_probabilities(model, made.base)
    assert np.abs(onnx_probabilities(tmp_path) - expected).max() < 0.05


def test_an_optimiser_that_gives_up_does_no_harm(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onnxruntime.transformers import optimizer

    def give_up(*_: object, **__: object) -> None:
        raise RuntimeError("unknown architecture")

    monkeypatch.setattr(optimizer, "optimize_model", give_up)
    save_half(made.model, tmp_path, made.base)
    export_onnx(made.model, tmp_path)
    write_manifest(tmp_path, Manifest(name="tiny", base="made up", max_tokens=40))
    assert np.abs(onnx_probabilities(tmp_path) - onnx_probabilities(made.folder)).max() < 1e-5


def test_a_graph_that_computes_otherwise_is_not_written(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_export", lambda *_: onnx.ModelProto())
    with pytest.raises(ModelError, match="computes otherwise than the model"):
        export_onnx(made.model, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_half_precision_loads_as_hugging_face(made: Made) -> None:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    model = AutoModelForSequenceClassification.from_pretrained(made.folder)
    assert model.config.id2label == dict(enumerate(CLASSES))
    state, original = model.state_dict(), made.model.state_dict()
    assert state.keys() == original.keys()
    assert all(torch.equal(state[name].half(), original[name].half()) for name in state)
    ids = AutoTokenizer.from_pretrained(made.folder)("the king", "a plan")["input_ids"]
    assert ids[0] == 2


def test_base_without_tokenizer_is_refused(made: Made, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"has no tokenizer\.json"):
        save_half(made.model, tmp_path, tmp_path)


def test_int8_halves_a_step_at_most() -> None:
    values = np.random.default_rng(1).normal(size=(4, 32, 5)).astype(np.float32)
    values[1] = 0
    small, scales = to_int8(values, axis=1)
    assert (small.dtype, scales.shape) == (np.int8, (4, 1, 5))
    assert (np.abs(small * scales - values) <= scales / 2 * 1.001).all()
