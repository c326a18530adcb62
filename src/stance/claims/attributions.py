"""Parsed sentences → attributions of a document: relations with quotations that run on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from stance.claims.cues import Cues
from stance.claims.relation import Relation
from stance.claims.relations import relations
from stance.claims.verbs import base_of
from stance.quotations import Quoted
from stance.syntax import Parse
from stance.types import Span


@dataclass(frozen=True, slots=True)
class Part:
    """The content of an attribution within one sentence."""

    sentence: int
    content: tuple[Span, ...]
    quoted: bool


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution: the relation, the parse that it was read from, and all its content.

    `parts` follow the text; the first is that of the relation's own sentence. `outer` is the index
    of the attribution in whose content this one stands; `quotes` whether its cue can introduce
    direct speech, `inside` whether the cue itself stands in a quotation. `shares` is the index of
    the attribution whose content this one only points to ("as did Chile"; see `echoes`).
    """

    relation: Relation
    parse: Parse
    parts: tuple[Part, ...]
    outer: int | None
    quotes: bool
    inside: bool
    shares: int | None = None


def attributions(parses: Sequence[Parse], quoted: Quoted, cues: Cues) -> list[Attributed]:
    """All attributions of a document, in the order of their cues; `quoted` is what it quotes."""
    found: list[Attributed] = []
    for parse in parses:
        flags = [quoted.at(word.start) is not None for word in parse.words]
        here = relations(parse, flags, cues)
        base = len(found)
        for number, relation in enumerate(here):
            outer = _outer(here, number)
            found.append(
                Attributed(
                    relation,
                    parse,
                    (_part(parse, relation, flags),),
                    None if outer is None else base + outer,
                    _quotes(relation, parse, cues),
                    flags[relation.at],
                )
            )
    return _continued(parses, quoted, found)


def _part(parse: Parse, relation: Relation, flags: Sequence[bool]) -> Part:
    """The content of a relation; it counts as quoted where most of its words are."""
    spans = tuple(parse.span(*stretch) for stretch in relation.content)
    inside = sum(sum(flags[first : last + 1]) for first, last in relation.content)
    return Part(parse.sentence, spans, inside * 2 > _size(relation))


def _quotes(relation: Relation, parse: Parse, cues: Cues) -> bool:
    """Whether a cue can introduce direct speech."""
    verb = base_of(parse, relation.at, cues)
    return relation.build in ("according", "colon") or cues.takes(verb, "quotation")


def _outer(here: Sequence[Relation], number: int) -> int | None:
    """The relation with the smallest content around the cue of another one.

    Where each stands in the content of the other, the one with more content is the outer one, so
    that no chain of outer ones comes back to its beginning.
    """
    best: tuple[int, int] | None = None
    mine = (_size(here[number]), number)
    for other, relation in enumerate(here):
        size = (_size(relation), other)
        if relation.at == here[number].at or size <= mine or not _holds(relation, here[number].at):
            continue
        if best is None or size < best:
            best = size
    return best[1] if best else None


def _size(relation: Relation) -> int:
    """The number of words of a content."""
    return sum(last - first + 1 for first, last in relation.content)


def _holds(relation: Relation, at: int) -> bool:
    return any(first <= at <= last for first, last in relation.content)


def _continued(
    parses: Sequence[Parse], quoted: Quoted, found: Sequence[Attributed]
) -> list[Attributed]:
    """Quotations that begin in sentences before, or go on in those behind, join their cue.

    A sentence that is wholly quoted and has no cue of its own belongs to the cue that introduces
    its quotation; where there is none, it goes on with the words of whoever spoke last, be it in
    a paragraph of its own.
    """
    speakers = _speakers(found, quoted)
    owners = _owners(found, speakers, quoted)
    every = list(found)
    speaking: int | None = None
    for parse in parses:
        part = _whole(parse, quoted)
        if part is None or parse.sentence in speakers:
            speaking = speakers.get(parse.sentence)
            continue
        region = quoted.at(part.content[0].start)
        owner = owners.get(region, speaking) if region is not None else speaking
        if owner is None:
            owner = len(every)
            every.append(_alone(parse, part))
        else:
            every[owner] = _with_part(every[owner], part)
        speaking = owner
        if region is not None:
            owners[region] = owner
    return every


def _owners(
    found: Sequence[Attributed], speakers: Mapping[int, int], quoted: Quoted
) -> dict[Span, int]:
    """The attribution that introduces each quotation: the first that begins or ends in it."""
    owners: dict[Span, int] = {}
    for number in speakers.values():
        for span in found[number].parts[0].content:
            for place in (span.start, span.end - 1):
                region = quoted.at(place)
                if region is not None:
                    owners.setdefault(region, number)
    return owners


def _with_part(one: Attributed, part: Part) -> Attributed:
    return replace(one, parts=tuple(sorted((*one.parts, part), key=lambda each: each.sentence)))


def _alone(parse: Parse, part: Part) -> Attributed:
    """A quotation that no cue introduces: who speaks is said in a sentence beside it."""
    stretch = (0, len(parse.words) - 1)
    relation = Relation("quotation", "says", None, 0, stretch, (stretch,))
    return Attributed(relation, parse, (part,), None, quotes=True, inside=False)


def _speakers(found: Sequence[Attributed], quoted: Quoted) -> dict[int, int]:
    """The attribution of each sentence whose words a quotation around it goes on with."""
    best: dict[int, tuple[int, int, int]] = {}
    for number, one in enumerate(found):
        if one.relation.source is None or one.inside or not one.quotes:
            continue
        spans = one.parts[0].content
        last = max(
            (span.end for span in spans if quoted.at(max(span.start, span.end - 1))), default=0
        )
        size = sum(span.end - span.start for span in spans)
        rank = (last, -size, number)
        if one.parse.sentence not in best or rank > best[one.parse.sentence]:
            best[one.parse.sentence] = rank
    return {sentence: rank[2] for sentence, rank in best.items()}


def _whole(parse: Parse, quoted: Quoted) -> Part | None:
    """A sentence that is quoted from its first word to its last, or nearly."""
    words = [word for word in parse.words if not word.is_mark]
    if not words:
        return None
    inside = [word for word in words if quoted.at(word.start) is not None]
    if len(inside) * 10 < len(words) * 9:
        return None
    return Part(parse.sentence, (Span(inside[0].start, inside[-1].end),), True)
