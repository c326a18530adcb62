"""Quoted content: the quotations that a verb introduces, and who stands beside them."""

from __future__ import annotations

from collections.abc import Sequence

from stance.claims.relation import Relation, runs, stretches
from stance.claims.sources import Source, noun_phrase
from stance.claims.verbs import own_words
from stance.syntax import Parse

_FARTHEST = 16
"""Words between a cue and a quotation behind it, from which on they do not touch."""


def spoken(
    parse: Parse, at: int, quoted: Sequence[bool], own: set[int], *, direct: bool
) -> set[int]:
    """The quoted stretches of the sentence that the clause of the verb touches.

    The first touches it with nothing but marks and adjuncts of the verb between; those that
    follow it with nothing but marks between them belong to it too. `direct`: only what stands in
    front of the clause, or behind a comma or colon; the rest may be part of an object.
    """
    held: set[int] = set()
    mine = set(parse.subtree(at)) | own
    for first, last in stretches(quoted):
        if last < at:
            between = range(last + 1, min(index for index in own if index > last))
            near = all(_joins(parse, k) for k in between)
        else:
            between = range(max({at, *held}) + 1, first)
            near = _touches(parse, between, mine) and (
                not direct or bool(held) or any(parse.words[k].text in (",", ":") for k in between)
            )
        if near:
            held.update(range(first, last + 1))
    return held


def _touches(parse: Parse, between: range, mine: set[int]) -> bool:
    return len(between) < _FARTHEST and all(_joins(parse, k) or k in mine for k in between)


def _joins(parse: Parse, at: int) -> bool:
    """Whether a mark leaves what stands on its two sides together: behind a semicolon others act.

    'Chad spoke of a "good start"; Mali has called the plan fair.'
    """
    return parse.words[at].is_mark and parse.words[at].text != ";"


def with_quotations(held: set[int], quoted: Sequence[bool]) -> set[int]:
    """The content with the whole of each quotation that it touches."""
    grown = set(held)
    for first, last in stretches(quoted):
        stretch = set(range(first, last + 1))
        if stretch & held:
            grown |= stretch
    return grown


def around(parse: Parse, at: int, own: set[int]) -> set[int]:
    """The clause in which "he said" stands as a parenthesis."""
    if not parse.having(at, "nsubj") or not _is_parenthesis(parse, at):
        return set()
    return set(parse.subtree(parse.words[at].head)) - set(parse.subtree(at)) - own


def _is_parenthesis(parse: Parse, at: int) -> bool:
    """Whether a clause stands between marks: ", he said," and no conjunction opens it."""
    inside = sorted(index for index in parse.subtree(at) if not parse.words[index].is_mark)
    first, last = inside[0], inside[-1]
    if first == 0 or not parse.words[first - 1].is_mark or parse.having(at, "mark", "cc"):
        return False
    return last + 1 >= len(parse.words) or parse.words[last + 1].is_mark


def inverted(parse: Parse, at: int) -> Source | None:
    """ "…, warned its foreign ministry": the parser may take the subject for an object."""
    if at == 0 or not parse.words[at - 1].is_mark:
        return None
    for noun in parse.having(at, "dobj", "oprd", "npadvmod"):
        if parse.left[noun] == at + 1:
            return Source(*noun_phrase(parse, noun), noun, "subject")
    return None


def behind_quotation(
    parse: Parse, at: int, source: Source | None, quoted: Sequence[bool]
) -> Relation | None:
    """ "'A victory,' crowed the envoy": any verb speaks that stands right behind a quotation."""
    source = source or inverted(parse, at)
    if source is None or not _follows_quotation(parse, at, source, quoted):
        return None
    held = spoken(parse, at, quoted, own_words(parse, at, source), direct=True)
    return Relation("verb", "says", source, at, (at, at), runs(parse, held)) if held else None


def _follows_quotation(parse: Parse, at: int, source: Source, quoted: Sequence[bool]) -> bool:
    """Whether a verb and its source stand together behind the marks that close a quotation."""
    if quoted[at] or parse.words[at].pos != "VERB":
        return False
    first = min(at, source.first)
    if max(at, source.last) - first > source.last - source.first + 2:
        return False
    before = first - 1
    while before >= 0 and parse.words[before].is_mark:
        before -= 1
    return (
        0 <= before < first - 1
        and quoted[before]
        and not parse.having(at, "ccomp", "xcomp", "prep")
    )
