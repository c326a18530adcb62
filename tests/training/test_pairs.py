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

from stance.training.pairs import NliPair, counts_by_source, load_pairs, split_by_premise

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
