"""A text with its marks, as a notebook shows it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise


class Passage:
    """A text with two kinds of marks: underlined what the gold holds, shaded what was found."""

    def __init__(
        self, text: str, gold: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]
    ) -> None:
        self.text, self.gold, self.found = text, gold, found

    def _repr_html_(self) -> str:
        """As a notebook shows it; nothing of the text acts as markup."""
        edges = sorted({0, len(self.text), *(at for s in (*self.gold, *self.found) for at in s)})
        pieces = []
        for start, end in pairwise(edges):
            style = "text-decoration: underline;" * _inside(start, self.gold)
            style += "background: #ffe08a; color: black;" * _inside(start, self.found)
            words = escape(self.text[start:end])
            pieces.append(f'<span style="{style}">{words}</span>' if style else words)
        return f'<div style="white-space: pre-wrap; max-width: 50em">{"".join(pieces)}</div>'


def _inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)
