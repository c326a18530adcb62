"""What a reader makes of one file that is one document, and what every text must be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from stance.reading import problem
from stance.reading.encodings import decode, detect
from stance.reading.problem import Problem
from stance.types import Meta

_LINE_END = re.compile("\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a file, what the file says of it, and how it was read (see `Document`)."""

    text: str
    encoding: str
    meta: Meta = field(default_factory=Meta)
    warnings: tuple[str, ...] = ()


def read_text(data: bytes) -> Page:
    """A plain text: but for a byte-order mark and broken bytes every character is kept.

    Raises:
        Problem: it is empty or no text.
    """
    if not data:
        raise Problem("is empty; a document needs some text")
    encoding = detect(data)
    text, warnings = decode(data, encoding)
    return Page(text, encoding.name, warnings=warnings)


def check_text(text: str) -> None:
    """Refuse what is no text to work on.

    Raises:
        Problem: there is only white space, or a line is longer than `MAX_LINE`.
    """
    if not text.strip():
        raise Problem("holds only white space; a document needs some text")
    if len(text) <= problem.MAX_LINE:
        return
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if len(line) > problem.MAX_LINE:
            raise Problem(
                f"line {number:,} has {len(line):,} characters; a text has at most "
                f"{problem.MAX_LINE:,} in a line; break it into paragraphs"
            )
