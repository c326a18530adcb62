"""Persons presented by an office in small letters: "foreign minister Ana Ruiz"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stance.actors.names import person_at
from stance.actors.words import INSTITUTIONS, MODIFIERS, OFFICES
from stance.tokens import Token, words

_PLURAL = words("ministers presidents officials ambassadors leaders representatives diplomats")
_FIELDS = words(
    """
    agriculture energy environment climate health economy finance trade fisheries tourism water
    transport education culture press government presidential parliamentary opposition party
    technology industry information security labour labor human rights development planning policy
    affairs relations international
    """
)
_BEFORE = (MODIFIERS | INSTITUTIONS | _FIELDS) - OFFICES
_ONE = OFFICES - _PLURAL
"""Offices of one person."""


@dataclass(frozen=True, slots=True)
class Presented:
    """Tokens `first` to `last`: the office, and the name from `name` on."""

    first: int
    name: int
    last: int


def presented_at(tokens: Sequence[Token], at: int, taken: set[int]) -> Presented | None:
    """The person whose office begins at token `at`, where a name of two words or more follows."""
    office = at
    while office < len(tokens) and office not in taken and tokens[office].lower in _BEFORE:
        office += 1
    if office >= len(tokens) or office in taken:
        return None
    noun = tokens[office]
    if noun.lower not in _ONE or not noun.text.islower():
        return None
    name = office + 1
    if name < len(tokens) and tokens[name].text == ",":
        name += 1
    found = person_at(tokens, name, taken) if name < len(tokens) else None
    if found is None or found[0] != name or found[1] == found[0] or not tokens[name].is_capitalised:
        return None
    return Presented(at, name, found[1])
