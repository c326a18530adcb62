"""Sentences by sentencex, within lines: exact offsets, the text untouched."""

from __future__ import annotations

import re

import sentencex

from stance.types import Document, Sentence, Span

_LINE_END = re.compile(r"(?:\r\n|[\n\r\v\f\x85\u2028\u2029])\s*")
_LONGEST_WRAP = 120
"""Characters: a text whose lines are mostly longer was not wrapped by hand."""


def segment(document: Document) -> tuple[Sentence, ...]:
    """Split a document into sentences.

    A line break ends a sentence, so that headlines, captions and bylines stand alone, unless the
    line is a hard wrap: the next one goes on in lower case, or the text is wrapped throughout and
    the line is not a short one. Between sentences there is only white space.
    """
    spans = [span for block in _blocks(document.text) for span in _within(document.text, block)]
    return tuple(Sentence(index, span) for index, span in enumerate(spans))


def _blocks(text: str) -> list[Span]:
    """Stretches between line breaks that end something."""
    usual = _wrap_width(text)
    blocks: list[Span] = []
    start = line = 0
    for match in _LINE_END.finditer(text):
        full = usual is not None and match.start() - line >= usual / 2
        wrapped = full and len(match.group().splitlines()) == 1 and match.end() < len(text)
        line = match.end()
        if wrapped or text[match.end() : match.end() + 1].islower():
            continue
        if match.start() > start:
            blocks.append(Span(start, match.start()))
        start = match.end()
    if start < len(text):
        blocks.append(Span(start, len(text)))
    return blocks


def _wrap_width(text: str) -> int | None:
    """The usual length of the lines of a hard-wrapped text, None where it is not wrapped."""
    lengths = sorted(len(line) for line in text.splitlines() if line.strip())
    if len(lengths) < 4 or lengths[-(len(lengths) // 10) - 1] > _LONGEST_WRAP:
        return None
    usual = lengths[len(lengths) // 2]
    return usual if usual >= 30 else None


def _within(text: str, block: Span) -> list[Span]:
    found: list[Span] = []
    for row in sentencex.get_sentence_boundaries("en", block.of(text)):
        raw = text[block.start + row["start_index"] : block.start + row["end_index"]]
        if raw.strip():
            start = block.start + row["start_index"] + len(raw) - len(raw.lstrip())
            found.append(Span(start, start + len(raw.strip())))
    return found
