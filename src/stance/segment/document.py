"""The segmenter: a document's lines make blocks, and sentencex cuts each block into sentences."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from stance.segment.blocks import blocks
from stance.segment.exceptions import Exceptions
from stance.segment.within import sentences_within
from stance.types import Document, Sentence


class Sentences:
    """Document → sentences, sorted and disjoint, with only white space between them.

    Headlines, datelines, bylines, captions, list items, embedded posts and page furniture are
    sentences of their own; a hard-wrapped sentence goes on across its lines. The time is linear
    in the length of the text.
    """

    def __init__(self, exceptions: Exceptions) -> None:
        self._exceptions = exceptions

    def __call__(self, document: Document) -> tuple[Sentence, ...]:
        text = document.text
        with _uncollected():
            spans = (
                span
                for block in blocks(text)
                for span in sentences_within(text, block, self._exceptions)
            )
            return tuple(Sentence(index, span) for index, span in enumerate(spans))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python's collector of cycles away for a moment.

    It would walk all sentences made so far, again and again: of a text that is nothing but
    hundreds of thousands of sentences the time would grow faster than its length.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
