"""A parsed sentence → attribution relations: a source, a cue, and the content between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from stance.claims.cues import CueKind, Cues
from stance.claims.sources import Source, elder_sibling, noun_phrase, source_of
from stance.syntax import Parse
from stance.tokens import words

Build = Literal["verb", "deed", "noun", "adjective", "according", "colon", "quotation"]

Range = tuple[int, int]
"""First and last word of a stretch of a sentence, both inclusive."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution: who (`source`, None where the sentence does not say), cue and content.

    `at` is the word that decides (the verb, the noun); `content` are its stretches, in order.
    """

    build: Build
    kind: CueKind
    source: Source | None
    at: int
    cue: Range
    content: tuple[Range, ...]


_OF_THE_CUE = frozenset(["aux", "auxpass", "neg", "prt", "nsubj", "dative", "mark", "cc"])
_POSITION_NOUNS = frozenset({"of", "by", "from", "among", "in"})
_CONTENT_PREPOSITIONS = frozenset(
    {
        "for",
        "to",
        "of",
        "on",
        "about",
        "against",
        "over",
        "with",
        "in",
        "towards",
        "toward",
        "at",
        "as",
        "regarding",
        "concerning",
        "that",
    }
)
_ADJUNCTS = frozenset(
    [
        "in",
        "during",
        "at",
        "after",
        "before",
        "since",
        "amid",
        "until",
        "following",
        "through",
        "by",
    ]
)
_CONDITIONS = frozenset(["if", "unless", "provided", "once", "until"])
_SAID_OF_OBJECT = frozenset(["dobj", "oprd", "xcomp", "prep", "dative", "ccomp"])


def relations(parse: Parse, quoted: Sequence[bool], cues: Cues) -> list[Relation]:
    """All relations of a sentence, by the place of their cue.

    `quoted` says of each word whether it stands between quotation marks.
    """
    found: list[Relation] = [*_colon(parse), *_in_view_of(parse)]
    for index, word in enumerate(parse.words):
        if word.tag.startswith("V") or word.pos in ("VERB", "AUX"):
            found += _of_verb(parse, index, quoted, cues)
        elif word.pos in ("NOUN", "PROPN"):
            found += _of_noun(parse, index, cues)
    return found


def _of_verb(parse: Parse, at: int, quoted: Sequence[bool], cues: Cues) -> Iterator[Relation]:
    word = parse.words[at]
    if word.lower == "according" or word.lemma == "accord":
        yield from _according(parse, at)
        return
    lemma = cues.base(word.lower, word.lemma)
    if word.pos == "AUX" or lemma in ("be", "remain", "stay", "become"):
        yield from _copular(parse, at, cues)
        return
    if lemma in ("quote", "cite") and any(parse.words[k].lower == "as" for k in parse.children[at]):
        return  # "quoted him as saying": the cue is "saying"
    light = _light(parse, at, lemma, cues) or _made_clear(parse, at, lemma)
    if light is not None:
        yield light
        return
    source = source_of(parse, at)
    if source is not None and quoted[source.head] and not quoted[at]:
        source = None  # what is said is not who says it
    if source is None and cues.takes(lemma, "quotation"):
        source = _inverted(parse, at)
    deed = _deed(parse, at, lemma, source, cues)
    if deed is not None:
        yield deed
        return
    kind = cues.kinds.get(lemma)
    if kind is None:
        if _follows_quotation(parse, at, source or _inverted(parse, at), quoted):
            source = source or _inverted(parse, at)
            held = _spoken(parse, at, quoted, _own(parse, at, source), direct=True)
            if held:
                yield Relation("verb", "says", source, at, (at, at), _runs(parse, held))
        return
    content, end = _content(parse, at, lemma, quoted, cues, source)
    if not content:
        return
    yield Relation("verb", kind, source, at, _cue(parse, at, end), content)


def _follows_quotation(
    parse: Parse, at: int, source: Source | None, quoted: Sequence[bool]
) -> bool:
    """ "'A victory,' crowed the envoy": any verb speaks that stands right behind a quotation."""
    if source is None or quoted[at] or parse.words[at].pos != "VERB":
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


def _inverted(parse: Parse, at: int) -> Source | None:
    """ "…, warned its foreign ministry": the parser may take the subject for an object."""
    if at == 0 or not parse.words[at - 1].is_mark:
        return None
    for noun in parse.having(at, "dobj", "oprd", "npadvmod"):
        if parse.left[noun] == at + 1:
            return Source(*noun_phrase(parse, noun), noun, "subject")
    return None


def _deed(parse: Parse, at: int, lemma: str, source: Source | None, cues: Cues) -> Relation | None:
    """ "opened a consulate in Dakhla": a deed with an object that makes it a position."""
    nouns = cues.deeds.get(lemma, frozenset())
    if not any(parse.words[child].lemma.lower() in nouns for child in parse.having(at, "dobj")):
        return None
    held = _objects(parse, at, source)
    for child in parse.having(at, "prep"):
        if child > at:
            held.update(parse.subtree(child))
    content = _runs(parse, _without_asides(parse, held, [False] * len(parse.words)))
    return (
        Relation("deed", "supports", source, at, _cue(parse, at, at), content) if content else None
    )


_WH = ("WDT", "WP")

_EVENTS = {
    "according": frozenset(),
    "on": words(
        "sideline sidelines margins margin monday tuesday wednesday thursday friday saturday sunday occasion eve behalf"
    ),
    "at": words(
        "meeting conference briefing summit ceremony session talks press event gathering dinner headquarters"
    ),
    "in": words(
        "statement interview letter speech communique communiqué address tweet post message remarks press telephone phone video note report"
    ),
    "during": frozenset(),
    "after": frozenset(),
    "before": frozenset(),
    "following": frozenset(),
    "amid": frozenset(),
}
"""Prepositions (with the nouns they need) that tell when and where something was said."""


def _without_events(parse: Parse, held: set[int]) -> set[int]:
    """The content without the occasion at its end: "on the sidelines of the summit"."""
    for index in sorted(held):
        nouns = _EVENTS.get(parse.words[index].lower)
        if nouns is None or parse.words[index].dep not in ("prep", "mark"):
            continue
        inside = set(parse.subtree(index))
        named = {parse.words[k].lower for k in parse.having(index, "pobj")}
        named |= {word for k in parse.having(index, "pobj") for word in _compounds(parse, k)}
        kept = held - inside
        if max(inside) != max(held) or not kept:
            continue
        if named & nouns or (not nouns and len(kept) >= len(inside)):
            return kept
    return held


def _compounds(parse: Parse, noun: int) -> list[str]:
    return [parse.words[child].lower for child in parse.having(noun, "compound")]


def _content(
    parse: Parse,
    at: int,
    lemma: str,
    quoted: Sequence[bool],
    cues: Cues,
    source: Source | None,
) -> tuple[tuple[Range, ...], int]:
    """The content of a verb, and the last word of its cue."""
    end = max([at, *parse.having(at, "prt")])
    own = _own(parse, at, source)
    spoken: set[int] = set()
    if cues.takes(lemma, "quotation") and not quoted[at]:
        spoken = _spoken(parse, at, quoted, own, direct=True)
    held: set[int] = set()
    if not spoken:
        held, end = _with_preposition(parse, at, lemma, end, cues)
    if not held and cues.takes(lemma, "clause"):
        held = _clauses(parse, at, own, cues)
    if not held and not spoken and cues.takes(lemma, "infinitive"):
        held = _infinitive(parse, at)
    if not held and not spoken and cues.takes(lemma, "object"):
        held = _without_events(parse, _objects(parse, at, source))
    held |= spoken
    if not held and cues.takes(lemma, "quotation") and not quoted[at]:
        held = _spoken(parse, at, quoted, own, direct=False)
    if held:
        held = _without_asides(parse, held, quoted)
    if held and not quoted[at]:
        held = _with_quotations(parse, _segment(parse, at, held, quoted), quoted)
    if quoted[at]:
        around = next(one for one in _stretches(quoted) if one[0] <= at <= one[1])
        held = {index for index in held if around[0] <= index <= around[1]}
    return _runs(parse, held - own), end


def _segment(parse: Parse, at: int, held: set[int], quoted: Sequence[bool]) -> set[int]:
    """The content as far as the semicolons around the cue."""
    stops = [k for k, word in enumerate(parse.words) if word.text == ";" and not quoted[k]]
    first = max((k for k in stops if k < at), default=-1)
    last = min((k for k in stops if k > at), default=len(parse.words))
    return {k for k in held if first < k < last} or held


def _without_asides(parse: Parse, held: set[int], quoted: Sequence[bool]) -> set[int]:
    """The content without a clause of the author's behind it: ", which has hosted …"."""
    for index in sorted(held):
        word = parse.words[index]
        aside = word.dep in ("relcl", "appos") or (
            word.dep in ("advcl", "prep")
            and "as" in (word.lower, *_marks(parse, index))
            and parse.left[index] > 0
            and parse.words[parse.left[index] - 1].text == ","
        )
        if not aside or quoted[index]:
            continue
        inside = set(parse.subtree(index))
        first = parse.left[index]
        end = max(k for k in held if not parse.words[k].is_mark)
        if max(inside) >= end and parse.words[first - 1].text == "," and first - 1 > min(held):
            return held - inside
    return held


def _with_preposition(
    parse: Parse, at: int, lemma: str, end: int, cues: Cues
) -> tuple[set[int], int]:
    """ "called for talks", "warned of a crisis": what follows the preposition."""
    for child in parse.having(at, "prep", "prt", "agent"):
        word = parse.words[child]
        if not at < child <= end + 3 or not cues.takes_preposition(lemma, word.lower):
            continue
        held = set(parse.subtree(child)) - {child}
        if not held:
            continue
        for other in parse.having(at, "xcomp", "advcl", "acl", "prep"):
            listing = parse.words[other].lower == "including"
            if other > child and (listing or "to" in _marks(parse, other)):
                held.update(parse.subtree(other))
        return held, max(end, child)
    return set(), end


def _clauses(parse: Parse, at: int, own: set[int], cues: Cues) -> set[int]:
    """The clause that a verb governs, or in which it stands as a parenthesis."""
    held: set[int] = set()
    edge = min(own)
    for child in parse.having(at, "ccomp", "parataxis"):
        behind = child > at
        fronted = (
            edge > 0
            and parse.words[edge - 1].is_mark
            and cues.takes(_base(parse, at, cues), "quotation")
            and all(word.text != ";" for word in parse.words[child:edge])
        )
        if behind or fronted:
            held.update(_trimmed(parse, child, at, cues) if behind else parse.subtree(child))
    if held:
        for other in parse.having(at, "advcl"):
            # "it was a dip, reflecting …": the parser hangs the end of the clause too high
            if parse.words[other].tag == "VBG" and _base(parse, other, cues) not in cues.kinds:
                subtree = set(parse.subtree(other))
                if other > max(held):
                    held |= subtree
        return held
    if parse.words[at].dep in ("parataxis", "ccomp", "advcl", "conj", "dep"):
        return _around(parse, at, own)
    return held


def _trimmed(parse: Parse, clause: int, at: int, cues: Cues) -> set[int]:
    """A clause without what belongs to the next cue: "said X, adding that Y"."""
    held = set(parse.subtree(clause))
    words = parse.words
    for index in sorted(held):
        word = words[index]
        if word.pos != "VERB" or index == clause or _base(parse, index, cues) not in cues.kinds:
            continue
        comma = parse.left[index] > 0 and words[parse.left[index] - 1].text == ","
        adding = word.tag == "VBG" and word.dep in ("advcl", "conj") and comma
        same = (
            word.dep == "conj"
            and word.tag == words[at].tag
            and not parse.having(index, "nsubj", "nsubjpass")
            and bool(parse.having(index, "ccomp"))
        )
        if adding or same or elder_sibling(parse, index) == at:
            held -= set(parse.subtree(index))
    last = max(held)
    while held and words[last].lower in ("and", "but"):
        held.discard(last)
        last = max(held)
    return held


def _infinitive(parse: Parse, at: int) -> set[int]:
    held: set[int] = set()
    for child in parse.having(at, "xcomp", "ccomp", "advcl"):
        if "to" in _marks(parse, child) or (parse.words[child].dep == "ccomp" and child > at):
            held.update(parse.subtree(child))
    if held:
        for child in parse.having(at, "dobj"):
            held.update(parse.subtree(child))
    return held


def _objects(parse: Parse, at: int, source: Source | None) -> set[int]:
    """What is praised, rejected, called …: the object and all that the verb says of it."""
    held: set[int] = set()
    passive = bool(parse.having(at, "agent"))
    objects = parse.having(at, "nsubjpass" if passive else "dobj") or parse.having(at, "oprd")
    relative = parse.words[at].dep == "relcl"
    objects = [child for child in objects if not (relative and parse.words[child].tag in _WH)]
    for child in objects or parse.having(at, "xcomp"):
        if child in objects or parse.words[child].tag == "VBG":
            held.update(parse.subtree(child))
    if held and not passive:
        for child in parse.children[at]:
            word = parse.words[child]
            adjunct = word.dep == "prep" and word.lower in _ADJUNCTS
            condition = word.dep == "advcl" and bool(_CONDITIONS & set(_marks(parse, child)))
            if child > at and (condition or (word.dep in _SAID_OF_OBJECT and not adjunct)):
                held.update(parse.subtree(child))
    elif not held and passive:
        participle = at
        while parse.words[participle].dep == "conj":
            participle = parse.words[participle].head
        if parse.words[participle].dep == "acl":
            first, last = noun_phrase(parse, parse.words[participle].head, before=participle)
            held.update(range(first, last + 1))
        for child in parse.having(at, "prep"):
            if parse.words[child].lower == "as":
                held.update(parse.subtree(child))
    if not held and relative and source is not None:
        if not any(parse.words[k].tag in _WH for k in parse.having(at, "nsubj")):
            first, last = noun_phrase(parse, parse.words[at].head)
            held.update(range(first, min(last, parse.left[at] - 1) + 1))
    return held


def _marks(parse: Parse, verb: int) -> list[str]:
    return [parse.words[child].lower for child in parse.having(verb, "aux", "mark")]


def _base(parse: Parse, verb: int, cues: Cues) -> str:
    word = parse.words[verb]
    return cues.base(word.lower, word.lemma)


def _own(parse: Parse, at: int, source: Source | None) -> set[int]:
    """The words of the clause of saying itself: source, verb, its auxiliaries and adjuncts."""
    own = {at}
    passive = source is not None and source.role == "agent"
    if source is not None:
        own.update(range(source.first, source.last + 1))
    for child in parse.children[at]:
        dep = parse.words[child].dep
        if dep in _OF_THE_CUE or (dep == "nsubjpass" and not passive):
            own.update(parse.subtree(child))
    return own


def _spoken(
    parse: Parse, at: int, quoted: Sequence[bool], own: set[int], *, direct: bool
) -> set[int]:
    """The quoted stretches of the sentence that the clause of the verb touches.

    The first touches it with nothing but marks and adjuncts of the verb between; those that
    follow it with nothing but marks between them belong to it too. `direct`: only what stands in
    front of the clause, or behind a comma or colon; the rest may be part of an object.
    """
    held: set[int] = set()
    mine = set(parse.subtree(at)) | own
    for first, last in _stretches(quoted):
        if last < at:
            between = range(last + 1, min(index for index in own if index > last))
            near = all(parse.words[k].is_mark for k in between)
        else:
            reach = max(held, default=at)
            between = range(max(at, reach if reach > at else at) + 1, first)
            near = all(parse.words[k].is_mark or k in mine for k in between) and len(between) < 16
            marked = any(parse.words[k].text in (",", ":") for k in between)
            near = near and (marked or not direct or bool(held))
        if near:
            held.update(range(first, last + 1))
    return held


def _stretches(quoted: Sequence[bool]) -> list[Range]:
    found: list[list[int]] = []
    for index, inside in enumerate(quoted):
        if inside and found and found[-1][1] == index - 1:
            found[-1][1] = index
        elif inside:
            found.append([index, index])
    return [(first, last) for first, last in found]


def _around(parse: Parse, at: int, own: set[int]) -> set[int]:
    """The clause in which "he said" stands as a parenthesis."""
    word = parse.words[at]
    if not parse.having(at, "nsubj") or not _parenthetical(parse, at):
        return set()
    return set(parse.subtree(word.head)) - set(parse.subtree(at)) - own


def _parenthetical(parse: Parse, at: int) -> bool:
    """Whether a clause stands between marks: ", he said," and no conjunction opens it."""
    inside = sorted(index for index in parse.subtree(at) if not parse.words[index].is_mark)
    first, last = inside[0], inside[-1]
    if first == 0 or not parse.words[first - 1].is_mark or parse.having(at, "mark", "cc"):
        return False
    return last + 1 >= len(parse.words) or parse.words[last + 1].is_mark


def _with_quotations(parse: Parse, held: set[int], quoted: Sequence[bool]) -> set[int]:
    """The content with the whole of each quotation that it touches."""
    grown = set(held)
    for first, last in _stretches(quoted):
        stretch = set(range(first, last + 1))
        if stretch & held:
            grown |= stretch
    return grown


def _cue(parse: Parse, at: int, end: int) -> Range:
    """The verb with its auxiliaries and particle, as far as they touch it."""
    first = at
    for child in reversed(parse.children[at]):
        if child == first - 1 and parse.words[child].dep in ("aux", "auxpass", "neg", "advmod"):
            first = child
    return first, end


def _light(parse: Parse, at: int, lemma: str, cues: Cues) -> Relation | None:
    """ "expressed its full support for": a light verb with a noun that carries the meaning."""
    if lemma not in cues.light or lemma in cues.received:
        return None
    for noun in parse.having(at, "dobj", "nsubjpass"):
        kind = cues.nouns.get(
            parse.words[noun].lemma.lower(), cues.spoken.get(parse.words[noun].lemma.lower())
        )
        if kind is None or _owned(parse, noun):
            continue
        content, end = _noun_content(parse, noun)
        if not content:
            for child in parse.having(at, "ccomp", "xcomp", "prep"):
                if parse.words[child].dep != "prep" or parse.words[child].lower in (
                    "for",
                    "to",
                    "on",
                    "about",
                    "over",
                    "with",
                    "at",
                    "against",
                ):
                    content = _runs(parse, set(parse.subtree(child)))
                    break
        source = source_of(parse, at)
        if content:
            first = min(at, noun)
            last = max(at, noun)
            return Relation("verb", kind, source, at, (first, last), content)
    return None


def _owned(parse: Parse, noun: int) -> bool:
    """Whether a noun has an owner by name: "conveyed Paraguay's backing"."""
    return any(parse.words[child].pos != "PRON" for child in parse.having(noun, "poss"))


def _made_clear(parse: Parse, at: int, lemma: str) -> Relation | None:
    """ "made clear that"."""
    clear = [
        k
        for k in parse.having(at, "acomp", "oprd", "ccomp", "xcomp")
        if parse.words[k].lower in ("clear", "plain", "known")
    ]
    if lemma != "make" or not clear:
        return None
    held: set[int] = set()
    for child in (*parse.having(at, "ccomp"), *parse.having(clear[0], "ccomp")):
        if child != clear[0]:
            held.update(parse.subtree(child))
    content = _runs(parse, held)
    source = source_of(parse, at)
    return Relation("verb", "says", source, at, (at, clear[0]), content) if content else None


def _noun_content(parse: Parse, noun: int) -> tuple[tuple[Range, ...], int]:
    held: set[int] = set()
    for child in parse.children[noun]:
        word = parse.words[child]
        if child < noun:
            continue
        if (word.dep == "prep" and word.lower in _CONTENT_PREPOSITIONS) or word.dep in (
            "acl",
            "ccomp",
            "relcl",
        ):
            if word.dep == "relcl":
                continue
            held.update(parse.subtree(child))
    return _runs(parse, _without_events(parse, held)), noun


def _of_noun(parse: Parse, at: int, cues: Cues) -> Iterator[Relation]:
    """ "Japan's support for", "the support of countries such as", "US commitment to"."""
    kind = cues.nouns.get(parse.words[at].lemma.lower())
    if kind is None:
        return
    head = parse.words[at].head
    if (
        not _owned(parse, at)
        and parse.words[at].dep in ("dobj", "nsubjpass")
        and cues.base(parse.words[head].lower, parse.words[head].lemma) in cues.light
        and source_of(parse, head) is not None
    ):
        return
    source: Source | None = None
    used: int | None = None
    for child in parse.children[at]:
        word = parse.words[child]
        if word.dep == "poss" and word.pos == "PRON":
            source = _governor(parse, at) or Source(child, child, child, "owner")
        elif word.dep == "poss":
            source = Source(*noun_phrase(parse, child, possessive=True), child, "owner")
        elif word.dep in ("compound", "amod", "nmod") and word.pos == "PROPN" and source is None:
            source = Source(child, child, child, "owner")
    if source is None:
        for child in parse.having(at, "prep"):
            if parse.words[child].lower in _POSITION_NOUNS:
                for inner in parse.having(child, "pobj"):
                    source = Source(*noun_phrase(parse, inner), inner, "owner")
                    used = child
                break
    if source is None:
        return
    held: set[int] = set()
    for child in parse.children[at]:
        word = parse.words[child]
        if (
            child > at
            and child != used
            and (
                (word.dep == "prep" and word.lower in _CONTENT_PREPOSITIONS)
                or word.dep in ("acl", "ccomp")
            )
        ):
            held.update(parse.subtree(child))
    if not held and any(parse.words[k].pos == "PRON" for k in parse.having(at, "poss")):
        for child in parse.having(head, "prep"):
            if child > at and parse.words[child].lower in _CONTENT_PREPOSITIONS:
                held.update(parse.subtree(child))
    if used is not None and not held:
        for child in parse.having(used, "prep"):
            held.update(parse.subtree(child))
    if not held and cues.base(parse.words[head].lower, parse.words[head].lemma) in cues.received:
        # "the plan has won the support of Chad": what is supported is the subject
        for subject in parse.having(head, "nsubj"):
            held.update(range(*_inclusive(noun_phrase(parse, subject))))
    held -= set(range(source.first, source.last + 1))
    content = _runs(parse, _without_events(parse, held))
    if content:
        yield Relation("noun", kind, source, at, (at, at), content)


def _governor(parse: Parse, noun: int) -> Source | None:
    """The subject of the verb that a noun with "its" hangs on: "dropped its objection to"."""
    for at in parse.ancestors(noun):
        if parse.words[at].pos in ("VERB", "AUX"):
            return source_of(parse, at)
        if parse.words[at].pos not in ("ADP", "NOUN"):
            return None
    return None


def _inclusive(stretch: Range) -> Range:
    return stretch[0], stretch[1] + 1


def _copular(parse: Parse, at: int, cues: Cues) -> Iterator[Relation]:
    """ "is opposed to", "remains confident that"."""
    for child in parse.having(at, "acomp", "attr", "advmod", "prep", "oprd"):
        kind = cues.adjectives.get(parse.words[child].lower)
        end = child
        if parse.words[child].lower == "in":
            # "is in favour of", "was in agreement with"
            for noun in parse.having(child, "pobj"):
                kind = cues.nouns.get(parse.words[noun].lower, kind)
                child = noun
            end = child
        if kind is None:
            continue
        held: set[int] = set()
        for inner in (*parse.children[child], *parse.having(at, "ccomp")):
            if inner > child and parse.words[inner].dep in ("prep", "ccomp", "xcomp", "pobj"):
                held.update(parse.subtree(inner))
        source = source_of(parse, at)
        content = _runs(parse, held)
        if content:
            yield Relation("adjective", kind, source, child, (min(at, child), end), content)


def _colon(parse: Parse) -> Iterator[Relation]:
    """ "Guterres: talks must resume": a name, a colon, and what it says."""
    for at, word in enumerate(parse.words[:9]):
        if word.text != ":":
            continue
        before = parse.words[:at]
        named = any(one.pos == "PROPN" for one in before)
        verbal = any(one.pos in ("VERB", "AUX") or one.text == "," for one in before)
        rest = [index for index in range(at + 1, len(parse.words))]
        finite = any(parse.words[k].pos in ("VERB", "AUX") for k in rest)
        first = next((k for k in range(at) if not parse.words[k].is_mark), None)
        if before and named and not verbal and finite and first is not None:
            heads = [k for k in range(first, at) if parse.words[k].pos == "PROPN"]
            content = _runs(parse, rest)
            if content:
                source = Source(first, at - 1, heads[-1], "subject")
                yield Relation("colon", "says", source, at, (at, at), content)
        return


_VIEWS = words("view words opinion eyes telling reading account judgement judgment estimation")


def _in_view_of(parse: Parse) -> Iterator[Relation]:
    """ "In Madrid's view, …", "In the words of the president, …", "For Paris, …"."""
    for at in (k for k in range(min(4, len(parse.words))) if parse.words[k].dep == "prep"):
        word, inside = parse.words[at], sorted(parse.subtree(at))
        if word.lower not in ("in", "for", "to", "by") or inside[0] != at:
            continue
        end = inside[-1] + 1
        if end >= len(parse.words) or parse.words[end].text != ",":
            continue
        for noun in parse.having(at, "pobj"):
            source, cue = _viewer(parse, at, noun)
            content = _runs(parse, range(end + 1, len(parse.words)))
            if source is not None and content:
                yield Relation("according", "says", source, cue, (cue, cue), content)


def _viewer(parse: Parse, at: int, noun: int) -> tuple[Source | None, int]:
    if parse.words[noun].lower in _VIEWS:
        for owner in parse.having(noun, "poss"):
            return Source(*noun_phrase(parse, owner, possessive=True), owner, "owner"), noun
        for child in parse.having(noun, "prep"):
            for owner in parse.having(child, "pobj"):
                return Source(*noun_phrase(parse, owner), owner, "source"), noun
    elif parse.words[at].lower in ("for", "to") and parse.words[noun].pos == "PROPN":
        return Source(*noun_phrase(parse, noun), noun, "source"), at
    return None, at


def _according(parse: Parse, at: int) -> Iterator[Relation]:
    preps = [child for child in parse.having(at, "prep") if parse.words[child].lower == "to"]
    if not preps:
        return
    for noun in parse.having(preps[0], "pobj"):
        first, last = noun_phrase(parse, noun)
        source = Source(first, last, noun, "source")
        head = parse.words[at].head
        held = (
            set(parse.subtree(head)) - set(parse.subtree(at))
            if head != at
            else set(range(len(parse.words))) - set(parse.subtree(at))
        )
        held -= set(range(at, last + 1))
        content = _runs(parse, held)
        if content:
            yield Relation("according", "says", source, at, (at, preps[0]), content)
        return


def _runs(parse: Parse, held: Iterable[int]) -> tuple[Range, ...]:
    """Sets of words as stretches: what only marks part is one, marks at the ends go."""
    ordered = sorted(index for index in held if not parse.words[index].is_mark)
    runs: list[list[int]] = []
    for index in ordered:
        if runs and all(parse.words[k].is_mark for k in range(runs[-1][1] + 1, index)):
            runs[-1][1] = index
        else:
            runs.append([index, index])
    return tuple((first, last) for first, last in runs)
