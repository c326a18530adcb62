"""CSV and Parquet: the same rows, opened by pandas."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pandas
import pytest

from stance.desk.exports import tables, write_export
from stance.desk.exports.rows import COLUMNS, rows
from stance.desk.saved import Saved
from stance.errors import CallError
from stance.output.characters import original
from stance.output.records import SavedText

from .export_factory import SOVEREIGNTY, UN, record, said, saved

TEXT = 'Ana Sol of\nRabat said that Almaty "backs the plan", he\u2028said, "and the UN". DZA waits.'
CLAIM = said(
    "KAZ",
    "backs the plan",
    "and the UN",
    takes={SOVEREIGNTY: 0.9},
    rejects={UN: 0.7},
    links=[("Almaty", None, "KAZ"), ("Ana Sol of\nRabat", "Ana Sol", "MAR")],
    more={"quoted": True, "time": "past"},
)
ABOUT = {"title": "A plan", "date": "2024-05", "outlet": "The Post", "speaker": "MAR"}


def test_a_row_for_each_side_and_one_for_the_neutral(tmp_path: Path) -> None:
    results = saved(tmp_path, record(TEXT, CLAIM, actors=["DZA"], **ABOUT))
    first, second, neutral = list(rows(results))
    assert first == {
        "document": "a.txt",
        "title": "A plan",
        "date": "2024-05",
        "year": 2024,
        "outlet": "The Post",
        "speaker": "MAR",
        "actor": "KAZ",
        "name": "Kazakhstan",
        "kind": "state",
        "label": SOVEREIGNTY,
        "side": "supports",
        "probability": 0.9,
        "uncertain": False,
        "voice": "reported",
        "said_by": "MAR",
        "said_by_person": "Ana Sol",
        "quoted": True,
        "polarity": "affirmed",
        "modality": "asserted",
        "time": "past",
        "confidence": 0.9,
        "content": "backs the plan … and the UN",
        "start": TEXT.index("backs"),
        "end": TEXT.index('UN"') + 2,
        "passage": " ".join(TEXT.split()),
        "claim": "c0",
        "issue": "western_sahara",
        "model": "tiny",
        "reviewed": False,
    }
    assert list(first) == list(COLUMNS)
    assert (second["label"], second["side"], second["probability"]) == (UN, "opposes", 0.7)
    known = {name: value for name, value in neutral.items() if value is not None}
    assert known == {
        **{name: first[name] for name in ("document", "title", "date", "year", "outlet")},
        **{name: first[name] for name in ("speaker", "issue", "model", "reviewed")},
        "actor": "DZA",
        "name": "Algeria",
        "kind": "state",
        "side": "neutral",
        "uncertain": False,
    }


def test_an_actor_whose_claims_take_no_side_is_one_neutral_row(tmp_path: Path) -> None:
    waits = [said("DZA", "DZA waits"), said("DZA", "waits")]
    (row,) = rows(saved(tmp_path, record(TEXT, *waits)))
    assert (row["actor"], row["side"], row["claim"]) == ("DZA", "neutral", None)


@pytest.mark.parametrize("bom", [True, False])
def test_csv_comes_back_from_pandas(tmp_path: Path, bom: bool) -> None:
    hostile = {"KAZ": ('=HYPERLINK("x";"y")', "state"), "DZA": ('"><script>\r\n,;', "state")}
    results = saved(
        tmp_path, record(TEXT, CLAIM, actors=["DZA"], names=hostile, id="＝a,b.txt", **ABOUT)
    )
    out = tmp_path / "rows.csv"
    assert write_export(results, out, "csv", bom=bom) == 3
    assert out.read_bytes().startswith(b"\xef\xbb\xbf") is bom
    frame = pandas.read_csv(out, keep_default_na=False, na_values={"probability": [""]})
    assert list(frame.columns) == list(COLUMNS)
    assert frame["name"].tolist()[0].startswith("'=")
    for row, (_, found) in zip(rows(results), frame.iterrows(), strict=True):
        for name, value in row.items():
            if isinstance(value, str):
                assert original(found[name]) == value
            elif value is None:
                assert found[name] == "" or pandas.isna(found[name])
            elif isinstance(value, bool):
                assert str(found[name]).lower() == str(value).lower()
            else:
                assert float(found[name]) == value


def test_all_text_of_the_csv_is_quoted(tmp_path: Path) -> None:
    out = tmp_path / "rows.csv"
    write_export(saved(tmp_path, record("a\rb", actors=["DZA"], title="a\rb")), out, "csv")
    header, _, row = out.read_bytes().decode("utf-8").partition("\n")
    assert header == ",".join(f'"{name}"' for name in COLUMNS)
    assert row.startswith('"a.txt","a\rb","","","",')
    assert pandas.read_csv(out)["title"].tolist() == ["a\rb"]


class InMemory(Saved):
    """One record with a lone surrogate, which no file of JSON brings past the reader."""

    def __iter__(self) -> Iterator[SavedText]:
        hostile = {"KAZ": ("Kaz\ud800", "state")}
        yield msgspec.convert(record(TEXT, CLAIM, names=hostile, title="\udfff"), SavedText)


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_lone_surrogates_are_replaced(tmp_path: Path, format: str) -> None:
    out = tmp_path / "rows"
    write_export(InMemory(tmp_path / "none"), out, format)
    frame = pandas.read_csv(out) if format == "csv" else pandas.read_parquet(out)
    assert set(frame["name"]) == {"Kaz\ufffd"} and set(frame["title"]) == {"\ufffd"}


def test_no_cell_of_the_csv_can_be_a_formula(tmp_path: Path) -> None:
    text = "=cmd|' /C calc'!A0 and + more"
    claim = said("KAZ", text, takes={UN: 0.5}, links=[("=cmd", "@who", "KAZ")])
    document = {"title": "\t=1", "outlet": "-x", "speaker": "+y", "date": "@2024"}
    out = tmp_path / "rows.csv"
    write_export(saved(tmp_path, record(text, claim, id="=id", **document)), out, "csv")
    with out.open(encoding="utf-8", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert sum(cell.startswith("'") for cell in cells) == 8
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_parquet_has_types_and_zstd(tmp_path: Path) -> None:
    pyarrow_parquet = pytest.importorskip("pyarrow.parquet")
    results = saved(tmp_path, record(TEXT, CLAIM, actors=["DZA"], **ABOUT))
    out = tmp_path / "rows.parquet"
    assert write_export(results, out, "parquet") == 3
    file = pyarrow_parquet.ParquetFile(out)
    kinds = {field.name: str(field.type) for field in file.schema_arrow}
    names = {str: "string", int: "int64", float: "double", bool: "bool"}
    assert kinds == {name: names[kind] for name, kind in COLUMNS.items()}
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    assert file.read().to_pylist() == list(rows(results))


def test_parquet_is_written_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pyarrow_parquet = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(tables, "BATCH", 2)
    results = saved(tmp_path, *(record(TEXT, CLAIM, id=f"{i}.txt") for i in range(3)))
    out = tmp_path / "rows.parquet"
    assert write_export(results, out, "parquet") == 6
    assert pyarrow_parquet.ParquetFile(out).num_row_groups == 3


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_no_documents_leave_a_header(tmp_path: Path, format: str) -> None:
    out = tmp_path / "rows"
    assert write_export(saved(tmp_path), out, format) == 0
    read: Any = pandas.read_csv if format == "csv" else pandas.read_parquet
    assert list(read(out).columns) == list(COLUMNS)


def test_a_bad_record_leaves_no_file(tmp_path: Path) -> None:
    results = saved(tmp_path, record(TEXT, CLAIM))
    results.path.write_text(results.path.read_text(encoding="utf-8") + "{}\n", encoding="utf-8")
    out = tmp_path / "rows.csv"
    out.write_text("old")
    with pytest.raises(CallError, match=r"results\.jsonl:2"):
        write_export(results, out, "csv")
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["results.jsonl", "rows.csv"]


@pytest.mark.parametrize(
    ("format", "more", "says"),
    [
        ("xls", {}, "csv, parquet, dna, graphml, congruence, label-studio"),
        ("graphml", {"weight": "sum"}, "allowed are count, probability"),
        ("csv", {"weight": "probability"}, "csv has no weights"),
        ("dna", {"bom": True}, "dna has no byte-order mark"),
    ],
)
def test_a_wrong_call_says_what_is_allowed(
    tmp_path: Path, format: str, more: dict[str, Any], says: str
) -> None:
    with pytest.raises(CallError, match=says):
        write_export(saved(tmp_path), tmp_path / "out", format, **more)
    assert not (tmp_path / "out").exists()


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="name a file"):
        write_export(saved(tmp_path), tmp_path, "csv")
    with pytest.raises(CallError, match="cannot be written"):
        write_export(saved(tmp_path), tmp_path / "no" / "rows.csv", "csv")
