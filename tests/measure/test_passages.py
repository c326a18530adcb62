"""Our own labelled passages: read as documents with gold, every problem with its line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from stance.build import actor_table
from stance.errors import LabelError
from stance.issues import read_issue
from stance.measure.gold import GoldSpan, GoldStance, GoldText, read_gold
from stance.measure.lines import SHOWN
from stance.measure.passages import read_passages
from stance.shipped import shipped
from stance.training.config import read_config, resolve
from stance.types import NEUTRAL, Document

LABELS = ["harbour", "bridge"]
ACTORS = {"KEN", "PER", "TGO"}
TEXT = "Kenya backs the harbour. Peru rejects the harbour. Kenya asks Peru and Togo."
ROW: dict[str, Any] = {
    "id": "own-1",
    "style": "news",
    "speaker": None,
    "text": TEXT,
    "actors": {
        "KEN": {"labels": ["harbour"], "evidence": {"harbour": "backs the harbour"}},
        "PER": {
            "labels": ["neutral"],
            "opposes": ["harbour"],
            "open": ["bridge"],
            "evidence": {"harbour": ["Peru rejects", "rejects the harbour"]},
        },
        "TGO": {"labels": ["neutral"]},
    },
    "kinds": ["two_sides"],
}
OTHER = ROW | {"text": "Kenya backs nothing.", "actors": {"KEN": {"labels": ["neutral"]}}}


def changed(actor: str, **changes: Any) -> dict[str, Any]:
    actors: dict[str, Any] = ROW["actors"]
    return ROW | {"actors": actors | {actor: actors.get(actor, {"labels": ["neutral"]}) | changes}}


def read(path: Path, *rows: Any) -> list[tuple[Document, GoldText]]:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return read_passages(path, LABELS, ACTORS)


def complaint(tmp_path: Path, *rows: Any) -> list[str]:
    path = tmp_path / "own.jsonl"
    with pytest.raises(LabelError) as caught:
        read(path, *rows)
    return [line.removeprefix(str(path)) for line in str(caught.value).splitlines()]


def words(stance: GoldStance, label: str) -> list[str]:
    return [TEXT[span.start : span.end] for span in stance.evidence[label]]


def test_passages_are_read(tmp_path: Path) -> None:
    (first, gold), (second, quiet) = read(tmp_path / "own.jsonl", ROW, "", OTHER)
    assert (first.id, first.text, first.meta.speaker) == ("own-1", TEXT, None)
    assert (gold.document, gold.id, gold.length) == ("own-1", "own-1", len(TEXT))
    assert gold.sha256 == gold.text_sha256 == first.sha256
    assert (gold.start, gold.end, gold.speaker, gold.claims) == (None, None, None, None)
    assert list(gold.actors) == ["KEN", "PER", "TGO"]
    kenya, peru = gold.actors["KEN"], gold.actors["PER"]
    assert (kenya.labels, kenya.opposes, kenya.open) == (("harbour",), (), ())
    assert (peru.labels, peru.opposes, peru.open) == (("neutral",), ("harbour",), ("bridge",))
    assert words(kenya, "harbour") == ["backs the harbour"]
    assert words(peru, "harbour") == ["Peru rejects", "rejects the harbour"]
    assert second.text == "Kenya backs nothing."
    assert quiet.actors == {"KEN": GoldStance(("neutral",))}


def test_the_speaker_of_a_passage_is_kept(tmp_path: Path) -> None:
    ((document, gold),) = read(tmp_path / "own.jsonl", ROW | {"speaker": "KEN"})
    assert document.meta.speaker == gold.speaker == "KEN"


def test_evidence_is_found_wherever_it_stands(tmp_path: Path) -> None:
    row = changed("KEN", evidence={"harbour": "the harbour"})
    ((_, gold),) = read(tmp_path / "own.jsonl", row)
    assert words(gold.actors["KEN"], "harbour") == ["the harbour"] * 2
    first, second = gold.actors["KEN"].evidence["harbour"]
    assert first < second


def test_evidence_is_taken_letter_by_letter(tmp_path: Path) -> None:
    row = changed("KEN", evidence={"harbour": "é (b+) 😀 é"}) | {"text": "A é (b+) 😀 é"}
    row["actors"] = {"KEN": row["actors"]["KEN"]}
    ((_, gold),) = read(tmp_path / "own.jsonl", row)
    assert gold.actors["KEN"].evidence == {"harbour": (GoldSpan(2, 12),)}


@pytest.mark.parametrize("evidence", [{}, {"harbour": []}])
def test_a_label_needs_no_evidence(tmp_path: Path, evidence: dict[str, Any]) -> None:
    ((_, gold),) = read(tmp_path / "own.jsonl", changed("KEN", evidence=evidence))
    assert gold.actors["KEN"].takes("harbour")
    assert not gold.actors["KEN"].evidence.get("harbour")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (changed("XYZ"), "there is no actor 'XYZ'"),
        (ROW | {"speaker": "XYZ"}, "there is no actor 'XYZ' (the speaker)"),
        (changed("KEN", labels=["port"]), "KEN: 'port' is no label; allowed: harbour, bridge,"),
        (changed("KEN", opposes=["port"]), "KEN: 'port' is no label for `opposes`"),
        (changed("TGO", open=["port"]), "TGO: 'port' is no label for `open`"),
        (changed("TGO", labels=[]), "TGO: `labels` is empty; say 'neutral'"),
        (changed("KEN", labels=["neutral", "harbour"]), "KEN: 'neutral' stands beside another"),
        (changed("KEN", opposes=["harbour"]), "KEN: both supports and opposes 'harbour'"),
        (
            changed("PER", evidence={"bridge": "Peru"}),
            "PER: evidence of 'bridge', which it neither takes nor rejects",
        ),
        (
            changed("TGO", evidence={"neutral": "Peru and Togo"}),
            "TGO: evidence of 'neutral', which it neither takes nor rejects",
        ),
        (
            changed("KEN", evidence={"harbour": "backs a harbour"}),
            "KEN: the evidence of 'harbour' is not in the text",
        ),
        (
            changed("PER", evidence={"harbour": ["Peru rejects", "no"]}),
            "PER: the evidence of 'harbour' is not in the text",
        ),
        (changed("KEN", evidence={"harbour": ""}), "KEN: the evidence of 'harbour' is not in"),
        (ROW | {"sytle": "news"}, "sytle"),
        ({"id": "own-1"}, "style"),
        (changed("KEN", labels="harbour"), "array"),
        ('{"id": "own-2', "truncated"),
    ],
)
def test_a_wrong_passage_is_named_by_its_line(tmp_path: Path, row: Any, said: str) -> None:
    found = complaint(tmp_path, ROW, row, ROW)
    assert all(line.startswith(":2: ") for line in found), found
    assert any(said in line for line in found), found


def test_all_problems_of_a_file_are_shown_at_once(tmp_path: Path) -> None:
    worse = changed("KEN", labels=[], opposes=["port"]) | {"speaker": "XYZ"}
    found = complaint(tmp_path, ROW | {"speaker": "XYZ"}, ROW, "{", worse)
    lines = [line.split(":")[1] for line in found]
    assert lines[:2] == ["1", "3"] and set(lines[2:]) == {"4"}
    for said in ("'XYZ' (the speaker)", "`labels` is empty", "'port' is no label"):
        assert any(said in line for line in found[2:]), found


def test_many_problems_are_counted(tmp_path: Path) -> None:
    found = complaint(tmp_path, *["{"] * (SHOWN + 5))
    assert len(found) == SHOWN + 1 and found[-1] == "… and 5 more"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match=r"no\.jsonl: cannot be read"):
        read_passages(tmp_path / "no.jsonl", LABELS, ACTORS)


def unproved(texts: Sequence[GoldText]) -> Iterator[str]:
    """What an actor takes or rejects and no words prove."""
    for text in texts:
        for actor, stance in text.actors.items():
            for label in sorted({*stance.labels, *stance.opposes} - {NEUTRAL}):
                if not stance.evidence.get(label):
                    yield f"{text.id}: {actor}, {label}"


def test_what_no_words_prove_is_found() -> None:
    spans = (GoldSpan(0, 5),)
    stance = GoldStance(("harbour",), ("bridge",), evidence={"harbour": spans, "bridge": ()})
    text = GoldText("own-1", "0", "0", 9, {"KEN": stance, "TGO": GoldStance((NEUTRAL,))})
    assert list(unproved([text])) == ["own-1: KEN, bridge"]


def test_every_passage_that_is_trained_on_is_sound() -> None:
    """Its labels are known and proved: of a label without evidence nothing would be learnt."""
    config, actors = shipped("configs", "train.toml"), actor_table().actors
    sets = read_config(config).passages
    assert sets
    for passages in sets:
        labels = [label.id for label in read_issue(resolve(config, passages.issue)).labels]
        for name in passages.files:
            texts = [gold for _, gold in read_passages(Path(resolve(config, name)), labels, actors)]
            assert texts and list(unproved(texts)) == []
        for name in passages.labels:
            texts = read_gold(Path(resolve(config, name)), labels, actors)
            assert list(unproved(texts)) == []
