"""Any Hugging Face NLI folder: labels by name in every order, or refused."""

from __future__ import annotations

import hashlib
import json
import shutil
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stance.errors import MissingExtraError, ModelError
from stance.nli.folder import MANIFEST
from stance.nli.labels import CLASSES
from stance.nli.onnx import OnnxNli
from stance.nli.torch_model import TorchNli
from stance.types import NliProbs

from .conftest import PAIRS, WORDS, Made, make_model


def numbers(results: list[NliProbs]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Shape of the result: (pairs, 3)."""
    return np.array([(one.entailment, one.neutral, one.contradiction) for one in results])


@pytest.fixture(scope="module")
def torch_nli(made: Made) -> TorchNli:
    return TorchNli(str(made.folder), threads=1)


def save(model: Any, made: Made, folder: Path) -> str:
    from stance.training.export import save_half

    folder.mkdir()
    save_half(model, folder, made.base)
    return str(folder)


def test_agrees_with_onnx(torch_nli: TorchNli, onnx_nli: OnnxNli) -> None:
    pairs = [*PAIRS, (" ".join(WORDS[:30]), "a plan")]
    assert np.abs(numbers(torch_nli(pairs)) - numbers(onnx_nli(pairs))).max() < 0.05


def test_batch_mates_change_nothing(torch_nli: TorchNli) -> None:
    alone = np.concatenate([numbers(torch_nli([pair])) for pair in PAIRS])
    assert np.abs(numbers(torch_nli(PAIRS)) - alone).max() < 1e-5


def test_long_premises_are_read_in_windows(torch_nli: TorchNli) -> None:
    long = " ".join(WORDS * 2)
    assert [one.truncated for one in torch_nli([(long, "a plan"), PAIRS[0]])] == [True, False]


def test_hash_is_that_of_the_weights(made: Made, torch_nli: TorchNli) -> None:
    weights = (made.folder / "model.safetensors").read_bytes()
    assert torch_nli.sha256 == hashlib.sha256(weights).hexdigest()
    assert torch_nli.name == "tiny"


@pytest.mark.parametrize("order", permutations(range(3)))
def test_six_label_orders_give_one_result(
    made: Made, torch_nli: TorchNli, tmp_path: Path, order: tuple[int, ...]
) -> None:
    model = make_model()
    for part in (model.classifier.weight, model.classifier.bias):
        part.data = part.data[list(order)]
    model.config.id2label = {at: CLASSES[index].upper() for at, index in enumerate(order)}
    turned = TorchNli(save(model, made, tmp_path / "turned"), threads=1)
    assert np.abs(numbers(turned(PAIRS)) - numbers(torch_nli(PAIRS))).max() < 1e-6


def test_two_classes(made: Made, tmp_path: Path) -> None:
    model = make_model(labels=("not_entailment", "entailment"))
    found = TorchNli(save(model, made, tmp_path / "two"), threads=1)(PAIRS)
    assert all(one.neutral == 0.0 for one in found)
    assert np.ptp([one.entailment for one in found]) > 0.05


def test_labels_of_another_task_are_refused(made: Made, tmp_path: Path) -> None:
    model = make_model(labels=("LABEL_0", "LABEL_1", "LABEL_2"))
    with pytest.raises(ModelError, match="'LABEL_0', 'LABEL_1', 'LABEL_2'; an NLI model names"):
        TorchNli(save(model, made, tmp_path / "other"), threads=1)


def test_roberta_counts_positions_after_padding(made: Made, tmp_path: Path) -> None:
    model = make_model("roberta", pad_token_id=1, type_vocab_size=1, max_position_embeddings=34)
    found = TorchNli(save(model, made, tmp_path / "roberta"), threads=1)
    (one,) = found([(" ".join(WORDS[:29]), "a plan")])
    assert one.truncated
    assert not found([(" ".join(WORDS[:26]), "a plan")])[0].truncated


def test_folder_without_weights_is_refused(made: Made, tmp_path: Path) -> None:
    shutil.copytree(made.folder, tmp_path / "bare")
    (tmp_path / "bare" / "model.safetensors").unlink()
    with pytest.raises(ModelError, match=r"for Hugging Face it lacks model\.safetensors"):
        TorchNli(str(tmp_path / "bare"))


def test_bare_encoder_is_refused(made: Made, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    shutil.copytree(made.folder, tmp_path / "bare")
    weights = load_file(tmp_path / "bare" / "model.safetensors")
    kept = {name: value for name, value in weights.items() if not name.startswith("classifier")}
    save_file(kept, tmp_path / "bare" / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match=r"its weights lack classifier\.bias, classifier\.weight"):
        TorchNli(str(tmp_path / "bare"))


def test_code_of_the_model_is_not_run(made: Made, tmp_path: Path) -> None:
    shutil.copytree(made.folder, tmp_path / "code")
    (tmp_path / "code" / MANIFEST).unlink()
    path = tmp_path / "code" / "config.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    settings |= {"model_type": "strange", "auto_map": {"AutoConfig": "strange.Config"}}
    path.write_text(json.dumps(settings), encoding="utf-8")
    (tmp_path / "code" / "strange.py").write_text("raise SystemExit('ran')", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be loaded"):
        TorchNli(str(tmp_path / "code"))


def test_unknown_hub_name_is_one_line() -> None:
    with pytest.raises(ModelError, match="nobody/nothing: cannot be loaded") as caught:
        TorchNli("nobody/nothing")
    assert "\n" not in str(caught.value)


def test_missing_extra_is_named(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    real = importlib.import_module

    def without(name: str, package: str | None = None) -> Any:
        if name == "torch":
            raise ModuleNotFoundError("No module named 'torch'", name="torch")
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", without)
    with pytest.raises(MissingExtraError, match=r"stance-nli\[train\]"):
        TorchNli(str(made.folder))
