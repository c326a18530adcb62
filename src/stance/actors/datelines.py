"""Whose capital a report comes from: "MADRID - Prime Minister Pedro Sanz told parliament …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stance.actors.gazetteer import Hit
from stance.actors.names import touches
from stance.tokens import Token, words

_DASHES = frozenset("-–—:")
_FARTHEST = 14
"""Tokens of a dateline, with country, date and agency: "RABAT, Morocco, May 3 (Reuters) -"."""

_AT_HOME = words("minister president premier chancellor king queen emir sultan")
"""Offices that a report from the own capital names without their state."""


@dataclass(frozen=True, slots=True)
class Lead:
    """The place where a report begins: sentence and token behind the dateline, and whose city."""

    row: int
    at: int
    actor: str

    def begins_with(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether the report opens with this phrase, and it names an office of its state."""
        opening = [token.lower for token in tokens[self.at : first]]
        offices = {token.lower for token in tokens[first : last + 1]}
        return opening in ([], ["the"]) and bool(offices & _AT_HOME)


def lead(rows: Sequence[Sequence[Token]], hits: Sequence[Sequence[Hit]]) -> Lead | None:
    """The lead behind the first dateline with a capital, None where there is none."""
    for number, (row, found) in enumerate(zip(rows, hits, strict=True)):
        if not found or found[0].first or found[0].name.via != "capital":
            continue
        actor = found[0].name.actor.id
        for at in range(found[0].last + 1, min(len(row), _FARTHEST)):
            if row[at].text in _DASHES and not touches(row, at):
                behind = at + 1 < len(row)
                if behind or number + 1 < len(rows):
                    return Lead(*((number, at + 1) if behind else (number + 1, 0)), actor)
            if row[at].text.islower() and row[at].is_word:
                break
    return None
