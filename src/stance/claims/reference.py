"""Sources → holders: names and offices at hand, and what pronouns and descriptions go back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stance.claims.discourse import Discourse, Person
from stance.claims.holders import Here, holders
from stance.claims.sources import Source, noun_phrase
from stance.tokens import words
from stance.types import Mention, Span

_SCORES = {"name": 1.0, "reference": 0.8, "inferred": 0.7, "guess": 0.5}
_OFFICES = words(
    """
    minister president premier king queen emir sultan chancellor ambassador envoy spokesman
    spokeswoman spokesperson representative diplomat official leader chief delegate monarch prince
    secretary consul commissioner chairman chairwoman chair head negotiator lawmaker senator
    general counterpart politician director officer deputy undersecretary economist rapporteur
    """
)
_NATIONAL = words(
    "minister president premier king queen emir sultan chancellor monarch ministry government parliament ambassador"
)
_COUNTRIES = words("country nation state kingdom government republic island monarchy sultanate emirate administration")
_PAIRS = words(
    """
    ministers countries sides governments presidents leaders nations states parties capitals
    delegations officials diplomats neighbours neighbors partners monarchs heads interlocutors
    counterparts
    """
)
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4}
_FIRST = words("i we my our us me myself ourselves")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a claim: an actor, or a person whose body the text does not tell.

    `span` is where the text says so; `score` in 0 to 1 falls with every step away from a name.
    """

    actor: str | None
    person: str | None
    span: Span
    score: float


class Resolver:
    """Resolves the sources of a document in the order of the text."""

    def __init__(self, speaker: str | None) -> None:
        self._speaker = speaker
        self._said = Discourse()

    def open(self, here: Here, *, quoted: bool) -> None:
        """Begin a sentence: remember whom it names."""
        if not quoted:
            self._said.now += 1
        for mention in here.mentions:
            if mention.via == "pronoun" or (mention.via == "demonym" and not mention.acts):
                continue
            index = here.head(mention)
            subject = index is not None and _is_subject(here, index)
            if mention.via == "title" or mention.person is not None:
                self._meet(mention, here, subject=subject, quoted=quoted)
            elif mention.actor is not None and not quoted:
                self._said.body(mention.actor, subject=subject and mention.acts)

    def resolve(self, source: Source, here: Here, speaking: Sequence[Holder] | None) -> list[Holder]:
        """The holders of a source; `speaking`: whose words it stands in, None outside quotations."""
        parse = here.parse
        word = parse.words[source.head]
        span = parse.span(source.first, source.last)
        lower = word.lower
        if lower in _FIRST or _possessor(here, source.head) in _FIRST:
            if speaking is not None:
                return [Holder(one.actor, one.person, span, one.score) for one in speaking]
            if self._speaker is not None:
                return [Holder(self._speaker, None, span, 1.0)]
            return []
        if word.pos == "PRON":
            return [] if speaking is not None else self._pronoun(source, here, span)
        owner = _possessor(here, source.head)
        if owner and here.at(source.head) is None and speaking is None:
            return self._owned(owner, span)
        found = [one for one in holders(source, here) if one.via != "pronoun"]
        known = [self._of(mention, here) for mention in found]
        known = [one for one in known if one is not None]
        if known:
            return known
        if speaking is not None:
            return []
        return self._description(source, here, span)

    def spoke(self, held: Sequence[Holder]) -> None:
        """Remember who has just spoken."""
        for one in held:
            person = self._said.named(one.person) if one.person else None
            if person is not None:
                person.spoke = self._said.now
            elif one.actor is not None:
                last = [
                    other
                    for other in self._said.people
                    if other.actor == one.actor and other.sentence == self._said.now and not other.name
                ]
                if last:
                    last[-1].spoke = self._said.now
                else:
                    self._said.body(one.actor, subject=True, spoke=True)
        self._said.group([one.actor for one in held if one.actor is not None])

    def _meet(self, mention: Mention, here: Here, *, subject: bool, quoted: bool) -> None:
        nouns = {
            word.lower
            for word in here.parse.words
            if mention.span.start <= word.start < mention.span.end
        }
        actor = mention.actor
        if actor is None and not quoted and nouns & _NATIONAL and "opposition" not in nouns:
            actor = self._home(here, mention)
        person = self._said.person(
            mention.person, actor, (nouns & (_OFFICES | {"mr", "mrs", "ms", "king", "queen"}))
        )
        if subject and not quoted:
            person.subject = self._said.now

    def _home(self, here: Here, mention: Mention) -> str | None:
        """The state of an office that is named without one: that of the subject before it."""
        before = [
            one
            for one in here.mentions
            if one.span.end <= mention.span.start and one.actor and one.acts and one.via != "pronoun"
        ]
        return before[0].actor if before else self._said.it()

    def _of(self, mention: Mention, here: Here) -> Holder | None:
        if mention.person is not None or mention.via == "title":
            if mention.actor is not None:
                return Holder(mention.actor, mention.person, mention.span, _SCORES["name"])
            known = self._said.named(mention.person) if mention.person else None
            actor = known.actor if known is not None else None
            return Holder(actor, mention.person, mention.span, _SCORES["inferred"])
        if mention.actor is None:
            return None
        score = _SCORES["reference" if mention.via == "description" else "name"]
        return Holder(mention.actor, None, mention.span, score)

    def _pronoun(self, source: Source, here: Here, span: Span) -> list[Holder]:
        lower = here.parse.words[source.head].lower
        if lower in ("he", "she"):
            inside = self._before(source, here)
            if inside is not None:
                return [inside]
            person = self._said.third(lower)
            if person is None:
                return []
            person.gender = person.gender or lower
            return [_as_holder(person, span, _SCORES["reference"])]
        if lower in ("it", "which", "that"):
            subject = self._subject_before(source, here)
            actor = subject or (self._said.it() if lower == "it" else None)
            return [Holder(actor, None, span, _SCORES["reference"])] if actor else []
        if lower in ("they", "both", "two"):
            actors = self._said.both(0 if lower == "they" else 2)
            return [Holder(actor, None, span, _SCORES["reference"]) for actor in actors]
        return []

    def _before(self, source: Source, here: Here) -> Holder | None:
        """The person who is the subject of the clause around a pronoun: "Kono said that he …"."""
        at = source.head
        for verb in here.parse.ancestors(at):
            for subject in here.parse.having(verb, "nsubj"):
                if subject >= at:
                    continue
                mention = here.at(subject)
                if mention is not None and (mention.person or mention.via == "title"):
                    return self._of(mention, here)
        return None

    def _subject_before(self, source: Source, here: Here) -> str | None:
        at = source.head
        for verb in here.parse.ancestors(at):
            for subject in here.parse.having(verb, "nsubj"):
                if subject >= at:
                    continue
                mention = here.at(subject)
                if mention is not None and mention.actor and mention.via != "pronoun":
                    return mention.actor
        return None

    def _description(self, source: Source, here: Here, span: Span) -> list[Holder]:
        parse = here.parse
        head = parse.words[source.head]
        noun = head.lower
        before = [parse.words[child].lower for child in parse.children[source.head] if child < source.head]
        if noun in _PAIRS and ({"two", "both", "three", "four"} & set(before)):
            count = next(_NUMBERS[word] for word in before if word in _NUMBERS)
            return [
                Holder(actor, None, span, _SCORES["reference"]) for actor in self._said.both(count)
            ]
        if head.pos == "PROPN" and noun not in _OFFICES | _COUNTRIES:
            return self._name(source, here, span)
        if "the" not in before and "this" not in before:
            return []
        if noun in _OFFICES:
            person = self._said.titled(noun)
            if person is None:
                recent = [one for one in self._said.people if self._said.now - one.sentence <= 1]
                person = recent[0] if len(recent) == 1 and not recent[0].nouns else None
            return [_as_holder(person, span, _SCORES["reference"])] if person else []
        if noun in _COUNTRIES:
            actor = self._said.it()
            return [Holder(actor, None, span, _SCORES["inferred"])] if actor else []
        return []

    def _owned(self, pronoun: str, span: Span) -> list[Holder]:
        actor = self._owner(pronoun)
        return [Holder(actor, None, span, _SCORES["inferred"])] if actor else []

    def _owner(self, pronoun: str) -> str | None:
        if pronoun in ("his", "her"):
            person = self._said.third("he" if pronoun == "his" else "she")
            return person.actor if person else None
        return self._said.it() if pronoun == "its" else None

    def _name(self, source: Source, here: Here, span: Span) -> list[Holder]:
        """A name that no mention covers: a person of the text, or one whom nobody has presented."""
        parse = here.parse
        name = _proper(here, source.head)
        known = self._said.named(name)
        if known is not None:
            known.sentence = self._said.now
            return [_as_holder(known, span, _SCORES["reference"])]
        if len(name.split()) < 2:
            return []
        nouns = {parse.words[index].lower for index in range(source.first, source.last + 1)}
        office = self._said.unnamed()
        plain = source.last - source.first + 1 == len(name.split())
        if office is not None and plain:
            office.name = name
            office.sentence = self._said.now
            return [_as_holder(office, span, _SCORES["guess"])]
        person = self._said.person(name, None, nouns & _OFFICES)
        return [_as_holder(person, span, _SCORES["name"])]


def _as_holder(person: Person, span: Span, score: float) -> Holder:
    return Holder(person.actor, person.name, span, score)


def _possessor(here: Here, noun: int) -> str:
    """The possessive pronoun in front of a noun ("its", "our"), else an empty text."""
    for child in here.parse.having(noun, "poss"):
        if here.parse.words[child].pos == "PRON":
            return here.parse.words[child].lower
    return ""


def _proper(here: Here, head: int) -> str:
    """The proper name around a word: the run of capitalised words that are parts of it."""
    parse = here.parse
    first = last = head
    while first > 0 and parse.words[first - 1].pos == "PROPN" and parse.words[first - 1].text[0].isupper():
        first -= 1
    size = len(parse.words)
    while last + 1 < size and parse.words[last + 1].pos == "PROPN" and parse.words[last + 1].text[0].isupper():
        last += 1
    return " ".join(word.text for word in parse.words[first : last + 1])


def _is_subject(here: Here, index: int) -> bool:
    parse = here.parse
    while True:
        word = parse.words[index]
        if word.dep in ("nsubj", "nsubjpass"):
            return True
        if word.dep not in ("conj", "compound", "poss", "appos", "nmod"):
            return False
        index = word.head
