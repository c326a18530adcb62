"""The rows of a table → documents; a bad row is an error of its own and the others are read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from stance.errors import DocumentError
from stance.reading.encodings import counted, repair_remark
from stance.reading.page import check_text
from stance.reading.problem import Problem
from stance.reading.values import cleaned, language_code, merged, without_surrogates
from stance.types import Document, Meta

_FRUITLESS = 100
"""How many rows may fail before the first document: after that the file is another thing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its values by role. `line` is where it begins in the file, counted from 1."""

    line: int
    values: Mapping[str, object]
    encoding: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read, and why."""

    line: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class Table:
    """The file that rows stand in: its name in ids and in messages, its format, the given meta."""

    id: str
    name: str
    format: str
    meta: Meta

    def documents(self, rows: Iterable[Row | BadRow]) -> Iterator[Document | DocumentError]:
        """One document or error for each row.

        Raises:
            Problem: there are no rows, or the first hundred all fail.
        """
        failed = 0
        fruitful = False
        for row in rows:
            try:
                if isinstance(row, BadRow):
                    raise row.problem
                document = self._document(row)
            except Problem as problem:
                failed += 1
                yield DocumentError(f"{self.name}:{row.line}: {problem}")
            else:
                fruitful = True
                yield document
            if failed == _FRUITLESS and not fruitful:
                raise Problem(
                    f"each of the first {_FRUITLESS} rows fails, the rest is not read; "
                    f"is it {self.format}?"
                )
        if not failed and not fruitful:
            raise Problem("there are no rows; a table needs at least one with a text")

    def _document(self, row: Row) -> Document:
        text, repairs = _text(row.values.get("text"))
        others = {role: value for role, value in row.values.items() if role != "text"}
        nested = [role for role, value in others.items() if isinstance(value, (list, dict))]
        found = {role: None if role in nested else cleaned(others[role]) for role in others}
        id = found.pop("id", None) or f"{self.id}:{row.line}"
        meta = Meta(**found)
        return Document(
            id,
            text,
            hashlib.sha256(text.encode()).hexdigest(),
            merged(self.meta, Meta(**found | {"language": language_code(meta.language)})),
            self.format,
            row.encoding,
            row.warnings
            + repairs
            + tuple(f"its {role} is {_kind(others[role])} and is left out" for role in nested),
        )


def remarks(encoding_remark: str | None, broken: int) -> tuple[str, ...]:
    """What to say of a row: how the file was read, and how many characters of it were broken."""
    repairs = [f"{counted(broken)} in this row replaced by \ufffd"] if broken else []
    return (*([encoding_remark] if encoding_remark else []), *repairs)


def _text(value: object) -> tuple[str, tuple[str, ...]]:
    """The text of a row, without lone surrogates, and a remark where there were any."""
    if not isinstance(value, str):
        raise Problem(f"its text is {_kind(value)}; a document needs some text")
    if not value:
        raise Problem("its text is empty; a document needs some text")
    if "\0" in value:
        at = value.index("\0")
        raise Problem(f"its text holds a zero character (character {at:,}); remove it")
    text, count = without_surrogates(value)
    check_text(text)
    if not count:
        return text, ()
    first = next(i for i, (old, new) in enumerate(zip(value, text, strict=True)) if old != new)
    return text, (repair_remark(count, first),)


def _kind(value: object) -> str:
    """What a value is, in words."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"
