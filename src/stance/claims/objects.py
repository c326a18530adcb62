"""The object of a verb as content: what is praised, rejected, called …"""

from __future__ import annotations

from stance.claims.sources import Source, noun_phrase
from stance.claims.verbs import openers
from stance.syntax import Parse
from stance.tokens import words

WH = ("WDT", "WP")
_ADJUNCTS = words("in during at after before since amid until following through by without")
_CONDITIONS = words("if unless provided once until")
_SAID_OF_OBJECT = words("dobj oprd xcomp prep dative ccomp")
TAKING_IN = words("trust confidence faith belief conviction interest hope involvement")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_SIDES = words("favour favor support defence defense")


def objects(parse: Parse, at: int, source: Source | None) -> set[int]:
    """What is praised, rejected, called …: the object and all that the verb says of it."""
    passive = bool(parse.having(at, "agent"))
    held = _of_whose(parse, at) or _phrases(parse, at, passive=passive)
    if held and not passive:
        held |= _said_of_object(parse, at)
    elif passive and not held:
        held = _of_participle(parse, at)
    if not held and source is not None and parse.words[at].dep == "relcl":
        held = antecedent(parse, at)
        if held:
            held |= _called(parse, at)
    return held


def _of_whose(parse: Parse, at: int) -> set[int]:
    """ "The envoy, whose efforts to find peace Chad backs": who it is, and what is theirs.

    All that stands between "whose" and the subject, though the parser may give the verb a part.
    """
    subjects = parse.having(at, "nsubj")
    if parse.words[at].dep not in ("relcl", "appos") or not subjects:
        return set()
    edge = parse.left[subjects[-1]]
    for whose in range(edge - 2, 0, -1):
        word = parse.words[whose]
        if word.tag in _FINITE:
            return set()
        if word.tag == "WP$":
            noun = whose - 2 if parse.words[whose - 1].text == "," else whose - 1
            named = noun >= 0 and parse.words[noun].pos in ("NOUN", "PROPN")
            return (
                set(range(parse.left[noun], noun + 1)) | set(range(whose, edge)) if named else set()
            )
    return set()


def _called(parse: Parse, at: int) -> set[int]:
    """ "Which Chad calls credible", "that Chad regards as fair": what is said of the antecedent."""
    return {
        index
        for child in parse.having(at, "oprd", "acomp", "prep", "advcl", "advmod")
        if child > at
        and (parse.words[child].dep in ("oprd", "acomp") or parse.words[at + 1].lower == "as")
        and parse.left[child] == at + 1
        for index in parse.subtree(child)
    }


def _phrases(parse: Parse, at: int, *, passive: bool) -> set[int]:
    """The object, or the subject of a passive; else a gerund: "opposes sending troops"."""
    relative = parse.words[at].dep == "relcl"
    found = parse.having(at, "nsubjpass" if passive else "dobj") or parse.having(at, "oprd")
    if passive and not found:
        found = _shared_subject(parse, at)
    found = [child for child in found if not (relative and parse.words[child].tag in WH)]
    if not found and not passive:
        found = _behind_aside(parse, at)
    if not found:
        found = [child for child in parse.having(at, "xcomp") if parse.words[child].tag == "VBG"]
    return {index for child in found for index in parse.subtree(child)}


def _shared_subject(parse: Parse, at: int) -> list[int]:
    """ "The plan was drafted by Peru and accepted by Chile": the subject of both participles.

    Of three the parser may hang the second as an adjunct, with the third on it.
    """
    listed = bool(parse.having(at, "conj"))
    while parse.words[at].tag == "VBN" and (
        parse.words[at].dep == "conj"
        or (listed and parse.words[at].dep == "advcl" and parse.words[at].head < at)
    ):
        listed = parse.words[at].dep == "conj"
        at = parse.words[at].head
        subjects = parse.having(at, "nsubjpass")
        if subjects:
            return subjects
    return []


def of_stance(parse: Parse, noun: int, preposition: int) -> bool:
    """Whether "in" behind a noun leads to what the noun is about, not to a place or an occasion.

    "Trust in the envoy", "its position in favour of the plan": even where the parser hangs the
    phrase on the verb, if it stands right behind the noun.
    """
    if parse.words[preposition].lower != "in" or parse.right[noun] + 1 != preposition:
        return False
    objects = parse.having(preposition, "pobj")
    if any(parse.words[one].lower in _SIDES for one in objects):
        return True
    taking = parse.words[noun].lemma.lower() in TAKING_IN
    definite = any(
        parse.having(one, "det", "poss") or parse.words[one].lower.startswith("the ")
        for one in objects
    )
    return taking and definite


def _behind_aside(parse: Parse, at: int) -> list[int]:
    """ "Backs, without reservation, the work of": the parser hangs the object elsewhere."""
    end = len(parse.words) - 1
    if at >= end or parse.words[at + 1].text != ",":
        return []
    aside = [k for k in parse.having(at, "prep", "advmod") if parse.left[k] == at + 2]
    comma = parse.right[aside[0]] + 1 if aside else end
    if comma >= end or parse.words[comma].text != ",":
        return []
    return [
        noun
        for noun in range(comma + 1, end)
        if parse.left[noun] == comma + 1
        and parse.words[noun].pos in ("NOUN", "PROPN")
        and parse.words[noun].dep in ("appos", "dobj", "npadvmod")
        and parse.words[noun].head <= at
    ][:1]


def _said_of_object(parse: Parse, at: int) -> set[int]:
    """What stands behind the verb and is said of its object: "as the basis", "if it is fair"."""
    held: set[int] = set()
    for child in parse.children[at]:
        word = parse.words[child]
        adjunct = word.dep == "prep" and word.lower in _ADJUNCTS
        adjunct = adjunct and not any(of_stance(parse, k, child) for k in parse.having(at, "dobj"))
        condition = word.dep == "advcl" and bool(_CONDITIONS & set(openers(parse, child)))
        if child > at and (condition or (word.dep in _SAID_OF_OBJECT and not adjunct)):
            held.update(parse.subtree(child))
    return held


def _of_participle(parse: Parse, at: int) -> set[int]:
    """ "The plan, backed by Chad": the noun of a participle, and what it is backed "as"."""
    held: set[int] = set()
    participle = at
    while parse.words[participle].dep == "conj" and parse.words[participle].head != participle:
        participle = parse.words[participle].head
    if parse.words[participle].dep == "acl":
        first, last = noun_phrase(parse, parse.words[participle].head, before=participle)
        held.update(range(first, last + 1))
    for child in parse.having(at, "prep"):
        if parse.words[child].lower == "as":
            held.update(parse.subtree(child))
    return held


def antecedent(parse: Parse, at: int) -> set[int]:
    """The noun of a relative clause that is not its subject: "the plan that Chad backs"."""
    if any(parse.words[k].tag in WH for k in parse.having(at, "nsubj")):
        return set()
    first, last = noun_phrase(parse, parse.words[at].head)
    last = min(last, parse.left[at] - 1)
    whose = [k for k in range(last) if parse.words[k].tag == "WP$"]
    if whose and first > whose[-1] and not any(_is_finite(parse, k) for k in range(whose[-1], at)):
        # "the envoy, whose search for a solution Oslo backs": not the solution
        owner = next((k for k in range(whose[-1] - 1, -1, -1) if not parse.words[k].is_mark), 0)
        first = parse.left[owner]
    return set(range(first, last + 1))


def _is_finite(parse: Parse, at: int) -> bool:
    return parse.words[at].tag in ("VBD", "VBZ", "VBP", "MD")
