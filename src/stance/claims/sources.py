"""Whose a verb is: its subject, that of the clause it shares it with, or its agent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from stance.claims.reference_words import AT_HOME, OFFICES
from stance.syntax import Parse
from stance.tokens import words

Role = Literal["subject", "agent", "owner", "source", "beside"]

_SHARING = words("conj xcomp advcl pcomp dep advmod acomp")
_QUOTING = words("quote cite")
_ON_THE_WAY = words("VERB AUX ADP ADJ ADV SCONJ")
_BODILY = AT_HOME | OFFICES
_FARTHEST = 8
"""Steps upwards after which no shared subject is looked for."""


@dataclass(frozen=True, slots=True)
class Source:
    """The words `first` to `last` that name who says or holds it; `head` is the noun among them.

    `head` lies outside for a relative pronoun: it is the noun that the pronoun stands for.
    """

    first: int
    last: int
    head: int
    role: Role


def source_of(parse: Parse, verb: int) -> Source | None:
    """The source of a verb, None where the sentence does not name it."""
    agents = [noun for agent in parse.having(verb, "agent") for noun in parse.having(agent, "pobj")]
    if agents:
        return Source(*noun_phrase(parse, agents[0]), agents[0], "agent")
    if parse.having(verb, "auxpass", "nsubjpass"):
        return None
    subjects = parse.having(verb, "nsubj")
    if subjects:
        return _subject(parse, verb, subjects[-1])
    beyond = _beyond_parenthesis(parse, verb)
    if beyond is not None:
        return _subject(parse, verb, beyond)
    elder = elder_sibling(parse, verb)
    return _shared(parse, verb) if elder is None else source_of(parse, elder)


def _subject(parse: Parse, verb: int, subject: int) -> Source:
    """The subject of a verb as source; that of a relative pronoun is the noun it stands for."""
    if parse.words[subject].tag in ("WDT", "WP"):
        if parse.words[verb].dep == "relcl":
            return Source(subject, subject, parse.words[verb].head, "subject")
        stands_for = _person_before(parse, subject)
        if stands_for is not None:
            return Source(subject, subject, stands_for, "subject")
    if parse.words[verb].dep == "relcl" and parse.words[subject].lemma.lower() in _BODILY:
        whose = [k for k in parse.having(subject, "poss") if parse.words[k].tag == "WP$"]
        if whose:  # "Peru, whose government backs it"
            return Source(whose[0], subject, parse.words[verb].head, "subject")
    first, last = noun_phrase(parse, subject)
    if subject < verb <= last:  # an apposition of the object, which the parser hangs on the subject
        last = max(k for k in range(subject, verb) if k in parse.subtree(subject))
    return Source(first, last, subject, "subject")


def is_parenthesis(parse: Parse, verb: int) -> bool:
    """ "Peru, | say diplomats |, has agreed": a verb right behind a comma, its subject behind it.

    The parser makes what stands in front of the comma its subject.
    """
    word = parse.words[verb]
    if verb == 0 or parse.words[verb - 1].text != "," or word.tag not in ("VBD", "VBZ", "VBP"):
        return False
    inverted = any(
        parse.left[noun] == verb + 1 for noun in parse.having(verb, "dobj", "oprd", "nsubj")
    )
    within = word.dep == "parataxis" and word.head > verb
    around = any(
        child > verb and not parse.having(child, "nsubj", "nsubjpass", "mark")
        for child in parse.having(verb, "ccomp")
    )
    return inverted and (within or around)


def _beyond_parenthesis(parse: Parse, verb: int) -> int | None:
    """The subject of a verb in front of the parenthesis between them."""
    head = parse.words[verb].head
    beside = parse.having(verb, "parataxis")
    beside += [head] if parse.words[verb].dep == "ccomp" else []
    for at in beside:
        if at < verb and is_parenthesis(parse, at):
            return next((k for k in parse.having(at, "nsubj") if k < at), None)
    return None


def _person_before(parse: Parse, who: int) -> int | None:
    """ "Received by the minister, who reiterated": though the parser hangs it elsewhere."""
    if parse.words[who].lower != "who" or who < 2 or parse.words[who - 1].text != ",":
        return None
    noun = who - 2
    while True:
        word = parse.words[noun]
        if word.pos not in ("NOUN", "PROPN"):
            return None
        up = parse.words[word.head].head if word.dep == "pobj" else word.head
        part = word.dep in ("pobj", "conj", "appos", "compound")
        if up == noun or not part or parse.words[up].pos not in ("NOUN", "PROPN"):
            return noun
        noun = up


def _shared(parse: Parse, verb: int) -> Source | None:
    """The subject that a verb shares with one it hangs on, or the noun that it modifies."""
    at = verb
    for _ in range(_FARTHEST):
        head, dep = parse.words[at].head, parse.words[at].dep
        if head == at:
            return None
        if dep == "acl" or (dep == "relcl" and _is_infinitive(parse, at)):
            return Source(*noun_phrase(parse, head, before=at), head, "subject")
        quoted = _quoted_as(parse, at)
        if quoted is not None:
            return Source(*noun_phrase(parse, quoted), quoted, "subject")
        adjunct = dep == "prep" and parse.words[head].pos in ("VERB", "AUX", "ADV", "ADJ")
        if not (adjunct or dep in _SHARING) or parse.words[head].pos not in _ON_THE_WAY:
            return None
        at = head
        subjects = parse.having(at, "nsubj") or parse.having(at, "nsubjpass")
        beyond = None if subjects else _beyond_parenthesis(parse, at)
        if subjects or beyond is not None:
            return _subject(parse, at, subjects[-1] if subjects else beyond or 0)
    return None


def _is_infinitive(parse: Parse, verb: int) -> bool:
    """ "the first to welcome it": the noun does it, as in front of a participle."""
    return any(parse.words[child].lower == "to" for child in parse.having(verb, "aux"))


def _quoted_as(parse: Parse, verb: int) -> int | None:
    """Who is quoted: "quoted the premier as saying"."""
    preposition = parse.words[verb].head
    quoting = parse.words[preposition].head
    if (
        parse.words[verb].dep != "pcomp"
        or parse.words[preposition].lower != "as"
        or parse.words[quoting].lemma not in _QUOTING
    ):
        return None
    return next(iter(parse.having(quoting, "dobj")), None)


def elder_sibling(parse: Parse, verb: int) -> int | None:
    """The verb of saying that a verb really goes on: "X said the plan was sound and urged …".

    The parser hangs "urged" on "was"; but a plan urges nobody. None where the verb stands right.
    """
    head = parse.words[verb].head
    if parse.words[verb].dep != "conj" or parse.words[head].dep not in ("ccomp", "advcl"):
        return None
    outer = parse.words[head].head
    if outer == head or outer > verb or parse.words[outer].tag != parse.words[verb].tag:
        return None
    subjects = parse.having(head, "nsubj", "nsubjpass", "csubj", "expl")
    if not subjects or parse.having(verb, "nsubj", "nsubjpass"):
        return None
    plain = all(
        parse.words[one].dep in ("csubj", "expl")
        or parse.words[one].pos == "NOUN"
        or parse.words[one].lower == "it"
        for one in subjects
    )
    # "demanded that Peru return and defended the vote": Peru is not said to have defended it
    apart = parse.words[head].tag in ("VB", "VBP") and parse.words[verb].tag in ("VBZ", "VBD")
    return outer if plain or apart else None


def noun_phrase(
    parse: Parse, noun: int, *, possessive: bool = False, before: int | None = None
) -> tuple[int, int]:
    """First and last word of the phrase around a noun, without marks at its ends.

    `before` ends it in front of that word. A possessive goes without its "'s".
    """
    first, last = parse.left[noun], parse.right[noun]
    if before is not None:
        last = min(last, parse.left[before] - 1)
    if possessive:
        while last > noun and parse.words[last].tag == "POS":
            last -= 1
    for child in parse.having(noun, "relcl"):
        # ", who has led the talks since May": not part of the name of the source
        start = parse.left[child]
        if noun < start <= last and parse.words[start - 1].text == ",":
            last = start - 1
    while last > noun and parse.words[last].is_mark:
        last -= 1
    while first < noun and parse.words[first].is_mark:
        first += 1
    return first, max(last, first)
