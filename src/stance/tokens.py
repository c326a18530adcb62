"""Words and punctuation with their offsets: what the rules for actors and claims look at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from stance.types import Sentence, Span

_TOKEN = re.compile(r"\w+|[^\w\s]")
_WRAPPED_HYPHEN = re.compile(r"(?<=\w)-[^\S\n]*\n\s*(?=\w)")
_APOSTROPHES = {"’": "'", "ʼ": "'", "‘": "'", "´": "'"}

OPENING_QUOTES = "“«„"
CLOSING_QUOTES = "”»"
QUOTES = OPENING_QUOTES + CLOSING_QUOTES + '"'


@dataclass(frozen=True, slots=True)
class Token:
    """A word or one punctuation mark; `start` and `end` count code points of the document."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """Lower case, with every kind of apostrophe as a straight one."""
        return _APOSTROPHES.get(self.text, self.text.lower())

    @property
    def is_word(self) -> bool:
        """Whether it is a word or number, not a mark."""
        return self.text[0].isalnum()

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with an upper-case letter."""
        return self.text[0].isupper()


def tokenise(text: str, sentence: Sentence) -> list[Token]:
    """The tokens of one sentence, in order."""
    return [
        Token(match.group(), match.start(), match.end())
        for match in _TOKEN.finditer(text, sentence.span.start, sentence.span.end)
    ]


def span_of(tokens: Iterable[Token]) -> Span:
    """The span from the first of `tokens` to the last; there must be at least one."""
    ordered = list(tokens)
    return Span(ordered[0].start, ordered[-1].end)


def unwrapped(text: str) -> str:
    """`text` without the line breaks behind hyphens ("Secretary-⏎General").

    The hyphen stays, for most are part of the word.
    """
    return _WRAPPED_HYPHEN.sub("-", text)


def flat(text: str) -> str:
    """White space, line breaks included, as single spaces; none before a mark."""
    return re.sub(r"\s+([,.;:!?])", r"\1", " ".join(unwrapped(text).split()))


def words(text: str) -> frozenset[str]:
    """A set of words, written as a text with white space between them."""
    return frozenset(text.split())


def normal(word: str) -> str:
    """The form under which names are looked up: case kept, apostrophes straight, SHOUTING eased.

    A word of five capitals or more reads like its capitalised form, so that a headline in
    capitals is read; shorter ones (US, UN, AU) keep theirs.
    """
    word = _APOSTROPHES.get(word, word)
    return word.capitalize() if len(word) >= 5 and word.isupper() else word
