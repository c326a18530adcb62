"""The state of a document that is done → its line of labels."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from stance.desk.review.decisions import Claim, Value
from stance.desk.review.state import State, stances
from stance.measure.gold import GoldClaim, GoldSpan, GoldStance, GoldText
from stance.types import NEUTRAL


@dataclass(frozen=True, slots=True)
class Facts:
    """What a line says of the text itself: `document` is where it is found, with its hash."""

    document: str
    sha256: str
    text_sha256: str
    length: int
    speaker: str | None
    year: int | None


def gold_of(
    state: State, facts: Facts, labels: Sequence[str], actors: Collection[str], annotator: str
) -> GoldText:
    """The line of labels of a document, after `seeds/README.md`.

    Persons, and who else has no entry in the tables of actors (`actors`), have no place in labels:
    their claims are left out. What the line that the work began with says beside (its stratum,
    its sentences, evidence of what still holds) is kept.
    """
    known = frozenset(actors)
    claims = [one for one in state.claims.values() if not one.gone and one.holder in known]
    held: dict[str, list[Claim]] = {}
    for claim in claims:
        held.setdefault(claim.holder, []).append(claim)
    said = stances(state, tuple(labels))
    old = state.origin
    line = GoldText(
        document=facts.document,
        sha256=facts.sha256,
        text_sha256=facts.text_sha256,
        length=facts.length,
        actors={
            actor: _stance(
                said[actor], held.get(actor, []), old.actors.get(actor) if old else None
            )
            for actor in sorted(said)
            if actor in known
        },
        speaker=facts.speaker,
        year=facts.year,
        claims=tuple(_claim(one) for one in claims),
        annotator=annotator,
        note=state.note or None,
    )  # fmt: skip
    if old is None:
        return line
    return msgspec.structs.replace(
        line,
        speaker=old.speaker or line.speaker,
        year=old.year or line.year,
        stratum=old.stratum,
        sentences=old.sentences,
    )


def _stance(
    values: Mapping[str, Value], claims: Sequence[Claim], old: GoldStance | None
) -> GoldStance:
    evidence: dict[str, tuple[GoldSpan, ...]] = {}
    for label, value in values.items():
        if value not in ("supports", "opposes"):
            continue
        spans = {span for one in claims if one.values[label] == value for span in one.content}
        kept = old.evidence.get(label, ()) if old and _same(old, label, value) else ()
        if spans or kept:
            evidence[label] = tuple(sorted(spans)) or kept
    return GoldStance(*_sides(values), evidence=evidence)


def _same(old: GoldStance, label: str, value: Value) -> bool:
    return old.takes(label) if value == "supports" else old.rejects(label)


def _claim(one: Claim) -> GoldClaim:
    labels, opposes, unsure = _sides(one.values)
    return GoldClaim(
        holder=one.holder,
        source=one.source,
        person=one.person,
        speaker=one.holder if one.own else one.speaker,
        cue=one.cue,
        content=one.content,
        quoted=one.quoted,
        pronoun=one.pronoun,
        polarity=one.polarity,
        modality=one.modality,
        time=one.time,
        labels=labels,
        opposes=opposes,
        open=unsure,
    )


def _sides(
    values: Mapping[str, Value],
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The labels that are taken (or `neutral`), rejected, and open."""

    def of(wanted: Value) -> tuple[str, ...]:
        return tuple(label for label, value in values.items() if value == wanted)

    return of("supports") or (NEUTRAL,), of("opposes"), of("either")
