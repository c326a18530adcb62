"""What a text names as another's work: "Morocco's initiative", "the struggle led by the Front".

Who speaks of a plan tells whose plan it is, mostly by a noun with its owner, and that owner stands
behind it; who welcomes its adoption tells who adopted it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from stance.claims.cues import Cues
from stance.claims.holders import Here, holders
from stance.claims.relation import runs
from stance.claims.saying import said_by
from stance.claims.sources import Source, noun_phrase
from stance.syntax import Parse, Word
from stance.tokens import words
from stance.types import Claim, Document, Mention, Span

_POINTING = ("such", "any", "this", "that", "these", "those", "no", "another")
_OWNING = ("poss", "amod", "nmod", "compound")
_DEFENDING = words("defend promote champion uphold favour favor")
"""Verbs of a side that are said of one's own as well: "Peru defended its plan"."""

_LEADING = ("leadership", "guidance", "banner", "command")


def works(
    document: Document,
    here: Here,
    cues: Cues,
    states: Container[str],
    around: Sequence[Claim],
    before: Here | None = None,
) -> Iterator[Claim]:
    """The claims of those whose work one sentence names, but for the speaker of the document.

    `around` are the other claims of the sentence: who makes them says it; `before` is the sentence
    in front of it: "Japan won friends. Spain and Peru back its plan." A plan is no stance of
    a body: "the United Nations plan" is what others take a stance on.
    """
    parse, speaker = here.parse, document.meta.speaker
    for noun, word in enumerate(parse.words):
        act, own = word.lower in cues.acts, cues.works.get(word.lower)
        if word.pos != "NOUN" or not (act or own) or _is_meant(parse, noun):
            continue
        owners = list(_possessors(here, noun, cues, around, before))
        owners += _doers(here, noun) if act else _makers(here, noun)
        owners += _leaders(here, noun) if own == "leads" else ()
        for mention, owner in owners:
            held = _phrase(parse, noun) - owner
            if act:
                held = {index for index in held if index > noun}
            content = tuple(parse.span(*stretch) for stretch in runs(parse, held))
            if not content or mention.actor is None or mention.actor == speaker:
                continue
            if own == "proposes" and mention.actor not in states:
                continue
            yield Claim(
                document.sha256,
                mention.actor,
                mention.span,
                said_by(mention, around, speaker),
                parse.span(noun, noun),
                content,
                (parse.sentence,),
            )


def _is_meant(parse: Parse, noun: int) -> bool:
    """ "Such an initiative by Japan": one that is asked for, or was spoken of before."""
    return any(parse.words[one].lower in _POINTING for one in parse.children[noun] if one < noun)


def _phrase(parse: Parse, noun: int) -> set[int]:
    """A noun with all that describes it: no article, and nothing that is listed with either."""
    held = set(parse.subtree(noun))
    for at in sorted(held):
        word = parse.words[at]
        aside = word.dep == "relcl" and parse.words[parse.left[at] - 1].text == ","
        if at != noun and (aside or word.dep in ("conj", "cc", "preconj")):
            held -= set(parse.subtree(at))
    return held - set(parse.having(noun, "det"))


def _taken_by_others(
    parse: Parse, cues: Cues, around: Sequence[Claim], noun: int
) -> frozenset[str]:
    """Who takes a side on what the noun names, so that it is not theirs: "Spain backs its plan"."""
    span = parse.span(noun, noun)
    return frozenset(
        claim.holder
        for claim in around
        if claim.cue is not None
        and any(part.covers(span) for part in claim.content)
        and any(
            _judges(word, cues)
            for word in parse.words
            if claim.cue.overlaps(Span(word.start, word.end))
        )
    )


def _judges(word: Word, cues: Cues) -> bool:
    """Whether a word of a cue takes a side on what is, for all it says, another's."""
    base = cues.base(word.lower, word.lemma)
    kind = cues.nouns.get(word.lemma.lower()) if word.pos == "NOUN" else cues.kinds.get(base)
    return kind in ("supports", "opposes") and base not in _DEFENDING


def _makers(here: Here, noun: int) -> Iterator[tuple[Mention, set[int]]]:
    """Those whose work it is: "the plan of Japan", "the plan put forward by Japan"."""
    for child in here.parse.children[noun]:
        word = here.parse.words[child]
        if word.dep == "prep" and word.lower in ("of", "by", "from"):
            yield from _behind(here, child, child)
        elif word.dep == "acl":
            for agent in here.parse.having(child, "agent"):
                yield from _behind(here, agent, child)


def _doers(here: Here, noun: int) -> Iterator[tuple[Mention, set[int]]]:
    """Those who do it: "the adoption by the Council of"."""
    for at in sorted(here.parse.subtree(noun)):
        if here.parse.words[at].lower == "by" and here.parse.words[at].head == noun:
            yield from _behind(here, at, at)


def _leaders(here: Here, noun: int) -> Iterator[tuple[Mention, set[int]]]:
    """ "The struggle of the people under the leadership of the Front", wherever that hangs."""
    parse = here.parse
    for at in range(noun + 1, len(parse.words)):
        if parse.words[at].lower in _LEADING:
            for of in parse.having(at, "prep"):
                first = next((k for k in range(at, noun, -1) if parse.words[k].pos == "ADP"), at)
                yield from _behind(here, of, first)


def _possessors(
    here: Here, noun: int, cues: Cues, around: Sequence[Claim], before: Here | None
) -> Iterator[tuple[Mention, set[int]]]:
    """ "Japan's initiative", "the Japanese peace initiative", "its initiative".

    Each with the words that say so, as in all that follows.
    """
    parse = here.parse
    parts = [noun, *parse.having(noun, "compound")]
    for child in (k for part in parts for k in parse.having(part, *_OWNING)):
        named = here.at(child)
        if parse.words[child].lower == "its":
            taken = _taken_by_others(parse, cues, around, noun)
            named = _before(here, child, taken)
            if named is None and taken and before is not None:
                named = _subject(before)
        if named is not None and named.actor is not None:
            yield named, set(parse.subtree(child))


def _behind(here: Here, preposition: int, first: int) -> Iterator[tuple[Mention, set[int]]]:
    """The actors behind a preposition, with the words from `first` to the end of their names."""
    parse = here.parse
    for noun in parse.having(preposition, "pobj"):
        for one in holders(Source(*noun_phrase(parse, noun), noun, "owner"), here):
            if one.acts:
                last = max(k for k, word in enumerate(parse.words) if word.start < one.span.end)
                yield one, set(range(first, max(last, noun) + 1))


def _subject(here: Here) -> Mention | None:
    """Whom a sentence is about by name: the subject of its main clause."""
    parse = here.parse
    for subject, word in enumerate(parse.words):
        if word.dep in ("nsubj", "nsubjpass") and parse.words[word.head].dep == "ROOT":
            mention = here.at(subject)
            named = mention is not None and mention.acts and mention.via != "pronoun"
            return mention if named else None
    return None


def _before(here: Here, pronoun: int, taken: Container[str]) -> Mention | None:
    """Whom "its" goes back to within a sentence: the last one named that acts before it.

    Not who is `taken` to speak of another's.
    """
    start = here.parse.words[pronoun].start
    named = [
        one
        for one in here.mentions
        if one.span.end <= start and one.acts and one.via != "pronoun" and one.actor not in taken
    ]
    return named[-1] if named else None
