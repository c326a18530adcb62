"""CSV: delimiters, quotation marks, encodings, and rows that do not fit."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from stance.errors import DocumentError
from stance.reading import Columns, problem, read_all
from stance.types import Document, Meta


def read(
    tmp_path: Path, data: bytes, columns: Columns | None = None
) -> list[Document | DocumentError]:
    name = "a.csv.gz" if data.startswith(b"\x1f\x8b") else "a.csv"
    (tmp_path / name).write_bytes(data)
    return list(read_all([tmp_path / name], columns=columns))


def said(tmp_path: Path, found: list[Document | DocumentError]) -> list[str]:
    """Texts and errors, those without the path."""
    for item in found:
        assert isinstance(item, Document) or "\n" not in str(item)
    return [
        item.text if isinstance(item, Document) else str(item).removeprefix(f"{tmp_path}/a.csv")
        for item in found
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, end: str, tmp_path: Path) -> None:
    rows = [
        ["id", " text ", "date"],
        ["x", f'One{delimiter} two.{end}{end}“Three” "four"\u2028five\x0b', "2021"],
        ["", "Six.", ""],
    ]
    data = end.join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows
    )
    one, two = read(tmp_path, data.encode())
    assert isinstance(one, Document) and isinstance(two, Document)
    assert (one.id, one.text, one.meta) == ("x", rows[1][1], Meta(date="2021"))
    assert (one.format, one.encoding, one.warnings) == ("csv", "utf-8", ())
    assert (two.id, two.text) == (f"{tmp_path}/a.csv:5", "Six.")


def test_the_first_delimiter_that_finds_the_text_is_taken(tmp_path: Path) -> None:
    assert said(tmp_path, read(tmp_path, b"a,b;text\n1,2;One.\n")) == ["One."]
    assert said(tmp_path, read(tmp_path, b"text\nOne.\n")) == ["One."]
    columns = Columns(text="a;b")
    assert said(tmp_path, read(tmp_path, b"a;b,c\nOne.,2\n", columns)) == ["One."]


def test_names_of_columns_may_be_quoted_over_lines_and_come_late(tmp_path: Path) -> None:
    data = b'\n\r\n"a\nb";"text"\n1;One.\n'
    found = read(tmp_path, data, Columns(title="a\nb"))
    assert said(tmp_path, found) == ["One."]
    assert isinstance(found[0], Document) and found[0].meta.title == "1"
    assert found[0].id.endswith(":5")


def test_empty_lines_are_passed_over_and_lines_are_counted(tmp_path: Path) -> None:
    found = read(tmp_path, b'text,n\n"a\nb",1\n\nc,2\n')
    assert [one.id[-2:] for one in found if isinstance(one, Document)] == [":2", ":5"]


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (
            b"body;day\nOne.;1\n",
            [": there is no column 'text' for the text; there are 'body', 'day'; choose with text"],
        ),
        (b"text,n,text\na,1,b\n", [": the column 'text' for the text is there twice; rename one"]),
        (b"text,n\n", [": there are no rows; a table needs at least one with a text"]),
        (b"", [": there is no column 'text' for the text; there are none; choose with text=NAME"]),
        (
            b"text,n\nshort\nOne.,1\nlong,1,2\nTwo.,2,,\n",
            [
                ":2: has 1 instead of 2 cells; put ",
                "One.",
                ":4: has 3 instead of 2 cells; put ",
                "Two.",
            ],
        ),
        (
            b'text,n\n,1\n" ",2\nOne.,3\n',
            [
                ":2: its text is empty; a document needs some text",
                ":3: holds only white space; a document needs some text",
                "One.",
            ],
        ),
        (
            b'text,n\nOne.,1\n"open,2\nmore,3\n',
            ["One.", ": a quotation mark is never closed in the record that begins in line 3"],
        ),
        (b'text,n\nOne.,1\n"', ["One.", ": a quotation mark is never closed in the record that "]),
        (
            b"text,n\na\0b,1\nOne.,2\n",
            [":2: its text holds a zero character (character 1);", "One."],
        ),
        (b"PK\x03\x04text\n", [": is a ZIP archive or an office document, not a text; "]),
    ],
)
def test_what_does_not_fit(data: bytes, lines: list[str], tmp_path: Path) -> None:
    found = said(tmp_path, read(tmp_path, data))
    assert len(found) == len(lines)
    for one, line in zip(found, lines, strict=True):
        assert one.startswith(line) and len(one) < 200


@pytest.mark.parametrize(
    ("codec", "name", "remark"),
    [
        ("utf-8-sig", "utf-8", None),
        ("utf-16", "utf-16", None),
        ("cp1252", "windows-1252", "read as windows-1252, not UTF-8"),
    ],
)
def test_encodings_of_spreadsheets(
    codec: str, name: str, remark: str | None, tmp_path: Path
) -> None:
    data = "text;title\r\n“Oui”, dit-elle;Été\r\nNon.;\r\n".encode(codec)
    one, two = read(tmp_path, data)
    assert isinstance(one, Document) and isinstance(two, Document)
    assert (one.text, one.meta.title, one.encoding) == ("“Oui”, dit-elle", "Été", name)
    assert (one.warnings, two.warnings) == ((remark,) if remark else (), ())


def test_broken_bytes_harm_their_own_row_only(tmp_path: Path) -> None:
    data = 'text\nété été\n"a\udcff\nb\udcfe"\nc\n'.encode("utf-8", "surrogateescape")
    one, two, three = read(tmp_path, data)
    assert isinstance(one, Document) and isinstance(two, Document) and isinstance(three, Document)
    assert two.text == "a\ufffd\nb\ufffd"
    assert two.warnings == ("2 broken characters in this row replaced by \ufffd",)
    assert one.warnings == three.warnings == ()


def test_a_record_has_a_bounded_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(problem, "MAX_BYTES", 1_000_000)
    line = ": the record that begins in line 3 is longer than 1 MB; is a quotation mark left open?"
    many = b'text\nOne.\n"' + b"open\n" * 300_000
    assert said(tmp_path, read(tmp_path, many)) == ["One.", line]
    single = b"text\nOne.\n" + b"x" * 3_000_000 + b"\nTwo.\n"
    assert said(tmp_path, read(tmp_path, single)) == ["One.", line]


def test_a_long_field_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    csv.field_size_limit(131_072)
    text = "word\n" * 100_000
    assert said(tmp_path, read(tmp_path, f'text\n"{text}"\n'.encode())) == [text]


def test_what_stands_before_a_damage_is_read(tmp_path: Path) -> None:
    found = said(tmp_path, read(tmp_path, gzip.compress(b"text\nOne.\nTwo.\n")[:-4]))
    line = ".gz: after line 3: its gzip data is cut off or damaged; get the file again"
    assert found == ["One.", "Two.", line]
