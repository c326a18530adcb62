"""Cues of a verb and another word: "expressed support", "made clear", "is opposed to"."""

from __future__ import annotations

from collections.abc import Iterator

from stance.claims.contents import in_their_struggle
from stance.claims.cues import CueKind, Cues
from stance.claims.nouns import is_light, is_owned, noun_content
from stance.claims.objects import WH, antecedent, objects, of_stance
from stance.claims.relation import Range, Relation, runs
from stance.claims.sources import Source, source_of
from stance.claims.trimming import without_asides, without_events
from stance.claims.verbs import cue_of
from stance.syntax import Parse
from stance.tokens import words

_BEFORE_CONTENT = words("for to on about over with at against behind")
_CLEAR = words("clear plain known")


def light(parse: Parse, at: int, lemma: str, cues: Cues) -> Relation | None:
    """ "expressed its full support for": a light verb with a noun that carries the meaning."""
    if lemma not in cues.light:
        return None
    for noun in parse.having(at, "dobj", "nsubjpass"):
        name = parse.words[noun].lemma.lower()
        kind = cues.nouns.get(name, cues.spoken.get(name))
        if kind is None or is_owned(parse, noun) or not is_light(lemma, name, cues):
            continue
        content = noun_content(parse, noun) or _content_of_light(parse, at, noun)
        said = {index for first, last in content for index in range(first, last + 1)}
        content = runs(parse, said | in_their_struggle(parse, at, said))
        if content:
            cue = (min(at, noun), max(at, noun))
            return Relation("verb", kind, source_of(parse, at), at, cue, content)
    return None


def _content_of_light(parse: Parse, at: int, noun: int) -> tuple[Range, ...]:
    """What hangs on a light verb instead of its noun, and what goes on with it.

    "Voiced backing for the envoy | in his search for peace".
    """
    held: set[int] = set()
    for child in parse.having(at, "ccomp", "xcomp", "prep", "dative", "advcl"):
        word = parse.words[child]
        if child < at and any(parse.words[k].tag in WH for k in parse.having(child, "pobj")):
            return runs(parse, antecedent(parse, at))  # "the envoy, to whom they renewed their"
        begins = word.dep in ("ccomp", "xcomp") or word.lower in _BEFORE_CONTENT
        begins = begins or of_stance(parse, noun, child)
        if child > at and (parse.left[child] == max(held) + 1 if held else begins):
            held.update(parse.subtree(child))
    return runs(parse, without_events(parse, held))


def made_clear(parse: Parse, at: int, lemma: str) -> Relation | None:
    """ "made clear that"."""
    clear = [
        k
        for k in parse.having(at, "acomp", "oprd", "ccomp", "xcomp")
        if parse.words[k].lower in _CLEAR
    ]
    if lemma != "make" or not clear:
        return None
    clauses = {*parse.having(at, "ccomp"), *parse.having(clear[0], "ccomp")} - {clear[0]}
    content = runs(parse, {index for clause in clauses for index in parse.subtree(clause)})
    source = source_of(parse, at)
    return Relation("verb", "says", source, at, (at, clear[0]), content) if content else None


def copular(parse: Parse, at: int, cues: Cues) -> Iterator[Relation]:
    """ "is opposed to", "remains confident that", "is in favour of"."""
    for child in parse.having(at, "acomp", "attr", "advmod", "prep", "oprd"):
        word, kind = _attitude(parse, child, cues)
        if kind is None:
            continue
        held: set[int] = set()
        for inner in (*parse.children[word], *parse.having(at, "ccomp")):
            if inner > word and parse.words[inner].dep in ("prep", "ccomp", "xcomp", "pobj"):
                held.update(parse.subtree(inner))
        content = runs(parse, held)
        if content:
            cue = (min(at, word), word)
            yield Relation("adjective", kind, source_of(parse, at), word, cue, content)


def _attitude(parse: Parse, child: int, cues: Cues) -> tuple[int, CueKind | None]:
    """The word beside a copula that tells the attitude, and its kind: "opposed", "in favour"."""
    kind = cues.adjectives.get(parse.words[child].lower)
    if parse.words[child].lower != "in":
        return child, kind
    word = child
    for noun in parse.having(child, "pobj"):
        kind = cues.nouns.get(parse.words[noun].lower, kind)
        word = noun
    return word, kind


def deed(parse: Parse, at: int, lemma: str, source: Source | None, cues: Cues) -> Relation | None:
    """ "opened a consulate in Dakhla": a deed with an object that makes it a position."""
    nouns = cues.deeds.get(lemma, frozenset())
    found = parse.having(at, "dobj")
    found += [
        part for noun in found for part in parse.having(noun, "compound")
    ]  # "consulate general"
    if not any(parse.words[noun].lemma.lower() in nouns for noun in found):
        return None
    held = objects(parse, at, source)
    for child in parse.having(at, "prep"):
        if child > at:
            held.update(parse.subtree(child))
    unquoted = [False] * len(parse.words)
    content = runs(parse, without_asides(parse, held, unquoted))
    if not content:
        return None
    return Relation("deed", "supports", source, at, cue_of(parse, at, at), content)
