"""Small questions to mentions and to the nouns that name a source."""

from __future__ import annotations

import re

from stance.claims.holders import Here, holders
from stance.claims.reference_words import GOING_BACK, KINDS, ORDER, TITLES, UNITED_NATIONS
from stance.claims.sources import Source, noun_phrase
from stance.person_names import NOT_NAMES
from stance.syntax import Parse, Word
from stance.tokens import words
from stance.types import Mention, Span

_BEING_OF = words("be become remain join rank count belong figure feature number")
_PARTS = re.compile(r"[\w-]+")


def refers(mention: Mention, here: Here) -> bool:
    """Whether a mention only goes back to another: "it", "its embassy", "the kingdom"."""
    if mention.via == "pronoun":
        return True
    covered = _covered(mention, here)
    first = covered[0].lower.split()[:1] if covered else []
    return mention.via == "description" and any(word in GOING_BACK for word in first)


def words_of(mention: Mention, here: Here) -> set[str]:
    """The words of a mention in lower case."""
    return {part for word in _covered(mention, here) for part in _PARTS.findall(word.lower)}


def _covered(mention: Mention, here: Here) -> list[Word]:
    words = here.parse.words
    return [word for word in words if mention.span.overlaps(Span(word.start, word.end))]


def begins_with_its(mention: Mention, here: Here, source: Source) -> bool:
    """ "Its envoy, Ana Ruiz", "its UN representative": speaks for whom "its" is, not for the UN."""
    owned = here.parse.words[source.first].lower.startswith(("its ", "their "))
    return mention.via == "title" and owned and speaks_to(mention)


def speaks_to(mention: Mention) -> bool:
    """ "Representative to the United Nations": names where an envoy is, not whose it is."""
    return mention.actor is None or mention.actor in UNITED_NATIONS | {"EU", "AU"}


def described_owner(source: Source, here: Here) -> Source | None:
    """Whose it is, where that goes back to another: "the front" in "the front's envoy"."""
    parse = here.parse
    for owner in parse.having(source.head, "poss"):
        mention = here.at(owner)
        if parse.words[owner].pos == "NOUN" and (mention is None or refers(mention, here)):
            return Source(*noun_phrase(parse, owner, possessive=True), owner, "owner")
    return None


def one_of(source: Source, here: Here) -> list[Mention]:
    """ "Guatemala is among the countries that …", "has become the first to …"."""
    parse = here.parse
    if parse.words[source.head].lemma.lower() not in KINDS | ORDER:
        return []
    for verb in parse.ancestors(source.head):
        if parse.words[verb].lemma in _BEING_OF and not parse.having(verb, "neg"):
            for subject in parse.having(verb, "nsubj"):
                if subject < source.head:
                    phrase = Source(*noun_phrase(parse, subject), subject, "subject")
                    return [one for one in holders(phrase, here) if one.via != "pronoun"]
    return []


def possessor(parse: Parse, noun: int) -> str:
    """The possessive pronoun in front of a noun ("its", "our"), else an empty text."""
    for child in parse.having(noun, "poss"):
        if parse.words[child].pos == "PRON":
            return parse.words[child].lower
    return ""


def proper_name(parse: Parse, head: int) -> str:
    """The proper name around a word: the run of capitalised words that are parts of it."""
    first, last = _name_around(parse, head)
    return " ".join(word.text for word in parse.words[first : last + 1])


def names_a_person(here: Here, head: int) -> bool:
    """Whether the proper name around a word can be a person's: no body or state, no "Party"."""
    first, last = _name_around(here.parse, head)
    words = [word.text for word in here.parse.words[first : last + 1]]
    titled = [at for at, word in enumerate(words) if word.lower() in TITLES]
    name = words[titled[-1] + 1 :] if titled else words
    return not NOT_NAMES & set(name) and not here.within(first, last)


def _name_around(parse: Parse, head: int) -> tuple[int, int]:
    first = last = head
    while first > 0 and _is_name(parse.words[first - 1]):
        first -= 1
    while last + 1 < len(parse.words) and _is_name(parse.words[last + 1]):
        last += 1
    return first, last


def _is_name(word: Word) -> bool:
    return word.pos == "PROPN" and word.text[0].isupper()


def is_subject(parse: Parse, index: int) -> bool:
    """Whether a noun is a subject or a part of one."""
    while True:
        word = parse.words[index]
        if word.dep in ("nsubj", "nsubjpass"):
            return True
        part = word.dep in ("conj", "compound", "poss", "appos", "nmod")
        if not part or word.head == index:
            return False
        index = word.head
