"""The type Relation: one attribution of a sentence, its words given by stretches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from stance.claims.cues import CueKind
from stance.claims.sources import Source
from stance.syntax import Parse

Build = Literal["verb", "deed", "noun", "adjective", "according", "colon", "quotation"]

Range = tuple[int, int]
"""First and last word of a stretch of a sentence, both inclusive."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution: who (`source`, None where the sentence does not say), cue and content.

    `at` is the word that decides (the verb, the noun); `content` are its stretches, in order.
    """

    build: Build
    kind: CueKind
    source: Source | None
    at: int
    cue: Range
    content: tuple[Range, ...]


def runs(parse: Parse, held: Iterable[int]) -> tuple[Range, ...]:
    """Sets of words as stretches: what only marks part is one, marks at the ends go."""
    ordered = sorted(index for index in held if not parse.words[index].is_mark)
    found: list[Range] = []
    for index in ordered:
        if found and all(parse.words[k].is_mark for k in range(found[-1][1] + 1, index)):
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return tuple(found)


def stretches(quoted: Sequence[bool]) -> list[Range]:
    """The quoted stretches of a sentence."""
    found: list[Range] = []
    for index, inside in enumerate(quoted):
        if inside and found and found[-1][1] == index - 1:
            found[-1] = (found[-1][0], index)
        elif inside:
            found.append((index, index))
    return found
