"""Attributions → their holders, in the order of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stance.claims.attributions import Attributed
from stance.claims.holders import Here, adjacent
from stance.claims.people import Holder
from stance.claims.reference import Resolver
from stance.claims.sources import Source


def quoting(found: Sequence[Attributed]) -> dict[int, int]:
    """For each sentence with quoted content the attribution that gives it, by number."""
    return {
        part.sentence: number
        for number, one in enumerate(found)
        for part in one.parts
        if part.quoted and not one.inside
    }


def resolved(
    found: Sequence[Attributed],
    here: Mapping[int, Here],
    around: Mapping[int, int],
    resolver: Resolver,
) -> list[list[Holder]]:
    """The holders of each attribution; `around` is what `quoting` gives.

    What stands in a quotation is resolved last in its sentence: its "we" is who speaks.
    """
    held: list[list[Holder]] = [[] for _ in found]
    by_sentence: dict[int, list[int]] = {}
    for number, one in enumerate(found):
        by_sentence.setdefault(one.parse.sentence, []).append(number)
    continued = _continued(found)
    for sentence, names in here.items():
        resolver.open(names, quoted=sentence in continued)
        for number in sorted(by_sentence.get(sentence, ()), key=lambda one: found[one].inside):
            one = found[number]
            if one.relation.build == "quotation":
                behind = here.get(one.parts[-1].sentence + 1)
                held[number] = resolver.heard(one.parts[0].content[0].start, behind)
            else:
                owner = around.get(sentence)
                speaking = held[owner] if owner is not None else []
                held[number] = _of_source(one, names, speaking if one.inside else None, resolver)
            if not one.inside:
                resolver.spoke(held[number])
    return held


def _continued(found: Sequence[Attributed]) -> set[int]:
    """The sentences that are wholly quoted: those without a cue of their own."""
    return {
        part.sentence
        for one in found
        if one.shares is None
        for part in one.parts
        if part.sentence != one.parse.sentence or one.relation.build == "quotation"
    }


def _of_source(
    one: Attributed, names: Here, speaking: Sequence[Holder] | None, resolver: Resolver
) -> list[Holder]:
    source = one.relation.source
    held = resolver.resolve(source, names, speaking) if source is not None else []
    if held or not (source is None or _is_borrowed(one, source)):
        return held
    beside = adjacent(names, one.relation.cue[0])
    if beside is None or (source is not None and source.first <= beside.head <= source.last):
        return held
    return resolver.resolve(beside, names, speaking)


def _is_borrowed(one: Attributed, source: Source) -> bool:
    """Whether a verb has no subject of its own and takes that of another: it may be misread."""
    words = one.parse.words
    shared = source.role == "subject" and words[one.relation.at].dep in ("conj", "advcl")
    return shared and words[source.head].head != one.relation.at and words[source.head].tag != "PRP"
