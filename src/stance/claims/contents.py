"""The content of a verb: quotation, clause, infinitive, object, or what a preposition leads to."""

from __future__ import annotations

from collections.abc import Sequence

from stance.claims.cues import Cues
from stance.claims.objects import WH, antecedent, objects
from stance.claims.relation import Range, runs, stretches
from stance.claims.sources import Source
from stance.claims.speech import around, spoken, with_quotations
from stance.claims.trimming import (
    up_to_semicolons,
    without_asides,
    without_events,
    without_next_cue,
)
from stance.claims.verbs import base_of, openers, own_words
from stance.syntax import Parse
from stance.tokens import words

_STRIVING = words(
    """
    struggle fight quest effort efforts endeavour endeavours endeavor endeavors battle campaign
    resistance pursuit search bid demand demands claim claims aspiration aspirations mission task
    """
)
_WHOSE = words("their his her its")

_ASKED = ("on", "upon", "to")


def content(
    parse: Parse,
    at: int,
    lemma: str,
    quoted: Sequence[bool],
    cues: Cues,
    source: Source | None,
) -> tuple[tuple[Range, ...], int]:
    """The content of a verb, and the last word of its cue."""
    end = max([at, *parse.having(at, "prt")])
    own = own_words(parse, at, source)
    speaks = cues.takes(lemma, "quotation") and not quoted[at]
    said = spoken(parse, at, quoted, own, direct=True) if speaks else set()
    held: set[int] = set()
    if not said:
        held, end = _with_preposition(parse, at, lemma, end, cues)
        held = held or _stranded(parse, at, lemma, cues)
    if not held and cues.takes(lemma, "clause"):
        held = _clauses(parse, at, own, cues)
    if not held and not said:
        held = _infinitive_or_object(parse, at, lemma, cues, source)
    held |= in_their_struggle(parse, at, held)
    held |= said
    if not held and speaks:
        held = spoken(parse, at, quoted, own, direct=False)
    held = _bounded(parse, at, held, quoted) - own
    asks = cues.kinds.get(lemma) == "demands" or cues.takes(lemma, "infinitive")
    if held and asks and end > at and parse.words[end].lower in _ASKED:
        held |= _behind_apposition(parse, max(held))
    return runs(parse, held), end


def in_their_struggle(parse: Parse, at: int, held: set[int]) -> set[int]:
    """ "Stands with the people | in their fight for freedom": what it is that is backed.

    Where it goes on right behind the content, and is of those who are named there.
    """
    return {
        index
        for child in parse.having(at, "prep")
        if held and parse.words[child].lower == "in" and parse.left[child] == max(held) + 1
        for noun in parse.having(child, "pobj")
        if parse.words[noun].lower in _STRIVING
        and any(parse.words[k].lower in _WHOSE for k in parse.having(noun, "poss"))
        for index in parse.subtree(child)
    }


def _bounded(parse: Parse, at: int, held: set[int], quoted: Sequence[bool]) -> set[int]:
    """The content without asides: in a quotation what is of it, else with whole quotations."""
    held = without_asides(parse, held, quoted)
    if not quoted[at]:
        return with_quotations(up_to_semicolons(parse, at, held, quoted), quoted)
    first, last = next(one for one in stretches(quoted) if one[0] <= at <= one[1])
    return {index for index in held if first <= index <= last}


def _with_preposition(
    parse: Parse, at: int, lemma: str, end: int, cues: Cues
) -> tuple[set[int], int]:
    """ "called for talks", "warned of a crisis": what follows the preposition."""
    for child in parse.having(at, "prep", "prt", "agent"):
        word = parse.words[child]
        if not at < child <= end + 3 or not _takes(parse, at, lemma, word.lower, cues):
            continue
        held = set(parse.subtree(child)) - {child}
        if not held:
            continue
        for other in parse.having(at, "xcomp", "advcl", "acl", "prep"):
            listing = parse.words[other].lower == "including"
            if other > child and (listing or "to" in openers(parse, other)):
                held.update(parse.subtree(other))
        return held, max(end, child)
    return set(), end


def _behind_apposition(parse: Parse, end: int) -> set[int]:
    """ "Called on Chad and Mali, both members, to make peace": the parser hangs it elsewhere."""
    if end + 2 >= len(parse.words) or parse.words[end + 1].text != ",":
        return set()
    first = end + 2
    for at in range(first, len(parse.words)):
        verbs = [at, *parse.having(at, "relcl", "acl")]
        if parse.left[at] == first and any("to" in openers(parse, verb) for verb in verbs):
            return set(range(first - 1, parse.right[at] + 1))
    return set()


def _stranded(parse: Parse, at: int, lemma: str, cues: Cues) -> set[int]:
    """ "The plan, to which Chad objects", "a plan Chad objects to": what the clause hangs on."""
    if parse.words[at].dep != "relcl" or not parse.having(at, "nsubj"):
        return set()
    for child in parse.having(at, "prep", "prt"):
        nouns = parse.having(child, "pobj")
        relative = any(parse.words[noun].tag in WH for noun in nouns)
        if (relative or not nouns) and _takes(parse, at, lemma, parse.words[child].lower, cues):
            return antecedent(parse, at)
    return set()


def _takes(parse: Parse, at: int, lemma: str, preposition: str, cues: Cues) -> bool:
    """Whether a verb is a cue with a preposition, its particle counted: "came out for"."""
    with_particle = [f"{lemma} {parse.words[one].lower}" for one in parse.having(at, "prt")]
    return any(cues.takes_preposition(one, preposition) for one in (lemma, *with_particle))


def _clauses(parse: Parse, at: int, own: set[int], cues: Cues) -> set[int]:
    """The clause that a verb governs, or in which it stands as a parenthesis."""
    held: set[int] = set()
    whole = _is_whole(parse, at, cues)
    for child in parse.having(at, "ccomp", "parataxis"):
        if _goes_through(parse, at, child):
            continue
        if child > at:
            held |= without_next_cue(parse, child, at, cues)
        elif not whole and _is_fronted(parse, child, at, min(own), cues):
            held.update(parse.subtree(child))
    if held:
        return _with_participles(parse, at, held, cues)
    if not whole and parse.words[at].dep in ("parataxis", "ccomp", "advcl", "conj", "dep"):
        return around(parse, at, own)
    return set()


def _is_whole(parse: Parse, at: int, cues: Cues) -> bool:
    """ "Urges them to return": whom, and to what, so that no clause around it is its content."""
    return (
        cues.takes(base_of(parse, at, cues), "infinitive")
        and bool(parse.having(at, "dobj"))
        and any("to" in openers(parse, child) for child in parse.having(at, "xcomp", "ccomp"))
    )


def _goes_through(parse: Parse, at: int, clause: int) -> bool:
    """ "Each finds it fair, each has faith in it": a list of clauses, though the parser nests."""
    return not parse.having(clause, "mark") and all(
        any(parse.words[subject].lower == "each" for subject in parse.having(verb, "nsubj"))
        for verb in (at, clause)
    )


def _is_fronted(parse: Parse, clause: int, at: int, edge: int, cues: Cues) -> bool:
    """Whether a clause stands in front of the clause of saying, which begins at `edge`."""
    return (
        edge > 0
        and parse.words[edge - 1].is_mark
        and cues.takes(base_of(parse, at, cues), "quotation")
        and all(word.text != ";" for word in parse.words[clause:edge])
    )


def _with_participles(parse: Parse, at: int, held: set[int], cues: Cues) -> set[int]:
    """ "it was a dip, reflecting …": the parser hangs the end of the clause too high."""
    for other in parse.having(at, "advcl"):
        going_on = parse.words[other].tag == "VBG" and base_of(parse, other, cues) not in cues.kinds
        if going_on and other > max(held):
            held = held | set(parse.subtree(other))
    return held


def _infinitive_or_object(
    parse: Parse, at: int, lemma: str, cues: Cues, source: Source | None
) -> set[int]:
    """The infinitive that a verb takes, else its object."""
    held = _infinitive(parse, at) if cues.takes(lemma, "infinitive") else set()
    if not held and cues.takes(lemma, "object"):
        held = without_events(parse, objects(parse, at, source))
    return held


def _infinitive(parse: Parse, at: int) -> set[int]:
    """ "urged Chad to sign": the infinitive, or the clause the parser sees, with its object."""
    held: set[int] = set()
    for child in parse.having(at, "xcomp", "ccomp", "advcl"):
        if "to" in openers(parse, child) or (parse.words[child].dep == "ccomp" and child > at):
            held.update(parse.subtree(child))
    if held:
        for child in parse.having(at, "dobj"):
            held.update(parse.subtree(child))
    return held
