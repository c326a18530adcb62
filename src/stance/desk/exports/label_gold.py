"""One annotation of Label Studio → the gold labels of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stance.actors.table import ActorTable, unknown_actor
from stance.desk.exports.label_annotations import (
    AnnotatedTask,
    Annotation,
    Marked,
    listed_actors,
    marks_of,
    ties_of,
)
from stance.desk.exports.label_config import ROLES, STATUS, label_names
from stance.measure.gold import GoldClaim, GoldSpan, GoldStance, GoldText
from stance.types import NEUTRAL, PERSON

_YEAR = re.compile(r"\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Codebook:
    """What may be annotated: the labels of the issue, and the actors by their ids and names."""

    labels: tuple[str, ...]
    ids: Mapping[str, str]

    @classmethod
    def of(cls, labels: Sequence[str], table: ActorTable) -> Codebook:
        """The labels of an issue and all actors; of a name that two share neither is known."""
        names: dict[str, set[str]] = {}
        for name in table.names:
            if name.via == "name":
                names.setdefault(name.text.casefold(), set()).add(name.actor.id)
        ids = {name: found.pop() for name, found in names.items() if len(found) == 1}
        ids |= {actor.name.casefold(): actor.id for actor in table.actors.values()}
        return cls(tuple(labels), ids | {id.casefold(): id for id in table.actors})

    def actor(self, entry: str) -> str:
        """The id of the actor that an annotator wrote; that of a person as it stands.

        Raises:
            ValueError: there is none.
        """
        if entry.startswith(PERSON):
            return entry
        try:
            return self.ids[entry.casefold()]
        except KeyError:
            raise ValueError(unknown_actor(entry)) from None


def gold_of(task: AnnotatedTask, annotation: Annotation, book: Codebook) -> GoldText:
    """The labels of one text by one annotator.

    An actor takes what any of its claims takes; where its claims take both sides of a label, that
    label is `open` for it. Claims of persons are left out, as everywhere in gold labels, and
    counted in the note.

    Raises:
        ValueError: what is annotated cannot be a label; the text says what to mend.
    """
    data = task.data
    claims: list[GoldClaim] = []
    persons = 0
    for claim in _claims(marks_of(annotation, data.text), ties_of(annotation), book):
        if claim.holder.startswith(PERSON):
            persons += 1
        else:
            claims.append(claim)
    listed = {book.actor(entry) for entry in listed_actors(annotation)}
    named = sorted({*listed, *(claim.holder for claim in claims)})
    year = _YEAR.match(data.date or "")
    return GoldText(
        document=data.document,
        sha256=data.sha256,
        text_sha256=data.text_sha256,
        length=data.length,
        actors={
            actor: _stance([one for one in claims if one.holder == actor], book.labels)
            for actor in named
            if not actor.startswith(PERSON)
        },
        speaker=book.actor(data.speaker) if data.speaker else None,
        year=int(year[0]) if year else None,
        claims=tuple(claims),
        annotator=annotation.annotator,
        note=f"claims of persons left out: {persons}" if persons else None,
    )


def _claims(
    marks: Mapping[str, Marked], ties: Sequence[tuple[str, str]], book: Codebook
) -> Iterator[GoldClaim]:
    parts = {id: mark for id, mark in marks.items() if set(mark.labels) & set(ROLES)}
    tied: dict[str, list[Marked]] = {id: [] for id in marks if id not in parts}
    seen: set[str] = set()
    for one, other in ties:
        for claim, part in ((one, other), (other, one)):
            if claim in tied and part in parts:
                tied[claim].append(parts[part])
                seen.add(part)
    for id, mark in parts.items():
        if len(mark.labels) > 1:
            raise ValueError(f"{_shown(mark)}: {mark.labels[0]!r} stands alone, without a side")
        if id not in seen:
            raise ValueError(
                f"{_shown(mark)}: is marked {mark.labels[0]!r} and tied to no claim; tie them with "
                "a relation"
            )
    for id, found in tied.items():
        yield from _claim(marks[id], found, book)


def _claim(mark: Marked, tied: Sequence[Marked], book: Codebook) -> Iterator[GoldClaim]:
    """The claims of one mark, one for each holder."""
    where = _shown(mark)
    if not mark.labels:
        raise ValueError(f"{where}: has no label; choose its sides, or {NEUTRAL!r}")
    meanings = label_names(book.labels)
    for name in mark.labels:
        if name not in meanings and name != NEUTRAL:
            raise ValueError(
                f"{where}: {name!r} is no label of this issue; allowed are "
                f"{', '.join([*meanings, NEUTRAL])}"
            )
    said = {meanings[name] for name in mark.labels if name in meanings}
    sides = {
        side: tuple(label for label in book.labels if (label, side) in said)
        for side in ("supports", "opposes", "open")
    }
    if NEUTRAL in mark.labels and (sides["supports"] or sides["opposes"]):
        raise ValueError(f"{where}: is {NEUTRAL!r} and takes a side; one of them")
    if not mark.fields.get("holder"):
        raise ValueError(f"{where}: has no holder; write the actor's id (KAZ) or name")
    if wrong := mark.status - set(STATUS):
        raise ValueError(f"{where}: {min(wrong)!r} is no status; allowed are {', '.join(STATUS)}")
    if {"hypothetical", "demanded"} <= mark.status:
        raise ValueError(f"{where}: is both hypothetical and demanded; one of them")
    for entry in mark.fields["holder"]:
        yield GoldClaim(
            holder=book.actor(entry),
            source=_first(tied, "source"),
            person=next(iter(mark.fields.get("person", ())), None),
            speaker=_speaker(mark, book),
            cue=_first(tied, "cue"),
            content=tuple(sorted([_span(mark), *_all(tied, "goes on")])),
            quoted="quoted" in mark.status,
            pronoun="pronoun" in mark.status,
            polarity="negated" if "negated" in mark.status else "affirmed",
            modality=(
                "hypothetical"
                if "hypothetical" in mark.status
                else "demanded"
                if "demanded" in mark.status
                else "asserted"
            ),
            time="past" if "past" in mark.status else "present",
            labels=sides["supports"] or (NEUTRAL,),
            opposes=sides["opposes"],
            open=sides["open"],
        )


def _speaker(mark: Marked, book: Codebook) -> str | None:
    """Who says it; a person of no known body says it in the field of the person alone."""
    ids = [book.actor(entry) for entry in mark.fields.get("speaker", ())]
    return next((id for id in ids if not id.startswith(PERSON)), None)


def _stance(claims: Sequence[GoldClaim], labels: Sequence[str]) -> GoldStance:
    taken = {label for claim in claims for label in claim.labels} - {NEUTRAL}
    rejected = {label for claim in claims for label in claim.opposes}
    doubted = {label for claim in claims for label in claim.open} - taken - rejected
    both = taken & rejected
    return GoldStance(
        tuple(label for label in labels if label in taken - both) or (NEUTRAL,),
        tuple(label for label in labels if label in rejected - both),
        tuple(label for label in labels if label in doubted | both),
    )


def _span(mark: Marked) -> GoldSpan:
    return GoldSpan(mark.start, mark.end)


def _all(tied: Sequence[Marked], role: str) -> list[GoldSpan]:
    return [_span(mark) for mark in tied if role in mark.labels]


def _first(tied: Sequence[Marked], role: str) -> GoldSpan | None:
    return min(_all(tied, role), default=None)


def _shown(mark: Marked) -> str:
    words = f" {mark.text[:40]!r}" if mark.text else ""
    return f"the mark{words} ({mark.start} to {mark.end})"
