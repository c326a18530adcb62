"""One saved record and the labels of its text → the record as a person has corrected it.

What a person decided has the probability 1, the rest 0; what was left open (two careful readers may
differ) is not asserted, and stands in `open`. Labels list no persons who speak for no body, so a
corrected record holds none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import msgspec

from stance.actors.table import ActorTable
from stance.measure.gold import GoldClaim, GoldSpan, GoldStance, GoldText
from stance.output.records import (
    SavedActor,
    SavedClaim,
    SavedLink,
    SavedSentence,
    SavedSpan,
    SavedText,
)
from stance.types import NEUTRAL, PERSON, Claim, Span


def corrected_text(
    one: SavedText, gold: GoldText, text: str, order: Sequence[str], table: ActorTable
) -> SavedText:
    """The record with the actors and claims of `gold`; `order` are the labels of the issue."""
    before = {_key(claim): claim for claim in one.claims}
    claims: dict[str, SavedClaim] = {}
    for labelled in gold.claims or ():
        claim = _claim(labelled, one, before.get(_key(labelled)), text, order)
        while claim.id in claims:
            claim = msgspec.structs.replace(claim, id=f"{claim.id}+")
        claims[claim.id] = claim
    return msgspec.structs.replace(
        one,
        document=msgspec.structs.replace(one.document, text=text),
        sentences=tuple(_with_text(sentence, text) for sentence in one.sentences),
        claims=tuple(claims.values()),
        actors=tuple(_actors(gold, one, tuple(claims.values()), order, table)),
        unresolved=(),
        reviewed=True,
    )


def _key(claim: GoldClaim | SavedClaim) -> tuple[str | tuple[int, int], ...]:
    return (claim.holder, *((span.start, span.end) for span in claim.content))


def _claim(
    labelled: GoldClaim,
    one: SavedText,
    found: SavedClaim | None,
    text: str,
    order: Sequence[str],
) -> SavedClaim:
    """The claim of the labels; `found` is the predicted one of the same holder and words."""
    content = tuple(_span(span, text) for span in labelled.content)
    cue = _span(labelled.cue, text) if labelled.cue else None
    source = _span(labelled.source, text) if labelled.source else None
    named = [span for span in (*content, cue, source) if span]
    sentences = tuple(
        sentence.index
        for sentence in one.sentences
        if any(sentence.start < span.end and span.start < sentence.end for span in named)
    )
    return SavedClaim(
        id=_id(labelled, one),
        holder=labelled.holder,
        sentences=sentences,
        attribution=found.attribution
        if found and _same_speaker(found, labelled)
        else _attribution(labelled, source),
        cue=cue,
        content=content,
        voice=labelled.voice,
        quoted=labelled.quoted,
        polarity=labelled.polarity,
        modality=labelled.modality,
        time=labelled.time,
        mention=source,
        **_judged(labelled.stance, order),
    )


def _id(labelled: GoldClaim, one: SavedText) -> str:
    """That of a predicted claim of the same holder and spans."""
    cue = Span(labelled.cue.start, labelled.cue.end) if labelled.cue else None
    content = tuple(Span(span.start, span.end) for span in labelled.content)
    return Claim(one.document.sha256, labelled.holder, None, (), cue, content, (0,)).id


def _same_speaker(found: SavedClaim, labelled: GoldClaim) -> bool:
    """Whether the chain that was found says what the labels say; it tells more than they can."""
    own = [link for link in found.attribution if _is_own(link, labelled.holder)]
    others = [link.actor for link in found.attribution if not _is_own(link, labelled.holder)]
    sources = {(link.source.start, link.source.end) for link in own if link.source}
    if found.mention:
        sources.add((found.mention.start, found.mention.end))
    source = labelled.source
    return (
        found.voice == labelled.voice
        and (own[0].person if own else None) == labelled.person
        and (labelled.voice != "reported" or labelled.speaker in others)
        and (source is None or (source.start, source.end) in sources)
    )


def _is_own(link: SavedLink, holder: str) -> bool:
    return holder in (link.actor, f"{PERSON}{link.person}")


def _attribution(labelled: GoldClaim, source: SavedSpan | None) -> tuple[SavedLink, ...]:
    """From the holder outwards: the person who speaks for it, then who reports it."""
    if labelled.voice == "author":
        return ()
    own = SavedLink(source, labelled.person, labelled.holder)
    if labelled.voice == "own":
        return (own,)
    teller = SavedLink(None, None, labelled.speaker)
    return (own, teller) if labelled.person else (teller,)


def _actors(
    gold: GoldText,
    one: SavedText,
    claims: Sequence[SavedClaim],
    order: Sequence[str],
    table: ActorTable,
) -> list[SavedActor]:
    """Those that were found and are labelled in their order, then the others."""
    before = {actor.id: actor for actor in one.actors}
    ids = [id for id in before if id in gold.actors]
    ids += [id for id in gold.actors if id not in before]
    return [
        SavedActor(
            id=id,
            name=before[id].name if id in before else table.actors[id].name,
            kind=before[id].kind if id in before else table.actors[id].kind,
            claims=tuple(claim.id for claim in claims if claim.holder == id),
            mentions=before[id].mentions if id in before else 0,
            **_judged(gold.actors[id], order),
        )
        for id in ids
    ]


class _Judged(TypedDict):
    """The fields that actors and claims share."""

    scores: dict[str, float]
    opposes: dict[str, float]
    labels: tuple[str, ...]
    opposed: tuple[str, ...]
    uncertain: bool
    open: tuple[str, ...]


def _judged(stance: GoldStance, order: Sequence[str]) -> _Judged:
    """Probabilities 1 and 0; what is open is neither taken nor rejected."""
    taken = tuple(label for label in order if stance.takes(label) and label not in stance.open)
    rejected = tuple(label for label in order if stance.rejects(label) and label not in stance.open)
    return {
        "scores": {label: float(label in taken) for label in order},
        "opposes": {label: float(label in rejected) for label in order},
        "labels": taken or (NEUTRAL,),
        "opposed": rejected,
        "uncertain": False,
        "open": tuple(label for label in order if label in stance.open),
    }


def _span(span: GoldSpan, text: str) -> SavedSpan:
    return SavedSpan(span.start, span.end, text[span.start : span.end])


def _with_text(sentence: SavedSentence, text: str) -> SavedSentence:
    return msgspec.structs.replace(sentence, text=text[sentence.start : sentence.end])
