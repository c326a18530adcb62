"""Parties and camps inside a state that no table knows: "Spain's ruling party", "the opposition".

Their stance is not their state's. They are found so that it is given to nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stance.actors.gazetteer import Hit
from stance.actors.names import person_at
from stance.actors.phrases import Phrase
from stance.actors.words import OFFICES, PARTISAN, PARTY_OFFICES, SIZES
from stance.tokens import Token, words

_CAMPS = words("opposition")
_GROUPS = words("party parties coalition coalitions alliance bloc camp faction factions")
_CAPITAL_GROUPS = words("Party Parties Coalition")
_FOLLOWERS = words(
    """
    Socialists Conservatives Liberals Greens Communists Democrats Republicans Nationalists Islamists
    Labour Labor Christian-Democrats Centrists
    """
)
_SPEAKING = OFFICES | PARTY_OFFICES
_JOINING = words("and of for the")
_NOUN_OF_DEED = words("to from against among between towards toward by")
"""Words behind "opposition" where it is what somebody does: "Algeria's opposition to the plan"."""


@dataclass(frozen=True, slots=True)
class Group:
    """Tokens `first` to `last`; `person` where the name of a person stands behind."""

    first: int
    last: int
    person: bool


def groups(row: Sequence[Token], hits: Sequence[Hit]) -> list[Group]:
    """The groups of a sentence that bear no name of the tables."""
    taken = {at for hit in hits for at in range(hit.first, hit.last + 1)}
    behind = {_after(row, hit) for hit in hits if hit.name.actor.kind == "state"}
    found: list[Group] = []
    for at in range(len(row)):
        if at in taken or (found and at <= found[-1].last):
            continue
        last = _end(row, at, taken, owned=at in behind)
        if last is not None:
            last, person = _with_office(row, last, taken)
            found.append(Group(at, last, person))
    return found


def as_phrases(found: Sequence[Group]) -> list[Phrase]:
    """The mentions that the groups are; a person who is named says it in person."""
    return [
        Phrase(one.first, one.last, None, "description", None, True)
        for one in found
        if not one.person
    ]


def _after(row: Sequence[Token], hit: Hit) -> int:
    """The token behind a name and its possessive."""
    at = hit.last + 1
    if at < len(row) and row[at].lower == "'":
        at += 2 if at + 1 < len(row) and row[at + 1].lower == "s" else 1
    return at


def _end(row: Sequence[Token], at: int, taken: set[int], *, owned: bool) -> int | None:
    """Where the group that begins at a token ends. `owned`: a state stands in front of it."""
    end = at
    if row[at].lower == "party" and at + 1 < len(row) and row[at + 1].lower == "of":
        return at  # "the party of Prime Minister Ana Ruiz"
    if row[at].lower == "shadow":
        return next((k for k in range(at + 1, min(at + 5, len(row))) if _in_shadow(row[k])), None)
    while end < len(row) and end not in taken and row[end].lower in PARTISAN:
        end += 1
    if end >= len(row) or end in taken:
        return end - 1 if _is_camp(row, end - 1, at) else None
    told = owned or any(token.lower not in SIZES for token in row[at:end])
    if end > at and told and row[end].lower in _GROUPS:
        return end
    if owned and row[end].text in _FOLLOWERS:
        return end
    party = _party(row, end, taken) if owned and row[end].is_capitalised else None
    if party is not None or not _is_camp(row, end - 1, at):
        return party
    return _called(row, end - 1, taken)


def _in_shadow(token: Token) -> bool:
    """An office or cabinet of the opposition: "the shadow foreign secretary"."""
    return token.lower in OFFICES or token.lower == "cabinet"


def _is_camp(row: Sequence[Token], last: int, at: int) -> bool:
    """Whether the words end in "opposition", and it is no deed, or in "governing coalition"."""
    if last > at and row[last].lower in _GROUPS:
        return True
    if last < at or row[last].lower not in _CAMPS:
        return False
    return last + 1 >= len(row) or row[last + 1].lower not in _NOUN_OF_DEED


def _party(row: Sequence[Token], at: int, taken: set[int]) -> int | None:
    """Where the name of an unknown party ends: "Norway's | Pensioners' Party"."""
    for end in range(at, min(at + 7, len(row))):
        token = row[end]
        if end in taken or not (token.is_capitalised or token.lower in {"'", "s", "and", "of", "for"}):
            return None
        if token.text in _CAPITAL_GROUPS and end > at:
            return end
    return None


def _called(row: Sequence[Token], last: int, taken: set[int]) -> int:
    """Where the name of a camp ends: "the opposition | Rally for Progress"."""
    end = last
    for at in range(last + 1, min(last + 9, len(row))):
        if at in taken or not (row[at].is_capitalised or row[at].lower in _JOINING):
            break
        if row[at].lower in _SPEAKING:
            return last
        if row[at].is_capitalised:
            end = at
    return end


def _with_office(row: Sequence[Token], last: int, taken: set[int]) -> tuple[int, bool]:
    """Take in "leader" or "lawmakers" behind a group, and say whether a name follows."""
    end = last
    while end + 1 < len(row) and end + 1 not in taken and row[end + 1].lower in _SPEAKING:
        end += 1
    if end == last:
        return last, False
    name = end + 2 if end + 1 < len(row) and row[end + 1].text == "," else end + 1
    person = person_at(row, name, taken) if name < len(row) else None
    return end, person is not None and person[1] > person[0]
