"""Parquet: the columns that are needed, values of every kind, damaged and deceitful files."""

from __future__ import annotations

import datetime
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from stance.errors import DocumentError
from stance.reading import Columns, problem, read_all
from stance.types import Document, Meta

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def read(
    tmp_path: Path, table: Any, columns: Columns | None = None, **options: Any
) -> list[Document | DocumentError]:
    path = tmp_path / "a.parquet"
    if isinstance(table, bytes):
        path.write_bytes(table)
    else:
        pq.write_table(table if isinstance(table, pa.Table) else pa.table(table), path, **options)
    return list(read_all([path], columns=columns))


def said(tmp_path: Path, found: Sequence[Document | DocumentError]) -> list[str]:
    """Texts and errors, those without the path."""
    for item in found:
        assert isinstance(item, Document) or "\n" not in str(item)
    return [
        item.text if isinstance(item, Document) else str(item).removeprefix(f"{tmp_path}/a.parquet")
        for item in found
    ]


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())]
)
def test_strings_of_every_kind(kind: Any, tmp_path: Path) -> None:
    texts = pa.array(["One é.", None, "", "One é."]).cast(kind)
    one, null, empty, four = read(tmp_path, {"text": texts, "other": [1, 2, 3, 4]})
    assert isinstance(one, Document) and isinstance(four, Document)
    assert (one.id, one.text, one.format) == (f"{tmp_path}/a.parquet:1", "One é.", "parquet")
    assert (one.encoding, one.warnings) == (None, ())
    assert one.sha256 == hashlib.sha256("One é.".encode()).hexdigest()
    assert four.id.endswith(":4")
    assert said(tmp_path, [null, empty]) == [
        ":2: its text is null; a document needs some text",
        ":3: its text is empty; a document needs some text",
    ]


@pytest.mark.parametrize(
    ("values", "kind", "date"),
    [
        ([datetime.date(2021, 3, 4)], pa.date32(), "2021-03-04"),
        ([datetime.datetime(2021, 3, 4)], pa.timestamp("ms"), "2021-03-04"),
        ([datetime.datetime(2021, 3, 4, 5, 6)], pa.timestamp("us"), "2021-03-04T05:06:00"),
        ([1_614_834_360_000_000_001], pa.timestamp("ns"), "2021-03-04T05:06:00"),
        (
            [datetime.datetime(2021, 3, 4, 5, 6)],
            pa.timestamp("us", "UTC"),
            "2021-03-04T05:06:00+00:00",
        ),
        ([2021], pa.int64(), "2021"),
        ([float("nan")], pa.float64(), None),
        ([None], pa.date32(), None),
        ([" 2021 "], pa.string(), "2021"),
        ([None], pa.null(), None),
        ([True], pa.bool_(), "True"),
    ],
)
def test_values_of_every_kind(
    values: list[Any], kind: Any, date: str | None, tmp_path: Path
) -> None:
    (one,) = read(tmp_path, {"text": ["One."], "date": pa.array(values, kind)})
    assert isinstance(one, Document)
    assert one.meta == Meta(date=date)


def test_named_columns_only_are_read(tmp_path: Path) -> None:
    table = {"body": ["One."], "key": [7], "text": [[1]], "title": ["T"]}
    (one,) = read(tmp_path, table, Columns(text="body", id="key"))
    assert isinstance(one, Document)
    assert (one.id, one.text, one.meta) == ("7", "One.", Meta(title="T"))


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ({"text": [1]}, "the column 'text' is of type int64, not of strings; choose another with"),
        ({"text": [b"a"]}, "the column 'text' is of type binary, not of strings; choose another"),
        ({"text": [["a"]]}, "the column 'text' is of type list<element: string>, not of strings; "),
        ({"text": ["a"], "date": [[1]]}, "the column 'date' for the date is of type list<element"),
        ({"body": ["a"]}, "there is no column 'text' for the text; there are 'body'; choose with"),
        ({"text": pa.array([], pa.string())}, "there are no rows; a table needs at least one with"),
        (b"text\nOne.\n", "is no Parquet file, though it is named as one; check where it comes"),
        (b"", "is no Parquet file, "),
        (b"PAR1", "its Parquet data is damaged (ArrowInvalid); get the file again"),
        (b"PAR1" * 20, "its Parquet data is damaged ("),
    ],
)
def test_what_is_refused_in_one_line(table: Any, line: str, tmp_path: Path) -> None:
    (one,) = said(tmp_path, read(tmp_path, table))
    assert one.startswith(f": {line}")
    assert len(one) < 200


def test_duplicate_columns(tmp_path: Path) -> None:
    table = pa.table([["a"], ["b"]], names=["text", "text"])
    assert said(tmp_path, read(tmp_path, table)) == [
        ": the column 'text' for the text is there twice; rename one"
    ]


def test_broken_utf8_is_replaced(tmp_path: Path) -> None:
    raw = pa.array([b"caf\xe9 x", "é".encode()], pa.binary())
    table = pa.table({"text": pa.Array.from_buffers(pa.string(), 2, raw.buffers())})
    one, two = read(tmp_path, table)
    assert isinstance(one, Document) and isinstance(two, Document)
    assert (one.text, two.text) == ("caf\ufffd x", "é")
    assert one.warnings == ("1 broken character in this row replaced by \ufffd",)
    assert two.warnings == ()


def test_a_value_that_cannot_be_written_is_an_error_of_its_row(tmp_path: Path) -> None:
    dates = pa.array([10**15, 0], pa.timestamp("s"))
    assert said(tmp_path, read(tmp_path, {"text": ["a", "b"], "date": dates})) == [
        ":1: its date is no value that can be written",
        "b",
    ]


def test_a_row_has_a_bounded_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problem, "MAX_BYTES", 1_000_000)
    found = said(tmp_path, read(tmp_path, {"text": ["a\n" * 600_000, "b"]}))
    assert found == [":1: its text is larger than 1 MB", "b"]


def test_many_rows_and_groups_are_read_in_order(tmp_path: Path) -> None:
    texts = [f"Text {i}. " + "x" * (i % 100) for i in range(5_000)]
    assert said(tmp_path, read(tmp_path, {"text": texts}, row_group_size=700)) == texts


def test_a_text_in_many_rows_is_held_once(tmp_path: Path) -> None:
    table = {"text": ["x\n" * 500_000] * 200}
    peak = pa.default_memory_pool().bytes_allocated()
    (tmp_path / "a.parquet").touch()
    pq.write_table(pa.table(table), tmp_path / "a.parquet")
    for one in read_all([tmp_path / "a.parquet"]):
        assert isinstance(one, Document) and len(one.text) == 1_000_000
        peak = max(peak, pa.default_memory_pool().bytes_allocated())
    assert peak < 20_000_000


def test_a_file_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    table = {"text": ["x" * 1_000_000] * 100}
    found = said(tmp_path, read(tmp_path, table, compression="zstd", use_dictionary=False))
    assert len(found) == 1
    assert "the file is damaged, or made to fill the memory" in found[0]


def test_a_damage_is_an_error_after_the_rows_before_it(tmp_path: Path) -> None:
    texts = [hashlib.sha256(b"%d" % i).hexdigest() * 4 for i in range(20_000)]
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": texts}), path, use_dictionary=False, write_page_checksum=True)
    data = bytearray(path.read_bytes())
    data[len(data) * 3 // 4] ^= 0xFF
    found = said(tmp_path, read(tmp_path, bytes(data)))
    assert found[:-1] == texts[: len(found) - 1] and len(found) > 1_000
    line = f": after row {len(found) - 1:,}: its Parquet data is damaged (OSError); get the file"
    assert found[-1].startswith(line)


def test_a_page_that_unpacks_to_far_more_is_refused_before_it_does(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"text": ["x\n" * 1_500_000]})
    pq.write_table(table, path, compression="zstd", use_dictionary=False)
    data = path.read_bytes()
    # The header's first fields: the kind of the page, then the size to which it unpacks.
    assert data[:7] == b"PAR1\x15\x00\x15" and data[10] < 0x80 <= min(data[7:10])
    for size, line in [
        (b"\xfe\xff\xff\x7f", " bytes says that it unpacks to 134,217,727; the file is damaged, "),
        (b"\xff\xff\xff\x7f", " bytes says that it unpacks to -134,217,728; the file is damaged"),
    ]:
        (one,) = said(tmp_path, read(tmp_path, data[:7] + size + data[11:]))
        assert line in one


def test_no_byte_of_the_footer_ends_the_process(tmp_path: Path) -> None:
    table = pa.table({"text": ["One."] * 3, "other": [1, 2, 3]})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=2, store_schema=False)
    data = (tmp_path / "a.parquet").read_bytes()
    start = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    for at in range(start, len(data)):
        for value in (0x00, 0xFF, data[at] ^ 0x10):
            damaged = data[:at] + bytes([value]) + data[at + 1 :]
            assert all(
                len(line) < 200 and line.isprintable()
                for line in said(tmp_path, read(tmp_path, damaged))
            )


def test_without_pyarrow_the_other_files_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pq.write_table(pa.table({"text": ["One."]}), tmp_path / "a.parquet")
    (tmp_path / "b.txt").write_text("Two.")
    for name in [name for name in sys.modules if name.split(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "path", [])
    error, two = read_all([tmp_path])
    assert str(error).startswith(f"{tmp_path}/a.parquet: this needs the package pyarrow, ")
    assert 'pip install "stance-nli[parquet]"' in str(error)
    assert isinstance(two, Document)
