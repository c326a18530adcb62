"""What is wrong with a file or a row, said once and shown safely; and the bounds of both."""

from __future__ import annotations

from collections.abc import Iterable

MAX_BYTES = 20_000_000
"""The largest document or table row: 20 MB, some forty novels; more is a collection or no text."""

MAX_LINE = 1_000_000
"""The most characters in one line of a text: a book without a single line end has fewer."""


class Problem(Exception):
    """What is wrong, without the file's name: a `DocumentError` is made of it before it leaves."""


def shown(path: str) -> str:
    """`path` as one line that is safe to print: control characters and bad bytes are escaped."""
    if not path:
        return "''"
    clean = path.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in clean)


def quoted(content: str, most: int = 40) -> str:
    """At most `most` characters of a file's content, escaped and in quotation marks."""
    safe = shown(content[:most]) if content else ""
    return f"'{safe[:most]}…'" if len(content) > most or len(safe) > most else f"'{safe}'"


def listed(names: Iterable[str], most: int = 20, width: int = 100) -> str:
    """The names of columns for a message: at most `most` of them, in about `width` characters."""
    parts: list[str] = []
    for name in names:
        part = quoted(name)
        if len(parts) == most or sum(map(len, parts)) + len(part) > width:
            return ", ".join([*parts, "…"])
        parts.append(part)
    return ", ".join(parts) or "none"


def megabytes(size: int) -> str:
    """A bound in bytes as it is said to the user."""
    return f"{size // 1_000_000} MB"
