"""The seams: what each step takes and returns. Any object that fits may stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from stance.syntax import Parse, StandIn
from stance.types import Claim, Document, Mention, NliProbs, Sentence


class Segmenter(Protocol):
    """Document → sentences: sorted, disjoint, only white space between them."""

    def __call__(self, document: Document) -> tuple[Sentence, ...]: ...


class MentionFinder(Protocol):
    """Sentences → mentions of actors, sorted by span; each lies inside one sentence."""

    def __call__(
        self, document: Document, sentences: Sequence[Sentence]
    ) -> tuple[Mention, ...]: ...


class Parser(Protocol):
    """Sentences → their parses, in the same order.

    `stand_ins` has, for each sentence, the spans that are parsed as one word, and as which one;
    they are sorted and disjoint.
    """

    def __call__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        stand_ins: Sequence[Sequence[StandIn]],
    ) -> Iterator[Parse]: ...


class ClaimFinder(Protocol):
    """Sentences and mentions → claims, sorted by their first content span.

    A claim whose source stays open has the holder `types.OPEN`.
    """

    def __call__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
    ) -> tuple[Claim, ...]: ...


class NliModel(Protocol):
    """(premise, hypothesis)* → probabilities, one for each pair and in their order.

    A pair's result depends on the pair alone, not on the others of the call.
    """

    name: str
    sha256: str

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]: ...
