"""Blocks of a page → plain text: paragraphs apart by a blank line, items and rows by a line end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SPACE = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v]*|[ \t\r\f\v]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table row: blocks of one `group` (from 1) stand together.

    `group` 0 is no group: the block stands alone.
    """

    text: str
    group: int = 0


def lay_out(blocks: Sequence[Block]) -> str:
    """The text of the blocks that hold any."""
    parts: list[str] = []
    before = 0
    for block in blocks:
        text = _tidy(block.text)
        if not text:
            continue
        if parts:
            parts.append("\n" if block.group and block.group == before else "\n\n")
        parts.append(text)
        before = block.group
    return "".join(parts)


def _tidy(text: str) -> str:
    """Runs of space become one, and none stands at the ends of a line."""
    return _SPACE.sub(lambda run: "\n" if "\n" in run[0] else " ", text).strip()
