"""What a speaker says in one sentence of a speech is one claim, as far as the sentence goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from stance.claims.holders import Here
from stance.types import Claim, Span


def with_whole_clauses(
    claims: Iterable[Claim], here: Mapping[int, Here], speaker: str
) -> list[Claim]:
    """Claims with those of the speaker that have a cue joined by sentence.

    The first cue stands for all, and its content goes on to the end of the sentence: "We support
    the people of X in their struggle, and call for …" is one position, not three of its parts.
    """
    kept: list[Claim] = []
    first: dict[int, Claim] = {}
    for claim in claims:
        own = claim.holder == speaker and claim.cue is not None and len(claim.sentences) == 1
        if not own or claim.sentences[0] not in here:
            kept.append(claim)
            continue
        before = first.get(claim.sentences[0])
        if before is None or _cue(claim) < _cue(before):
            first[claim.sentences[0]] = claim
    return [*kept, *(_extended(claim, here[sentence]) for sentence, claim in first.items())]


def _cue(claim: Claim) -> Span:
    assert claim.cue is not None
    return claim.cue


def _extended(claim: Claim, here: Here) -> Claim:
    """The claim with all that follows its cue, and with what stands in front of it."""
    words = [word for word in here.parse.words if not word.is_mark]
    front = tuple(span for span in claim.content if span.end <= _cue(claim).start)
    behind = [word for word in words if word.start >= _cue(claim).end]
    inside = [word for word in behind if not _holds(claim.mention, word.start)]
    if not inside:
        return claim
    return replace(claim, content=(*front, Span(inside[0].start, inside[-1].end)))


def _holds(span: Span | None, place: int) -> bool:
    return span is not None and span.start <= place < span.end
