"""Who is named in a sentence and has no claim in it: tentative claims of whole sentences.

Rules find relations in perhaps two sentences of three; in the others only the model can tell
whether a sentence says something of an actor that it names.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from stance.claims.cues import Cues
from stance.claims.saying import said_by
from stance.tokens import words
from stance.types import Claim, Document, Mention, Sentence

_OWNING = re.compile(r"(?:['’]s?)?\s+(?:[a-z-]+\s+){0,3}")
_IN = re.compile(r"\s+(?:in|of)\s+(?:the\s+)?")
_HOPING = words("hope trust expect")

CONFIDENCE = 0.5
"""No relation was found between the actor and what the sentence says."""

_BESIDE = re.compile(
    r"\b(?:after|before|following|unlike)\s+(?:the\s+)?$"
    r"|^(?:on|as\s+for|regarding|concerning|in\s+\w+|at)\s[^,]*\s(?:with|on|about|of|to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""In front of a name that closes a phrase: "after Chad,", "On relations with Chad,"."""

_CLOSING = re.compile(r"\s*[,.;)]")

_FORMER = re.compile(r"\b(?:former|ex-?|late|retired|one-?time)\s*$", re.IGNORECASE)
_ABROAD = re.compile(
    r"\b(?:embassy|consulate|ambassador|envoy|representative|mission)\s+(?:in|to)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""In front of a state where others are posted: "Peru's embassy in Chile"."""

_EVENT = re.compile(
    r"\s+(?:\w+\s+)?(?:summit|conference|meeting|accords?|agreements?|round[ -]table|congress|"
    r"declaration|treaty|convention)\b"
)
"""Behind a capital that lends its name to what was held there: "the Nouakchott summit"."""


def bystanders(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Mapping[int, Sequence[Mention]],
    claims: Sequence[Claim],
    states: Container[str],
    cues: Cues,
) -> Iterator[Claim]:
    """One claim for each sentence and actor that it names and that has none there.

    `mentions` are by the sentence's index. A state that only tells where a party or a camp stands
    ("Spain's Socialists", "opposition parties in Spain") is not spoken of, and whom a speaker urges
    or hopes to do something has not done it. Within what somebody says the claim is reported by
    whoever says it, in a speech by the speaker.
    """
    speaker = document.meta.speaker
    there: dict[int, list[Claim]] = {}
    for claim in claims:
        for index in claim.sentences:
            there.setdefault(index, []).append(claim)
    for sentence in sentences:
        known = {claim.holder for claim in there.get(sentence.index, ())} | {speaker}
        named, around = mentions.get(sentence.index, ()), there.get(sentence.index, ())
        for mention in named:
            if mention.actor in states and _is_where(document.text, mention, named, states):
                continue
            if mention.actor is None or mention.via == "pronoun" or mention.actor in known:
                continue
            known.add(mention.actor)
            if _is_denied(mention, around) or _is_beside(document.text, sentence, mention):
                continue
            if speaker is not None and _is_urged(mention, around, document, cues):
                continue
            yield Claim(
                document.sha256,
                mention.actor,
                mention.span,
                said_by(mention, around, speaker),
                None,
                (sentence.span,),
                (sentence.index,),
                confidence=CONFIDENCE,
                tentative=True,
            )


def _is_denied(mention: Mention, claims: Sequence[Claim]) -> bool:
    """Whether an actor is named in what somebody denies: "has never recognised Biafra"."""
    return any(
        claim.polarity == "negated" and any(span.covers(mention.span) for span in claim.content)
        for claim in claims
        if not claim.tentative
    )


def _is_beside(text: str, sentence: Sentence, mention: Mention) -> bool:
    """Whether a name only says beside whom, when or where others act.

    "After Chad,", "the former US envoy", "the embassy in Chad", "the Nouakchott summit".
    """
    before, end = text[sentence.span.start : mention.span.start], mention.span.end
    if _BESIDE.search(before) and _CLOSING.match(text, end):
        return True
    if _FORMER.search(before) or _ABROAD.search(before):
        return True
    return mention.via == "capital" and _EVENT.match(text, end) is not None


def _is_where(text: str, state: Mention, named: Sequence[Mention], states: Container[str]) -> bool:
    """Whether a state is named only as the place of the body beside it."""
    for other in named:
        if other.actor in states or other.via == "pronoun" or not other.acts:
            continue
        between = text[state.span.end : max(state.span.end, other.span.start)]
        if not state.acts and other.span > state.span and _OWNING.fullmatch(between):
            return True
        camp = other.actor is None and other.person is None
        between = text[other.span.end : max(other.span.end, state.span.start)]
        if camp and _IN.fullmatch(between):
            return True
    return False


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
