"""`stance evaluate`: figures for our own labels, and one line for each mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from stance.build import actor_table
from stance.cli import app
from stance.measure.gold import read_gold

ROOT = Path(__file__).resolve().parents[2]
LABELS = ["supports_sovereignty", "supports_un_process"]
GOLD = sorted((ROOT / "seeds" / "labels").glob("*.jsonl"))


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["evaluate", *words])


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Predictions that repeat the gold of the retold articles."""
    path = tmp_path / "right.jsonl"
    lines = []
    for text in read_gold(ROOT / "seeds/labels/retold.jsonl", LABELS, actor_table().actors):
        actors = [
            {"id": name, "labels": one.labels, "opposed": one.opposes}
            for name, one in text.actors.items()
        ]
        document = {"id": text.id, "sha256": text.sha256}
        lines.append(json.dumps({"document": document, "actors": actors}))
    path.write_text("\n".join(lines))
    return path


@pytest.mark.parametrize("path", GOLD, ids=[path.stem for path in GOLD])
def test_every_label_file_is_sound(path: Path) -> None:
    assert read_gold(path, [*LABELS, "supports_self_determination"], actor_table().actors)


def test_systems_stand_beside_each_other(results: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    gold = str(ROOT / "seeds/labels/retold.jsonl")
    found = run(str(results), f"nothing={tmp_path / 'empty.jsonl'}", "--gold", gold)
    assert found.exit_code == 0, found.stderr
    right, nothing = (
        line for line in found.stdout.splitlines() if line[:9] in ("| right  ", "| nothing")
    )
    assert "1.000 (1.000 to 1.000)" in right and "0.000 (0.000 to 0.000)" in nothing


def test_json_holds_the_same(results: Path) -> None:
    gold = str(ROOT / "seeds/labels/retold.jsonl")
    found = run(f"a={results}", "--gold", gold, "--format", "json")
    record = json.loads(found.stdout)
    assert record["a"]["headline"]["value"] == 1.0
    assert record["a"]["rows"][0]["curve"]


def test_labels_of_an_annotator_bring_a_note(results: Path, tmp_path: Path) -> None:
    rows = (ROOT / "seeds/labels/retold.jsonl").read_text().splitlines()
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(json.dumps(json.loads(row) | {"annotator": "Ana"}) for row in rows))
    found = run(str(results), "--gold", str(gold))
    assert found.exit_code == 0
    assert found.stderr.startswith(f"{gold}: these labels name an annotator")
    assert "began as predictions" in found.stderr
    assert not run(str(results), "--gold", str(ROOT / "seeds/labels/retold.jsonl")).stderr


@pytest.mark.parametrize(
    ("gold", "said"),
    [("{", "gold.jsonl:1: "), ('{"document": "a"}', "gold.jsonl:1: "), ("", "holds no labels")],
)
def test_malformed_labels_are_refused(results: Path, tmp_path: Path, gold: str, said: str) -> None:
    (tmp_path / "gold.jsonl").write_text(gold)
    found = run(str(results), "--gold", str(tmp_path / "gold.jsonl"))
    assert found.exit_code == 2 and said in found.stderr and not found.stdout


def test_other_formats_are_refused(results: Path) -> None:
    found = run(str(results), "--gold", str(GOLD[0]), "--format", "xml")
    assert found.exit_code == 2 and "allowed are table, json" in found.stderr
