"""Positions that are told only to say that they were given up: "but broke those ties in 1996"."""

from __future__ import annotations

from stance.claims.cues import Cues
from stance.claims.relation import Relation
from stance.claims.verbs import base_of
from stance.syntax import Parse
from stance.tokens import words

_TAKING_BACK = words(
    """
    withdraw rescind revoke suspend abandon drop reverse freeze retract renounce cancel halt
    reconsider forgo stop withhold break cut sever end undo
    """
)
_STANDS = words(
    "recognition tie ties relation relations support backing position decision stance move"
)
_POINTING = words("the that those this its their")


def taken_back(parse: Parse, relation: Relation, cues: Cues) -> bool:
    """Whether its clause goes on to say that a position was given up: "but broke those ties"."""
    return any(
        _takes_back(parse, verb, cues)
        for verb in parse.subtree(relation.at)
        if verb > relation.at and parse.words[verb].pos == "VERB"
    )


def _takes_back(parse: Parse, verb: int, cues: Cues) -> bool:
    """ "withdrew it", "took the recognition back", "broke off those ties"."""
    took = parse.words[verb].lemma == "take" and any(
        parse.words[child].lower == "back" for child in parse.children[verb]
    )
    if not took and base_of(parse, verb, cues) not in _TAKING_BACK:
        return False
    if parse.words[verb].dep not in ("conj", "advcl", "pcomp") or parse.having(verb, "neg"):
        return False
    return any(
        parse.words[noun].lower == "it"
        or (
            parse.words[noun].lower in _STANDS
            and any(parse.words[k].lower in _POINTING for k in parse.having(noun, "det", "poss"))
        )
        for noun in parse.having(verb, "dobj")
    )
