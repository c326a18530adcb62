"""Where the work on a document begins: what was found in it, or labels that are there already."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from stance.desk.review.decisions import Begin, Claim, Row, Value
from stance.measure.gold import GoldClaim, GoldSpan, GoldStance, GoldText
from stance.output.records import SavedClaim, SavedLink, SavedSpan, SavedText
from stance.types import NEUTRAL, PERSON

_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "who", "both"})


def of_results(found: SavedText, labels: Sequence[str], actors: Collection[str]) -> Begin:
    """The claims and actors as they were found; `actors` are the ids of the tables."""
    claims = sorted((_claim(one, labels, actors) for one in found.claims), key=_place)
    return Begin(tuple(claims), {one.id: Row() for one in found.actors})


def of_gold(gold: GoldText, found: Begin, labels: Sequence[str]) -> Begin:
    """The claims and stances of a line of labels.

    Where the line lists no claims, those that were found stand, not looked at; what the line says
    of an actor stands against whatever its claims say.
    """
    claims = found.claims
    if gold.claims is not None:
        claims = tuple(
            sorted(
                (_gold_claim(one, n, labels) for n, one in enumerate(gold.claims)), key=_place
            )
        )  # fmt: skip
    rows = {
        actor: Row(
            looked=True, values={label: _of_stance(stance, label) for label in labels}
        )
        for actor, stance in gold.actors.items()
    }  # fmt: skip
    return Begin(claims, rows, gold.note or "", gold)


def _place(claim: Claim) -> tuple[GoldSpan, ...]:
    return claim.content


def _claim(one: SavedClaim, labels: Sequence[str], actors: Collection[str]) -> Claim:
    own = next((link for link in one.attribution if _is_own(one.holder, link)), None)
    others = [link.actor for link in one.attribution if link is not own and link.actor in actors]
    named = (own.source if own else None) or one.mention
    values: dict[str, Value] = {label: _value(one, label) for label in labels}
    return Claim(
        key=one.id,
        holder=one.holder,
        content=tuple(GoldSpan(span.start, span.end) for span in one.content),
        values=values,
        source=_span(named),
        cue=_span(one.cue),
        person=own.person if own else None,
        speaker=others[0] if one.voice == "reported" and others else None,
        own=one.voice == "own",
        quoted=one.quoted,
        pronoun=named is not None and named.text.casefold() in _PRONOUNS,
        polarity=one.polarity,
        modality=one.modality,
        time=one.time,
        scores={
            label: (one.scores.get(label, 0.0), one.opposes.get(label, 0.0))
            for label in labels
            if label in one.scores or label in one.opposes
        },
        uncertain=one.uncertain,
    )


def _is_own(holder: str, link: SavedLink) -> bool:
    return holder in (link.actor, f"{PERSON}{link.person}")


def _value(one: SavedClaim, label: str) -> Value:
    if label in one.labels:
        return "supports"
    return "opposes" if label in one.opposed else "neither"


def _span(span: SavedSpan | None) -> GoldSpan | None:
    return GoldSpan(span.start, span.end) if span else None


def _gold_claim(one: GoldClaim, number: int, labels: Sequence[str]) -> Claim:
    values: dict[str, Value] = {label: _of_stance(one.stance, label) for label in labels}
    return Claim(
        key=f"gold-{number}",
        holder=one.holder,
        content=one.content,
        values=values,
        source=one.source,
        cue=one.cue,
        person=one.person,
        speaker=None if one.speaker == one.holder else one.speaker,
        own=one.speaker == one.holder,
        quoted=one.quoted,
        pronoun=one.pronoun,
        polarity=one.polarity,
        modality=one.modality,
        time=one.time,
        looked=True,
    )


def _of_stance(stance: GoldStance, label: str) -> Value:
    if label in stance.open:
        return "either"
    if stance.takes(label) and label != NEUTRAL:
        return "supports"
    return "opposes" if stance.rejects(label) else "neither"
