"""Who was spoken of, and who spoke: what pronouns and later descriptions go back to."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field

from stance.claims.people import Person, gender_of

_REACH = 3
"""Sentences that a pronoun may look back; what stands wholly in quotation marks is not counted."""

_DESCRIPTION_REACH = 8
"""Sentences that a description ("the minister") may look back."""

_PERSONS = 200
_MEMORY = 60
"""Places that are remembered, so that a long text costs no more for each sentence."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A place where somebody was named: a `person`, or a body (`person` None, `actor` set)."""

    place: int
    sentence: int
    actor: str | None
    person: Person | None
    subject: bool
    spoke: bool
    nouns: frozenset[str] = frozenset()


@dataclass(slots=True)
class Discourse:
    """What has been read so far. `now` counts sentences, those wholly quoted left out."""

    now: int = 0
    people: list[Person] = field(default_factory=list)
    groups: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    pairs: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    _seen: list[Seen] = field(default_factory=list)

    def person(self, name: str | None, actor: str | None, nouns: Iterable[str]) -> Person:
        """The person of that name, remembered or new."""
        nouns = set(nouns)
        known = self.named(name) if name is not None else None
        if known is None:
            known = Person(name, actor, nouns)
            self.people.append(known)
            del self.people[:-_PERSONS]
        else:
            if name is not None and len(name) > len(known.name or ""):
                known.name = name
            known.actor = known.actor or actor
            known.nouns |= nouns
        if known.gender is None:
            known.gender = gender_of({*nouns, *(name or "").lower().split()})
        return known

    def see(
        self,
        place: int,
        actor: str | None,
        person: Person | None = None,
        *,
        subject: bool = False,
        spoke: bool = False,
        nouns: Iterable[str] = (),
    ) -> None:
        """Remember that somebody was named at a place of the text; `nouns` may name it later."""
        self._seen.append(Seen(place, self.now, actor, person, subject, spoke, frozenset(nouns)))
        del self._seen[:-_MEMORY]

    def group(self, actors: Sequence[str], place: int) -> None:
        """Remember actors that were named as one subject, at a place of the text: "A and B"."""
        if len(set(actors)) > 1:
            self.groups.append((self.now, place, tuple(dict.fromkeys(actors))))
            del self.groups[:-_MEMORY]

    def pair(self, actors: Sequence[str], place: int) -> None:
        """Remember two actors that met, though no sentence has them as one subject."""
        self.pairs.append((self.now, place, tuple(actors)))
        del self.pairs[:-_MEMORY]

    def third(self, gender: str, before: int) -> Person | None:
        """Who "he" or "she" at the place `before` is.

        Who spoke last or was the last subject, whichever is nearer; else the last named. None
        where two of one sentence have an equal claim.
        """
        near = [
            one
            for one in self._before(before, _REACH)
            if one.person is not None and one.person.gender in (None, gender)
        ]
        ranked = [one for one in near if one.spoke or one.subject] or near
        if not ranked:
            return None
        latest = [one for one in ranked if one.sentence == ranked[-1].sentence]
        best = [one for one in latest if one.spoke] or latest
        sure = [one for one in best if _is_known(one, gender)] or best
        spoke = any(one.spoke for one in sure)
        rivals = sure if spoke else [one for one in near if one.sentence == sure[0].sentence]
        if len({id(one.person) for one in rivals}) > 1 and not _is_known(sure[0], gender):
            return None
        return sure[0].person

    def it(self, before: int, among: Container[str] | None = None) -> str | None:
        """Which body "it" at the place `before` is: the last that spoke or was a subject.

        Else the only one of late; None where there are several.
        """
        near = [
            one
            for one in self._before(before, 2)
            if one.person is None and (among is None or one.actor in among)
        ]
        acting = [one for one in near if one.spoke or one.subject]
        if acting:
            latest = [one for one in acting if one.sentence == acting[-1].sentence]
            return latest[0].actor
        return near[-1].actor if len({one.actor for one in near}) == 1 else None

    def described(self, noun: str, before: int) -> str | None:
        """The body of which a noun was last used, or which its table gives ("the kingdom")."""
        near = [
            one
            for one in self._before(before, _DESCRIPTION_REACH)
            if one.actor is not None and noun in one.nouns
        ]
        if noun == "party":  # in a debate of several, the one that has done something
            near = [one for one in near if one.sentence == near[-1].sentence]
            near = [one for one in near if one.subject][:1] or near
        return near[-1].actor if near else None

    def party(self, before: int) -> str | None:
        """The one party that this sentence or the one before is about: "they"."""
        near = [one for one in self._before(before, 1) if one.subject]
        actors = {one.actor for one in near}
        return near[-1].actor if len(actors) == 1 and "party" in near[-1].nouns else None

    def spoken_of(self, actors: Container[str]) -> bool:
        """Whether one of these actors was named of late."""
        return any(one.actor in actors for one in self._seen)

    def only(self, before: int, among: Container[str], *, acting: bool = False) -> str | None:
        """The one body of a kind that was named in this sentence and the two before.

        `acting`: named as a subject.
        """
        near = [one for one in self._before(before, 2) if one.subject or not acting]
        named = {one.actor for one in near if one.actor in among}
        return named.pop() if len(named) == 1 else None

    def both(
        self, before: int, count: int = 2, among: Container[str] | None = None
    ) -> tuple[str, ...]:
        """Who "they", "the two ministers" or "both sides" are; empty where that is open.

        `count` 0 is any number; `among` are the actors that can be meant.
        """
        met = self.pairs if count == 2 else []
        latest_first = [*reversed(self.groups), *reversed(met)]
        for sentence, place, actors in sorted(latest_first, key=_sentence, reverse=True):
            if self.now - sentence > _REACH:
                break
            if place >= before:  # "the two sides called on A and B": not these
                continue
            fits = among is None or all(actor in among for actor in actors)
            if fits and count in (0, len(actors)):
                return actors
        near: list[str] = []
        for one in self._before(before, 1):
            if one.actor and one.actor not in near and (among is None or one.actor in among):
                near.append(one.actor)
        return tuple(near) if len(near) == count else ()

    def former(self, before: int) -> tuple[str, ...]:
        """The two of whom one is "the former" and one "the latter", in the order of the text.

        The only two bodies named in this sentence so far, else in the one before.
        """
        for reach in (0, 1):
            near = [one.actor for one in self._before(before, reach) if one.actor is not None]
            two = tuple(dict.fromkeys(near))
            if two:
                return two if len(two) == 2 else ()
        return ()

    def last(self, before: int) -> Seen | None:
        """Whom the sentence before is about: its one subject, None where it has none or several."""
        acting = [one for one in self._before(before, 0) if one.subject or one.spoke]
        who = {one.actor or id(one.person) for one in acting}
        if len(who) == 1:
            return acting[-1]
        named = self._before(before, 0)
        alone = {one.actor or id(one.person) for one in named}
        return named[-1] if len(alone) == 1 else None

    def named(self, name: str) -> Person | None:
        """The person of that name or surname."""
        return next((one for one in reversed(self.people) if one.answers(name)), None)

    def titled(self, noun: str, before: int) -> Person | None:
        """The last person of whom that noun was used ("the minister"): who spoke, if any did."""
        near = [
            one
            for one in self._before(before, _DESCRIPTION_REACH)
            if one.person is not None and noun in one.person.nouns
        ]
        spoke = [one for one in near if one.spoke]
        chosen = spoke or near
        return chosen[-1].person if chosen else None

    def lately(self, before: int) -> list[Person]:
        """The persons of this sentence and the one before."""
        found: list[Person] = []
        for one in self._before(before, 1):
            if one.person is not None and all(one.person is not other for other in found):
                found.append(one.person)
        return found

    def unnamed(self, before: int) -> Person | None:
        """An office holder without a name who has just spoken: whom a bare name may now name."""
        for one in reversed(self._before(before, 2)):
            person = one.person
            if person is not None and one.spoke and person.name is None and person.actor:
                return person
        return None

    def _before(self, place: int, reach: int) -> list[Seen]:
        return [one for one in self._seen if one.place < place and self.now - one.sentence <= reach]


def _sentence(together: tuple[int, int, tuple[str, ...]]) -> int:
    return together[0]


def _is_known(one: Seen, gender: str) -> bool:
    return one.person is not None and one.person.gender == gender
