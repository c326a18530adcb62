"""Which format a file has, by its name and by its content."""

from __future__ import annotations

import pytest

from stance.reading.formats import format_by_content, format_by_name


@pytest.mark.parametrize(
    ("path", "format"),
    [
        ("a.txt", "text"),
        ("x.d/a.md", "markdown"),
        ("a.b.MARKDOWN", "markdown"),
        ("a.htm", "html"),
        ("a.HTML.GZ", "html"),
        ("a.xhtml", "html"),
        ("a.ndjson", "jsonl"),
        ("a.jsonl.gz", "jsonl"),
        ("a.tsv", "csv"),
        ("a.parquet", "parquet"),
        ("a.gz", None),
        ("a.json", None),
        ("a.csv.bak", None),
        (".csv", None),
        ("folder.csv/notes", None),
        ("", None),
    ],
)
def test_by_name(path: str, format: str | None) -> None:
    assert format_by_name(path) == format


@pytest.mark.parametrize(
    ("head", "format"),
    [
        (b"PAR1\x15\x04", "parquet"),
        (b"<!DOCTYPE html>\n<html>", "html"),
        (b" \r\n<html lang='en'>", "html"),
        (b"\xef\xbb\xbf<!doctype HTML PUBLIC '-//W3C'>", "html"),
        ("\ufeff<html>".encode("utf-16-le"), "html"),
        (b'<?xml version="1.0"?>\n<!-- saved -->\n<html xmlns="x">', "html"),
        (b"<htmlx>", "text"),
        (b"He wrote <html> on the board.", "text"),
        (b'{"text": "x"}', "text"),
        (b"", "text"),
    ],
)
def test_by_content(head: bytes, format: str) -> None:
    assert format_by_content(head) == format
