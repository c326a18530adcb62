"""CSV and its kin → rows: fields set apart by a comma, semicolon, tab or bar."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from stance.reading import problem
from stance.reading.columns import Columns
from stance.reading.lines import Lines
from stance.reading.problem import Problem, megabytes
from stance.reading.rows import BadRow, Row, remarks

_DELIMITERS = ",;\t|"
_HEADER_LINES = 10
"""How many lines the names of columns may fill, with line ends in quotation marks."""


def read_separated(lines: Lines, columns: Columns) -> Iterator[Row | BadRow]:
    """The rows below the header; fields in quotation marks may hold line ends.

    The delimiter is the first of comma, semicolon, tab and bar by which the header holds the text
    column. Empty lines are passed over.

    Raises:
        Problem: the header lacks a column, a quotation mark is never closed, the stream is
            damaged.
    """
    csv.field_size_limit(max(csv.field_size_limit(), problem.MAX_BYTES))
    feed = _Feed(lines)
    header, delimiter = _header(feed, columns.text)
    used = {role: header.index(name) for role, name in columns.among(header).items()}
    reader = csv.reader(feed, delimiter=delimiter)
    remark = lines.encoding.remark
    while (cells := feed.next_of(reader)) is not None:
        if not cells:
            continue
        if len(cells) < len(header) or any(cells[len(header) :]):
            fault = Problem(
                f"has {len(cells):,} instead of {len(header):,} cells; "
                "put a text that holds the delimiter or a line end in quotation marks"
            )
            yield BadRow(feed.start, fault)
            continue
        values = {role: cells[index] for role, index in used.items()}
        yield Row(feed.start, values, lines.encoding.name, remarks(remark, feed.broken))
        remark = None  # said once, with the first document


class _Feed:
    """The lines that the csv module asks for; `start` is where the record began, from 1.

    `broken` counts the broken characters in its lines.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = iter(lines)
        self._parts: Iterator[str] = iter(())
        self._line = 0
        self._size = 0
        self._ended = False
        self.start = 1
        self.broken = 0

    def next_of(self, reader: Iterator[list[str]]) -> list[str] | None:
        """The next record; an empty list for an empty line, None at the end.

        Raises:
            Problem: it cannot be read, is too long, or the file ends within it.
        """
        self.start = self._line + 1
        self._size = self.broken = 0
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Problem(f"line {self.start:,} cannot be read as CSV ({error})") from None
        if cells is not None and self._ended:
            raise Problem(
                f"a quotation mark is never closed in the record that begins in line {self.start:,}"
            )
        return cells

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        part = next(self._parts, None) or self._first_part_of_line()
        self._line += 1
        self._size += len(part)
        if self._size > problem.MAX_BYTES:
            raise self._too_long()
        return part

    def _first_part_of_line(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self._ended = True
            raise
        if line.text is None:
            raise self._too_long()
        self.broken += line.broken
        # Old spreadsheets end a line by a carriage return alone.
        self._parts = iter(io.StringIO(line.text, newline=""))
        return next(self._parts, "")

    def _too_long(self) -> Problem:
        return Problem(
            f"the record that begins in line {self.start:,} is longer than "
            f"{megabytes(problem.MAX_BYTES)}; is a quotation mark left open?"
        )


def _header(feed: _Feed, text_column: str) -> tuple[list[str], str]:
    """The names in the first line that is not empty, and the delimiter between them."""
    line = next((line for line in feed if line.strip()), "")
    lines = [line]
    while "".join(lines).count('"') % 2 and len(lines) < _HEADER_LINES:
        lines.append(next(feed, ""))
    readings = []
    for delimiter in _DELIMITERS:
        names = [name.strip() for name in next(csv.reader(lines, delimiter=delimiter), [])]
        if text_column in names:
            return names, delimiter
        readings.append((names, delimiter))
    # None has it: the error about the missing column lists what looks most like columns.
    return max(readings, key=lambda reading: len(reading[0]))
