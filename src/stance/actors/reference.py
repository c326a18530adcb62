"""Pronouns and later descriptions: "he", "his country", "the embassy", "the Kingdom"."""

from __future__ import annotations

from collections.abc import Sequence

from stance.actors.phrases import Phrase
from stance.actors.words import (
    AFTER_IT,
    BODIES,
    FIRST_PERSON,
    INSTITUTIONS,
    OFFICES,
    PERSONS,
    POSSESSIVES,
)
from stance.tokens import QUOTES, Token, words
from stance.types import Via

_ONE = words(
    """
    minister president premier king chancellor ambassador envoy secretary spokesman spokeswoman
    spokesperson
    """
)
"""Offices of one person: "Peru's minister said that his country …"."""

_REACH = 6
"""Sentences that a description may look back."""


class Reader:
    """Reads a document's sentences in order and remembers who was spoken of.

    What it resolves it resolves from the text before; what it cannot it leaves open.
    """

    def __init__(self, nouns: dict[str, frozenset[str]], speaker: str | None) -> None:
        self._nouns = nouns
        self._speaker = speaker
        self._person: Phrase | None = None
        self._past: list[list[Phrase]] = []

    def read(self, tokens: Sequence[Token], named: Sequence[Phrase]) -> list[Phrase]:
        """The phrases of the next sentence: those `named`, and the references, in order."""
        found = list(named)
        taken = {at for phrase in named for at in range(phrase.first, phrase.last + 1)}
        quoted = _quoted(tokens)
        for at in range(len(tokens)):
            if at in taken:
                continue
            reference = self._reference(tokens, at, found, taken, at in quoted)
            if reference is not None:
                found.append(reference)
                taken.update(range(reference.first, reference.last + 1))
        found.sort(key=lambda phrase: phrase.first)
        people = [phrase for phrase in found if phrase.person and phrase.acts]
        if people:
            self._person = people[0]
        self._past = [*self._past[-_REACH:], found]
        return found

    def _reference(
        self,
        tokens: Sequence[Token],
        at: int,
        found: Sequence[Phrase],
        taken: set[int],
        quoted: bool,
    ) -> Phrase | None:
        word = tokens[at].lower
        following = tokens[at + 1].lower if at + 1 < len(tokens) and at + 1 not in taken else ""
        if word in FIRST_PERSON:
            if self._speaker is None or quoted:
                return None
            last = at + 1 if following in BODIES | INSTITUTIONS else at
            acts = last > at or word in {"i", "we"}
            return Phrase(at, last, self._speaker, "pronoun", None, acts)
        if quoted:
            return None
        if word in PERSONS:
            return self._third(at, at, found)
        if word == "it" and following in AFTER_IT | {"has", "still"}:
            return self._body(at, at, found, None)
        if word == "its" and following in BODIES | INSTITUTIONS:
            return self._body(at, at + 1, found, following)
        if word in POSSESSIVES and following in BODIES:
            return self._third(at, at + 1, found)
        if word in {"his", "her"} and following == "party":
            whose = self._third(at, at + 1, found)
            return whose if whose and "party" in self._nouns.get(whose.actor or "", ()) else None
        if (
            word in {"the", "this", "that"}
            and following in OFFICES | INSTITUTIONS | self._all_nouns
        ):
            if at + 2 < len(tokens) and tokens[at + 2].lower == "of":
                return None
            return self._description(tokens, at, following, found)
        return None

    def _third(self, first: int, last: int, found: Sequence[Phrase]) -> Phrase | None:
        """The person last spoken of: earlier in the sentence, else an earlier subject."""
        here = [
            phrase
            for phrase in found
            if (phrase.person or phrase.head in _ONE) and phrase.last < first and phrase.acts
        ]
        antecedent = here[0] if here else self._person
        if antecedent is None:
            return None
        return Phrase(first, last, antecedent.actor, "pronoun", antecedent.person, True)

    def _body(
        self, first: int, last: int, found: Sequence[Phrase], noun: str | None
    ) -> Phrase | None:
        """The state or body that a sentence before, or the same one, began with."""
        here = [phrase for phrase in found if phrase.acts and phrase.actor and phrase.last < first]
        earlier = [phrase for phrase in (self._past[-1] if self._past else []) if phrase.acts]
        antecedents = here[:1] or [phrase for phrase in earlier if phrase.actor][:1]
        if not antecedents:
            return None
        via: Via = "description" if noun else "pronoun"
        return Phrase(first, last, antecedents[0].actor, via, None, True, noun)

    def _description(
        self, tokens: Sequence[Token], at: int, noun: str, found: Sequence[Phrase]
    ) -> Phrase | None:
        before = [phrase for phrase in found if phrase.last < at]
        for earlier in (before, *reversed(self._past)):
            first = noun == "party" and earlier is not before  # the one that has done something
            for phrase in earlier if first else reversed(earlier):
                same = phrase.head == noun or (
                    phrase.actor is not None and noun in self._nouns.get(phrase.actor, ())
                )
                if same and phrase.actor is not None:
                    person = phrase.person if noun in OFFICES else None
                    acts = not (at + 2 < len(tokens) and tokens[at + 2].lower == "'")
                    return Phrase(at, at + 1, phrase.actor, "description", person, acts, noun)
        return None

    @property
    def _all_nouns(self) -> frozenset[str]:
        actors = {phrase.actor for earlier in self._past for phrase in earlier if phrase.actor}
        return frozenset().union(*(self._nouns.get(actor, frozenset()) for actor in actors))


def _quoted(tokens: Sequence[Token]) -> set[int]:
    """Indices of the tokens that stand between quotation marks."""
    inside: set[int] = set()
    open_ = False
    for at, token in enumerate(tokens):
        if token.text in QUOTES:
            open_ = token.text not in "”»" and not (token.text == '"' and open_)
        elif open_:
            inside.add(at)
    return inside
