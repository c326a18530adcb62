"""The gate: it closes on a fall, and a floor is lowered only by the second flag."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from tests.measure.gold import LABELS, texts

from stance.errors import LabelError
from stance.evaluation.gate import digest, fallen, figures, raised, read_floors, write_floors
from stance.evaluation.harness import evaluate

MADE = texts(20)
RIGHT = evaluate(MADE.texts, MADE.predictions(), LABELS)
NOTHING = evaluate(MADE.texts, {}, LABELS)
DIGEST = digest(MADE.texts)


def test_the_gate_closes_when_a_figure_falls() -> None:
    floors = raised({}, RIGHT, DIGEST, lower=False)
    assert set(floors) == set(figures(RIGHT)) >= {"headline", "opposition", "boundaries"}
    assert fallen(floors, "set", RIGHT, DIGEST) == []
    lines = fallen(floors, "set", NOTHING, DIGEST)
    assert len(lines) == len(floors)
    assert "set, headline: 0.0000 is below its floor 1.0000" in lines


def test_a_figure_that_is_gone_has_fallen() -> None:
    floors = raised({}, RIGHT, DIGEST, lower=False)
    bare = [msgspec.structs.replace(text, claims=None) for text in MADE.texts]
    without = evaluate(bare, MADE.predictions(), LABELS)
    assert any("claims" in line for line in fallen(floors, "set", without, DIGEST))


def test_other_labels_are_another_measurement() -> None:
    floors = raised({}, RIGHT, DIGEST, lower=False)
    assert digest(MADE.texts[1:]) != DIGEST
    lines = fallen(floors, "set", RIGHT, digest(MADE.texts[1:]))
    assert lines and all("set it again" in line for line in lines)
    assert raised(floors, NOTHING, "other", lower=False) == floors
    low = raised({}, NOTHING, DIGEST, lower=False)
    assert raised(low, RIGHT, "other", lower=False) == low
    assert raised(low, RIGHT, "other", lower=True)["headline"].digest == "other"


def test_a_floor_rises_by_itself_and_is_lowered_on_demand_only() -> None:
    low = raised({}, NOTHING, DIGEST, lower=False)
    high = raised(low, RIGHT, DIGEST, lower=False)
    assert high["headline"].value == 1.0
    assert raised(high, NOTHING, DIGEST, lower=False) == high
    assert raised(high, NOTHING, DIGEST, lower=True) == low


def test_floors_are_kept_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    assert read_floors(path) == {}
    floors = {"set": raised({}, RIGHT, DIGEST, lower=False)}
    write_floors(path, floors)
    assert read_floors(path) == floors
    path.write_text('{"set": {"headline": {"value": "high"}}}')
    with pytest.raises(LabelError, match=r"floors\.json"):
        read_floors(path)
