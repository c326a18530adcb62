"""Which format a file has: by the caller's word, by its name, or by its first bytes."""

from __future__ import annotations

import re

from stance.errors import CallError

PAGES = ("text", "markdown", "html")
"""Formats of which one file is one document."""

TABLES = ("jsonl", "csv", "parquet")
"""Formats of which one file is many documents, one in each row."""

_BY_SUFFIX = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
}

_ARCHIVES = {".tar": "tar", ".tar.gz": "tar", ".tgz": "tar", ".zip": "zip"}

SUFFIXES = (*_BY_SUFFIX, *(f"{end}.gz" for end, name in _BY_SUFFIX.items() if name != "parquet"))
"""What is read inside a folder, in any case; a file that is named itself may end as it likes.
Archives are read where they are named themselves."""

HEAD = 1024
"""How many first bytes decide on the format of a file whose name does not."""

GZIP = b"\x1f\x8b"
PARQUET = b"PAR1"

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.I | re.S
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def check_format(name: str | None) -> None:
    """Refuse the name of a format that is none.

    Raises:
        CallError: the name is unknown; the text lists those that are allowed.
    """
    if name is not None and name not in (*PAGES, *TABLES):
        allowed = ", ".join((*PAGES, *TABLES))
        raise CallError(f"{name!r} is no format; it is one of {allowed}")


def format_by_name(path: str) -> str | None:
    """The format that the end of `path` tells, with or without .gz after it, or None.

    A name that is all suffix, such as `.csv`, is a hidden file's and tells nothing.
    """
    stem = path.rpartition("/")[2].lower().removesuffix(".gz")
    name, dot, end = stem.rpartition(".")
    return _BY_SUFFIX.get(dot + end) if name else None


def archive_by_name(path: str) -> str | None:
    """ "tar" or "zip" for the name of an archive, else None."""
    name = path.rpartition("/")[2].lower()
    return next((kind for end, kind in _ARCHIVES.items() if name.endswith(end)), None)


def format_by_content(head: bytes) -> str:
    """The format of a file by its first `HEAD` bytes: parquet, html, or else text."""
    if head.startswith(PARQUET):
        return "parquet"
    for mark in _MARKS:
        head = head.removeprefix(mark)
    # Without its zero bytes, UTF-16 of a tag reads as ASCII.
    return "html" if _HTML.match(head.replace(b"\0", b"")) else "text"
