"""What a model folder must hold, and what is said when it does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stance.errors import ModelError
from stance.nli.folder import MANIFEST, Manifest, read_folder, write_manifest

from .conftest import Made


def test_reads_what_was_written(made: Made) -> None:
    folder = read_folder(made.folder)
    assert (folder.name, folder.base, folder.max_tokens) == ("tiny", "made up", 40)
    assert folder.labels == ("entailment", "neutral", "contradiction")
    assert {"model-int8.onnx", "tokenizer.json", "config.json"} <= folder.files.keys()
    assert len(folder.sha256) == 64


def test_thresholds_pass_through(copied: Path) -> None:
    thresholds = {"western_sahara": {"supports": {"supports_sovereignty": 0.7}}}
    write_manifest(
        copied, Manifest(name="tiny", base="made up", max_tokens=40, thresholds=thresholds)
    )
    assert read_folder(copied).thresholds == thresholds


@pytest.mark.parametrize("name", ["model-int8.onnx", "tokenizer.json", "config.json"])
def test_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(ModelError, match=f"{name}: is missing; fetch"):
        read_folder(copied)


def test_weights_may_be_absent(copied: Path) -> None:
    (copied / "model.safetensors").unlink()
    assert read_folder(copied).name == "tiny"


@pytest.mark.parametrize("name", ["model-int8.onnx", "tokenizer.json", "model.safetensors"])
def test_altered_file_is_refused(copied: Path, name: str) -> None:
    with (copied / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match=rf"{name}: its SHA-256 begins \w{{12}}, .* says \w{{12}}"):
        read_folder(copied)


def test_card_may_be_corrected(copied: Path) -> None:
    (copied / "README.md").write_text("one", encoding="utf-8")
    write_manifest(copied, Manifest(name="tiny", base="made up", max_tokens=40))
    (copied / "README.md").write_text("another", encoding="utf-8")
    assert read_folder(copied).name == "tiny"


def test_hash_follows_what_decides_a_result(copied: Path, made: Made) -> None:
    write_manifest(copied, Manifest(name="other", base="other", max_tokens=40))
    assert read_folder(copied).sha256 == read_folder(made.folder).sha256
    write_manifest(copied, Manifest(name="tiny", base="made up", max_tokens=41))
    assert read_folder(copied).sha256 != read_folder(made.folder).sha256


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "unknown field `colour`"),
        ({"max_tokens": 4}, "max_tokens is 4; the model allows 16 to 64"),
        ({"max_tokens": 65}, "max_tokens is 65; the model allows 16 to 64"),
        ({"files": {}}, "do not name model-int8.onnx"),
    ],
)
def test_malformed_manifest(copied: Path, change: dict[str, object], message: str) -> None:
    manifest = json.loads((copied / MANIFEST).read_text(encoding="utf-8")) | change
    (copied / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        read_folder(copied)


def test_file_outside_the_folder_is_refused(copied: Path) -> None:
    manifest = json.loads((copied / MANIFEST).read_text(encoding="utf-8"))
    manifest["files"]["../elsewhere"] = "0" * 64
    (copied / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelError, match="no plain file name"):
        read_folder(copied)


def test_foreign_folder_is_told_apart(copied: Path) -> None:
    (copied / MANIFEST).unlink()
    with pytest.raises(ModelError, match="a Hugging Face folder"):
        read_folder(copied)


def test_unknown_folder_names_both_layouts(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        read_folder(tmp_path)
    message = str(caught.value)
    assert "lacks stance-model.json, model-int8.onnx, tokenizer.json;" in message
    assert "for Hugging Face it lacks model.safetensors, tokenizer.json" in message
    assert "\n" not in message


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is no such folder"):
        read_folder(tmp_path / "nowhere")
