"""The persons of a text, and who holds what it claims."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stance.tokens import words
from stance.types import Span

SCORES = {"name": 1.0, "reference": 0.8, "inferred": 0.7, "guess": 0.5}
"""How surely a holder is found, by what tells it."""

_MALE = words(
    "mr king sultan emir prince spokesman chairman statesman businessman he sheikh lord pope"
)
_FEMALE = words(
    "mrs ms miss queen princess spokeswoman chairwoman stateswoman businesswoman she lady"
)


@dataclass(slots=True)
class Person:
    """A person of the text: the name, the body spoken for, the nouns used ("minister").

    `score` in 0 to 1 is how surely the body is the person's.
    """

    name: str | None
    actor: str | None
    nouns: set[str]
    gender: str | None = None
    score: float = 1.0

    @property
    def is_known(self) -> bool:
        """Whether the text tells anything of the person but an office."""
        return self.name is not None or self.actor is not None

    def answers(self, name: str) -> bool:
        """Whether `name` is this person's, whole or the surname."""
        if self.name is None:
            return False
        mine, theirs = self.name.lower().split(), name.lower().split()
        if len(theirs) == 1:
            return theirs[0] in (mine if len(mine) == 1 else mine[1:])
        return mine[-1] == theirs[-1] and (len(mine) == 1 or mine[0] == theirs[0])


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a claim: an actor, or a person whose body the text does not tell.

    `span` is where the text says so; `score` in 0 to 1 falls with every step away from a name.
    """

    actor: str | None
    person: str | None
    span: Span
    score: float
    who: Person | None = None


def as_holder(person: Person, span: Span, score: float) -> Holder:
    """A person as holder, no surer than the person's body."""
    return Holder(person.actor, person.name, span, score * person.score, person)


def gender_of(nouns: Iterable[str]) -> str | None:
    """What a title or noun tells of a person's pronoun: "he", "she" or None."""
    nouns = set(nouns)
    if nouns & _MALE:
        return "he"
    return "she" if nouns & _FEMALE else None
