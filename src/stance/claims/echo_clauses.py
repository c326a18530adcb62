"""Clauses that only point to another one: "as did Chile", "Kenya followed suit", "so has Togo"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stance.claims.alike import end_of_likeness, followed, heard_from
from stance.claims.relation import Range
from stance.claims.sources import Source, noun_phrase, source_of
from stance.claims.texts import backed, is_text
from stance.syntax import Parse
from stance.tokens import words

_HELPERS = words("do have")
_OPENING = words("as so neither nor")
_COMING_AFTER = words("follow join")
_LEAVING_OPEN = words(
    """
    deny refuse decline hesitate urge ask hope hopes doubt doubts consider want threaten expect
    """
)
"""Verbs that do not say that what hangs on them is done; the parser may take them for nouns."""


@dataclass(frozen=True, slots=True)
class Echo:
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


def echo_clauses(parse: Parse) -> Iterator[Echo]:
    """The clauses of a sentence that point to another, in its order."""
    for verb, word in enumerate(parse.words):
        if word.pos not in ("VERB", "AUX") or word.dep in ("aux", "auxpass"):
            continue
        echo = _inverted(parse, verb) or _after(parse, verb) or _alike(parse, verb)
        echo = echo or _backing(parse, verb) or _following(parse, verb)
        if echo is not None:
            yield echo
        for noun, leading in heard_from(parse, verb):
            source = Source(*noun_phrase(parse, noun), noun, "agent")
            yield Echo(source, verb, (verb, leading), bound=False, whole=True)


def _inverted(parse: Parse, verb: int) -> Echo | None:
    """ "as did Chile", "so has Togo", "neither does Peru", "as Chile did in May"."""
    if parse.words[verb].lemma not in _HELPERS or parse.having(verb, "neg", "xcomp", "ccomp"):
        return None
    opening = [k for k in parse.children[verb] if parse.words[k].lower in _OPENING and k < verb]
    nouns = parse.having(verb, "nsubj") or [k for k in parse.having(verb, "dobj") if k > verb]
    others = [k for k in parse.having(verb, "dobj", "attr") if k not in nouns]
    if not opening or not nouns or others:
        return None
    source = Source(*noun_phrase(parse, nouns[-1]), nouns[-1], "subject")
    return Echo(source, verb, (verb, verb), parse.words[verb].dep != "ROOT")


def _after(parse: Parse, verb: int) -> Echo | None:
    """ "…, followed by Bahrain and Jordan", "…, joined by Chile"."""
    word = parse.words[verb]
    if word.lemma not in _COMING_AFTER or word.tag != "VBN" or word.dep != "advcl":
        return None
    if parse.having(verb, "auxpass", "nsubjpass") or parse.words[verb - 1].text != ",":
        return None
    for agent in parse.having(verb, "agent"):
        for noun in parse.having(agent, "pobj"):
            source = Source(*noun_phrase(parse, noun), noun, "agent")
            return Echo(source, verb, (verb, agent), bound=True)
    return None


def _alike(parse: Parse, verb: int) -> Echo | None:
    """ "did the same", "followed suit", "took the same line", "agreed", "the same view was …"."""
    end, source = end_of_likeness(parse, verb), source_of(parse, verb)
    if end is None or source is None or parse.having(verb, "neg") or _is_open(parse, verb):
        return None
    cue = (verb, end) if verb <= end else (parse.left[end], verb)
    return Echo(source, verb, cue, bound=False)


def _backing(parse: Parse, verb: int) -> Echo | None:
    """ "The motion calls for talks. Peru backed it.", "Chile voted for the text."."""
    end, source = backed(parse, verb), source_of(parse, verb)
    if end is None or source is None or is_text(parse, source.head):
        return None
    return Echo(source, verb, (verb, end), bound=False, text=True)


def _following(parse: Parse, verb: int) -> Echo | None:
    """ "Bolivia aligned itself with Venezuela", "Chad endorsed the statement of Mali"."""
    model, source = followed(parse, verb), source_of(parse, verb)
    if model is None or source is None or source.head == model[0]:
        return None
    return Echo(source, verb, (verb, model[1]), bound=False, model=model[0])


def _is_open(parse: Parse, verb: int) -> bool:
    """ "Denied that it would follow suit", "whether it will do the same"."""
    if any(parse.words[one].lower in ("whether", "if") for one in parse.having(verb, "mark")):
        return True
    return any(
        parse.words[at].lemma in _LEAVING_OPEN or bool(parse.having(at, "neg"))
        for at in parse.ancestors(verb)
    )
