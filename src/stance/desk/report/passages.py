"""The passage of a claim, cut where its source, its cue and its content begin and end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from stance.output.records import SavedClaim, SavedSentence, SavedSpan
from stance.output.visible import visible

SOURCE, CUE, CONTENT = 1, 2, 4
"""The roles that a segment may have, added up: a source may stand inside the content."""

Segment = tuple[int, str]
"""Roles, and text that is safe to show (see `stance.output.visible`)."""

_PLAIN, _MARKED, _PASSAGE = 500, 2_000, 6_000
"""Code points that are shown of a stretch without a role, of one with a role, and in all."""

GAP = "…"


def segments_of(claim: SavedClaim, sentences: Mapping[int, SavedSentence]) -> tuple[Segment, ...]:
    """The sentences of `claim`, cut into segments by role; what is left out is shown as "…".

    Spans count code points of the document. `sentences` are those of the record by index; where
    none has its text, the spans of the claim are shown alone.
    """
    spans = _spans(claim)
    frames = [
        SavedSpan(one.start, one.end, one.text)
        for one in (sentences[index] for index in sorted(claim.sentences) if index in sentences)
        if one.text
    ]
    if not frames:
        frames = sorted((span for _, span in spans if span.text), key=lambda span: span.start)
    found: list[Segment] = []
    end: int | None = None
    for frame in frames:
        if end is not None and frame.start < end:
            continue
        if end is not None:
            far = frame.start - end > _NEAR
            found.append((0, f" {GAP} " if far else " "))
        found += _cut(frame, spans)
        end = frame.end
    return tuple(_limited(found))


_NEAR = 3
"""Sentences that stand no further apart than this follow one another."""


def _spans(claim: SavedClaim) -> list[tuple[int, SavedSpan]]:
    """All that has a role; where the text names the holder counts as source."""
    spans = [(SOURCE, link.source) for link in claim.attribution if link.source]
    spans += [(SOURCE, claim.mention)] if claim.mention else []
    spans += [(CUE, claim.cue)] if claim.cue else []
    return spans + [(CONTENT, span) for span in claim.content]


def _cut(frame: SavedSpan, spans: Sequence[tuple[int, SavedSpan]]) -> Iterator[Segment]:
    places = {frame.start, frame.start + len(frame.text)}
    for _, span in spans:
        places |= {place for place in (span.start, span.end) if frame.start < place < max(places)}
    ordered = sorted(places)
    for start, end in pairwise(ordered):
        roles = 0
        for role, span in spans:
            if span.start <= start and end <= span.end:
                roles |= role
        text = frame.text[start - frame.start : end - frame.start]
        yield roles, visible(_clipped(text, _MARKED if roles else _PLAIN))


def _clipped(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return f"{text[: limit // 2]} {GAP} {text[len(text) - limit // 2 :]}"


def _limited(segments: Sequence[Segment]) -> Iterator[Segment]:
    room = _PASSAGE
    for roles, text in segments:
        if len(text) > room:
            yield roles, f"{text[:room]} {GAP}"
            return
        room -= len(text)
        if text:
            yield roles, text
