"""A people for its state: "the Danes backed the plan", "the French support it"."""

from __future__ import annotations

from collections.abc import Sequence

from stance.actors.gazetteer import Hit
from stance.actors.words import AFTER_IT
from stance.tokens import Token, words

_FINITE = AFTER_IT | words("have has had are were will would do did")
_OF_SOME = words("of among between for who that living in from abroad with themselves")
"""Words beside a people that make it the men and women, or some of them."""


def is_people(tokens: Sequence[Token], hit: Hit) -> bool:
    """Whether a demonym stands for its state: a plural, or an adjective in front of a verb.

    "The Danes", "the British have"; not "the Danes living in Peru", "most of the Danes".
    """
    if hit.name.actor.kind != "state" or hit.first == 0 or tokens[hit.first - 1].lower != "the":
        return False
    before = tokens[hit.first - 2].lower if hit.first > 1 else ""
    behind = tokens[hit.last + 1].lower if hit.last + 1 < len(tokens) else ""
    if before in _OF_SOME - {"that"} or behind in _OF_SOME:
        return False
    if behind in _FINITE:
        return True
    last = tokens[hit.last].lower
    known = last.endswith("s") and not last.endswith(("ss", "is"))
    return known and not tokens[min(hit.last + 1, len(tokens) - 1)].is_capitalised
