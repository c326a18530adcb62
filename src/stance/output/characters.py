"""Text and offsets as other programs hold them: spreadsheets, XML, and strings of 16-bit units."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_LINE_FEED = re.compile("(?<=\r)\n")

CELL = 32_767
"""The characters that one cell of Excel holds; a longer one spills into the rows below."""


def well_formed(text: str) -> str:
    """Lone surrogates, which no encoding holds, become U+FFFD: one character for one."""
    return _SURROGATE.sub("\ufffd", text)


def plain(text: str) -> str:
    """Control characters but tab and line ends, and lone surrogates, become U+FFFD.

    One character stands for one, so offsets stay good.
    """
    return _CONTROL.sub("\ufffd", text)


def spreadsheet(text: str) -> str:
    """A cell that no spreadsheet runs as a formula and that Excel can hold.

    One apostrophe is put in front of a cell that begins with a tab or line end, or whose first
    character after white space, quotation marks and invisible characters is one of = + - @, also
    full-width. `original` takes it away. Cells longer than `CELL` are cut and end in "…".
    """
    text = plain(text)
    if _may_run(text):
        text = f"'{text}"
    return text if len(text) <= CELL // 2 or _units(text) <= CELL else _cut(text)


def original(cell: str) -> str:
    """The text of a cell that `spreadsheet` wrote."""
    return cell[1:] if cell.startswith("'") and _may_run(cell) else cell


def _may_run(text: str) -> bool:
    if text.lstrip("'").startswith(("\t", "\r", "\n")):
        return True
    first = next((c for c in text if not _passed_over(c)), "")
    return bool(first) and unicodedata.normalize("NFKC", first)[0] in "=+-@"


def _passed_over(character: str) -> bool:
    # Quotation marks of all kinds are of Pi or Pf, but for the straight ones.
    return (
        character in "'\"`\ufffd"
        or character.isspace()
        or unicodedata.category(character) in {"Cc", "Cf", "Pi", "Pf"}
    )


def _units(text: str) -> int:
    return len(text) + len(_ASTRAL.findall(text))


def _cut(text: str) -> str:
    kept = text[: CELL - 1]
    while _units(kept) > CELL - 1:
        kept = kept[: -max((_units(kept) - CELL + 1) // 2, 1)]
    return f"{kept}…"


def xml(text: str) -> str:
    """On one line, with U+FFFD for what XML 1.0 cannot hold."""
    return " ".join(_NOT_XML.sub("\ufffd", text).split())


def utf16(text: str, *, one_line_end: bool = False) -> Callable[[int], int]:
    """From an offset in code points of `text` to one in UTF-16 code units, as Java counts.

    `one_line_end` counts a carriage return with its line feed as one.
    """
    astral = [found.start() for found in _ASTRAL.finditer(text)]
    joined = [found.start() for found in _LINE_FEED.finditer(text)] if one_line_end else []
    return lambda offset: offset + bisect_left(astral, offset) - bisect_left(joined, offset)


def code_points(text: str) -> Callable[[int], int]:
    """From an offset in UTF-16 code units of `text` to one in code points."""
    astral = [found.start() + index for index, found in enumerate(_ASTRAL.finditer(text))]
    return lambda offset: offset - bisect_left(astral, offset)
