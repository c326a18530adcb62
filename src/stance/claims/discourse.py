"""Who was spoken of, and who spoke: what pronouns and later descriptions go back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from stance.tokens import words

_REACH = 3
"""Sentences that a pronoun may look back; what stands wholly in quotation marks is not counted."""

_DESCRIPTION_REACH = 8

_MALE = words("mr king sultan emir prince spokesman chairman statesman businessman he sheikh lord pope")
_FEMALE = words("mrs ms miss queen princess spokeswoman chairwoman stateswoman businesswoman she lady")


@dataclass(slots=True)
class Person:
    """A person of the text: the name, the body spoken for, the nouns used ("minister")."""

    name: str | None
    actor: str | None
    nouns: set[str]
    sentence: int
    gender: str | None = None
    spoke: int = -99
    subject: int = -99

    def answers(self, name: str) -> bool:
        """Whether `name` is this person's, whole or the surname."""
        if self.name is None:
            return False
        mine, theirs = self.name.lower().split(), name.lower().split()
        return mine[-1] == theirs[-1] and (len(theirs) == 1 or len(mine) == 1 or mine[0] == theirs[0]) or (
            len(theirs) == 1 and theirs[0] in mine[1:]
        )


@dataclass(slots=True)
class Body:
    """A state, organisation or party at its latest mention."""

    actor: str
    sentence: int
    subject: int = -99
    spoke: int = -99


@dataclass(slots=True)
class Discourse:
    """What has been read so far. `now` counts sentences, those wholly quoted left out."""

    now: int = 0
    people: list[Person] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    groups: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)

    def person(self, name: str | None, actor: str | None, nouns: Iterable[str]) -> Person:
        """The person of that name, remembered or new, moved to the end of the list."""
        nouns = set(nouns)
        known = None
        if name is not None:
            known = next((one for one in reversed(self.people) if one.answers(name)), None)
        if known is None:
            known = Person(name, actor, nouns, self.now)
        else:
            self.people.remove(known)
            if name is not None and known.name is not None and len(name) > len(known.name):
                known.name = name
            known.actor = known.actor or actor
            known.nouns |= nouns
            known.sentence = self.now
        if known.gender is None:
            known.gender = gender_of({*nouns, *(name or "").lower().split()})
        self.people.append(known)
        return known

    def body(self, actor: str, *, subject: bool = False, spoke: bool = False) -> None:
        """Remember a body at the present place."""
        known = next((one for one in self.bodies if one.actor == actor), None)
        if known is None:
            known = Body(actor, self.now)
        else:
            self.bodies.remove(known)
        known.sentence = self.now
        known.subject = self.now if subject else known.subject
        known.spoke = self.now if spoke else known.spoke
        self.bodies.append(known)

    def group(self, actors: Sequence[str]) -> None:
        """Remember actors that were named as one subject: "A and B"."""
        if len(set(actors)) > 1:
            self.groups.append((self.now, tuple(dict.fromkeys(actors))))

    def third(self, gender: str) -> Person | None:
        """Who "he" or "she" is: who spoke last, else the last subject, else the last named.

        None where two of the same sentence have an equal claim.
        """
        near = [
            one
            for one in reversed(self.people)
            if self.now - max(one.sentence, one.spoke) <= _REACH and one.gender in (None, gender)
        ]
        for rank in ("spoke", "subject", "sentence"):
            best = max((getattr(one, rank) for one in near), default=-99)
            if best < 0 or self.now - best > _REACH:
                continue
            chosen = [one for one in near if getattr(one, rank) == best]
            if rank == "spoke":
                subjects = [one for one in near if one.subject > best]
                chosen = subjects or chosen
            exact = [one for one in chosen if one.gender == gender]
            chosen = exact or chosen
            if rank == "sentence" and len({one.actor for one in chosen}) > 1:
                return None
            return chosen[0]
        return None

    def it(self) -> str | None:
        """Which body "it" is: the last that was a subject, else the only one of late."""
        near = [one for one in reversed(self.bodies) if self.now - one.sentence <= 2]
        for rank in ("spoke", "subject"):
            best = max((getattr(one, rank) for one in near), default=-99)
            if best >= 0 and self.now - best <= 2:
                chosen = [one for one in near if getattr(one, rank) == best]
                later = [one for one in near if one.subject > best] if rank == "spoke" else []
                return (later or chosen)[0].actor
        return near[0].actor if len({one.actor for one in near}) == 1 else None

    def both(self, count: int = 2) -> tuple[str, ...]:
        """Who "they", "the two ministers" or "both sides" are; empty where that is open."""
        for sentence, actors in reversed(self.groups):
            if self.now - sentence <= _REACH and (count == 0 or len(actors) == count):
                return actors
        near: list[str] = []
        for one in reversed(self.bodies):
            if self.now - one.sentence <= 1 and one.actor not in near:
                near.append(one.actor)
        for person in reversed(self.people):
            if person.actor and self.now - person.sentence <= 1 and person.actor not in near:
                near.append(person.actor)
        return tuple(reversed(near)) if len(near) == count else ()

    def named(self, name: str) -> Person | None:
        """The person of that name or surname."""
        return next((one for one in reversed(self.people) if one.answers(name)), None)

    def titled(self, noun: str) -> Person | None:
        """The last person of whom that noun was used ("the minister")."""
        near = [
            one
            for one in self.people
            if noun in one.nouns and self.now - one.sentence <= _DESCRIPTION_REACH
        ]
        return max(near, key=lambda one: (one.spoke, one.sentence), default=None)

    def unnamed(self) -> Person | None:
        """An office holder without a name who has just spoken: whom a bare name may now name."""
        for one in reversed(self.people):
            if one.name is None and one.actor and 0 <= self.now - one.spoke <= 2:
                return one
        return None


def gender_of(nouns: Iterable[str]) -> str | None:
    """What a title or noun tells of a person's pronoun: "he", "she" or None."""
    nouns = set(nouns)
    if nouns & _MALE:
        return "he"
    return "she" if nouns & _FEMALE else None
