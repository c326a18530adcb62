"""Where a text quotes: the stretches between quotation marks, over sentences and paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from stance.types import Span

_MARK = re.compile(r"[“”«»„\"]|‘‘|’’|``|''|(?<!\w)[‘'](?=\S)|(?<=[\w.,!?…”\"])[’'](?!\w)")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_ENDS_SPEECH = ".,!?…—-"
_LONGEST = 4000
"""Characters after which a quotation that nobody closed is given up."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    kind: str
    """`double` or `single`."""
    side: str
    """`open`, `close`, or `either`."""


def quotations(text: str) -> tuple[Span, ...]:
    """The quoted stretches of a text without their marks, sorted and disjoint.

    Straight and typographic marks, doubled single ones, and single ones (British style) count. A
    quotation inside another is part of the outer one. A mark that nobody closes quotes to the end
    of its paragraph, and on through each next paragraph that opens with a mark again; a closing
    mark that nobody opened quotes nothing. Linear in the length of the text.
    """
    found: list[Span] = []
    running = False
    for first, last in _paragraphs(text):
        marks = [_mark(text, match) for match in _MARK.finditer(text, first, last)]
        here, open_ = _in_paragraph(text, marks, last)
        goes_on = running and bool(marks) and not text[first : marks[0].start].strip()
        if goes_on and here and found and here[0].start == marks[0].end:
            found[-1] = Span(found[-1].start, here.pop(0).end)
        found += here
        running = open_
    return tuple(found)


class Quoted:
    """Looks up whether a place is quoted."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._starts = [span.start for span in spans]

    def at(self, place: int) -> Span | None:
        """The quotation that covers a character, or None."""
        index = bisect_right(self._starts, place) - 1
        if index >= 0 and place < self._spans[index].end:
            return self._spans[index]
        return None


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Where each paragraph begins and ends."""
    edges = [0]
    for match in _PARAGRAPH.finditer(text):
        edges += [match.start(), match.end()]
    edges.append(len(text))
    return [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2) if edges[i] < edges[i + 1]]


def _mark(text: str, match: re.Match[str]) -> _Mark:
    mark = match.group()
    kind = "single" if mark in ("‘", "’", "'") else "double"
    return _Mark(match.start(), match.end(), kind, _side(text, match))


def _side(text: str, match: re.Match[str]) -> str:
    """Whether a mark opens or closes, by its shape, else by what stands beside it."""
    mark = match.group()
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else " "
    if mark in ("“", "«", "„", "``", "‘‘"):
        return "open"
    if mark in ("”", "»", "’’"):
        return "close"
    if before.isspace() or before in "([—–-/“‘":
        return "either" if after.isspace() else "open"
    return "close" if after.isspace() or not after.isalnum() else "either"


def _in_paragraph(text: str, marks: Sequence[_Mark], last: int) -> tuple[list[Span], bool]:
    """The quotations of a paragraph, and whether the last one is left open."""
    found: list[Span] = []
    opened: _Mark | None = None
    for number, mark in enumerate(marks):
        if opened is None:
            if mark.side != "close" and _opens(text, marks, number):
                opened = mark
        elif mark.kind == opened.kind:
            if mark.side == "open" and mark.kind == "double" and text[opened.start] != '"':
                continue  # one more mark of the same kind inside
            if mark.kind == "single" and not _closes(text, mark):
                continue
            if opened.end < mark.start:
                found.append(Span(opened.end, mark.start))
            opened = None
    left_open = opened is not None and opened.kind == "double"
    if opened is not None and left_open:
        end = min(_stripped(text, opened.end, last), opened.end + _LONGEST)
        if opened.end < end:
            found.append(Span(opened.end, end))
    return found, left_open


def _opens(text: str, marks: Sequence[_Mark], number: int) -> bool:
    """Whether a single mark is closed later in its paragraph; a double one always opens."""
    mark = marks[number]
    if mark.kind == "double":
        return True
    return any(
        other.kind == "single" and other.side == "close" and _closes(text, other)
        for other in marks[number + 1 : number + 9]
    )


def _closes(text: str, mark: _Mark) -> bool:
    """Whether a single mark ends a quotation, not a plural in the genitive ("ministers' plan")."""
    before = text[mark.start - 1]
    after = text[mark.end : mark.end + 2]
    return (
        before in _ENDS_SPEECH + '”"' or before != "s" or after[:1] in ",.;:)" or not after.strip()
    )


def _stripped(text: str, start: int, end: int) -> int:
    """The end of a stretch without the white space there."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
