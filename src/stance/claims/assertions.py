"""What the author asserts of an actor without a cue: "Spain has come round to the plan"."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from stance.claims.holders import Here
from stance.claims.sources import Source, source_of
from stance.quotations import Quoted
from stance.syntax import Parse

_VERBS = ("VERB", "AUX")
_CLAUSES = ("ROOT", "conj", "ccomp", "advcl", "parataxis")
_WH = ("WP", "WDT", "WP$")
_LEAST = 3
"""Words that must follow the subject: "Spain agreed." says nothing of what."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """A clause whose subject is an actor: its source, its verb, and the words it says of it."""

    source: Source
    verb: int
    first: int
    last: int


def assertions(here: Here, quoted: Quoted, cues: Collection[int]) -> Iterator[Assertion]:
    """The clauses of a sentence with an actor as subject and none of the words `cues` as verb.

    Whether such a clause takes a side only the model can tell; most do not.
    """
    parse = here.parse
    for verb, word in enumerate(parse.words):
        if word.pos not in _VERBS or word.dep in ("aux", "auxpass") or verb in cues:
            continue
        if quoted.at(word.start) is not None:
            continue
        inside = [parse.words[child] for child in parse.children[verb]]
        if word.dep not in _CLAUSES or any(one.tag in _WH or one.lower == "to" for one in inside):
            continue
        source = source_of(parse, verb) or _passive(parse, verb)
        if source is None or here.at(source.head) is None:
            continue
        first, last = _clause(parse, verb, source)
        if last - first + 1 >= _LEAST:
            yield Assertion(source, verb, first, last)


def _passive(parse: Parse, verb: int) -> Source | None:
    """The subject of a passive clause: "Spain is known for its sympathy with"."""
    for subject in parse.having(verb, "nsubjpass"):
        return Source(parse.left[subject], parse.right[subject], subject, "subject")
    return None


def _clause(parse: Parse, verb: int, source: Source) -> tuple[int, int]:
    """From behind the subject to the end of the clause, or to the next clause."""
    group = [
        child for child in parse.having(verb, "aux", "auxpass", "neg", "advmod") if child < verb
    ]
    first = max(min([verb, *group]), source.last + 1 if source.last < verb else 0)
    last = parse.right[verb]
    for child in parse.having(verb, "conj"):
        if parse.having(child, "nsubj", "nsubjpass") or child > verb:
            last = min(last, parse.left[child] - 1)
    while last > verb and (parse.words[last].is_mark or parse.words[last].pos == "CCONJ"):
        last -= 1
    return first, last
