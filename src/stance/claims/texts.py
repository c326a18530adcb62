"""Texts that take a position, as motions and joint statements do: whose they are, and who votes."""

from __future__ import annotations

from stance.claims.reference_words import DOCUMENTS
from stance.claims.sources import Source, noun_phrase
from stance.syntax import Parse
from stance.tokens import words

_ADOPTED = DOCUMENTS | words("motion bill amendment petition proposition")
_POINTING = words("the that this it its")
_BACKING = words("back support endorse approve adopt pass sign cosign co-sign co-sponsor cosponsor")
_SIDES = words("favour favor")
_JOINT = words("joint final closing concluding common")
_ISSUED = words("statement declaration communique communiqué")


def is_text(parse: Parse, noun: int) -> bool:
    """Whether a noun is a text that is put to a vote, or that several adopt."""
    return parse.words[noun].lemma.lower() in _ADOPTED


def authors(parse: Parse, noun: int) -> Source | None:
    """Who stands behind a text: "the motion, tabled by Japan and Peru,"."""
    if is_text(parse, noun):
        for verb in parse.having(noun, "acl"):
            for agent in parse.having(verb, "agent"):
                for who in parse.having(agent, "pobj"):
                    return Source(*noun_phrase(parse, who), who, "agent")
    return None


def is_joint(parse: Parse, noun: int) -> bool:
    """ "The final statement", "the joint declaration", "the communiqué": of those who met."""
    word = parse.words[noun]
    before = {parse.words[child].lower for child in parse.children[noun] if child < noun}
    owned = parse.having(noun, "poss", "prep", "acl", "relcl")
    meeting = word.lower.startswith("communiqu") or bool(before & _JOINT)
    return word.lower in _ISSUED and "the" in before and meeting and not owned


def backed(parse: Parse, verb: int) -> int | None:
    """The last word with which a verb says that its subject is for a text that was told of.

    "Backed it", "voted for the motion", "voted in favour". None where nothing says so.
    """
    word = parse.words[verb]
    if parse.having(verb, "neg"):
        return None
    if word.lemma in _BACKING:
        return next((k for k in parse.having(verb, "dobj") if _was_told_of(parse, k)), None)
    if word.lemma != "vote":
        return None
    for preposition in parse.having(verb, "prep"):
        nouns = parse.having(preposition, "pobj")
        if parse.words[preposition].lower == "for":
            return next((k for k in nouns if _was_told_of(parse, k)), None)
        if parse.words[preposition].lower == "in" and nouns:
            alone = not parse.having(nouns[0], "prep")
            return nouns[0] if parse.words[nouns[0]].lower in _SIDES and alone else None
    return None


def _was_told_of(parse: Parse, noun: int) -> bool:
    """ "It", "the motion": and nothing that says which."""
    if parse.words[noun].lower == "it":
        return True
    pointed = any(parse.words[k].lower in _POINTING for k in parse.having(noun, "det"))
    return is_text(parse, noun) and pointed and not parse.having(noun, "prep", "relcl", "acl")
