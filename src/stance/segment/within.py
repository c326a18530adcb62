"""One block → sentences, by sentencex, with what it does not know set right around it.

sentencex decides where a stop ends a sentence. It does not see quotation marks and brackets: they
are masked, character for character, since it takes whole quotations for one sentence and needs
quadratic time for marks that are never closed. What surrounds a cut (closing marks, references,
list markers) is put on its side here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from heapq import merge
from itertools import chain

import sentencex

from stance.segment.exceptions import Exceptions
from stance.segment.insets import inset_cuts
from stance.segment.items import item_starts
from stance.types import Span

_CUTTABLE = re.compile(r"[.!?…。！？｡؟।۔•▪▫◦‣⁃●■)—–-](?=.)|@|\bpic\.", re.DOTALL)
"""Without any of these a block is one sentence."""
_UNREADABLE = re.compile("['‘’‛`](?!\\w)|(?<!\\w)['‘’‛`]|[\ud800-\udfff]")
"""Apostrophes at the edge of a word, and lone surrogates, which no encoding can write."""
_BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_MASKS = str.maketrans(
    dict.fromkeys(_BLANKS + '"“”„‟«»‹›「」『』()[]{}', " ") | dict.fromkeys("'‘’‛`。！？｡؟।۔", "x")
)
_WIDE_STOP = re.compile(r"[。！？｡؟।۔]+[\"'”’»」』)\]]*")
_CLOSERS = re.compile(r"[\"'”’»›」』)\]}]*")
_LATE_CLOSERS = re.compile(r"\s?[”’»›」』)\]}]+(?=\s|$)")
_REFERENCE = re.compile(
    r"\s?[\[(](?:\d{1,3}(?:[,–-]\s?\d{1,3})*|\.\.\.|…)[\])](?=\s+[\"“‘A-Z]|\s*$)"
)
_MARKER = re.compile(r"[•▪▫◦‣⁃●○■□·*–—-]?\s*\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,5})?[.)]{0,2}")
_LAST_WORD = re.compile(r"[\w][\w.&’'-]*$")
_FIRST = re.compile(r"\w")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_LAST_WORD = 5
"""Letters: a shorter word with a stop before lower case is rather an unknown abbreviation."""
_HOURS = re.compile(r"\b[ap]\.?m\.?$", re.IGNORECASE)


def sentences_within(text: str, block: Span, exceptions: Exceptions) -> Iterator[Span]:
    """The sentences of one block of `text`, sorted, with white space at neither end."""
    raw = block.of(text)
    if not _CUTTABLE.search(raw):
        yield from _trimmed(block.start, raw)
        return
    starts = item_starts(raw, exceptions.counted)
    wide = (match.end() for match in _WIDE_STOP.finditer(raw))
    cuts = merge(_stops(raw, starts, exceptions), wide, starts, sorted(inset_cuts(raw)))
    start = 0
    for cut in chain(cuts, [len(raw)]):
        piece = raw[start:cut]
        if cut < len(raw) and _MARKER.fullmatch(piece.strip()):
            continue  # it belongs to what follows
        yield from _trimmed(block.start + start, piece)
        start = cut


def _trimmed(start: int, piece: str) -> Iterator[Span]:
    """The span of `piece`, which begins at `start`, without the white space around it."""
    if bare := piece.strip():
        at = start + len(piece) - len(piece.lstrip())
        yield Span(at, at + len(bare))


def _stops(raw: str, starts: list[int], exceptions: Exceptions) -> Iterator[int]:
    """Where sentences of `raw` end: behind the stop and all that closes with it."""
    masked = _UNREADABLE.sub(" ", raw).translate(_MASKS)
    for row in sentencex.get_sentence_boundaries("en", masked):
        after = row["end_index"]
        stop = after - _trailing(masked, after)
        if not stop or after >= len(raw):
            continue
        end = _closed(raw, stop)
        if not _is_inner(raw, stop, end, exceptions) and not _is_marker(raw, stop, starts):
            yield end


def _trailing(masked: str, end: int) -> int:
    """How many spaces stand before `end`."""
    at = end
    while at and masked[at - 1] == " ":
        at -= 1
    return end - at


def _closed(raw: str, stop: int) -> int:
    """The end of the closing marks and references that belong to the stop before `stop`."""
    end = _CLOSERS.match(raw, stop).end()  # type: ignore[union-attr]  # an empty match is one
    for pattern in (_LATE_CLOSERS, _REFERENCE):
        if match := pattern.match(raw, end):
            end = match.end()
    return end


def _is_marker(raw: str, stop: int, starts: list[int]) -> bool:
    """Whether the stop is that of a list marker, as in "2." of "2. The second"."""
    at = bisect_left(starts, stop) - 1
    return at >= 0 and bool(_MARKER.fullmatch(raw, starts[at], stop))


def _is_inner(raw: str, stop: int, end: int, exceptions: Exceptions) -> bool:
    """Whether the sentence goes on behind this stop."""
    first = _FIRST.search(raw, end, end + 40)
    if first is None:
        return False
    word = _FIRST_WORD.match(raw, first.start())
    opened = raw[end : first.start()].strip()
    if opened.startswith("(") and raw[stop - 3 : stop] == "...":
        return True  # “parallel stairways [...]” (Smith 55)
    lower = word is not None and first.group().islower() and not opened.startswith("(")
    if end > stop or raw[stop - 1] != ".":
        return lower  # “It is over.” she said. Whose is it? he asked.
    last = _LAST_WORD.search(raw, max(0, stop - 24), stop - 1)
    before = last.group().lower() if last else ""
    if before in exceptions.titles or before in exceptions.inner:
        return True
    if before in exceptions.numbered:
        return lower or first.group().isdigit()
    if lower and len(before) < _SHORTEST_LAST_WORD:
        return True
    following = word.group().lower() if word else ""
    return bool(_HOURS.search(raw, max(0, stop - 6), stop)) and following in exceptions.after_hours
