"""The model that ships runs without torch, and a pair's result depends on the pair alone."""

from __future__ import annotations

import subprocess
import sys
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from stance.errors import CallError, ModelError
from stance.nli.folder import MANIFEST, Manifest, read_folder, write_manifest
from stance.nli.onnx import OnnxNli
from stance.nli.windows import Batch, pad
from stance.types import NliProbs

from .conftest import PAIRS, WORDS, Made


def numbers(results: list[NliProbs]) -> NDArray[np.float64]:
    """Shape of the result: (pairs, 3)."""
    return np.array([(one.entailment, one.neutral, one.contradiction) for one in results])


def test_the_pairs_differ(onnx_nli: OnnxNli) -> None:
    """Else the tests below would prove nothing."""
    found = numbers(onnx_nli(PAIRS))
    assert np.ptp(found, axis=0).min() > 0.05


def test_batch_mates_change_nothing(onnx_nli: OnnxNli) -> None:
    together = numbers(onnx_nli(PAIRS))
    alone = np.concatenate([numbers(onnx_nli([pair])) for pair in PAIRS])
    assert np.abs(together - alone).max() < 1e-5


@pytest.mark.parametrize("batch", [1, 2, 5])
def test_batch_size_changes_nothing(made: Made, onnx_nli: OnnxNli, batch: int) -> None:
    other = OnnxNli(read_folder(made.folder), threads=2, batch=batch)
    assert np.abs(numbers(other(PAIRS)) - numbers(onnx_nli(PAIRS))).max() < 1e-5


def test_padding_changes_nothing(onnx_nli: OnnxNli, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = numbers(onnx_nli(PAIRS))

    def wider(*arguments: object) -> Batch:
        batch = pad(*arguments)  # type: ignore[arg-type]
        more = ((0, 0), (0, 9))
        return Batch(*(np.pad(part, more) for part in (batch.ids, batch.mask, batch.types)))

    monkeypatch.setattr("stance.nli.windows.pad", wider)
    assert np.abs(numbers(onnx_nli(PAIRS)) - plain).max() < 1e-5


def test_order_follows_the_pairs(onnx_nli: OnnxNli) -> None:
    plain = numbers(onnx_nli(PAIRS))
    for order in ([3, 1, 5, 0, 4, 2], [5, 4, 3, 2, 1, 0]):
        shuffled = numbers(onnx_nli([PAIRS[index] for index in order]))
        assert np.abs(shuffled - plain[order]).max() < 1e-5


def test_equal_pairs_are_scored_once(made: Made) -> None:
    seen: list[tuple[int, int]] = []
    model = OnnxNli(
        read_folder(made.folder), threads=1, progress=lambda *numbers: seen.append(numbers)
    )
    first, other, second = model([PAIRS[0], PAIRS[1], PAIRS[0]])
    assert first == second != other
    assert seen == [(2, 2)]


def test_no_pairs(onnx_nli: OnnxNli) -> None:
    assert onnx_nli([]) == []


def test_a_long_premise_is_read_to_its_end(onnx_nli: OnnxNli) -> None:
    long = " ".join(WORDS)
    whole, short = onnx_nli([(long, "a plan"), ("the king", "a plan")])
    assert whole.truncated
    assert not short.truncated
    assert onnx_nli([(long + " war" * 30, "a plan")])[0].entailment >= whole.entailment - 1e-5
    with pytest.raises(CallError, match="shorten the hypothesis"):
        onnx_nli([("the king", long)])


@pytest.mark.parametrize("labels", permutations(("entailment", "neutral", "contradiction")))
def test_label_order_is_taken_by_name(
    copied: Path, onnx_nli: OnnxNli, labels: tuple[str, ...]
) -> None:
    write_manifest(copied, Manifest(name="tiny", base="made up", labels=labels, max_tokens=40))
    (plain,) = onnx_nli(PAIRS[:1])
    (found,) = OnnxNli(read_folder(copied), threads=1)(PAIRS[:1])
    logits = (plain.entailment, plain.neutral, plain.contradiction)
    for name, value in zip(labels, logits, strict=True):
        assert getattr(found, name) == pytest.approx(value, abs=1e-6)


def test_wrong_number_of_labels(copied: Path) -> None:
    labels = ("entailment", "not_entailment")
    write_manifest(copied, Manifest(name="tiny", base="made up", labels=labels, max_tokens=40))
    with pytest.raises(ModelError, match=r"logits of shape \(1, 3\), its labels need \(1, 2\)"):
        OnnxNli(read_folder(copied), threads=1)(PAIRS[:1])


def test_a_broken_file_is_named(copied: Path) -> None:
    (copied / "model-int8.onnx").write_bytes(b"no model")
    write_manifest(copied, Manifest(name="tiny", base="made up", max_tokens=40))
    with pytest.raises(ModelError, match="tiny: cannot be loaded: "):
        OnnxNli(read_folder(copied), threads=1)


def test_torch_is_not_imported(made: Made) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from stance.nli.folder import read_folder\n"
        "from stance.nli.onnx import OnnxNli\n"
        "assert 'onnxruntime' not in sys.modules\n"
        "model = OnnxNli(read_folder(Path(sys.argv[1])), threads=1)\n"
        "assert len(model([('war', 'peace')])) == 1\n"
        "heavy = {'torch', 'transformers', 'onnx', 'safetensors'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    assert (made.folder / MANIFEST).is_file()
    subprocess.run([sys.executable, "-c", script, str(made.folder)], check=True, timeout=120)
