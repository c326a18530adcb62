"""Who only lends troops: "we have sent observers to the mission" takes no side in the dispute."""

from __future__ import annotations

from stance.syntax import Parse
from stance.tokens import words

_LENDING = words(
    "contribute send dispatch deploy provide supply participate serve second add furnish lend offer"
)
_FORCES = words(
    """
    troop contingent unit observer personnel battalion soldier officer police policeman engineer
    peacekeeper peace-keeper monitor participation
    """
)
_MISSIONS = words("mission operation force minurso")


def lends(parse: Parse) -> bool:
    """Whether all that a sentence says is that somebody takes part in a mission.

    "To contribute to the efforts", or to add that one supports the mission, is more than that.
    """
    root = next((at for at, word in enumerate(parse.words) if word.dep == "ROOT"), None)
    if root is None or any(parse.words[k].pos == "VERB" for k in parse.having(root, "conj")):
        return False
    chain = [root]
    while chain[-1] not in chain[:-1]:
        below = [*parse.having(chain[-1], "xcomp"), *parse.having(chain[-1], "acomp")]
        chain.append(below[0] if below else chain[-1])
    verb = chain[-1]
    if parse.words[verb].lemma.lower() not in _LENDING:
        return False
    objects = parse.having(verb, "dobj")
    targets = [
        noun
        for preposition in parse.having(verb, "prep")
        if parse.words[preposition].lower in ("to", "in", "with")
        for noun in parse.having(preposition, "pobj")
    ]
    return _is_one(parse, objects, _FORCES) or (not objects and _is_one(parse, targets, _MISSIONS))


def _is_one(parse: Parse, nouns: list[int], kinds: frozenset[str]) -> bool:
    """Whether one of the nouns, or of those listed with it, is of a kind."""
    every = [*nouns, *(other for noun in nouns for other in parse.having(noun, "conj"))]
    return any(
        parse.words[noun].lemma.lower() in kinds or kinds & set(parse.words[noun].lower.split())
        for noun in every  # a name is one word: "the United Nations Mission in Haiti"
    )
