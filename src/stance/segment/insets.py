"""What stands in a line beside its sentence: datelines, date stamps, embedded posts."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|January|February|March|April|June|July"
    r"|August|September|October|November|December)\.?"
)
_NAME = r"[A-Z][\w’'.-]{1,20}"
_PLACE = rf"{_NAME}(?:,?\s(?:(?:de|del|da|do|el|la|al|of|and)\s)?{_NAME}){{0,3}}"
_CAPITALS = r"[A-Z][A-Z’'.-]{2,20}(?:\s[A-Z][A-Z’'.-]{1,20}){0,2}"
_DATE = rf"(?:{_MONTH}\s\d{{1,2}}(?:,\s\d{{4}})?|\d{{1,2}}\s{_MONTH}(?:,?\s\d{{4}})?)"
_AGENCY = r"\s\([A-Z][\w\ .&/]{1,30}\)"
_DATELINE = re.compile(
    rf"""\s*(?:
      (?P<sure> {_CAPITALS}(?:,\s{_NAME})?(?:,\s{_DATE})?(?:{_AGENCY})?
              | {_PLACE},?\s{_DATE}(?:{_AGENCY})?
              | {_PLACE}{_AGENCY})
      | {_PLACE})
    (?:\s?(?:--|[—–])\s?|\s-\s)(?=[\"“‘«]?[A-Z])""",
    re.VERBOSE,
)
_SPACED_DASH = re.compile(r"\s[—–-]\s")
_PROSE = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
_SHORTEST_STORY = 60
"""Characters behind the dash of a dateline; less is a headline with a dash in it."""

_STAMP = re.compile(
    r"\s*(?:(?:date|published|posted|updated)(?: on)?:?\s)?"
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?\s+(?=[\"“‘]?[A-Z])",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    rf"—\s?[^—\n]{{1,80}}?\s?\(@\w{{1,30}}\)(?:\s{_MONTH}\s\d{{1,2}},\s\d{{4}})?"
)
_PICTURE = re.compile(r"\bpic\.(?:twitter|x)\.com/\w{1,20}")


def inset_cuts(raw: str) -> Iterator[int]:
    """Offsets in `raw`, a block of text, before and behind its insets.

    A dateline ("LIMA, May 5 (EFE) —") opens a block of prose; with neither capitals, date nor
    agency it must be followed by a running story, as "Lima – Peru said on Monday that …". So does
    the stamp of an export ("2024-05-31 Peru said"). An embedded post ends with its picture link or
    its signature ("— Name (@name) May 5, 2025").
    """
    dateline = _DATELINE.match(raw)
    if (
        dateline
        and _PROSE.search(raw, max(0, len(raw) - 8))
        and (dateline.group("sure") or _opens_story(raw, dateline.end()))
    ):
        yield dateline.end()
    if stamp := _STAMP.match(raw):
        yield stamp.end()
    for match in _PICTURE.finditer(raw):
        yield match.end()
    for match in _SIGNATURE.finditer(raw):
        yield from (match.start(), match.end())


def _opens_story(raw: str, at: int) -> bool:
    """Whether what begins at `at` reads as a news story and not as the rest of a headline."""
    first = raw[at : at + 400]
    return len(first) >= _SHORTEST_STORY and not _SPACED_DASH.search(first)
