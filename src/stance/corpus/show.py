"""A corpus summary as a table for people, as JSON, or as CSV."""

from __future__ import annotations

import csv
import dataclasses
import json
from typing import TYPE_CHECKING, TextIO

from stance.corpus.summary import CLEAR
from stance.errors import CallError
from stance.measure.intervals import wilson
from stance.output.probability import shown as probability
from stance.output.rows import safe
from stance.output.visible import visible

if TYPE_CHECKING:
    from stance.corpus.summary import Change, Period, Summary, Taken

FORMATS = ("table", "json", "csv")
_SHOWN = 160
"""Characters of a passage in the table."""


def check_format(format: str) -> None:
    """See that `write` knows a format.

    Raises:
        CallError: there is no such format.
    """
    if format not in FORMATS:
        raise CallError(
            f"--format {format}: there is no such format; allowed: {', '.join(FORMATS)}"
        )


def write(summary: Summary, stream: TextIO, *, format: str, least: int) -> None:
    """Write a summary; the table and CSV show actors with at least `least` documents of a side.

    Raises:
        CallError: there is no such format.
    """
    check_format(format)
    if format == "json":
        json.dump(dataclasses.asdict(summary), stream, ensure_ascii=False)
        stream.write("\n")
    elif format == "csv":
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(_COLUMNS)
        for row in summary.rows:
            if row.documents >= least:
                rows.writerow([safe(getattr(row, field) or "") for field in _COLUMNS])
    else:
        stream.write("\n\n".join(_sections(summary, least)) + "\n")


_COLUMNS = (
    "actor", "name", "label", "side", "documents", "of", "probability", "first", "last",
)  # fmt: skip


def _sections(summary: Summary, least: int) -> list[str]:
    copies = f", {summary.duplicates:,} copies left out" if summary.duplicates else ""
    about = "" if summary.about is None else f", {summary.about:,} of them with words of the issue"
    sections = [
        f"{summary.issue}: {summary.documents:,} documents{about}{copies}",
        _actors(summary, least),
    ]
    if summary.periods:
        sections.append(_over_time(summary))
    if summary.changes:
        sections.append(
            f"Changed sides (probabilities of {CLEAR} or more)\n"
            + "\n".join(_change(one, summary) for one in summary.changes)
        )
    if summary.doubtful:
        doubts = "\n".join(_passage(one, summary) for one in summary.doubtful)
        sections.append(f"Most doubtful: read these yourself\n{doubts}")
    return sections


def _actors(summary: Summary, least: int) -> str:
    shown = [row for row in summary.rows if row.documents >= least]
    lines: list[tuple[str, ...]] = [("Actor", "Side", "Documents", "of", "Mean prob.", "Years")]
    lines += [
        (
            visible(row.name),
            f"{row.side} {summary.shorts[row.label]}",
            f"{row.documents:,}",
            f"{row.of:,}",
            probability(row.probability),
            "" if row.first is None else f"{row.first}-{row.last}",
        )
        for row in shown
    ]
    rest = len(summary.rows) - len(shown)
    note = f"\n{rest:,} more with fewer than {least} documents" if rest else ""
    return _columns(lines) + note


def _over_time(summary: Summary) -> str:
    lines: list[tuple[str, ...]] = [("From", "Side", "Documents", "of", "Share (95 %)", "Actors")]
    lines += [_period(one, summary) for one in summary.periods]
    return _columns(lines)


def _period(one: Period, summary: Summary) -> tuple[str, ...]:
    low, high = wilson(one.documents, one.of)
    return (
        str(one.start),
        f"{one.side} {summary.shorts[one.label]}",
        f"{one.documents:,}",
        f"{one.of:,}",
        f"{one.documents / one.of:.2f} ({low:.2f}-{high:.2f})",
        f"{one.actors:,}",
    )


def _change(one: Change, summary: Summary) -> str:
    return (
        f"  {one.actor}, {summary.shorts[one.label]}: {one.before.side} until {one.before.year}, "
        f"{one.after.side} from {one.after.year}\n"
        f"{_passage(one.before, summary)}\n{_passage(one.after, summary)}"
    )


def _passage(one: Taken, summary: Summary) -> str:
    text = visible(one.text)
    text = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    sure = probability(one.probability)
    said = f"{visible(one.actor)} {one.side} {summary.shorts[one.label]} {sure}"
    return f"    {visible(one.document)}: {said}: «{text}»"


def _columns(lines: list[tuple[str, ...]]) -> str:
    """Columns of text; numbers, from the third on, stand on the right."""
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at < 2 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
