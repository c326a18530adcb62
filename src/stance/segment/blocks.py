"""Lines → blocks: stretches of text that no sentence crosses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from stance.types import Span

_LINE_END = re.compile(r"(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])\s*")
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_LONGEST_WRAP = 120
"""Characters: a text whose lines are mostly longer was not wrapped by hand."""
_SHORTEST_WRAP = 30

_ITEM = re.compile(
    r"""
    [•▪▫◦‣⁃●○■□*·o–—-]\s+\S             # a bullet
    | \(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]{1,2}\s   # 1.  (a)  iv)
    | \#{1,6}\s | >\s                      # headings and quotations of Markdown
    """,
    re.VERBOSE,
)
_FURNITURE = re.compile(
    r"""\s*(?:
      [-–—]?\s?(?:[Pp]age\s|[Pp]\.\s?)?\d{1,4}(?:\s?(?:/|of)\s?\d{1,4})?\s?[-–—]?  # Page 3 of 8
    | (?:\d{1,4}\s+)?                                                # 24 10-55122, A/57/PV.3
      (?:\d\d-\d{5}|[A-Z]{1,3}/[A-Z\d./()-]{2,30})
      (?:\s+\d{1,4})?
    )\s*""",
    re.VERBOSE,
)
_DIGITS = re.compile(r"[\d\s]+")
_LONGEST_HEAD = 100
"""Characters of the longest line that can be page furniture."""
_ENDED = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*\s*$")
"""A line that ends as a sentence or a list item does."""
_UNFINISHED = re.compile(
    r"\b(?:an?|and|as|at|by|for|from|her|his|in|its|nor|of|on|or|our|than|that|the|their|to|with)\s*$"
)
"""A line that cannot be whole, whatever the next one begins with."""
_OPENING = re.compile(r"[\"“‘«(\[]?(?=\S)|")
_HYPHENATED = re.compile(r"[^\W\d_]-\s*$")


def blocks(text: str) -> Iterator[Span]:
    """Cut a text at the line breaks that end something.

    A line break ends its block, so that headlines, captions and bylines stand alone, unless the
    line is a hard wrap: the next line goes on in lower case, this one ends with a hyphen or a
    word that no sentence ends with, or the text is wrapped throughout and the line is not a short
    one. An empty line and the beginning of a list item end a block too, and so does a line of
    page furniture: a page number, a document symbol, a running head.
    """
    usual = wrap_width(text)
    running = _running_heads(text) if usual is not None else frozenset()
    start = line = 0
    for match in _LINE_END.finditer(text):
        end = match.start()
        if not _goes_on(text, line, match, usual, running):
            if end > start:
                yield Span(start, end)
            start = match.end()
        line = match.end()
    if start < len(text):
        yield Span(start, len(text))


def wrap_width(text: str) -> int | None:
    """The usual length of the lines of a hard-wrapped text, None where it is not wrapped."""
    lengths = sorted(len(line) for match in _LINE.finditer(text) if (line := match.group()).strip())
    if len(lengths) < 4 or lengths[-(len(lengths) // 10) - 1] > _LONGEST_WRAP:
        return None
    usual = lengths[len(lengths) // 2]
    return usual if usual >= _SHORTEST_WRAP else None


def _is_furniture(text: str, start: int, end: int, running: frozenset[str]) -> bool:
    """Whether the line from `start` to `end` is a page number, a symbol, or a running head."""
    if end - start > _LONGEST_HEAD:
        return False
    if _FURNITURE.fullmatch(text, start, end):
        return True
    return bool(running) and _DIGITS.sub("", text[start:end]) in running


def _running_heads(text: str) -> frozenset[str]:
    """The lines of a paged text that come again with another page number, without the digits."""
    counts = Counter(
        _DIGITS.sub("", line)
        for line in text.splitlines()
        if len(line) <= _LONGEST_HEAD and _DIGITS.search(line)
    )
    return frozenset(
        line for line, count in counts.items() if count > 1 and any(c.isalpha() for c in line)
    )


def _goes_on(
    text: str, line: int, match: re.Match[str], usual: int | None, running: frozenset[str]
) -> bool:
    """Whether the line that began at `line` and ends at `match` goes on in the next one."""
    after = match.end()
    if after >= len(text) or _is_furniture(text, line, match.start(), running):
        return False
    next_end = _LINE_END.search(text, after, after + _LONGEST_HEAD + 1)
    if next_end and _is_furniture(text, after, next_end.start(), running):
        return False
    # A view of the end of the line is enough, and keeps the time linear.
    ending = text[max(line, match.start() - 12) : match.start()]
    gap = len(match.group().splitlines()) > 1
    if text[_OPENING.match(text, after).end()].islower():  # type: ignore[union-attr]
        if _ITEM.match(text, after):
            return False
        return not _ENDED.search(ending) or (usual is not None and not gap)
    if gap:
        return False
    if _UNFINISHED.search(ending) or _HYPHENATED.search(ending):
        return True
    if usual is None:
        return False
    if _ITEM.match(text, after) and _ENDED.search(ending):
        return False
    return match.start() - line >= usual / 2
