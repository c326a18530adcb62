"""Gold files: every problem of every line, each with its place and what is allowed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.measure.gold import ACTORS, LABELS, texts

from stance.errors import LabelError
from stance.measure.gold import GoldSpan, read_gold
from stance.measure.lines import SHOWN
from stance.measure.predictions import read_predictions


def rows(number: int = 1) -> list[dict[str, Any]]:
    return [msgspec.to_builtins(text) for text in texts(number).texts]


def write(path: Path, lines: list[Any]) -> Path:
    path.write_text("\n".join(x if isinstance(x, str) else json.dumps(x) for x in lines) + "\n")
    return path


def complaint(tmp_path: Path, *lines: Any) -> list[str]:
    path = write(tmp_path / "gold.jsonl", list(lines))
    with pytest.raises(LabelError) as caught:
        read_gold(path, LABELS, ACTORS)
    return [line.removeprefix(str(path)) for line in str(caught.value).splitlines()]


def test_sound_gold_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", [*rows(3), ""])
    assert read_gold(path, LABELS, ACTORS) == texts(3).texts


def proved(*spans: tuple[int, int], label: str = LABELS[0], **stance: Any) -> dict[str, Any]:
    """A change of a row: one actor that supports the first label, with evidence."""
    shown = {label: [{"start": start, "end": end} for start, end in spans]}
    actor = {"labels": [LABELS[0]], "evidence": shown} | stance
    return {"actors": {"PER": actor}, "claims": None}


@pytest.mark.parametrize("labels", [[LABELS[0]], ["neutral"]])
def test_sound_evidence_is_read(tmp_path: Path, labels: list[str]) -> None:
    """Of what is taken or rejected, anywhere in the text; that it is empty is no mistake."""
    opposes = [LABELS[1]] if labels == [LABELS[0]] else [LABELS[0]]
    change = proved((0, 4), (90, 100), labels=labels, opposes=opposes)
    empty = proved(labels=labels, opposes=opposes)
    first, second = rows(2)
    path = write(tmp_path / "gold.jsonl", [first | change, second | empty])
    shown, none = read_gold(path, LABELS, ACTORS)
    spans = (GoldSpan(0, 4), GoldSpan(90, 100))
    assert shown.actors["PER"].evidence == {LABELS[0]: spans}
    assert none.actors["PER"].evidence == {LABELS[0]: ()}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"actors": {"XXX": {"labels": ["neutral"]}}, "claims": None}, "no actor 'XXX'"),
        ({"actors": {"PER": {"labels": ["supports_war"]}}, "claims": None}, "'supports_war'"),
        ({"actors": {"PER": {"labels": []}}, "claims": None}, "is empty"),
        ({"actors": {"PER": {"labels": ["neutral", LABELS[0]]}}, "claims": None}, "stands alone"),
        (
            {"actors": {"PER": {"labels": [LABELS[0]], "opposes": [LABELS[0]]}}, "claims": None},
            "both supports and opposes",
        ),
        ({"actors": {"PER": {"labels": ["neutral"], "open": ["x"]}}, "claims": None}, "`open`"),
        ({"speaker": "XXX"}, "the speaker"),
        (proved((90, 101)), "PER: the span 90 to 101 lies outside the text of 100"),
        (proved((0, 4), (-1, 4)), "PER: the span -1 to 4 lies outside the text"),
        (proved((7, 7)), "PER: the span 7 to 7 lies outside the text"),
        (
            proved((0, 4), labels=["neutral"]),
            f"PER: evidence of {LABELS[0]!r}, which it neither takes nor rejects",
        ),
        (
            proved((0, 4), label=LABELS[1], open=[LABELS[1]]),
            f"PER: evidence of {LABELS[1]!r}, which it neither takes nor rejects",
        ),
        (proved((0, 4), label="x"), "PER: evidence of 'x', which it neither takes nor rejects"),
        ({"start": 5}, "go together"),
        ({"start": 5, "end": 4}, "0 <= start < end"),
        ({"start": 5, "end": 50}, "`length` is 100, the passage has 45"),
        ({"sentences": [{"start": 90, "end": 101}]}, "outside the text of 100"),
        ({"length": 20}, "outside the text of 20"),
        ({"place": 1}, "place"),
        ({"length": "long"}, "Expected `int`"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    found = complaint(tmp_path, rows()[0] | change)
    assert found[0].startswith(":1: ")
    assert any(said in line for line in found), found


def test_all_problems_of_a_file_are_shown_at_once(tmp_path: Path) -> None:
    first, second, third = rows(3)
    found = complaint(
        tmp_path, first | {"speaker": "XXX"}, "{", second | {"speaker": "YYY"}, third, third
    )
    assert [line.split(":")[1] for line in found] == ["1", "2", "3", "5"]
    assert "already" in found[-1]


def test_many_problems_are_counted(tmp_path: Path) -> None:
    found = complaint(tmp_path, *["{"] * (SHOWN + 5))
    assert len(found) == SHOWN + 1 and found[-1] == "… and 5 more"


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_no_labels_are_an_error(tmp_path: Path, content: str) -> None:
    (tmp_path / "gold.jsonl").write_text(content)
    with pytest.raises(LabelError, match="holds no labels"):
        read_gold(tmp_path / "gold.jsonl", LABELS, ACTORS)
    with pytest.raises(LabelError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl", LABELS, ACTORS)


def test_predictions_of_another_tool_need_little(tmp_path: Path) -> None:
    line = {
        "document": {"id": "a", "sha256": "b"},
        "actors": [{"id": "PER", "labels": [LABELS[0]]}],
    }
    found = read_predictions(write(tmp_path / "p.jsonl", [line | {"more": 1}]))
    assert found["b"].actors[0].labels == (LABELS[0],)
    with pytest.raises(LabelError, match=r"p\.jsonl:2: .*stands twice"):
        read_predictions(write(tmp_path / "p.jsonl", [line, line]))
    with pytest.raises(LabelError, match=r"p\.jsonl:1: .*actors"):
        read_predictions(write(tmp_path / "p.jsonl", [{"document": {"id": "a", "sha256": "b"}}]))
