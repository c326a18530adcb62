"""Sources → holders: names and offices at hand, and what pronouns and descriptions go back to."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from stance.claims.descriptions import Descriptions
from stance.claims.discourse import Discourse
from stance.claims.holders import Here, holders
from stance.claims.introductions import Introductions
from stance.claims.mentioned import (
    begins_with_its,
    described_owner,
    one_of,
    possessor,
    refers,
    speaks_to,
)
from stance.claims.people import SCORES, Holder, as_holder
from stance.claims.reference_words import (
    AT_HOME,
    COUNTRIES,
    DOCUMENTS,
    EACH,
    FIRST_PERSON,
    OFFICES,
    PEOPLE,
    POINTING,
    SAYING,
    STANCES,
)
from stance.claims.sources import Source
from stance.claims.texts import authors, is_joint
from stance.types import Span

_BODILY = OFFICES | COUNTRIES | AT_HOME | PEOPLE
"""Nouns of those who may speak for the body that "its" is."""


class Resolver:
    """Resolves the sources of a document in the order of the text."""

    def __init__(
        self, speaker: str | None, states: Container[str], nouns: Mapping[str, frozenset[str]]
    ) -> None:
        self._speaker = speaker
        self._found: dict[int, list[Holder]] = {}
        self._said = Discourse()
        self._named = Introductions(self._said, states, nouns)
        self._described = Descriptions(self._said, states, speech=speaker is not None)

    def open(self, here: Here, *, quoted: bool) -> None:
        """Begin a sentence: remember whom it names."""
        if not quoted:
            self._said.now += 1
        self._found = {}
        self._named.read(here, quoted=quoted)

    def resolve(
        self, source: Source, here: Here, speaking: Sequence[Holder] | None
    ) -> list[Holder]:
        """The holders of a source; `speaking`: whose words it stands in, None outside quotations.

        Within one sentence, later sources may go back to what this gives.
        """
        found = self._resolved(source, here, speaking)
        self._found[source.head] = found
        return found

    def heard(self, before: int, behind: Here | None) -> list[Holder]:
        """Who speaks in a quotation that has no cue.

        The sentence behind it may say so ("So spoke the minister"); else it is whoever the
        sentence before it is about.
        """
        if behind is not None and behind.parse.words[0].lower in POINTING:
            said = {word.lower for word in behind.parse.words[:8]}
            acting = [one for one in behind.mentions if one.acts and one.via != "pronoun"]
            if said & SAYING and acting:
                one = acting[0]
                return [Holder(one.actor, one.person, one.span, SCORES["inferred"])]
        last = self._said.last(before)
        if last is None:
            return []
        span = Span(last.place, last.place + 1)
        if last.person is not None:
            return [as_holder(last.person, span, SCORES["inferred"])]
        return [Holder(last.actor, None, span, SCORES["inferred"])]

    def spoke(self, held: Sequence[Holder]) -> None:
        """Remember who has just spoken."""
        for one in held:
            self._said.see(one.span.start, one.actor, one.who, subject=True, spoke=True)
        if held:
            place = held[0].span.start
            self._said.group(place, [one.actor for one in held if one.actor is not None])

    def _resolved(
        self, source: Source, here: Here, speaking: Sequence[Holder] | None
    ) -> list[Holder]:
        """What `resolve` gives: by first person, pronoun, mention, owner or description."""
        parse = here.parse
        word = parse.words[source.head]
        span = parse.span(source.first, source.last)
        owner = possessor(parse, source.head)
        whose = described_owner(source, here)
        if word.lower in FIRST_PERSON or owner in FIRST_PERSON:
            return self._first_person(span, speaking)
        if word.pos == "PRON" and source.head == source.first:
            return [] if speaking is not None else self._pronoun(source, here, span)
        if speaking is None and word.lower in ("former", "latter"):
            return self._one_of_two(word.lower, span)
        named = bool(owner) or whose is not None
        found = [one for one in holders(source, here, named=named) if not refers(one, here)]
        found = found or one_of(source, here)
        to = not found or (len(found) == 1 and speaks_to(found[0]))
        if whose is not None and speaking is None and to and word.lower in _BODILY:
            bodies = self._described.holders(whose, here, span)
            if len(bodies) == 1 and bodies[0].actor is not None:
                return self._described.of_body(bodies[0].actor, source, here, span)
        if owner and not found and speaking is None:
            bodily = word.lower in _BODILY or word.pos == "PROPN"
            return self._described.owned(owner, source, here, span) if bodily else []
        if owner == "" and len(found) == 1 and begins_with_its(found[0], here, source):
            return self._described.owned("its", source, here, span)
        known = [one for one in map(self._named.holder, found) if one is not None]
        if known or found or speaking is not None:
            return known
        behind = authors(parse, source.head)
        if behind is not None:
            return self._resolved(behind, here, speaking)
        if is_joint(parse, source.head):
            joint = self._said.both(span.start, 0)
            return [Holder(actor, None, span, SCORES["inferred"]) for actor in joint]
        if word.lower in DOCUMENTS or word.lemma.lower() in DOCUMENTS:
            actor = self._subject_before(source, here)
            if actor is not None:
                return [Holder(actor, None, span, SCORES["inferred"])]
        return self._described.holders(source, here, span)

    def _first_person(self, span: Span, speaking: Sequence[Holder] | None) -> list[Holder]:
        """ "We": who speaks in the quotation, outside of one the speaker of the document."""
        if speaking is not None:
            return [Holder(one.actor, one.person, span, one.score) for one in speaking]
        return [Holder(self._speaker, None, span, 1.0)] if self._speaker is not None else []

    def _pronoun(self, source: Source, here: Here, span: Span) -> list[Holder]:
        """Whom a pronoun of the third person stands for."""
        lower = here.parse.words[source.head].lower
        lower = {"him": "he", "her": "she", "them": "they"}.get(lower, lower)
        if lower in ("he", "she"):
            return self._third_person(lower, source, here, span)
        if lower in ("it", "which", "that"):
            actor = self._subject_before(source, here)
            if actor is None and lower == "it":
                actor = _whose_stance(source, here)
            if actor is None and lower == "it" and not self._speaks_for_nobody(source, here):
                actor = self._said.it(span.start)
            return [Holder(actor, None, span, SCORES["reference"])] if actor else []
        if lower == "they" or lower in EACH or (lower == "all" and source.last > source.head):
            count = 0 if lower in ("they", "each", "all") else 2
            subjects = self._subjects_before(source, here) if lower == "they" else ()
            actors = subjects or self._said.both(span.start, count)
            return [Holder(actor, None, span, SCORES["reference"]) for actor in actors]
        return []

    def _one_of_two(self, which: str, span: Span) -> list[Holder]:
        """ "The former", "the latter"."""
        two = self._said.former(span.start)
        if not two:
            return []
        return [Holder(two[0 if which == "former" else 1], None, span, SCORES["reference"])]

    def _third_person(self, gender: str, source: Source, here: Here, span: Span) -> list[Holder]:
        """ "He" or "she": the subject of a clause around it, else who spoke last."""
        inside = self._person_before(source, here)
        if inside is not None:
            return [inside]
        person = self._said.third(gender, span.start)
        if person is None or not person.is_known:
            return []
        person.gender = person.gender or gender
        return [as_holder(person, span, SCORES["reference"])]

    def _person_before(self, source: Source, here: Here) -> Holder | None:
        """The person who is the subject of the clause around a pronoun: "Kono said that he …"."""
        for subject in _subjects_before(source, here):
            mention = here.at(subject)
            if mention is not None and (mention.person or mention.via == "title"):
                return self._named.holder(mention)
        return None

    def _speaks_for_nobody(self, source: Source, here: Here) -> bool:
        """Whether "it" may be the unknown body of the person in whose words it stands."""
        known = [self._found.get(subject) for subject in _subjects_before(source, here)]
        return any(held and held[0].actor is None for held in known)

    def _subject_before(self, source: Source, here: Here) -> str | None:
        """The actor that is the subject of the clause around a source: "Chad said that it …"."""
        return next(iter(self._subjects_before(source, here)), None)

    def _subjects_before(self, source: Source, here: Here) -> tuple[str, ...]:
        """All actors that are that subject: "Chad and Gabon said that they …"."""
        for subject in _subjects_before(source, here):
            known = self._found.get(subject)
            if known:
                return tuple(dict.fromkeys(one.actor for one in known if one.actor is not None))
            mention = here.at(subject)
            if mention is not None and mention.actor and not refers(mention, here):
                return (mention.actor,)
        return ()


def _whose_stance(source: Source, here: Here) -> str | None:
    """Whose position the clause before tells of: "the EU's stance was unchanged: it backs"."""
    parse = here.parse
    for subject in range(source.first - 1, -1, -1):
        word = parse.words[subject]
        if word.dep == "nsubj" and word.lower in STANCES:
            for owner in parse.having(subject, "poss"):
                mention = here.at(owner)
                if mention is not None and mention.person is None:
                    return mention.actor
    return None


def _subjects_before(source: Source, here: Here) -> Iterator[int]:
    """The subjects of the verbs over a source that stand in front of it, the nearest first."""
    for verb in here.parse.ancestors(source.head):
        for subject in here.parse.having(verb, "nsubj"):
            if subject < source.head:
                yield subject
