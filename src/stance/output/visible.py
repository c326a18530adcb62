"""Text from a document, made safe to show: nothing in it may act on the terminal or the reader."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TextIO

from stance.tokens import unwrapped

_HARMLESS = {"\u00ad", "\u200c", "\u200d"}
"""Soft hyphen and the joiners: invisible by design, common in web pages, Persian and emoji."""

_HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs"}
"""Control characters, formatting (bidirectional overrides, zero width) and lone surrogates."""


def visible(text: str) -> str:
    """`text` on one line: white space becomes one space, a hidden character its number `<U+…>`.

    Escape sequences thus lose their escape, and an override cannot reorder what is shown.
    """
    line = re.sub(r"\s+", " ", unwrapped(text))
    if line.isprintable():
        return line
    return "".join(
        f"<U+{ord(c):04X}>"
        if unicodedata.category(c) in _HIDDEN_CATEGORIES and c not in _HARMLESS
        else c
        for c in line
    )


def takes(stream: TextIO, characters: str | None = None) -> bool:
    """Whether `stream` can encode `characters`; None asks for any character at all."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if codecs.lookup(encoding).name.startswith("utf"):
        return True
    try:
        return characters is not None and bool(characters.encode(encoding))
    except UnicodeEncodeError:
        return False
