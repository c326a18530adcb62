"""A parsed sentence → attribution relations: a source, a cue, and the content between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stance.claims.contents import content
from stance.claims.cues import Cues
from stance.claims.nouns import of_noun
from stance.claims.predicates import copular, deed, light, made_clear
from stance.claims.relation import Relation
from stance.claims.sides import according, colon, in_view_of
from stance.claims.sources import Source, is_parenthesis, noun_phrase, source_of
from stance.claims.speech import behind_quotation, inverted
from stance.claims.verbs import cue_of
from stance.syntax import Parse
from stance.tokens import words

_DIPLOMATS = words("ambassador envoy consul diplomat delegation representative team")
_COPULAS = ("be", "remain", "stay", "become")


def relations(parse: Parse, quoted: Sequence[bool], cues: Cues) -> list[Relation]:
    """All relations of a sentence, by the place of their cue.

    `quoted` says of each word whether it stands between quotation marks.
    """
    named = colon(parse)
    found = [*([named] if named else []), *in_view_of(parse)]
    for index, word in enumerate(parse.words):
        if word.tag.startswith("V") or word.pos in ("VERB", "AUX"):
            found += _of_verb(parse, index, quoted, cues)
        elif word.pos in ("NOUN", "PROPN"):
            noun = of_noun(parse, index, cues)
            found += [noun] if noun else []
    return found


def _of_verb(parse: Parse, at: int, quoted: Sequence[bool], cues: Cues) -> Iterator[Relation]:
    """The relations of which a verb, or a word with it, is the cue."""
    word = parse.words[at]
    lemma = cues.base(word.lower, word.lemma)
    one: Relation | None
    if word.lower == "according" or word.lemma == "accord":
        one = according(parse, at)
    elif word.pos == "AUX" or lemma in _COPULAS:
        yield from copular(parse, at, cues)
        return
    elif lemma in ("quote", "cite") and _has_as(parse, at):
        return  # "quoted him as saying": the cue is "saying"
    elif lemma == "recall" and _calls_home(parse, at):
        return
    else:
        one = light(parse, at, lemma, cues) or made_clear(parse, at, lemma)
        one = one or _of_full_verb(parse, at, lemma, quoted, cues)
    if one is not None:
        yield one


def _has_as(parse: Parse, at: int) -> bool:
    return any(parse.words[child].lower == "as" for child in parse.children[at])


def _calls_home(parse: Parse, at: int) -> bool:
    """ "Recalled its ambassador": nothing is said, and no stance is told by it alone."""
    return any(
        parse.words[child].lemma.lower() in _DIPLOMATS and parse.having(child, "poss")
        for child in parse.having(at, "dobj")
    )


def _of_full_verb(
    parse: Parse, at: int, lemma: str, quoted: Sequence[bool], cues: Cues
) -> Relation | None:
    """The relation of a verb that carries its meaning itself."""
    source = _speaker(parse, at, lemma, quoted, cues)
    done = deed(parse, at, lemma, source, cues)
    if done is not None:
        return done
    kind = cues.kinds.get(lemma)
    if kind is None:
        return behind_quotation(parse, at, source, quoted)
    held, end = content(parse, at, lemma, quoted, cues, source)
    return Relation("verb", kind, source, at, cue_of(parse, at, end), held) if held else None


def _named_behind(parse: Parse, at: int, lemma: str, cues: Cues) -> Source | None:
    """ "Peru and Chile, say diplomats, have agreed": who says it stands behind, between commas."""
    if not cues.takes(lemma, "quotation") or not is_parenthesis(parse, at):
        return None
    for noun in parse.having(at, "dobj", "oprd", "nsubj"):
        first, last = noun_phrase(parse, noun)
        if first == at + 1 and parse.words[last + 1 : last + 2]:
            return (
                Source(first, last, noun, "subject") if parse.words[last + 1].text == "," else None
            )
    return None


def _speaker(
    parse: Parse, at: int, lemma: str, quoted: Sequence[bool], cues: Cues
) -> Source | None:
    """The source of a verb, not from a quotation that the verb stands outside of."""
    source = _named_behind(parse, at, lemma, cues) or source_of(parse, at)
    if source is not None and quoted[source.head] and not quoted[at]:
        source = None  # what is said is not who says it
    if source is None and cues.takes(lemma, "quotation"):
        return inverted(parse, at)
    return source
