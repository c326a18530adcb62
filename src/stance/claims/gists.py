"""Claims whose cue only says that something is supported → "Japan supports the plan".

A small model hears "has thrown its weight behind", "the plan approved by" and "supports" with
very different certainty, though the cue is known and only its object is in question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stance.claims import status
from stance.claims.attributions import Attributed
from stance.claims.cues import Cues
from stance.claims.holdings import Holdings
from stance.claims.lists import listed
from stance.claims.relation import Relation
from stance.claims.verbs import base_of
from stance.syntax import Parse
from stance.tokens import flat
from stance.types import Actor, Claim, Span

_LEADING = re.compile(
    r"^(?:for|to|of|on|about|behind|in|with|at|towards?|by|from|over)\s+(?!\w+ing\b)", re.IGNORECASE
)
"""What leads from a cue to its object; not in front of what somebody does."""

_NO_OBJECT = re.compile(
    r"(?:that|whether|to|how|why|what|who|which|where|when|against|it|them|him|her|us|this|these"
    r"|those)\b|(?:an?\s+)?[\w'’-]+$",
    re.IGNORECASE,
)
"""A clause, or words that name nothing by themselves."""


def supported(held: Holdings, number: int) -> Iterator[tuple[Span, ...]]:
    """What an attribution says is supported, and those that it repeats of the same holder.

    "Spain said that it backs the plan" is one claim, and it comes to "the plan".
    """
    one = held.found[number]
    if one.shares is not None:
        return
    if _only_supports(one, held.cues):
        yield tuple(one.parse.span(*stretch) for stretch in one.relation.content)
        for stretch in listed(one.parse, one.relation.content):
            yield (one.parse.span(*stretch),)
    for other in held.inner(number):
        if held.repeats(other):
            yield from supported(held, other)


def gists(text: str, claim: Claim, actor: Actor) -> list[tuple[str, Span]]:
    """What a claim comes to, in one sentence for each thing supported, and the span of that."""
    made: list[tuple[str, Span]] = []
    for content in claim.supported:
        said = _LEADING.sub("", flat(" ".join(span.of(text) for span in content))).rstrip(".")
        if said and not _NO_OBJECT.match(said):
            window = Span(content[0].start, content[-1].end)
            made.append((f"{actor.name} supports {said}.", window))
    return made


def _only_supports(one: Attributed, cues: Cues) -> bool:
    parse, relation = one.parse, one.relation
    return (
        (relation.kind == "supports" or _wants_a_thing(parse, relation))
        and any(
            {parse.words[at].lower, parse.words[at].lemma.lower(), base_of(parse, at, cues)}
            & cues.gist
            for at in range(relation.cue[0], relation.cue[1] + 1)
        )
        and status.polarity(parse, relation, cues) == "affirmed"
        and status.modality(parse, relation, cues) == "asserted"
    )


def _wants_a_thing(parse: Parse, relation: Relation) -> bool:
    """ "Called for talks", "wants talks"; not "called on Peru to talk"."""
    demands = relation.kind == "demands" or parse.words[relation.cue[1]].lower == "for"
    return demands and not any(
        parse.words[at].tag == "TO" for low, high in relation.content for at in range(low, high + 1)
    )
