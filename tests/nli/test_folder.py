"""What a model folder must hold, and what is said when it does not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from stance.errors import ModelError
from stance.nli.calibration import Calibration, Curve
from stance.nli.folder import MANIFEST, Manifest, read_folder, store_calibration, write_manifest

from .conftest import Made


def test_reads_what_was_written(made: Made) -> None:
    folder = read_folder(made.folder)
    assert (folder.name, folder.base, folder.max_tokens) == ("tiny", "made up", 40)
    assert folder.labels == ("entailment", "neutral", "contradiction")
    assert {"model-int8.onnx", "tokenizer.json", "config.json"} <= folder.files.keys()
    assert len(folder.sha256) == 64


HARBOUR: Calibration = {"harbour": {"supports": {"pro": Curve(1.5, -0.25, 0.6, ((0.3, 0.8),))}}}
COMMON: Calibration = {"*": {"opposes": {"*": Curve(2.0)}}}


def test_curves_pass_through(copied: Path) -> None:
    assert read_folder(copied).calibration == {}
    write_manifest(
        copied, Manifest(name="tiny", base="made up", max_tokens=40, calibration=HARBOUR | COMMON)
    )
    assert read_folder(copied).calibration == HARBOUR | COMMON


def test_stored_curves_leave_those_of_other_issues_and_all_else_alone(copied: Path) -> None:
    before = read_folder(copied)
    store_calibration(copied, HARBOUR | COMMON)
    fresh: Calibration = {"harbour": {"opposes": {"un": Curve(3.0)}}}
    store_calibration(copied, fresh)
    assert read_folder(copied) == replace(before, calibration=fresh | COMMON)


def test_stored_curves_leave_the_hashes_of_the_manifest_alone(copied: Path) -> None:
    """A file that was altered stays refused, and none is added to those that are vouched for."""
    before = read_folder(copied).files
    (copied / "notes.txt").write_text("mine", encoding="utf-8")
    (copied / "model.safetensors").unlink()
    store_calibration(copied, COMMON)
    assert read_folder(copied).files == before
    with (copied / "tokenizer.json").open("ab") as file:
        file.write(b" ")
    store_calibration(copied, HARBOUR)
    with pytest.raises(ModelError, match=r"tokenizer\.json: its SHA-256 begins"):
        read_folder(copied)


def test_curves_are_stored_in_folders_of_ours_alone(copied: Path) -> None:
    (copied / MANIFEST).unlink()
    with pytest.raises(ModelError, match="a Hugging Face folder"):
        store_calibration(copied, COMMON)
    assert not (copied / MANIFEST).exists()


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
    write_manifest(
        copied, Manifest(name="tiny", base="made up", max_tokens=40, attention="one-way")
    )
    assert read_folder(copied).attention == "one-way"
    assert read_folder(copied).sha256 != read_folder(made.folder).sha256


def test_hash_follows_the_curves(copied: Path) -> None:
    other: Calibration = {"harbour": {"supports": {"pro": Curve(1.5, -0.25, 0.61, ((0.3, 0.8),))}}}
    hashes: list[str] = []
    for curves in ({}, HARBOUR, other, COMMON, HARBOUR | COMMON, COMMON | HARBOUR):
        write_manifest(
            copied, Manifest(name="tiny", base="made up", max_tokens=40, calibration=curves)
        )
        hashes.append(read_folder(copied).sha256)
    assert len(set(hashes[:5])) == 5
    assert hashes[4] == hashes[5]
    store_calibration(copied, other)
    assert read_folder(copied).sha256 not in hashes


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "unknown field `colour`"),
        ({"max_tokens": 4}, "max_tokens is 4; the model allows 16 to 64"),
        ({"max_tokens": 65}, "max_tokens is 65; the model allows 16 to 64"),
        ({"files": {}}, "do not name model-int8.onnx"),
        ({"thresholds": {}}, "unknown field `thresholds`"),
        ({"attention": "sideways"}, "'sideways' - at `\\$.attention`"),
        ({"calibration": {"a": {"supports": {"pro": {"slop": 1}}}}}, "unknown field `slop`"),
        ({"calibration": {"a": {"supports": {"pro": 0.7}}}}, "Expected `object`, got `float`"),
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
