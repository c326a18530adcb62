"""Pairs from files: four formats, clear refusals, and a split that shares no premise."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from stance.errors import ConfigError

pytest.importorskip("datasets")

from stance.nli.packed import Packer
from stance.training.pairs import (
    NliPair,
    counts_by_source,
    encode_packed,
    load_pairs,
    split_by_premise,
)

ROWS: list[dict[str, Any]] = [
    dict(zip(("premise", "hypothesis", "label", "source"), row, strict=True))
    for row in (
        ("Peru backs it.", "Peru likes it.", "entailment", "a"),
        ("Peru backs it.", "Peru sleeps.", "neutral", "a"),
        ("He said “no”,\nand left.", "Yes.", "contradiction", "b"),
    )
]
PAIRS = [
    NliPair("Peru backs it.", "Peru likes it.", 0, "a"),
    NliPair("Peru backs it.", "Peru sleeps.", 1, "a"),
    NliPair("He said “no”,\nand left.", "Yes.", 2, "b"),
]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The library keeps what it reads under its file's name: each test has a cache of its own."""
    import datasets

    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    yield


def as_jsonl(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def as_gzip(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))


def as_csv(path: Path, rows: list[dict[str, Any]], delimiter: str = ",") -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def as_tsv(path: Path, rows: list[dict[str, Any]]) -> None:
    as_csv(path, rows, "\t")


def as_parquet(path: Path, rows: list[dict[str, Any]]) -> None:
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("pairs.jsonl", as_jsonl),
        ("pairs.jsonl.gz", as_gzip),
        ("pairs.csv", as_csv),
        ("pairs.tsv", as_tsv),
        ("pairs.parquet", as_parquet),
    ],
)
def test_every_format_gives_the_same_pairs(
    tmp_path: Path, name: str, write: Callable[[Path, list[dict[str, Any]]], None]
) -> None:
    write(tmp_path / name, ROWS)
    assert load_pairs(str(tmp_path / name)) == PAIRS


def test_numbered_labels_are_read_and_the_unlabelled_left_out(tmp_path: Path) -> None:
    path = tmp_path / "numbers.jsonl"
    rows = [ROWS[0] | {"label": 2}, ROWS[1] | {"label": -1}, ROWS[2] | {"label": 0}]
    as_jsonl(path, rows)
    assert [pair.label for pair in load_pairs(str(path))] == [2, 0]


def test_without_a_source_the_file_is_the_source(tmp_path: Path) -> None:
    path = tmp_path / "plain.jsonl"
    as_jsonl(path, [{key: row[key] for key in ("premise", "hypothesis", "label")} for row in ROWS])
    assert counts_by_source(load_pairs(str(path))) == {str(path): 3}


@pytest.mark.parametrize("missing", ["premise", "hypothesis", "label"])
def test_a_missing_column_is_named(tmp_path: Path, missing: str) -> None:
    path = tmp_path / "short.jsonl"
    as_jsonl(path, [{key: value for key, value in row.items() if key != missing} for row in ROWS])
    with pytest.raises(ConfigError, match=rf"short\.jsonl: has no column {missing};") as caught:
        load_pairs(str(path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "change", [{"label": "maybe"}, {"label": "3"}, {"premise": ""}, {"hypothesis": ""}]
)
def test_a_bad_row_is_named_by_its_line(tmp_path: Path, change: dict[str, Any]) -> None:
    path = tmp_path / "bad.jsonl"
    as_jsonl(path, [ROWS[0], ROWS[1] | change, ROWS[2]])
    with pytest.raises(ConfigError, match=r"bad\.jsonl:2: .*entailment, neutral, contradiction"):
        load_pairs(str(path))


def test_a_number_without_a_class_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "three.jsonl"
    as_jsonl(path, [ROWS[0] | {"label": 1}, ROWS[1] | {"label": 3}])
    with pytest.raises(ConfigError, match=r"three\.jsonl:2: label 3"):
        load_pairs(str(path))


@pytest.mark.parametrize("name", ["nowhere.jsonl", "nowhere.csv.gz", "nowhere.parquet"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError, match=f"{name}: there is no such file"):
        load_pairs(str(tmp_path / name))


def test_a_file_that_is_no_json_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text('{"premise": "Peru', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"broken\.jsonl"):
        load_pairs(str(path))


def many(count: int = 3000) -> list[NliPair]:
    return [NliPair(f"Premise {at // 3}.", f"Hypothesis {at}.", at % 3, "a") for at in range(count)]


def test_no_premise_stands_on_both_sides() -> None:
    train, development = split_by_premise(many(), 0.1)
    assert len(train) + len(development) == 3000
    assert not {pair.premise for pair in train} & {pair.premise for pair in development}
    assert 180 <= len(development) <= 420


def test_the_side_does_not_depend_on_the_order() -> None:
    pairs = many()
    _, development = split_by_premise(pairs, 0.1)
    _, again = split_by_premise(pairs[::-1], 0.1)
    assert set(development) == set(again)
    _, more = split_by_premise(pairs, 0.2)
    assert set(development) < set(more)


def test_nothing_may_be_held_out() -> None:
    assert split_by_premise(many(30), 0.0) == (many(30), [])


@pytest.fixture(scope="module")
def packer(tokenizer_file: Path) -> Packer:
    from tokenizers import Tokenizer

    return Packer(Tokenizer.from_file(str(tokenizer_file)), 160)


def test_pairs_with_one_premise_share_a_sequence(packer: Packer) -> None:
    pairs = [
        NliPair("peru backs the plan", "peru wants a plan", 0, "a"),
        NliPair("salt and fish", "old salt", 1, "a"),
        NliPair("peru backs the plan", "peru rejects it", 2, "a"),
        NliPair("peru backs the plan", "a vote", 1, "b"),
    ]
    first, second, third = encode_packed(pairs, packer, 80)
    assert first.row.premise == packer.premise("peru backs the plan")[0]
    assert first.row.hypotheses == tuple(
        packer.hypothesis(text) for text in ("peru wants a plan", "peru rejects it")
    )
    assert [one.labels for one in (first, second, third)] == [(0, 2), (1,), (1,)]
    assert [one.source for one in (first, second, third)] == ["a", "a", "b"]
    assert first.asked == ()


def test_a_sequence_holds_sixteen_hypotheses_at_most(packer: Packer) -> None:
    pairs = [NliPair("salt", f"fish {'and fish ' * at}", at % 3, "a") for at in range(20)]
    found = encode_packed(pairs, packer, 80)
    assert [one.pairs for one in found] == [16, 4]
    assert [label for one in found for label in one.labels] == [pair.label for pair in pairs]


def test_pairs_that_are_too_long_are_left_out_and_the_others_kept(packer: Packer) -> None:
    texts = ["old salt", "salt " * 20, "salt " * 200, "new salt"]
    pairs = [NliPair("peru backs the plan", text, at % 3, "a") for at, text in enumerate(texts)]
    pairs.append(NliPair("peru " * 200, "old salt", 1, "a"))
    (one,) = encode_packed(pairs, packer, 20)
    assert one.row.hypotheses == (packer.hypothesis("old salt"), packer.hypothesis("new salt"))
    assert one.labels == (0, 0)


def test_a_premise_that_would_be_cut_is_left_out(packer: Packer) -> None:
    """Of 160 tokens 80 are kept for a hypothesis; [CLS] and [SEP] are two of the others."""
    whole, cut = ("peru " * count for count in (78, 79))
    pairs = [NliPair(text, "old salt", at, "a") for at, text in enumerate((whole, cut))]
    (one,) = encode_packed(pairs, packer, 160)
    assert [one.row.premise] == packer.premise(whole)
    assert (len(one.row.premise), one.labels) == (80, (0,))
    assert encode_packed(pairs, packer, 80) == []


def test_a_hypothesis_that_the_packer_does_not_take_is_left_out(packer: Packer) -> None:
    pairs = [NliPair("peru", "salt " * count, at, "a") for at, count in enumerate((79, 80))]
    (one,) = encode_packed(pairs, packer, 160)
    assert one.row.hypotheses == (packer.hypothesis("salt " * 79),)
