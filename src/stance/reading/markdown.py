"""Markdown → the text as a reader sees it: no marks, no addresses, no code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from stance.reading.front_matter import read_front_matter
from stance.reading.layout import Block, lay_out
from stance.reading.page import Page, check_text, read_text
from stance.reading.problem import Problem

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MAX_NESTING = 60
"""Quotes in lists in quotes: what is deeper is left out by the parser."""

_MAX_BRACKETS = 20_000
"""Opening brackets in one paragraph: the time to find their links grows with the square."""

_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.S)
_GROUPS = ("bullet_list", "ordered_list", "table")


def read_markdown(data: bytes) -> Page:
    """Headings, paragraphs, quotes, list items and table rows, each on lines of their own.

    Link and image texts stand without addresses; code blocks and raw HTML are left out. The title
    is that of the front matter, or else the first heading of level 1.

    Raises:
        Problem: there is no text, or a paragraph is made to be slow.
    """
    source = read_text(data)
    check_text(source.text)
    parser = _parser()
    walk = _Walk(parser)
    for token in parser.parse(source.text, walk.env):
        walk.take(token)
    text = lay_out(walk.blocks)
    if not text:
        raise Problem("holds no text outside of code and HTML; save it as .txt to read all of it")
    meta, warnings = read_front_matter(walk.front_matter)
    if walk.lost:
        blocks = "1 block" if walk.lost == 1 else f"{walk.lost:,} blocks"
        warnings += (f"{blocks} of raw HTML left out",)
    return Page(
        text,
        source.encoding,
        meta if meta.title else replace(meta, title=walk.title or None),
        source.warnings + warnings,
    )


def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.front_matter import front_matter_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING})
    parser.enable(["table", "strikethrough"]).use(front_matter_plugin)
    # Inline text is parsed block by block in `_Walk`: all tokens at once are fifty times the file.
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


@dataclass(slots=True)
class _Walk:
    """The state of one walk through the tokens of a file."""

    parser: MarkdownIt
    env: dict[str, Any] = field(default_factory=dict)  # the parser's own: where links lead
    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    front_matter: str = ""
    lost: int = 0
    _depth: int = 0
    _group: int = 0
    _numbers: list[int | None] = field(default_factory=list)
    _marker: str = ""
    _cells: list[str] | None = None
    _heading: str = ""

    def take(self, token: Token) -> None:
        kind = token.type
        if kind == "front_matter":
            self.front_matter = token.content
        elif kind == "inline":
            self._text(self._inline(token.content))
        elif kind == "html_block":
            self.lost += any(c.isalpha() for c in _TAG.sub("", token.content))
        elif kind == "heading_open":
            self._heading = token.tag
        elif kind == "list_item_open":
            self._marker = self._next_marker()
        elif kind == "tr_open":
            self._cells = []
        elif kind == "tr_close":
            self._row()
        elif kind.endswith("_open") and kind.removesuffix("_open") in _GROUPS:
            self._open_group(token)
        elif kind.endswith("_close") and kind.removesuffix("_close") in _GROUPS:
            self._depth -= 1
            self._numbers.pop()

    def _open_group(self, token: Token) -> None:
        """A list or table begins; a list in a list belongs to the same group of lines."""
        self._group += self._depth == 0
        self._depth += 1
        numbered = token.type == "ordered_list_open"
        self._numbers.append(int(token.attrs.get("start", 1)) if numbered else None)

    def _next_marker(self) -> str:
        number = self._numbers[-1]
        if number is None:
            return "• "
        self._numbers[-1] = number + 1
        return f"{number}. "

    def _text(self, text: str) -> None:
        """A paragraph, heading or cell."""
        if self._cells is not None:
            self._cells.append(" ".join(text.split()))
            return
        if self._heading == "h1" and not self.title:
            self.title = " ".join(text.split())
        self._heading = ""
        self.blocks.append(Block(self._marker + text, self._group if self._depth else 0))
        self._marker = ""

    def _row(self) -> None:
        cells, self._cells = self._cells or [], None
        if any(cells):
            self.blocks.append(Block(" | ".join(cells), self._group))

    def _inline(self, content: str) -> str:
        if content.count("[") > _MAX_BRACKETS:
            raise Problem(
                f"a paragraph holds more than {_MAX_BRACKETS:,} opening brackets; "
                "save it as .txt to read it as it stands"
            )
        tokens: list[Token] = []
        self.parser.inline.parse(content, self.parser, self.env, tokens)
        return _seen(tokens)


def _seen(tokens: Sequence[Token]) -> str:
    """The text of inline tokens; a line break in a paragraph is a space, a hard one a line end."""
    parts = []
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak" or (
            token.type == "html_inline" and token.content.lower().startswith("<br")
        ):
            parts.append("\n")
        elif token.type == "image":
            parts.append(_seen(token.children or []))
    return "".join(parts)
