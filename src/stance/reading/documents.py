"""Paths → documents: the one place that knows which reader reads which format."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from stance.errors import DocumentError, MissingExtraError
from stance.reading.archives import members
from stance.reading.columns import Columns
from stance.reading.file_names import FileNames
from stance.reading.formats import (
    TABLES,
    archive_by_name,
    check_format,
    format_by_content,
    format_by_name,
)
from stance.reading.jsonl import read_jsonl
from stance.reading.lines import Lines
from stance.reading.markdown import read_markdown
from stance.reading.page import Page, check_text, read_text
from stance.reading.parquet import read_parquet
from stance.reading.paths import STDIN, find_documents
from stance.reading.problem import Problem, shown
from stance.reading.rows import BadRow, Row, Table
from stance.reading.separated import read_separated
from stance.reading.source import Source, opened
from stance.reading.values import merged
from stance.reading.webpage import read_html
from stance.types import Document, Meta

_PAGES: dict[str, Callable[[bytes], Page]] = {
    "text": read_text,
    "markdown": read_markdown,
    "html": read_html,
}


def read_all(
    paths: Sequence[str | os.PathLike[str]],
    meta: Meta | None = None,
    *,
    format: str | None = None,
    columns: Columns | None = None,
    names: FileNames | None = None,
) -> Iterator[Document | DocumentError]:
    """Read what `paths` name, one document at a time and in their order.

    See `find_documents` for files, folders, patterns and `-`. A table (JSON Lines, CSV, Parquet)
    gives a document for each row, with the values of its `columns`; an archive (tar, zip) those of
    the files in it, whose ids begin with the archive's path. What `meta` says holds for all
    documents; what it leaves open each file fills, and then its name, by the patterns `names`.
    What cannot be read is yielded as a `DocumentError` in its place, never raised, so the others
    are still read.

    Raises:
        CallError: `format` is none of those that are known.
    """
    check_format(format)
    return _read_all(paths, meta or Meta(), format, columns or Columns(), names)


def read_document(
    path: str | os.PathLike[str], meta: Meta | None = None, *, format: str | None = None
) -> Document:
    """Read one file that is one document, or standard input for `-`.

    The document's id is the path as given (`stdin` for `-`), its `sha256` that of the bytes as
    they are stored. A plain text is kept as it is, line ends included, but for a byte-order mark
    and broken bytes, of which `warnings` speak.

    Raises:
        CallError: `format` is none of those that are known.
        DocumentError: the file is missing, may not be read, is a folder, is a table of documents,
            is larger than `MAX_BYTES`, changed while it was read, or holds no text.
    """
    check_format(format)
    given = os.fspath(path)
    try:
        with opened(given) as source:
            kind = _format(given, source, format)
            if kind in TABLES:
                raise Problem(f"is a table of documents ({kind}); read it with read_all")
            return _document(given, source, kind, meta or Meta())
    except Problem as problem:
        raise DocumentError(f"{_name(given)}: {problem}") from None


def _read_all(
    paths: Sequence[str | os.PathLike[str]],
    meta: Meta,
    format: str | None,
    columns: Columns,
    names: FileNames | None,
) -> Iterator[Document | DocumentError]:
    for found in find_documents(paths):
        if isinstance(found, DocumentError):
            yield found
            continue
        try:
            with opened(found) as source:
                archive = None if format else archive_by_name(found)
                if archive is None:
                    yield from _within(found, source, meta, format, columns, names)
                else:
                    for inner, content in members(source, archive):
                        path = f"{found}/{inner}"
                        yield from _member(path, content, meta, columns, names)
                    source.check_unchanged()
        except (Problem, MissingExtraError) as problem:
            yield DocumentError(f"{_name(found)}: {problem}")


def _member(
    path: str,
    content: BinaryIO | Problem,
    meta: Meta,
    columns: Columns,
    names: FileNames | None,
) -> Iterator[Document | DocumentError]:
    """The documents of one file in an archive; the others are read even if this one cannot be."""
    try:
        if isinstance(content, Problem):
            raise content
        yield from _within(path, Source(content, path, watched=False), meta, None, columns, names)
    except (Problem, MissingExtraError) as problem:
        yield DocumentError(f"{_name(path)}: {problem}")


def _within(
    path: str,
    source: Source,
    meta: Meta,
    format: str | None,
    columns: Columns,
    names: FileNames | None,
) -> Iterator[Document | DocumentError]:
    kind = _format(path, source, format)
    if kind in TABLES:
        table = Table(_id(path), _name(path), kind, meta)
        yield from table.documents(_rows(source, kind, columns))
        source.check_unchanged()
    else:
        document = _document(path, source, kind, meta)
        said = names.meta(path) if names is not None else Meta()
        yield replace(document, meta=merged(document.meta, said))


def _document(given: str, source: Source, kind: str, meta: Meta) -> Document:
    data, digest = source.read()
    page = _PAGES[kind](data)
    check_text(page.text)
    return Document(
        _id(given), page.text, digest, merged(meta, page.meta), kind, page.encoding, page.warnings
    )


def _rows(source: Source, kind: str, columns: Columns) -> Iterator[Row | BadRow]:
    if kind == "parquet":
        if source.packed or not source.is_file:
            raise Problem("Parquet is read from a file only, not packed nor from standard input")
        return read_parquet(source.stored, columns)
    read = read_jsonl if kind == "jsonl" else read_separated
    return read(Lines(source.content), columns)


def _format(given: str, source: Source, wanted: str | None) -> str:
    by_name = None if given == STDIN else format_by_name(given)
    return wanted or by_name or format_by_content(source.head)


def _name(given: str) -> str:
    """The file in a message."""
    return "stdin" if given == STDIN else shown(given)


def _id(given: str) -> str:
    """The file in an id: bytes of a name that are no UTF-8 could not be written: escaped."""
    return "stdin" if given == STDIN else given.encode("utf-8", "backslashreplace").decode("utf-8")
