"""Small questions to a verb: its base form, what opens its clause, which words are its own."""

from __future__ import annotations

from stance.claims.cues import Cues
from stance.claims.relation import Range
from stance.claims.sources import Source
from stance.syntax import Parse
from stance.tokens import words

_OF_THE_CUE = words("aux auxpass neg prt nsubj dative mark cc")


def base_of(parse: Parse, verb: int, cues: Cues) -> str:
    """The base form of a verb."""
    word = parse.words[verb]
    return cues.base(word.lower, word.lemma)


def openers(parse: Parse, verb: int) -> list[str]:
    """The auxiliaries and conjunctions of a verb, in lower case: "to", "if"."""
    return [parse.words[child].lower for child in parse.having(verb, "aux", "mark")]


def cue_of(parse: Parse, at: int, end: int) -> Range:
    """The verb with its auxiliaries and particle, as far as they touch it."""
    first = at
    for child in reversed(parse.children[at]):
        if child == first - 1 and parse.words[child].dep in ("aux", "auxpass", "neg", "advmod"):
            first = child
    return first, end


def own_words(parse: Parse, at: int, source: Source | None) -> set[int]:
    """The words of the clause of saying itself: source, verb, its auxiliaries and adjuncts."""
    own = {at}
    passive = source is not None and source.role == "agent"
    if source is not None:
        own.update(range(source.first, source.last + 1))
    for child in parse.children[at]:
        dep = parse.words[child].dep
        if dep in _OF_THE_CUE or (dep == "nsubjpass" and not passive):
            own.update(parse.subtree(child))
    return own
