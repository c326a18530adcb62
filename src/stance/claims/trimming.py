"""What does not belong to a content: occasions, the author's asides, the words of the next cue."""

from __future__ import annotations

from collections.abc import Sequence

from stance.claims.cues import Cues
from stance.claims.sources import elder_sibling
from stance.claims.verbs import base_of, openers
from stance.syntax import Parse
from stance.tokens import words

_EVENTS = {
    "on": words(
        """
        sideline sidelines margins margin monday tuesday wednesday thursday friday saturday sunday
        occasion eve behalf
        """
    ),
    "at": words(
        """
        meeting conference briefing summit ceremony session talks press event gathering dinner
        headquarters
        """
    ),
    "in": words(
        """
        statement interview letter speech communique communiqué address tweet post message remarks
        press telephone phone video note report
        """
    ),
    **dict.fromkeys(words("according during after before following amid"), words("")),
}
"""Prepositions (with the nouns they need) that tell when and where something was said."""


def without_events(parse: Parse, held: set[int]) -> set[int]:
    """The content without the occasion at its end: "on the sidelines of the summit"."""
    for index in sorted(held):
        inside = set(parse.subtree(index))
        kept = held - inside
        if kept and max(inside) == max(held) and _is_event(parse, index, len(kept) >= len(inside)):
            return kept
    return held


def _is_event(parse: Parse, at: int, is_short: bool) -> bool:
    """Whether a preposition leads to an occasion; one that needs no noun must be a short phrase."""
    nouns = _EVENTS.get(parse.words[at].lower)
    if nouns is None or parse.words[at].dep not in ("prep", "mark"):
        return False
    if not nouns:
        return is_short
    objects = parse.having(at, "pobj")
    parts = [part for noun in objects for part in (noun, *parse.having(noun, "compound"))]
    return any(parse.words[part].lower in nouns for part in parts)


def without_asides(parse: Parse, held: set[int], quoted: Sequence[bool]) -> set[int]:
    """The content without a clause of the author's behind it: ", which has hosted …"."""
    for index in sorted(held):
        if quoted[index] or not _is_aside(parse, index):
            continue
        inside = set(parse.subtree(index))
        first = parse.left[index]
        end = max(k for k in held if not parse.words[k].is_mark)
        if max(inside) >= end and parse.words[first - 1].text == "," and first - 1 > min(held):
            return held - inside
    return held


def _is_aside(parse: Parse, at: int) -> bool:
    """Whether a word heads what an author may add: a relative clause, an apposition, ", as …"."""
    word = parse.words[at]
    if word.dep in ("relcl", "appos"):
        return True
    return (
        word.dep in ("advcl", "prep")
        and "as" in (word.lower, *openers(parse, at))
        and _follows_comma(parse, at)
    )


def up_to_semicolons(parse: Parse, at: int, held: set[int], quoted: Sequence[bool]) -> set[int]:
    """The content as far as the semicolons around the cue."""
    stops = [k for k, word in enumerate(parse.words) if word.text == ";" and not quoted[k]]
    first = max((k for k in stops if k < at), default=-1)
    last = min((k for k in stops if k > at), default=len(parse.words))
    return {k for k in held if first < k < last} or held


def without_next_cue(parse: Parse, clause: int, at: int, cues: Cues) -> set[int]:
    """A clause without what belongs to the next cue: "said X, adding that Y"."""
    held = set(parse.subtree(clause))
    for index in sorted(held - {clause}):
        is_cue = parse.words[index].pos == "VERB" and base_of(parse, index, cues) in cues.kinds
        if is_cue and _goes_on(parse, index, at):
            held -= set(parse.subtree(index))
    while held and parse.words[max(held)].lower in ("and", "but"):
        held.discard(max(held))
    return held


def _goes_on(parse: Parse, verb: int, at: int) -> bool:
    """Whether a verb inside a clause goes on with the cue `at` that governs the clause."""
    word = parse.words[verb]
    if word.tag == "VBG" and word.dep in ("advcl", "conj") and _follows_comma(parse, verb):
        return True
    same = (
        word.dep == "conj"
        and word.tag == parse.words[at].tag
        and not parse.having(verb, "nsubj", "nsubjpass")
        and bool(parse.having(verb, "ccomp"))
    )
    return same or elder_sibling(parse, verb) == at


def _follows_comma(parse: Parse, at: int) -> bool:
    """Whether a comma stands in front of all that hangs on a word."""
    return parse.left[at] > 0 and parse.words[parse.left[at] - 1].text == ","
