"""What an echo shares with the clause it points to: "as did Chile", "Kenya followed suit"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stance.claims.attributions import Attributed, Part
from stance.claims.echo_clauses import Echo, echo_clauses
from stance.claims.holders import Here, holders
from stance.claims.relation import Relation
from stance.claims.texts import is_text
from stance.quotations import Quoted
from stance.syntax import Parse

_BUILDS = ("verb", "deed", "adjective")


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
        for echo in echo_clauses(parse):
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


def _of_model(
    echo: Echo,
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
    echo: Echo, parse: Parse, found: Sequence[Attributed], by_sentence: Mapping[int, list[int]]
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


def _before(
    echo: Echo, parse: Parse, found: Sequence[Attributed], numbers: Sequence[int]
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


def _reports(one: Attributed, echo: Echo) -> bool:
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


def _can_be_shared(one: Attributed, echo: Echo | None) -> bool:
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


def _shared(echo: Echo, parse: Parse, found: Sequence[Attributed], number: int) -> Attributed:
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
