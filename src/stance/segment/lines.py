"""Sentences by sentencex, within lines: exact offsets, the text untouched."""

from __future__ import annotations

import re

import sentencex

from stance.types import Document, Sentence, Span

_LINE_END = re.compile(r"[ \t]*(?:\r\n|[\n\r\v\f\x85\u2028\u2029])\s*")


def segment(document: Document) -> tuple[Sentence, ...]:
    """Split a document into sentences.

    A line break ends a sentence, so that headlines, captions and bylines stand alone, unless the
    line is a hard wrap: the next one goes on in lower case. Between sentences there is only
    white space.
    """
    spans = [span for block in _blocks(document.text) for span in _within(document.text, block)]
    return tuple(Sentence(index, span) for index, span in enumerate(spans))


def _blocks(text: str) -> list[Span]:
    """Stretches between line breaks that end something."""
    blocks: list[Span] = []
    start = 0
    for match in _LINE_END.finditer(text):
        if text[match.end() : match.end() + 1].islower():
            continue
        if match.start() > start:
            blocks.append(Span(start, match.start()))
        start = match.end()
    if start < len(text):
        blocks.append(Span(start, len(text)))
    return blocks


def _within(text: str, block: Span) -> list[Span]:
    found: list[Span] = []
    for row in sentencex.get_sentence_boundaries("en", block.of(text)):
        raw = text[block.start + row["start_index"] : block.start + row["end_index"]]
        if raw.strip():
            start = block.start + row["start_index"] + len(raw) - len(raw.lstrip())
            found.append(Span(start, start + len(raw.strip())))
    return found
