"""Sources beside a sentence: "according to the ministry", "in Madrid's view", "Guterres: …"."""

from __future__ import annotations

from collections.abc import Iterator

from stance.claims.relation import Relation, runs
from stance.claims.sources import Source, noun_phrase
from stance.syntax import Parse
from stance.tokens import words

_VIEWS = words("view words opinion eyes telling reading account judgement judgment estimation")
_LONGEST_NAME = 9
"""Words up to and with the colon behind a name."""


def according(parse: Parse, at: int) -> Relation | None:
    """ "according to the ministry": the sentence or clause beside it."""
    to = next((child for child in parse.having(at, "prep") if parse.words[child].lower == "to"), at)
    nouns = parse.having(to, "pobj") if to != at else []
    if not nouns:
        return None
    first, last = noun_phrase(parse, nouns[0])
    head = parse.words[at].head
    around = set(parse.subtree(head)) if head != at else set(range(len(parse.words)))
    content = runs(parse, around - set(parse.subtree(at)) - set(range(at, last + 1)))
    if not content:
        return None
    source = Source(first, last, nouns[0], "source")
    return Relation("according", "says", source, at, (at, to), content)


def in_view_of(parse: Parse) -> Iterator[Relation]:
    """ "In Madrid's view, …", "In the words of the president, …", "For Paris, …"."""
    for at in (k for k in range(min(4, len(parse.words))) if parse.words[k].dep == "prep"):
        word, inside = parse.words[at], sorted(parse.subtree(at))
        # "appealed to Chad, a neighbour, to …" is nobody's view
        if word.lower not in ("in", "for", "to", "by") or inside[0] != at or word.head < at:
            continue
        end = inside[-1] + 1
        if end >= len(parse.words) or parse.words[end].text != ",":
            continue
        for noun in parse.having(at, "pobj"):
            source, cue = _viewer(parse, at, noun)
            content = runs(parse, range(end + 1, len(parse.words)))
            if source is not None and content:
                yield Relation("according", "says", source, cue, (cue, cue), content)


def _viewer(parse: Parse, at: int, noun: int) -> tuple[Source | None, int]:
    """Whose view it is, and the word that is the cue."""
    if parse.words[noun].lower in _VIEWS:
        for owner in parse.having(noun, "poss"):
            return Source(*noun_phrase(parse, owner, possessive=True), owner, "owner"), noun
        for child in parse.having(noun, "prep"):
            for owner in parse.having(child, "pobj"):
                return Source(*noun_phrase(parse, owner), owner, "source"), noun
    elif parse.words[at].lower in ("for", "to") and parse.words[noun].pos == "PROPN":
        return Source(*noun_phrase(parse, noun), noun, "source"), at
    return None, at


def colon(parse: Parse) -> Relation | None:
    """ "Guterres: talks must resume": a name, a colon, and what it says."""
    opening = parse.words[:_LONGEST_NAME]
    at = next((k for k, word in enumerate(opening) if word.text == ":"), 0)
    before, behind = parse.words[:at], parse.words[at + 1 :]
    names = [k for k, word in enumerate(before) if word.pos == "PROPN"]
    first = next((k for k, word in enumerate(before) if not word.is_mark), None)
    if first is None or not any(k >= first for k in names):
        return None
    if any(word.pos in ("VERB", "AUX") or word.text == "," for word in before):
        return None
    if not any(word.pos in ("VERB", "AUX") for word in behind):
        return None
    content = runs(parse, range(at + 1, len(parse.words)))
    heads = [k for k in names if k >= first]
    source = Source(first, at - 1, heads[-1], "subject")
    return Relation("colon", "says", source, at, (at, at), content) if content else None
