"""A claim as one sentence that names its holder: what the NLI model reads."""

from __future__ import annotations

import re

from stance.claims.cues import Cues
from stance.tokens import unwrapped
from stance.types import Actor, Claim, Document, Span


def premise(document: Document, claim: Claim, actor: Actor, cues: Cues) -> tuple[str, Span]:
    """The premise of a claim, and the span of the text it was made from.

    The holder is called by its name, so that "his country" or "the embassy" needs no guess by
    the model: "Kazakhstan expressed its support …", "Japan says: …" for a quotation or a speech,
    "Spain expresses its support for …" where a noun says it.
    """
    spans = [*claim.content, *([claim.cue] if claim.cue else [])]
    window = Span(min(span.start for span in spans), max(span.end for span in spans))
    text = document.text
    if claim.mention is None:
        return f"{actor.name} says: {_flat(window.of(text))}", window
    if claim.cue is not None and _is_noun(claim, claim.cue, text, cues):
        content = " ".join(_flat(span.of(text)) for span in claim.content)
        return f"{actor.name} expresses its {claim.cue.of(text).lower()} {content}.", window
    if not window.overlaps(claim.mention):
        joined = Span(min(window.start, claim.mention.start), max(window.end, claim.mention.end))
        window = joined
    before = text[window.start : claim.mention.start] if window.start < claim.mention.start else ""
    after = text[claim.mention.end : window.end] if claim.mention.end < window.end else ""
    if "," in claim.mention.of(text):  # the apposition goes, and the comma that closes it
        after = after.lstrip().removeprefix(",")
    return f"{_flat(before + ' ' + actor.name + ' ' + after)}.", window


def _is_noun(claim: Claim, cue: Span, text: str, cues: Cues) -> bool:
    """Whether the cue is a noun: a verb would be part of the content."""
    inside = any(span.covers(cue) for span in claim.content)
    return not inside and cue.of(text).lower() in cues.nouns


def _flat(text: str) -> str:
    """White space, line breaks included, as single spaces; none before a mark."""
    return re.sub(r"\s+([,.;:!?])", r"\1", " ".join(unwrapped(text).split()))
