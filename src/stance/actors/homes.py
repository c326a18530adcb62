"""Names that several parties share: "the Socialists" are those of the country that is spoken of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from stance.actors.gazetteer import Hit
from stance.actors.table import Name
from stance.actors.words import PARTISAN
from stance.tokens import Token, words

_REACH = 3
"""Sentences that a shared name may look back for its country."""
_GAP = 5
"""Tokens between a country and its party: "Spain's centre-right PP"."""

_MINISTRIES = words(
    """
    Minister Ministers Ministry Department Secretary Court Organization Organisation Market Force
    """
)


class Homes:
    """Settles whose a shared name is; `words` are those that speak of a home ("Storting" → NOR)."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def settle(
        self, rows: Sequence[Sequence[Token]], hits: Sequence[Sequence[Hit]]
    ) -> list[list[Hit]]:
        """The hits of a document, each shared name with the one party that it means.

        What nothing settles is dropped: better no party than the wrong one.
        """
        if not any(hit.owners for found in hits for hit in found):
            return [list(found) for found in hits]
        spoken = [self._spoken(row, found) for row, found in zip(rows, hits, strict=True)]
        everywhere = {home for places in spoken for home, _ in places}
        settled: list[list[Hit]] = []
        named: set[str] = set()
        recent: list[set[str]] = []
        debated: list[set[str]] = []
        for row, found, places in zip(rows, hits, spoken, strict=True):
            kept: list[Hit] = []
            parties: set[str] = set()
            for hit in found:
                owner: Name | None = hit.name
                if hit.owners and _is_portfolio(row, hit):
                    continue
                if hit.owners:
                    before = {home for home, at in places if at < hit.first} | parties
                    here = {home for home, _ in places} | parties
                    debate = set().union(*debated[-_REACH:])
                    past = set().union(*recent[-_REACH:])
                    evidence = (before, here, debate, past, everywhere)
                    owner = _owner(row, hit, found, named, evidence)
                if owner is None:
                    continue
                kept.append(replace(hit, name=owner, owners=()))
                if owner.home is not None:
                    parties.add(owner.home)
                    named.add(owner.actor.id)
            settled.append(kept)
            debated.append(parties)
            recent.append(parties | {home for home, _ in places})
        return settled

    def _spoken(self, row: Sequence[Token], found: Sequence[Hit]) -> list[tuple[str, int]]:
        """The homes of which a sentence speaks without a shared name, and where."""
        told = [(hit.name.actor.id, hit.first) for hit in found if not hit.owners]
        told += [(hit.name.home, hit.first) for hit in found if hit.name.home and not hit.owners]
        told += [
            (self._words[token.text], at)
            for at, token in enumerate(row)
            if token.text in self._words
        ]
        return told


def _owner(
    row: Sequence[Token],
    hit: Hit,
    found: Sequence[Hit],
    named: set[str],
    evidence: Sequence[set[str]],
) -> Name | None:
    """The party that a shared name means: that of the country right beside it, else by context."""
    beside = _beside(row, hit, found)
    if beside is not None:
        return next((one for one in hit.owners if one.home == beside), None)
    before, *wider = evidence
    known = [one for one in hit.owners if one.actor.id in named]
    chosen = [one for one in hit.owners if one.home in before]
    for candidates in (chosen, known, *([o for o in hit.owners if o.home in h] for h in wider)):
        if len(candidates) == 1:
            return candidates[0]
    return None


def _is_portfolio(row: Sequence[Token], hit: Hit) -> bool:
    """Whether a name is what a ministry is for: "Labour Minister", "Department of Labor"."""
    behind = row[hit.last + 1].text if hit.last + 1 < len(row) else ""
    before = [token.text for token in row[max(0, hit.first - 2) : hit.first]]
    for_it = len(before) == 2 and before[0] in _MINISTRIES and before[1] in ("of", "for")
    return behind in _MINISTRIES or for_it


def _beside(row: Sequence[Token], hit: Hit, found: Sequence[Hit]) -> str | None:
    """The country in front of a name ("Norway's", "the Swedish") or behind it ("in Portugal")."""
    for other in found:
        if other.owners or other.name.actor.kind == "party":
            continue
        gap = row[other.last + 1 : hit.first]
        if 0 < hit.first - other.last <= _GAP and _belongs(gap, other):
            return other.name.actor.id
        between = [token.lower for token in row[hit.last + 1 : other.first]]
        if other.name.via != "capital" and between in (
            ["of"],
            ["in"],
            ["of", "the"],
            ["in", "the"],
        ):
            return other.name.actor.id
    return None


def _belongs(gap: Sequence[Token], owner: Hit) -> bool:
    """Whether only a possessive and words in small letters stand between."""
    lower = [token.lower for token in gap]
    if lower[:1] == ["'"]:
        lower = lower[2:] if lower[1:2] == ["s"] else lower[1:]
    elif owner.name.via != "demonym" and lower:
        return False
    return all(word in PARTISAN for word in lower)
