"""List items that stand in one line: where each begins."""

from __future__ import annotations

import re
from collections.abc import Collection

_BULLET = re.compile(r"(?<!\S)[•▪▫◦‣⁃●■](?=\s*[^\s•▪▫◦‣⁃●■])")
_FIRST = re.compile(r"\s*(\(?)(\d{1,3}|a)([.)]{1,2})\s+(?=\S)")
_NEXT = re.compile(r"(?<=\s)(\(?)(\d{1,3}|[a-z])([.)]{1,2})\s+(?=[\"“‘]?[A-Z])")
_LONGEST_ITEM = 80
"""Characters of an item without a stop: further apart, two numbers are hardly one list."""


def item_starts(raw: str, counted: Collection[str]) -> list[int]:
    """Offsets in `raw`, a block of text, at which list items begin, the first item included.

    Bullets begin an item wherever they stand free. A number or letter does where the block begins
    with one of its kind, each follows on the one before ("1. … 2. …", "a) … b) …"), and it stands
    behind a stop or behind a short item without one. `counted` are words that a number belongs
    to ("article 4. It").
    """
    bullets = [match.start() for match in _BULLET.finditer(raw)]
    return bullets if bullets else _numbered(raw, counted)


def _numbered(raw: str, counted: Collection[str]) -> list[int]:
    first = _FIRST.match(raw)
    if first is None:
        return []
    starts = [first.start(2) - len(first.group(1))]
    style, value, end = (first.group(1), first.group(3)), first.group(2), first.end()
    for match in _NEXT.finditer(raw, end):
        if (match.group(1), match.group(3)) != style or match.group(2) != _after(value):
            continue
        item = raw[end : match.start()].rstrip() if match.start() - end <= _LONGEST_ITEM else None
        ended = raw[match.start() - 2 : match.start()].strip()[-1:] in tuple('.!?;:”")’')
        if not ended and (item is None or not _is_bare(item, counted)):
            continue
        starts.append(match.start())
        value, end = match.group(2), match.end()
    return starts if len(starts) > 1 else []


def _is_bare(item: str, counted: Collection[str]) -> bool:
    """Whether an item has no stop inside and does not end with a word that takes a number."""
    words = item.split()
    return bool(words) and words[-1].lower() not in counted and not re.search(r"[.!?]\s", item)


def _after(value: str) -> str:
    return str(int(value) + 1) if value.isdigit() else chr(ord(value) + 1)
