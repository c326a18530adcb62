"""Who is at home in a capital that opens a sentence: "In Madrid, the foreign ministry said …"."""

from __future__ import annotations

from collections.abc import Sequence

from stance.actors.gazetteer import Hit
from stance.actors.words import MODIFIERS
from stance.tokens import Token, words

_BODIES = words("ministry government presidency parliament cabinet palace authorities")
_OFFICES = words("minister premier president king")
_TELLING = words("foreign prime interior justice defence defense of")
"""Words with which an office is that of the place: "the minister" alone may be a visitor."""

_FIELDS = words("foreign affairs state royal presidential interior justice defence defense prime")
_ASIDES = words("meanwhile however too also though")
_VISITING = words(
    "met meets meeting visit visiting arrived counterpart host hosts guest talks opposite"
)
"""Words by which the office may be a guest's: "In Rabat, the foreign minister met his host"."""

_CHARGES = _FIELDS | words("of for in charge and the abroad cooperation")
"""Words of what an office is for: "minister of state in charge of foreign affairs"."""

_SPEAKING = words("spokesman spokeswoman spokesperson official officials")


def resident(
    tokens: Sequence[Token], hit: Hit, hits: Sequence[Hit], taken: set[int]
) -> tuple[int, int, str] | None:
    """First and last token of the office or body of a capital's state, and its noun.

    The capital opens the sentence behind "in", and the office is the next thing named. A body is at
    home there; an office is only where nothing tells of a visit.
    """
    if hit.first != 1 or tokens[0].lower not in ("in", "from"):
        return None
    at = hit.last + 1
    while at < len(tokens) and (tokens[at].text == "," or tokens[at].lower in _ASIDES):
        at += 1
    if [token.lower for token in tokens[at : at + 4]] == ["for", "its", "part", ","]:
        at += 4
    if at >= len(tokens) or tokens[at].lower not in ("the", "a"):
        return None
    at += 1
    first = at  # without its article: with it a description would go back to another's
    while at < len(tokens) and at not in taken and tokens[at].lower in _FIELDS | MODIFIERS:
        at += 1
    if at >= len(tokens) or at in taken or not tokens[at].text.islower():
        return None
    noun = tokens[at].lower
    if noun in _BODIES:
        behind = tokens[at + 1].lower if at + 1 < len(tokens) else ""
        return (first, at + 1, behind) if behind in _SPEAKING else (first, at, noun)
    told = {token.lower for token in tokens[first : at + 2]}
    alone = sum(other.name.actor.id == hit.name.actor.id for other in hits) == 1
    guest = {token.lower for token in tokens[at + 1 :]} & _VISITING
    if noun in _OFFICES and told & _TELLING and alone and not guest:
        while at + 1 < len(tokens) and at + 1 not in taken and tokens[at + 1].lower in _CHARGES:
            at += 1
        return first, at, noun
    return None
