"""`stance train`: what it refuses, and what it says; nothing is trained here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from stance.cli import app
from stance.cli_progress import rounds
from stance.nli.folder import ModelFolder
from stance.training.adapt import Adapted, At
from stance.training.held_out import Cases, Row
from stance.types import Document

TEXT = "Kenya supports the autonomy plan for Western Sahara.\n"
BASE = ModelFolder(
    Path("models/base"), "base", "made up", "2026-01-01", (), 80, "one-way", 0.0, 0, {}, {}
)


@pytest.fixture(autouse=True)
def calls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[Any, ...]]:
    """What was asked of the parts that would train; the working folder is empty."""
    made: list[tuple[Any, ...]] = []

    def adapt(texts: Any, issue: str, base: ModelFolder, report: Any) -> Adapted:
        made.append(("adapt", [document.text for document, _ in texts], issue, base))
        for at in (At(0, 5, 0, 4), At(1, 5, 0, 4), At(1, 5, 1, 4), At(5, 5, 4, 4), At(6, 5, 3, 3)):
            report(at)
        rows = (Row("before", 0.25, 0.0), Row("after", 0.75, 0.5))
        cases = (Cases("opposes", "autonomy", 1, (0.0, 0.5)),)
        better = 0.95 if (tmp_path / "better").exists() else 0.6
        return Adapted(len(texts), 1, rows, cases, better, 3, {}, None, 1.0)

    def keep(_: Adapted, base: ModelFolder, issue: str, out: Path, name: str) -> Path:
        made.append(("keep", base, issue, out, name))
        return out / name

    def ship(config: Path, out: Path, runs: Path) -> Path:
        made.append(("ship", config, out, runs))
        return out / "tiny"

    monkeypatch.setattr("stance.training.adapt.adapt", adapt)
    monkeypatch.setattr("stance.training.keep.keep", keep)
    monkeypatch.setattr("stance.training.ship.train_and_ship", ship)
    monkeypatch.chdir(tmp_path)
    return made


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The models that were asked for."""
    asked: list[str | None] = []

    def own_folder(name: str | None) -> ModelFolder:
        asked.append(name)
        return BASE

    monkeypatch.setattr("stance.nli.choose.own_folder", own_folder)
    return asked


def run(*words: str) -> Result:
    result = CliRunner().invoke(app, ["train", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def write_labels(folder: str = "seeds", texts: str = "seeds", **changes: Any) -> str:
    """A label file with one text, and the text."""
    digest = Document.from_text(TEXT).sha256
    row = {
        "document": "a.txt",
        "sha256": digest,
        "text_sha256": digest,
        "length": len(TEXT),
        "actors": {"KEN": {"labels": ["supports_sovereignty"]}},
    }
    for name in (folder, texts):
        Path(name).mkdir(exist_ok=True)
    Path(texts, "a.txt").write_text(TEXT, encoding="utf-8")
    path = Path(folder, "labels.jsonl")
    path.write_text(json.dumps(row | changes) + "\n", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ([], "name labels to learn from, or a training file with --config"),
        (["seeds/labels.jsonl", "--config", "tiny.toml"], "name labels to learn from, or"),
        (["seeds/labels.jsonl", "--name", "../mine"], "the name is '../mine'"),
        (["seeds/labels.jsonl", "--name", ""], "the name is ''"),
        (["seeds/labels.jsonl", "--issue", "atlantis"], "there is no issue 'atlantis'"),
        (["seeds/labels.jsonl", "--texts", "elsewhere"], "a.txt: is labelled but not found in"),
        (
            ["nowhere.jsonl"],
            "nowhere.jsonl: cannot be read (No such file or directory); check the path, or finish "
            "a document in `stance review`: its labels are written then",
        ),
        (["seeds"], "seeds: cannot be read (Is a directory)"),
    ],
)
def test_a_wrong_call_trains_nothing_and_says_why_in_one_line(
    calls: list[Any], base: list[str | None], words: list[str], complaint: str
) -> None:
    write_labels()
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("stance: ") and complaint in line
    assert calls == []


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"actors": {"KEN": {"labels": ["supports_it"]}}}, "'supports_it' is no label"),
        ({"actors": {"XYZ": {"labels": ["neutral"]}}}, "there is no actor 'XYZ'"),
        ({"sha256": "0" * 64}, "is not the text that was labelled"),
    ],
)
def test_labels_that_do_not_fit_are_refused(
    calls: list[Any], base: list[str | None], changes: dict[str, Any], complaint: str
) -> None:
    result = run(write_labels(**changes))
    assert (result.exit_code, result.stdout) == (2, "")
    assert complaint in result.stderr
    assert calls == []


def test_a_model_that_is_not_there_is_refused(calls: list[Any]) -> None:
    result = run(write_labels(), "--model", "nowhere")
    assert result.exit_code == 2
    assert result.stderr.startswith("stance: there is no model 'nowhere'; there are ")
    assert calls == []


def test_a_training_file_is_run(calls: list[Any]) -> None:
    result = run("--config", "tiny.toml", "--out", "here", "--runs", "there")
    assert (result.exit_code, result.stdout) == (0, f"wrote {Path('here', 'tiny')}\n")
    assert calls == [("ship", Path("tiny.toml"), Path("here"), Path("there"))]


def test_what_is_not_better_is_not_written(calls: list[Any], base: list[str | None]) -> None:
    result = run(write_labels(), "--model", "mine")
    assert result.exit_code == 0
    assert calls == [("adapt", [TEXT], "western_sahara", BASE)]
    assert base == ["mine"]
    assert ["after", "0.750", "0.500"] in [line.split() for line in result.stdout.splitlines()]
    assert "no model was written" in result.stdout
    assert "opposes autonomy (1)" in result.stdout
    assert result.stderr.splitlines() == [
        "1 texts are labelled; they are read with the model before, then come 5 rounds of 4 epochs",
        "read with the model before; after the first epoch the time left is told",
        "round 1 of 5, epoch 1 of 4; less than a minute left",
        "round 5 of 5, epoch 4 of 4; less than a minute left",
        "all texts, epoch 3 of 3; less than a minute left",
    ]
    assert run(write_labels(), "--quiet").stderr == ""


def test_the_time_left_is_told_by_what_has_passed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter([0.0, 500.0, 560.0, 1700.0])
    monkeypatch.setattr("stance.cli_progress.time.monotonic", lambda: next(clock))
    with rounds(False, 22) as report:
        report(At(0, 5, 0, 4))
        report(At(1, 5, 0, 4))
        report(At(1, 5, 1, 4))
        report(At(5, 5, 4, 4))
    first, _, second, last = capsys.readouterr().err.splitlines()
    assert first.startswith("22 texts are labelled; ")
    assert second == "round 1 of 5, epoch 1 of 4; about 19 min left"
    assert last == "round 5 of 5, epoch 4 of 4; less than a minute left"


def test_a_better_model_is_written(calls: list[Any], base: list[str | None]) -> None:
    Path("better").touch()
    result = run(write_labels(), "--name", "mine", "--out", "here")
    assert result.exit_code == 0
    assert calls[1] == ("keep", BASE, "western_sahara", Path("here"), "mine")
    where = Path("here", "mine")
    assert result.stdout.splitlines()[-1] == f"wrote {where}; use it with  --model {where}"
    assert base == [None]


def test_a_model_among_the_others_is_called_by_its_name(
    calls: list[Any], base: list[str | None]
) -> None:
    Path("better").touch()
    for words in ((), ("--out", "models")):
        result = run(write_labels(), "--name", "mine", *words)
        assert result.exit_code == 0
        where = Path("models", "mine")
        assert result.stdout.splitlines()[-1] == f"wrote {where}; use it with  --model mine"


def test_the_texts_may_stand_elsewhere(calls: list[Any], base: list[str | None]) -> None:
    result = run(write_labels(texts="speeches"), "--texts", "speeches")
    assert result.exit_code == 0
    assert calls[0][1] == [TEXT]
