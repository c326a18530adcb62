"""Sources → holders: names and offices at hand, and what pronouns and descriptions go back to."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
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
_TITLES = _OFFICES | words("mr mrs ms miss king queen sheikh")
_NATIONAL = words(
    "minister president premier king queen emir sultan chancellor monarch ministry government parliament ambassador"
)
_COUNTRIES = words(
    "country nation state kingdom government republic island monarchy sultanate emirate administration"
)
_PAIRS = words(
    """
    ministers countries sides governments presidents leaders nations states parties capitals
    delegations officials diplomats neighbours neighbors partners monarchs heads interlocutors
    counterparts
    """
)
_POINTING = words("this these so with such the that those")
_SAYING = words(
    "words spoke sentence verdict line remark remarks answer message conclusion reply said warning"
)
_HEADING = words("head lead represent run chair serve")
_KINDS = words("country state government nation list group capital member power ally number")
_UNITED_NATIONS = words("UN UNSC UNGA UNSG UNENVOY MINURSO")
_SPOKES = words("spokesman spokeswoman spokesperson")
_GOING_BACK = words("the this that its his her their")
_PEOPLE = words("man woman team side boss lawyer mission embassy delegation leadership officials")
_AT_HOME = words("ministry government parliament cabinet palace presidency senate")
"""Bodies that every state has: named without one, they are those of the state spoken of."""
_DOCUMENTS = words(
    "text resolution statement declaration communique communiqué letter document draft note memo"
)
_STATELY = _PAIRS - words("sides parties delegations interlocutors partners officials")
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
    who: Person | None = None


class Resolver:
    """Resolves the sources of a document in the order of the text."""

    def __init__(
        self, speaker: str | None, states: Container[str], nouns: Mapping[str, frozenset[str]]
    ) -> None:
        self._speaker = speaker
        self._states = states
        self._nouns = nouns
        self._found: dict[int, list[Holder]] = {}
        self._said = Discourse()
        self._met: dict[Span, Person] = {}

    def open(self, here: Here, *, quoted: bool) -> None:
        """Begin a sentence: remember whom it names."""
        if not quoted:
            self._said.now += 1
        self._found = {}
        for mention in here.mentions:
            if refers(mention, here):
                continue
            index = here.head(mention)
            subject = index is not None and _is_subject(here, index)
            if mention.via == "title" or mention.person is not None:
                self._meet(mention, here, subject=subject, quoted=quoted)
            elif mention.actor is not None and not quoted:
                nouns = {*_words(mention, here), *self._nouns.get(mention.actor, ())}
                acting = subject and mention.acts
                self._said.see(mention.span.start, mention.actor, subject=acting, nouns=nouns)
        if not quoted:
            self._introduce(here)
            self._groups(here)

    def resolve(
        self, source: Source, here: Here, speaking: Sequence[Holder] | None
    ) -> list[Holder]:
        """The holders of a source; `speaking`: whose words it stands in, None outside quotations."""
        found = self._resolved(source, here, speaking)
        self._found[source.head] = found
        return found

    def _resolved(
        self, source: Source, here: Here, speaking: Sequence[Holder] | None
    ) -> list[Holder]:
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
        if word.pos == "PRON" and source.head == source.first:
            return [] if speaking is not None else self._pronoun(source, here, span)
        owner = _possessor(here, source.head)
        found = [one for one in holders(source, here, named=bool(owner)) if not refers(one, here)]
        if not found:
            found = _one_of(source, here)
        if owner and not found and speaking is None:
            bodily = lower in _OFFICES | _COUNTRIES | _AT_HOME | _PEOPLE or word.pos == "PROPN"
            return self._owned(owner, source, here, span) if bodily else []
        if owner == "" and len(found) == 1 and _begins_with_its(found[0], here, source):
            return self._owned("its", source, here, span)
        known = [one for one in map(self._of, found) if one is not None]
        if known:
            return known
        if speaking is not None:
            return []
        if lower in _DOCUMENTS or parse.words[source.head].lemma.lower() in _DOCUMENTS:
            actor = self._subject_before(source, here)
            if actor is not None:
                return [Holder(actor, None, span, _SCORES["inferred"])]
        return self._description(source, here, span)

    def heard(self, before: int, behind: Here | None) -> list[Holder]:
        """Who speaks in a quotation that has no cue.

        The sentence behind it may say so ("So spoke the minister"); else it is whoever the
        sentence before it is about.
        """
        if behind is not None and behind.parse.words[0].lower in _POINTING:
            said = {word.lower for word in behind.parse.words[:8]}
            acting = [one for one in behind.mentions if one.acts and one.via != "pronoun"]
            if said & _SAYING and acting:
                one = acting[0]
                return [Holder(one.actor, one.person, one.span, _SCORES["inferred"])]
        last = self._said.last(before)
        if last is None:
            return []
        span = Span(last.place, last.place + 1)
        if last.person is not None:
            return [_as_holder(last.person, span, _SCORES["inferred"])]
        return [Holder(last.actor, None, span, _SCORES["inferred"])]

    def spoke(self, held: Sequence[Holder]) -> None:
        """Remember who has just spoken."""
        for one in held:
            self._said.see(one.span.start, one.actor, one.who, subject=True, spoke=True)
        self._said.group([one.actor for one in held if one.actor is not None])

    def _meet(self, mention: Mention, here: Here, *, subject: bool, quoted: bool) -> None:
        nouns = _words(mention, here)
        actor, score = mention.actor, 1.0
        known = self._said.named(mention.person) if mention.person else None
        homeless = actor is None and (known is None or known.actor is None)
        if homeless and not quoted and nouns & _NATIONAL and "opposition" not in nouns:
            actor, score = self._home(here, mention, subject=subject)
        person = self._said.person(mention.person, actor, nouns & _TITLES)
        if homeless:
            person.score = score
        self._met[mention.span] = person
        if not quoted:
            self._said.see(mention.span.start, person.actor, person, subject=subject)

    def _introduce(self, here: Here) -> None:
        """ "Pekka Rautio, who heads Finland's trade ministry": a name with its body behind it."""
        parse = here.parse
        for verb, word in enumerate(parse.words):
            if word.dep != "relcl" or word.lemma not in _HEADING:
                continue
            head = word.head
            bodies = here.within(parse.left[verb], parse.right[verb])
            if parse.words[head].pos == "PROPN" and here.at(head) is None and bodies:
                name = _proper(here, head)
                if len(name.split()) > 1 and bodies[0].actor is not None:
                    person = self._said.person(name, bodies[0].actor, ())
                    self._said.see(parse.words[head].start, person.actor, person, subject=True)

    def _groups(self, here: Here) -> None:
        """Remember the subjects that name several: "the ministers of Gabon and Chad met"."""
        parse = here.parse
        for index, word in enumerate(parse.words):
            if word.dep in ("nsubj", "nsubjpass"):
                source = Source(*noun_phrase(parse, index), index, "subject")
                named = [one.actor for one in holders(source, here) if one.actor is not None]
                self._said.group(named)

    def _home(self, here: Here, mention: Mention, *, subject: bool) -> tuple[str | None, float]:
        """The state of an office that is named without one: the first that acts
        before it in the sentence."""
        before = [
            one
            for one in here.mentions
            if one.span.end <= mention.span.start
            and one.actor in self._states
            and one.acts
            and one.via != "pronoun"
        ]
        if before and (subject or len({one.actor for one in before}) == 1):
            return before[0].actor, _SCORES["reference"]
        alone = self._said.only(mention.span.start, self._states)
        if alone is not None:
            return alone, _SCORES["inferred"]
        return self._said.it(mention.span.start, self._states), _SCORES["guess"]

    def _of(self, mention: Mention) -> Holder | None:
        person = self._met.get(mention.span)
        if person is not None:
            score = 1.0 if mention.actor is not None else person.score
            actor = mention.actor or person.actor
            return Holder(actor, mention.person or person.name, mention.span, score, person)
        if mention.actor is None:
            return None
        score = _SCORES["reference" if mention.via == "description" else "name"]
        return Holder(mention.actor, mention.person, mention.span, score)

    def _pronoun(self, source: Source, here: Here, span: Span) -> list[Holder]:
        lower = here.parse.words[source.head].lower
        lower = {"him": "he", "her": "she", "them": "they"}.get(lower, lower)
        if lower in ("he", "she"):
            inside = self._before(source, here)
            if inside is not None:
                return [inside]
            person = self._said.third(lower, span.start)
            if person is None:
                return []
            person.gender = person.gender or lower
            return [_as_holder(person, span, _SCORES["reference"])]
        if lower in ("it", "which", "that"):
            subject = self._subject_before(source, here)
            actor = subject or (self._said.it(span.start) if lower == "it" else None)
            return [Holder(actor, None, span, _SCORES["reference"])] if actor else []
        if lower in ("they", "both", "two"):
            actors = self._said.both(span.start, 0 if lower == "they" else 2)
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
                    return self._of(mention)
        return None

    def _subject_before(self, source: Source, here: Here) -> str | None:
        at = source.head
        for verb in here.parse.ancestors(at):
            for subject in here.parse.having(verb, "nsubj"):
                if subject >= at:
                    continue
                known = self._found.get(subject)
                if known:
                    return known[0].actor
                mention = here.at(subject)
                if mention is not None and mention.actor and not refers(mention, here):
                    return mention.actor
        return None

    def _description(self, source: Source, here: Here, span: Span) -> list[Holder]:
        parse = here.parse
        head = parse.words[source.head]
        noun = head.lower
        before = [
            parse.words[child].lower for child in parse.children[source.head] if child < source.head
        ]
        if noun == "general" and parse.words[source.head - 1].text == "-":
            # the title without a body is that of the United Nations, where the text speaks of them
            united = self._speaker is not None or self._said.spoken_of(_UNITED_NATIONS)
            return [Holder("UNSG", None, span, _SCORES["inferred"])] if united else []
        if noun in _PAIRS and ({"two", "both", "three", "four"} & set(before)):
            count = next(_NUMBERS[word] for word in before if word in _NUMBERS)
            return [
                Holder(actor, None, span, _SCORES["reference"])
                for actor in self._said.both(
                    span.start, count, self._states if noun in _STATELY else None
                )
            ]
        if head.pos == "PROPN" and noun not in _OFFICES | _COUNTRIES:
            return self._name(source, here, span)
        compounds = {parse.words[child].lower for child in parse.having(source.head, "compound")}
        if noun in _SPOKES and "a" in before:
            actor = self._said.it(span.start)
            return [Holder(actor, None, span, _SCORES["guess"])] if actor else []
        if not {"the", "this", "that"} & set(before) and not compounds & _AT_HOME:
            return []
        body = self._said.described(noun, span.start) if noun not in _OFFICES else None
        if body is not None:
            return [Holder(body, None, span, _SCORES["reference"])]
        if noun in _OFFICES:
            person = self._said.titled(noun, span.start)
            if person is None:
                recent = self._said.lately(span.start)
                person = recent[0] if len(recent) == 1 and not recent[0].nouns else None
            if person is None and noun in _NATIONAL:
                actor = self._said.only(span.start, self._states)
                return [Holder(actor, None, span, _SCORES["inferred"])] if actor else []
            return [_as_holder(person, span, _SCORES["reference"])] if person else []
        if noun in _COUNTRIES or noun in _AT_HOME or compounds & _AT_HOME:
            actor = self._said.it(span.start, self._states)
            return [Holder(actor, None, span, _SCORES["inferred"])] if actor else []
        return []

    def _owned(self, pronoun: str, source: Source, here: Here, span: Span) -> list[Holder]:
        """ "Its ambassador to Belgium, Lakhdar Tebbani": counts for the body that "its" is."""
        actor = self._owner(pronoun, span.start)
        if actor is None:
            return []
        names = [
            mention.person
            for mention in here.within(source.first, source.last)
            if mention.person is not None
        ]
        name = names[0] if names else None
        nouns = {word.lower for word in here.parse.words[source.first : source.last + 1]}
        if not nouns & _OFFICES:
            self._said.see(span.start, actor, nouns=nouns)
            return [Holder(actor, name, span, _SCORES["inferred"])]
        person = self._said.person(name, actor, nouns & _TITLES)
        return [Holder(actor, name, span, _SCORES["inferred"], person)]

    def _owner(self, pronoun: str, before: int) -> str | None:
        if pronoun in ("his", "her"):
            person = self._said.third("he" if pronoun == "his" else "she", before)
            return person.actor if person else None
        return self._said.it(before) if pronoun == "its" else None

    def _name(self, source: Source, here: Here, span: Span) -> list[Holder]:
        """A name that no mention covers: a person of the text, or one whom nobody has presented."""
        parse = here.parse
        name = _proper(here, source.head)
        known = self._said.named(name)
        if known is not None:
            return [_as_holder(known, span, _SCORES["reference"])]
        if len(name.split()) < 2:
            return []
        nouns = {parse.words[index].lower for index in range(source.first, source.last + 1)}
        office = self._said.unnamed(span.start)
        plain = source.last - source.first + 1 == len(name.split())
        if office is not None and plain:
            office.name = name
            return [_as_holder(office, span, _SCORES["guess"])]
        person = self._said.person(name, None, nouns & _TITLES)
        return [_as_holder(person, span, _SCORES["name"])]


def _begins_with_its(mention: Mention, here: Here, source: Source) -> bool:
    """ "its UN representative": speaks for whom "its" is, not for the United Nations."""
    return (
        mention.via == "title"
        and here.parse.words[source.first].lower.startswith(("its ", "their "))
        and mention.actor in _UNITED_NATIONS | {"EU", "AU"}
    )


def refers(mention: Mention, here: Here) -> bool:
    """Whether a mention only goes back to another: "it", "its embassy", "the kingdom"."""
    if mention.via == "pronoun":
        return True
    first = next(iter(_first(mention, here)), "")
    return mention.via == "description" and first in _GOING_BACK


def _first(mention: Mention, here: Here) -> list[str]:
    for word in here.parse.words:
        if mention.span.overlaps(Span(word.start, word.end)):
            return word.lower.split()
    return []


def _words(mention: Mention, here: Here) -> set[str]:
    return {
        part
        for word in here.parse.words
        if mention.span.overlaps(Span(word.start, word.end))
        for part in word.lower.split()
    }


def _one_of(source: Source, here: Here) -> list[Mention]:
    """ "Guatemala is among the countries that …", "has become the latest state to …"."""
    parse = here.parse
    if parse.words[source.head].lemma.lower() not in _KINDS:
        return []
    for verb in parse.ancestors(source.head):
        if parse.words[verb].lemma in ("be", "become", "remain", "join", "rank", "count"):
            for subject in parse.having(verb, "nsubj"):
                if subject < source.head:
                    phrase = Source(*noun_phrase(parse, subject), subject, "subject")
                    return [one for one in holders(phrase, here) if one.via != "pronoun"]
    return []


def _as_holder(person: Person, span: Span, score: float) -> Holder:
    return Holder(person.actor, person.name, span, score * person.score, person)


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
    while (
        first > 0
        and parse.words[first - 1].pos == "PROPN"
        and parse.words[first - 1].text[0].isupper()
    ):
        first -= 1
    size = len(parse.words)
    while (
        last + 1 < size
        and parse.words[last + 1].pos == "PROPN"
        and parse.words[last + 1].text[0].isupper()
    ):
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
