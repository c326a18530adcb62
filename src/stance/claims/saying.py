"""Who says the words in which an actor is named."""

from __future__ import annotations

from collections.abc import Sequence

from stance.types import Attribution, Claim, Mention


def said_by(
    mention: Mention, claims: Sequence[Claim], speaker: str | None
) -> tuple[Attribution, ...]:
    """Who says the words that the mention stands in, from the innermost outwards.

    `claims` are those of the sentence; `speaker` is that of the document.
    """
    around = [
        claim
        for claim in claims
        if not claim.tentative and any(span.covers(mention.span) for span in claim.content)
    ]
    if around:
        inner = min(around, key=lambda claim: sum(s.end - s.start for s in claim.content))
        return inner.attribution
    return () if speaker is None else (Attribution(None, None, speaker),)
