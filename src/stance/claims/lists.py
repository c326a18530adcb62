"""What a content lists: "support for the envoy and for the plan" is support for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stance.claims.relation import Range
from stance.syntax import Parse


def listed(parse: Parse, content: Sequence[Range]) -> tuple[Range, ...]:
    """The stretches of what a content lists, in order; empty where it lists nothing.

    Only what can stand alone is listed: "sovereignty and territorial integrity" is one thing.
    """
    inside = {index for first, last in content for index in range(first, last + 1)}
    tops = [k for k in sorted(inside) if parse.words[k].head not in inside]
    objects = [k for top in tops for k in parse.having(top, "pobj") if k in inside]
    for head in (*tops, *objects):
        heads = [head, *(k for k in parse.coordinated(head) if k in inside)]
        if len(heads) > 1 and all(_stands_alone(parse, k) for k in heads):
            return tuple(_stretches(parse, heads, inside))
    return ()


def _stands_alone(parse: Parse, head: int) -> bool:
    """ "For Peru's plan", "the peace plan", "talks under the envoy"; not "the peace"."""
    if parse.words[head].pos == "ADP":
        return any(_stands_alone(parse, k) for k in parse.having(head, "pobj"))
    described = parse.having(head, "det") and parse.having(head, "amod", "compound")
    named = described or parse.having(head, "poss", "prep")
    return parse.words[head].pos == "NOUN" and bool(named)


def _stretches(parse: Parse, heads: Sequence[int], inside: set[int]) -> Iterator[Range]:
    """From the first word of each to the last in front of the next, "and" and marks left out."""
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        words = [k for k in parse.subtree(head) if k in inside]
        if following is not None:
            words = [k for k in words if k < parse.left[following]]
        kept = [k for k in words if not parse.words[k].is_mark and parse.words[k].dep != "cc"]
        yield min(kept), max(kept)
