"""A parsed sentence: words with their heads, as the rules for claims read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stance.types import Span

StandIn = tuple[Span, str]
"""A name of the text and a common word that the parser reads in its place.

A parser has seen "Russia" often and "Côte d'Ivoire" hardly ever; so every name is parsed alike.
"""


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a sentence; `start` and `end` count code points of the document.

    `pos` is a universal part of speech, `tag` one of the Penn Treebank, `dep` a relation of
    CLEAR style (as spaCy's English models name them); `head` is the index of the head in the
    sentence, that of the root its own.
    """

    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def is_mark(self) -> bool:
        """Whether it is punctuation, not a word or number."""
        return not any(character.isalnum() for character in self.text)


@dataclass(frozen=True, slots=True)
class Parse:
    """The words of one sentence, by index from 0.

    `children` are the dependants of each word; `left` and `right` the first and the last word of
    each word's subtree.
    """

    sentence: int
    words: tuple[Word, ...]
    children: tuple[tuple[int, ...], ...] = field(init=False)
    left: tuple[int, ...] = field(init=False)
    right: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        children: list[list[int]] = [[] for _ in self.words]
        for index, word in enumerate(self.words):
            if word.head != index:
                children[word.head].append(index)
        left, right = list(range(len(self.words))), list(range(len(self.words)))
        for index in _leaves_first(children, self.words):
            for child in children[index]:
                left[index] = min(left[index], left[child])
                right[index] = max(right[index], right[child])
        object.__setattr__(self, "children", tuple(tuple(row) for row in children))
        object.__setattr__(self, "left", tuple(left))
        object.__setattr__(self, "right", tuple(right))

    def having(self, index: int, *deps: str) -> list[int]:
        """The dependants of a word in one of these relations, in the order of the text."""
        return [child for child in self.children[index] if self.words[child].dep in deps]

    def subtree(self, index: int) -> Iterator[int]:
        """A word and all that hangs on it, in no order."""
        stack = [index]
        while stack:
            at = stack.pop()
            yield at
            stack.extend(self.children[at])

    def coordinated(self, index: int, *pos: str) -> list[int]:
        """The words that are joined to a word, in the order of the text: "A, B and C".

        Only those of these parts of speech, where any are given, and what is joined to them.
        """
        found: list[int] = []
        stack = [index]
        while stack:
            for child in self.having(stack.pop(), "conj"):
                if not pos or self.words[child].pos in pos:
                    found.append(child)
                    stack.append(child)
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[int]:
        """The heads of a word, from the nearest to the root."""
        while self.words[index].head != index:
            index = self.words[index].head
            yield index

    def span(self, first: int, last: int) -> Span:
        """The span of the words `first` to `last`, both inclusive."""
        return Span(self.words[first].start, self.words[last].end)


def _leaves_first(children: Sequence[Sequence[int]], words: Sequence[Word]) -> list[int]:
    order: list[int] = []
    stack = [index for index, word in enumerate(words) if word.head == index]
    while stack:
        at = stack.pop()
        order.append(at)
        stack.extend(children[at])
    return order[::-1]
