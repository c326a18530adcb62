"""Clauses that only point to another one: "as did Chile", "Kenya followed suit", "so has Togo"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stance.claims.alike import end_of_likeness, followed, heard_from
from stance.claims.attributions import Attributed, Part
from stance.claims.holders import Here, holders
from stance.claims.relation import Range, Relation
from stance.claims.sources import Source, noun_phrase, source_of
from stance.claims.texts import backed, is_text
from stance.quotations import Quoted
from stance.syntax import Parse
from stance.tokens import words
from stance.types import Claim

_HELPERS = words("do have")
_OPENING = words("as so neither nor")
_COMING_AFTER = words("follow join")
_LEAVING_OPEN = words(
    """
    deny refuse decline hesitate urge ask hope hopes doubt doubts consider want threaten expect
    """
)
"""Verbs that do not say that what hangs on them is done; the parser may take them for nouns."""

_BUILDS = ("verb", "deed", "adjective")
_CUE = re.compile(
    r"(?:do|does|did|done|doing|has|have|had)(?:\s.*\b(?:so|likewise|same))?"
    r"|(?:agree|concur)\w*|follow\w*\s.*|joined by|.*\b(?:same|similar|comparable|identical)\b.*"
    r"|(?:associat|align|identif|alli|agree|concur|subscrib|adher|echo|second|shar|endors|support"
    r"|back|join)\w*\s.*\b(?:that|this|those|these|both|previous|preceding|earlier|last|foregoing)"
    r"\b.*"
    r"|(?:back|support|endors|approv|adopt|pass|sign|co-?sign|co-?sponsor)\w*\s(?:.*\s)?it"
    r"|(?:back|support|endors|approv|adopt|pass|sign|co-?sign|co-?sponsor|vot)\w*\s.*"
    r"(?:text|resolution|statement|declaration|motion|bill|amendment|petition|document|draft|letter)"
    r"|vot\w*\s(?:.*\s)?(?:for\sit|in\sfavou?r)"
    r"|(?:came|come|comes|coming|heard)\s(?:.*\s)?from"
    r"|(?:associat|align|identif|alli|subscrib|adher|echo|second|shar|endors|join)\w*\s.*"
    r"|(?:agree|concur)\w*\swith\s.*|(?:support|back)\w*\s.*(?:['’]s\s|\s(?:of|by)\s).*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Echo:
    """A clause that points to another: whose it is, its verb, its words, and how far it reaches.

    `bound`: it hangs on the clause that it points to; else that may stand in the sentence before.
    `text`: it points to what a text says that was told of before; `model`: to what the body says
    that this word names; `whole`: to all that the sentence before says of its subject.
    """

    source: Source
    verb: int
    cue: Range
    bound: bool
    text: bool = False
    model: int | None = None
    whole: bool = False


def says_again(claim: Claim, text: str) -> bool:
    """Whether a claim is that of an echo: its content is what another clause says before it."""
    if claim.cue is None or claim.mention is None or len(claim.content) != 1:
        return False
    before = claim.content[0].end <= min(claim.cue.start, claim.mention.start)
    return before and _CUE.fullmatch(claim.cue.of(text)) is not None


def echoes(
    parses: Sequence[Parse],
    quoted: Quoted,
    found: Sequence[Attributed],
    names: Mapping[int, Here],
) -> Iterator[Attributed]:
    """An attribution for each clause that an echo points to, of its content and its own source.

    `names` is by sentence who is named there.
    """
    by_sentence: dict[int, list[int]] = {}
    for number, one in enumerate(found):
        by_sentence.setdefault(one.parse.sentence, []).append(number)
    echoed: dict[int, list[int]] = {}
    for parse in parses:
        told: dict[int, list[int]] = {}
        for echo in _in_sentence(parse):
            if quoted.at(parse.words[echo.verb].start) is not None:
                continue
            before = parse.sentence - 1
            if echo.text:
                here = _of_text(echo, parse, found, by_sentence)
                told[echo.verb] = here
            elif echo.model is not None:
                here = _of_model(echo, echo.model, parse, found, by_sentence, names)
            else:
                here = _before(echo, parse, found, by_sentence.get(parse.sentence, ()))
                # "backed it, as did Chile": both back what the text says
                here = [k for n in here for k in told.get(found[n].relation.at) or [n]]
            if not here and not echo.bound and not echo.text and echo.model is None:
                said = by_sentence.get(before, ())
                here = echoed.get(before) or _main(found, said)
                if echo.whole:
                    here = _with_others(found, said, here)
            if parse.words[echo.verb].dep == "ROOT":
                echoed[parse.sentence] = here  # "Togo did so too. Chad took the same line."
            for number in here:
                yield _shared(echo, parse, found, number)


def _in_sentence(parse: Parse) -> Iterator[_Echo]:
    for verb, word in enumerate(parse.words):
        if word.pos not in ("VERB", "AUX") or word.dep in ("aux", "auxpass"):
            continue
        echo = _inverted(parse, verb) or _after(parse, verb) or _alike(parse, verb)
        echo = echo or _backing(parse, verb) or _following(parse, verb)
        if echo is not None:
            yield echo
        for noun, leading in heard_from(parse, verb):
            source = Source(*noun_phrase(parse, noun), noun, "agent")
            yield _Echo(source, verb, (verb, leading), bound=False, whole=True)


def _inverted(parse: Parse, verb: int) -> _Echo | None:
    """ "as did Chile", "so has Togo", "neither does Peru", "as Chile did in May"."""
    if parse.words[verb].lemma not in _HELPERS or parse.having(verb, "neg", "xcomp", "ccomp"):
        return None
    opening = [k for k in parse.children[verb] if parse.words[k].lower in _OPENING and k < verb]
    nouns = parse.having(verb, "nsubj") or [k for k in parse.having(verb, "dobj") if k > verb]
    others = [k for k in parse.having(verb, "dobj", "attr") if k not in nouns]
    if not opening or not nouns or others:
        return None
    source = Source(*noun_phrase(parse, nouns[-1]), nouns[-1], "subject")
    return _Echo(source, verb, (verb, verb), parse.words[verb].dep != "ROOT")


def _after(parse: Parse, verb: int) -> _Echo | None:
    """ "…, followed by Bahrain and Jordan", "…, joined by Chile"."""
    word = parse.words[verb]
    if word.lemma not in _COMING_AFTER or word.tag != "VBN" or word.dep != "advcl":
        return None
    if parse.having(verb, "auxpass", "nsubjpass") or parse.words[verb - 1].text != ",":
        return None
    for agent in parse.having(verb, "agent"):
        for noun in parse.having(agent, "pobj"):
            source = Source(*noun_phrase(parse, noun), noun, "agent")
            return _Echo(source, verb, (verb, agent), bound=True)
    return None


def _alike(parse: Parse, verb: int) -> _Echo | None:
    """ "did the same", "followed suit", "took the same line", "agreed", "the same view was …"."""
    end, source = end_of_likeness(parse, verb), source_of(parse, verb)
    if end is None or source is None or parse.having(verb, "neg") or _is_open(parse, verb):
        return None
    cue = (verb, end) if verb <= end else (parse.left[end], verb)
    return _Echo(source, verb, cue, bound=False)


def _backing(parse: Parse, verb: int) -> _Echo | None:
    """ "The motion calls for talks. Peru backed it.", "Chile voted for the text."."""
    end, source = backed(parse, verb), source_of(parse, verb)
    if end is None or source is None or is_text(parse, source.head):
        return None
    return _Echo(source, verb, (verb, end), bound=False, text=True)


def _following(parse: Parse, verb: int) -> _Echo | None:
    """ "Bolivia aligned itself with Venezuela", "Chad endorsed the statement of Mali"."""
    model, source = followed(parse, verb), source_of(parse, verb)
    if model is None or source is None or source.head == model[0]:
        return None
    return _Echo(source, verb, (verb, model[1]), bound=False, model=model[0])


def _of_model(
    echo: _Echo,
    model: int,
    parse: Parse,
    found: Sequence[Attributed],
    by_sentence: Mapping[int, list[int]],
    names: Mapping[int, Here],
) -> list[int]:
    """What a body says or does that is named as a model, here or in the three sentences before."""
    mention = names[parse.sentence].at(model)
    if mention is None or mention.actor is None:
        return []
    for sentence in range(parse.sentence, parse.sentence - 4, -1):
        said = [
            number
            for number in by_sentence.get(sentence, ())
            if _can_be_shared(found[number], echo)
            and found[number].outer is None
            and (sentence < parse.sentence or found[number].relation.at < echo.verb)
            and mention.actor in _actors(found[number], names)
        ]
        if said:
            return said
    return []


def _actors(one: Attributed, names: Mapping[int, Here]) -> set[str | None]:
    """Those who are named as the source of an attribution."""
    source = one.relation.source
    return {who.actor for who in holders(source, names[one.parse.sentence])} if source else set()


def _of_text(
    echo: _Echo, parse: Parse, found: Sequence[Attributed], by_sentence: Mapping[int, list[int]]
) -> list[int]:
    """What a text says that this sentence, or one of the two before, told of."""
    for sentence in range(parse.sentence, parse.sentence - 3, -1):
        said = [
            number
            for number in by_sentence.get(sentence, ())
            if _says_text(found[number])
            and (sentence < parse.sentence or found[number].relation.at < echo.verb)
        ]
        if said:
            return said
    return []


def _says_text(one: Attributed) -> bool:
    """Whether a clause tells what a text says: "the motion, tabled by Chad, calls for"."""
    source, parse = one.relation.source, one.parse
    return (
        source is not None
        and source.role == "subject"
        and is_text(parse, source.head)
        and one.relation.build == "verb"
        and not one.inside
        and parse.words[one.relation.at].dep in ("ROOT", "conj")
    )


def _is_open(parse: Parse, verb: int) -> bool:
    """ "Denied that it would follow suit", "whether it will do the same"."""
    if any(parse.words[one].lower in ("whether", "if") for one in parse.having(verb, "mark")):
        return True
    return any(
        parse.words[at].lemma in _LEAVING_OPEN or bool(parse.having(at, "neg"))
        for at in parse.ancestors(verb)
    )


def _before(
    echo: _Echo, parse: Parse, found: Sequence[Attributed], numbers: Sequence[int]
) -> list[int]:
    """What an echo points to in its own sentence: the clause that it hangs on, else the nearest."""
    first = min(echo.cue[0], echo.source.first)
    ready = [
        n
        for n in numbers
        if _can_be_shared(found[n], echo)
        and found[n].relation.at < first
        and (echo.bound or not _reports(found[n], echo))
    ]
    if echo.source.role == "agent" and echo.bound:
        return [n for n in ready[-1:] if not _stands_between(parse, found[n].relation, first)]
    for at in parse.ancestors(echo.verb):
        for number in ready:
            low, high = found[number].relation.cue
            if low <= at <= high:
                return [number]
        if parse.having(at, "nsubj") and echo.bound:
            break
    outer = [n for n in ready if found[n].outer is None]
    return [] if echo.bound else outer[-1:]


def _reports(one: Attributed, echo: _Echo) -> bool:
    """ "Togo says that it will do the same": not the same as it says."""
    said = one.relation.kind == "says" and one.relation.build in ("verb", "according")
    return said and any(low <= echo.verb <= high for low, high in one.relation.content)


def _stands_between(parse: Parse, relation: Relation, end: int) -> bool:
    """Whether another clause does, in front of `end`: "said he would go there, followed by"."""
    return any(
        parse.words[k].pos in ("VERB", "AUX") and bool(parse.having(k, "nsubj"))
        for k in range(relation.cue[1] + 1, end)
    )


def _main(found: Sequence[Attributed], numbers: Sequence[int]) -> list[int]:
    """What the main verb of a sentence says of its subject, or those of a list of clauses do."""
    return [
        number
        for number in numbers
        if found[number].outer is None
        and (_is_main(found[number]) or _goes_on(found[number]))
        and _can_be_shared(found[number], None)
    ]


def _with_others(
    found: Sequence[Attributed], numbers: Sequence[int], main: Sequence[int]
) -> list[int]:
    """ "Peru voiced support for the envoy and hailed the plan": both, where one is the main one."""
    subjects = {found[k].relation.source for k in main}
    return [
        k
        for k in numbers
        if k in main
        or (
            found[k].relation.source in subjects
            and found[k].parse.words[found[k].relation.at].dep == "conj"
            and found[k].outer is None
            and _can_be_shared(found[k], None)
        )
    ] or list(main)


def _is_main(one: Attributed) -> bool:
    return one.parse.words[one.relation.at].dep == "ROOT"


def _goes_on(one: Attributed) -> bool:
    """ "Each backs it, each has faith in it": the parser hangs all but one on another."""
    source, word = one.relation.source, one.parse.words[one.relation.at]
    each = source is not None and one.parse.words[source.head].lower == "each"
    return each and word.dep in ("ccomp", "conj", "parataxis")


def _can_be_shared(one: Attributed, echo: _Echo | None) -> bool:
    """Whether a clause has a subject of its own that another can take the place of.

    Who does what he is asked to ("Peru asked Chile to sign, and Chile did so") asks nobody.
    """
    relation = one.relation
    pointed = echo is not None and (echo.bound or echo.model is not None)
    asked = relation.kind == "demands" and not pointed
    infinitive = any(
        one.parse.words[k].lower == "to"
        for low, high in relation.content
        for k in range(low, high + 1)
    )
    return (
        relation.build in _BUILDS
        and relation.kind != "thanks"
        and relation.source is not None
        and relation.source.role == "subject"
        and not one.inside
        and one.shares is None
        and min(low for low, _ in relation.content) > relation.cue[0]
        and not (asked and infinitive)
    )


def _shared(echo: _Echo, parse: Parse, found: Sequence[Attributed], number: int) -> Attributed:
    """The attribution to the source of an echo of what another clause says."""
    one = found[number]
    last = max(high for _, high in one.relation.content)
    edge = min(echo.cue[0], echo.source.first)
    if one.parse is parse and last >= edge:  # the echo itself stands in the content
        last = max(k for k in range(one.relation.cue[1], edge) if not parse.words[k].is_mark)
    predicate = one.parse.span(one.relation.cue[0], last)
    parts = [Part(one.parse.sentence, (predicate,), quoted=False)]
    if one.parse is not parse:
        parts.append(Part(parse.sentence, (), quoted=False))
    relation = Relation(one.relation.build, one.relation.kind, echo.source, echo.verb, echo.cue, ())
    return Attributed(relation, parse, tuple(parts), None, False, False, shares=number)
