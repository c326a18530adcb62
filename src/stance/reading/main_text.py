"""The body that trafilatura extracts from a page → plain text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from stance.reading.layout import Block, lay_out

_BLOCKS = {"p", "head", "quote", "list", "item", "div"}


def main_text(body: Any) -> str:
    """Headings, paragraphs, quotes and list items of `body`, an lxml element, as lines."""
    walk = _Walk()
    walk.element(body)
    walk.flush()
    blocks = walk.blocks
    # A headline is often there twice, for wide and for narrow screens.
    if len(blocks) > 1 and blocks[0].text.split() == blocks[1].text.split():
        blocks = blocks[1:]
    return lay_out(blocks)


@dataclass(slots=True)
class _Walk:
    """The state of one walk through the elements of a body."""

    blocks: list[Block] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _group: int = 0
    _lists: list[int] = field(default_factory=list)
    _marker: str = ""

    def element(self, element: Any) -> None:
        """Take an element with all that is in it, but not the text after it."""
        tag = element.tag
        if tag == "lb":
            self._pieces.append("\n")
            return
        if not isinstance(tag, str) or _is_code_block(element):
            self.flush()
            return
        is_block = tag in _BLOCKS and not (tag == "quote" and _is_in_paragraph(element))
        if is_block:
            self.flush()
        if tag == "list":
            self._group += not self._lists
            self._lists.append(0)
        elif tag == "item" and self._lists:
            self._lists[-1] += 1
            numbered = element.getparent().get("rend") == "ol"
            self._marker = f"{self._lists[-1]}. " if numbered else "• "
        self._take(element.text)
        for child in element:
            self.element(child)
            self._take(child.tail)
        if is_block:
            self.flush()
        if tag == "list":
            self._lists.pop()

    def flush(self) -> None:
        """End the block that is open, if it holds any text."""
        text = "".join(self._pieces)
        self._pieces = []
        if text.strip():
            self.blocks.append(Block(self._marker + text, self._group if self._lists else 0))
            self._marker = ""

    def _take(self, text: str | None) -> None:
        if text:
            self._pieces.append(text)


def _is_code_block(element: Any) -> bool:
    return element.tag == "code" and "\n" in "".join(element.itertext())


def _is_in_paragraph(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "p"
