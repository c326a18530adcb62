"""What a person selects → the spans of a claim: within one sentence each, without white space."""

from __future__ import annotations

from collections.abc import Sequence

from stance.desk.review.state import Refused
from stance.measure.gold import GoldSpan

_QUOTES = frozenset("\"'“”„«»‘’‹›「」『』")
MOST = 100
"""Spans of one claim."""


def by_sentence(
    selected: Sequence[GoldSpan], sentences: Sequence[GoldSpan], text: str
) -> tuple[GoldSpan, ...]:
    """The selected spans, cut where sentences end; what lies in no sentence stays in one piece.

    Raises:
        Refused: a span lies outside the text, holds white space alone, or they are too many.
    """
    found: set[GoldSpan] = set()
    for span in selected:
        if not 0 <= span.start < span.end <= len(text):
            raise Refused(
                f"the selection runs from {span.start} to {span.end}, the text has {len(text):,} "
                "characters; select the words again"
            )
        ends = [one.end for one in sentences if span.start < one.end < span.end]
        for start, end in zip([span.start, *ends], [*ends, span.end], strict=True):
            piece = text[start:end]
            left = start + len(piece) - len(piece.lstrip())
            right = left + len(piece.strip())
            if left < right:
                found.add(GoldSpan(left, right))
    if not found:
        raise Refused("nothing but white space is selected; select the words of the claim")
    if len(found) > MOST:
        raise Refused(f"the selection covers {len(found)} sentences; a claim has at most {MOST}")
    return tuple(sorted(found))


def is_quoted(spans: Sequence[GoldSpan], text: str) -> bool:
    """Whether quotation marks stand around the words."""
    first, last = spans[0].start, spans[-1].end
    return text[max(0, first - 1) : first] in _QUOTES and text[last : last + 1] in _QUOTES
