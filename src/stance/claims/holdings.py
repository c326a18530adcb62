"""Which attributions make claims of their own, and which only report or repeat another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stance.claims import status
from stance.claims.attributions import Attributed
from stance.claims.cues import Cues
from stance.claims.people import Holder
from stance.claims.reference_words import SPEAKERS
from stance.claims.reversals import taken_back


@dataclass(frozen=True, slots=True)
class Holdings:
    """The attributions of a document and their holders (`held`), both by number.

    `around` is the attribution that quotes a sentence.
    """

    found: Sequence[Attributed]
    held: Sequence[Sequence[Holder]]
    around: Mapping[int, int]
    cues: Cues

    def actors(self, number: int) -> set[str | None]:
        """The ids or names of the holders of an attribution."""
        return {one.actor or one.person for one in self.held[number]}

    def inner(self, number: int) -> list[int]:
        """The attributions that stand directly in the content of one."""
        parse = self.found[number].parse
        first = last = number
        while first > 0 and self.found[first - 1].parse is parse:
            first -= 1
        while last + 1 < len(self.found) and self.found[last + 1].parse is parse:
            last += 1
        return [at for at in range(first, last + 1) if self.found[at].outer == number]

    def is_left_out(self, number: int) -> bool:
        """Whether an attribution makes no claim of its own."""
        return (
            self.found[number].relation.kind == "thanks"
            or self._only_reports(number)
            or self.repeats(number)
            or self._is_asked(number)
            or self._only_goes_on(number)
            or self._is_past(number)
        )

    def is_open(self, number: int) -> bool:
        """Whether somebody certain is meant whom nothing resolved: "they", "the minister"."""
        one = self.found[number]
        source, parse = one.relation.source, one.parse
        if self.held[number] or source is None or one.inside or one.outer is not None:
            return False
        head = parse.words[source.head]
        if head.tag == "PRP":
            return head.lower not in ("it", "itself")
        pointed = parse.words[source.first].lower in ("the", "this", "his", "its")
        return pointed and head.lower in SPEAKERS

    def is_others(self, number: int, speaker: str) -> bool:
        """Whether a sentence only reports what another actor holds."""
        one = self.found[number]
        first, last = one.relation.cue
        root = any(one.parse.words[at].dep == "ROOT" for at in range(first, last + 1))
        others = self.actors(number) - {speaker, None}
        return bool(others) and (root or one.relation.build == "quotation")

    def repeats(self, number: int) -> bool:
        """Whether a claim only repeats the one around it, of the same holder.

        "Spain said that it backs the plan" is one claim, and so is all that a quotation says of
        its speaker.
        """
        mine = self.actors(number)
        outer = self.found[number].outer
        while outer is not None:
            same = self.held[outer] and self.actors(outer) == mine
            if same and self.found[outer].relation.build != "deed":
                return True
            outer = self.found[outer].outer
        owner = self.around.get(self.found[number].parse.sentence)
        return self.found[number].inside and owner is not None and self.actors(owner) == mine

    def is_main(self, number: int, other: int) -> bool:
        """Whether the cue of the inner attribution `other` is the main verb of what one says."""
        outer, inner = self.found[number].relation, self.found[other].relation
        words = self.found[number].parse.words
        at = inner.at
        while words[at].dep in ("xcomp", "dobj", "acomp", "pcomp", "pobj", "prep"):
            if words[at].head in (outer.at, at):
                return words[at].head == outer.at
            at = words[at].head
        if outer.build in ("according", "colon", "quotation"):
            return words[at].dep in ("ROOT", "ccomp")
        return words[at].head == outer.at or words[outer.at].head == at

    def says_it_all(self, number: int, other: int) -> bool:
        """Whether the inner attribution `other` is the main one of what is said, and the last.

        "Said that it was suspending its ties and would back the talks" is not denied as a whole.
        """
        one, inner = self.found[number], self.found[other].relation
        parse = one.parse
        said = {k for first, last in one.relation.content for k in range(first, last + 1)}
        at = inner.at
        while parse.words[at].dep in ("xcomp", "dobj", "acomp") and parse.words[at].head in said:
            at = parse.words[at].head
        follows = any(
            child in said and parse.words[child].pos in ("VERB", "AUX")
            for child in parse.having(at, "conj")
        )
        return not follows and self.is_main(number, other)

    def _only_reports(self, number: int) -> bool:
        """Whether all that A says is that B holds something: a claim of B, not of A.

        What A says that B *ought* to hold is A's own claim.
        """
        one, mine = self.found[number], self.actors(number)
        if one.relation.build == "deed":  # "joined the states that back the plan"
            return any(self.actors(other) == mine for other in self.inner(number))
        if one.relation.kind != "says":
            return False
        return any(
            self.is_main(number, other)
            and self.actors(other) - {None}
            and self.actors(other) != mine
            and status.modality(one.parse, self.found[other].relation, self.cues) != "demanded"
            for other in self.inner(number)
        )

    def _is_past(self, number: int) -> bool:
        """Whether a position is told only to say that it was given up."""
        one = self.found[number]
        sides = one.relation.kind in ("supports", "opposes") and one.relation.build == "verb"
        return sides and taken_back(one.parse, one.relation, self.cues)

    def _only_goes_on(self, number: int) -> bool:
        """Whether an echo tells nothing new, or tells more than the words that make it.

        The holder may only do again what he has done ("and did so again in May"); and "voiced the
        same conviction" is no claim of a conviction beside what it points to.
        """
        one = self.found[number]
        if one.shares is not None:
            return bool(self.actors(number) & self.actors(one.shares) - {None})
        return any(
            other.shares is not None
            and other.parse is one.parse
            and other.relation.at == one.relation.at
            for other in self.found
        )

    def _is_asked(self, number: int) -> bool:
        """Whether a position is only what another says that its holder ought to take."""
        one = self.found[number]
        if status.asked(one.parse, one.relation) or status.wished(one.parse, one.relation):
            return True
        if one.outer is None or self.actors(one.outer) == self.actors(number):
            return False
        return status.duty(one.parse, one.relation)
