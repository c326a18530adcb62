"""Who is named in a sentence and has no claim in it: tentative claims of whole sentences.

Rules find relations in perhaps two sentences of three; in the others only the model can tell
whether a sentence says something of an actor that it names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stance.claims.cues import Cues
from stance.tokens import words
from stance.types import Attribution, Claim, Document, Mention, Sentence

_HOPING = words("hope trust expect")

CONFIDENCE = 0.5
"""No relation was found between the actor and what the sentence says."""


def bystanders(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Mapping[int, Sequence[Mention]],
    claims: Sequence[Claim],
    cues: Cues,
) -> Iterator[Claim]:
    """One claim for each sentence and actor that it names and that has none there.

    `mentions` are by the sentence's index. Within what somebody says the claim is reported by
    whoever says it, in a speech by the speaker. Whom a speaker urges or hopes to do something has
    not done it.
    """
    speaker = document.meta.speaker
    there: dict[int, list[Claim]] = {}
    for claim in claims:
        for index in claim.sentences:
            there.setdefault(index, []).append(claim)
    for sentence in sentences:
        known = {claim.holder for claim in there.get(sentence.index, ())} | {speaker}
        for mention in mentions.get(sentence.index, ()):
            if mention.actor is None or mention.via == "pronoun" or mention.actor in known:
                continue
            known.add(mention.actor)
            if speaker is not None and _is_urged(
                mention, there.get(sentence.index, ()), document, cues
            ):
                continue
            yield Claim(
                document.sha256,
                mention.actor,
                mention.span,
                _said_by(mention, there.get(sentence.index, ()), speaker),
                None,
                (sentence.span,),
                (sentence.index,),
                confidence=CONFIDENCE,
                tentative=True,
            )


def _is_urged(mention: Mention, claims: Sequence[Claim], document: Document, cues: Cues) -> bool:
    """Whether a mention stands in what the speaker urges or hopes."""
    for claim in claims:
        if claim.holder != document.meta.speaker or claim.cue is None:
            continue
        verb = claim.cue.of(document.text).lower().split()[-1]
        base = cues.bases.get(verb, verb)
        urges = base in _HOPING or cues.kinds.get(base) == "demands"
        if urges and any(span.covers(mention.span) for span in claim.content):
            return True
    return False


def _said_by(
    mention: Mention, claims: Sequence[Claim], speaker: str | None
) -> tuple[Attribution, ...]:
    """Who says the words that the mention stands in, from the innermost outwards."""
    around = [
        claim
        for claim in claims
        if not claim.tentative and any(span.covers(mention.span) for span in claim.content)
    ]
    if around:
        inner = min(around, key=lambda claim: sum(s.end - s.start for s in claim.content))
        return inner.attribution
    return () if speaker is None else (Attribution(None, None, speaker),)
