"""Descriptions → holders: "the minister", "both countries", "its ambassador", a bare surname."""

from __future__ import annotations

from collections.abc import Container

from stance.claims.discourse import Discourse
from stance.claims.holders import Here
from stance.claims.mentioned import names_a_person, proper_name
from stance.claims.people import SCORES, Holder, as_holder
from stance.claims.reference_words import (
    AT_HOME,
    BODIES,
    COUNTRIES,
    NATIONAL,
    NUMBERS,
    OF_ORGANS,
    OFFICES,
    ORGANS,
    PAIRS,
    PEOPLE,
    SPOKES,
    TITLES,
    TOGETHER,
    UNITED_NATIONS,
)
from stance.claims.sources import Source
from stance.types import Span


class Descriptions:
    """Resolves noun phrases that no mention covers, by what was said before."""

    def __init__(self, said: Discourse, states: Container[str], *, speech: bool) -> None:
        """`speech`: the document has a speaker, to whom "the Secretary-General" is the UN's."""
        self._said = said
        self._states = states
        self._speech = speech

    def holders(self, source: Source, here: Here, span: Span) -> list[Holder]:
        """Whom a description stands for; empty where that is open."""
        parse = here.parse
        head = parse.words[source.head]
        noun = head.lower
        before = [
            parse.words[child].lower for child in parse.children[source.head] if child < source.head
        ]
        if noun == "general" and parse.words[source.head - 1].text == "-":
            return self._secretary_general(span)
        counts = _counts(source, here)
        if counts:
            if _of_conflict(source, here):
                return []
            return self._several(counts[0], span)
        if "the" in before and noun in ORGANS and {"the", *OF_ORGANS} >= set(before):
            return self._organ(noun, span)
        if head.pos == "PROPN" and noun not in OFFICES | COUNTRIES:
            return self._name(source, here, span)
        compounds = {parse.words[child].lower for child in parse.having(source.head, "compound")}
        if noun in SPOKES and "a" in before:
            for body in compounds & BODIES:  # "a Commission spokesman"
                return _body(self._said.described(body, span.start), span, "reference")
            return _body(self._said.it(span.start), span, "guess")
        if not {"the", "this", "that"} & set(before) and not compounds & AT_HOME:
            return []
        if noun in OFFICES:
            return self._office("president" if _of_state(source, here) else noun, span)
        described = self._said.described(noun, span.start)
        if described is not None:
            return _body(described, span, "reference")
        if noun in COUNTRIES | AT_HOME or compounds & AT_HOME:
            return _body(self._said.it(span.start, self._states), span, "inferred")
        return []

    def owned(self, pronoun: str, source: Source, here: Here, span: Span) -> list[Holder]:
        """ "Its ambassador to Belgium, Lakhdar Tebbani": counts for the body that "its" is."""
        actor = self._owner(pronoun, span.start)
        return [] if actor is None else self.of_body(actor, source, here, span)

    def of_body(self, actor: str, source: Source, here: Here, span: Span) -> list[Holder]:
        """ "The front's envoy, Ana Ruiz": speaks for the body, and is its person from now on."""
        within = here.within(source.first, source.last)
        name = next((one.person for one in within if one.person is not None), None)
        nouns = {word.lower for word in here.parse.words[source.first : source.last + 1]}
        if not nouns & OFFICES:
            self._said.see(span.start, actor, nouns=nouns)
            return [Holder(actor, name, span, SCORES["inferred"])]
        person = self._said.person(name, actor, nouns & TITLES)
        return [Holder(actor, name, span, SCORES["inferred"], person)]

    def _owner(self, pronoun: str, before: int) -> str | None:
        """The body that a possessive pronoun stands for, or that of its person."""
        if pronoun in ("his", "her"):
            person = self._said.third("he" if pronoun == "his" else "she", before)
            return person.actor if person else None
        if pronoun == "their":
            return self._said.party(before)
        return self._said.it(before) if pronoun == "its" else None

    def _secretary_general(self, span: Span) -> list[Holder]:
        """The title without a body: that of the United Nations, where the text speaks of them."""
        united = self._speech or self._said.spoken_of(UNITED_NATIONS)
        return _body("UNSG" if united else None, span, "inferred")

    def _several(self, count: int, span: Span) -> list[Holder]:
        """ "Both countries", "the three ministers"."""
        actors = self._said.both(span.start, count, self._states)
        return [Holder(actor, None, span, SCORES["reference"]) for actor in actors]

    def _organ(self, noun: str, span: Span) -> list[Holder]:
        """ "The Supreme Council": the body called so, else the one that has just acted."""
        described = self._said.described(noun, span.start)
        if described is not None:
            return _body(described, span, "reference")
        acting = self._said.it(span.start)
        return _body(None if acting in self._states else acting, span, "inferred")

    def _office(self, noun: str, span: Span) -> list[Holder]:
        """ "The minister": who was called so, else the only person or state at hand."""
        person = self._said.titled(noun, span.start)
        if person is None:
            recent = self._said.lately(span.start)
            person = recent[0] if len(recent) == 1 and not recent[0].nouns else None
        if person is not None:
            return [as_holder(person, span, SCORES["reference"])] if person.is_known else []
        actor = self._said.only(span.start, self._states) if noun in NATIONAL else None
        return _body(actor, span, "inferred")

    def _name(self, source: Source, here: Here, span: Span) -> list[Holder]:
        """A name that no mention covers: a person of the text, or one whom nobody has presented."""
        name = proper_name(here.parse, source.head)
        known = self._said.named(name)
        if known is not None:
            return [as_holder(known, span, SCORES["reference"])]
        if len(name.split()) < 2 or not names_a_person(here, source.head):
            return []
        office = self._said.unnamed(span.start)
        plain = source.last - source.first + 1 == len(name.split())
        if office is not None and plain:
            office.name = name
            return [as_holder(office, span, SCORES["guess"])]
        nouns = {word.lower for word in here.parse.words[source.first : source.last + 1]}
        person = self._said.person(name, None, nouns & TITLES)
        return [as_holder(person, span, SCORES["name"])]


def _counts(source: Source, here: Here) -> list[int]:
    """How many are meant by "the two ministers", "all three", "the trio"; 0 by "each country"."""
    parse = here.parse
    head = parse.words[source.head]
    before = [
        parse.words[child].lower for child in parse.children[source.head] if child < source.head
    ]
    if {"other", "remaining", "next", "first", "last"} & set(before):
        return []
    if head.lower in PAIRS:
        return [NUMBERS[word] for word in before if word in NUMBERS]
    if "each" in before and head.lower in OFFICES | COUNTRIES | PEOPLE:
        return [0]
    if head.lower in NUMBERS and {"all", "the"} & set(before):
        return [NUMBERS[head.lower]]
    return [TOGETHER[head.lower]] if head.lower in TOGETHER and "the" in before else []


def _of_conflict(source: Source, here: Here) -> bool:
    """ "The plan accepted by the two parties": those of the conflict, not two at the table."""
    verb = here.parse.words[here.parse.words[source.head].head].head
    plural = here.parse.words[source.head].lower in ("parties", "sides")
    return plural and source.role == "agent" and here.parse.words[verb].dep == "acl"


def _of_state(source: Source, here: Here) -> bool:
    """ "The head of state", "the head of government"."""
    behind = [word.lower for word in here.parse.words[source.head : source.head + 3]]
    return behind in (["head", "of", "state"], ["head", "of", "government"])


def _body(actor: str | None, span: Span, score: str) -> list[Holder]:
    """A body as the one holder, none where it is None."""
    return [Holder(actor, None, span, SCORES[score])] if actor else []
