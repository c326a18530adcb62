"""Parties and camps inside a state that no table knows: "Spain's ruling party", "the opposition".

Their stance is not their state's. They are found so that it is given to nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stance.actors.gazetteer import Hit
from stance.actors.names import person_at
from stance.actors.phrases import Phrase
from stance.actors.words import OFFICES, PARTISAN, PARTY_OFFICES, PREPOSITIONS, SIZES
from stance.tokens import Token, words

_CAMPS = words("opposition")
_PARTIES = words("party parties faction factions")
_GROUPS = _PARTIES | words("coalition coalitions alliance bloc camp")
_SIDES = words("ruling governing opposition")
_CAPITAL_GROUPS = words("Party Parties Coalition")
_FOLLOWERS = words(
    """
    Socialists Conservatives Liberals Greens Communists Democrats Republicans Nationalists Islamists
    Centrists
    """
)
_BEGINNINGS = PARTISAN | {"party", "shadow"}
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
        if at not in behind and row[at].lower not in _BEGINNINGS:
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
    if row[at].lower == "party" and _is_of_person(row, at, taken):
        return at
    if owned and row[at].lower == "parties" and (at < 2 or row[at - 2].lower != "and"):
        return at  # "Algerian parties", not "the Moroccan and Algerian parties"
    if row[at].lower == "shadow":
        return _in_shadow(row, at)
    while end < len(row) and end not in taken and row[end].lower in PARTISAN:
        end += 1
    if end in taken:
        return None  # "the opposition NPP"
    if end == len(row):
        return _camp(row, at, end)
    telling = {token.lower for token in row[at:end]} - SIZES
    noun = row[end].lower
    if end > at and (owned or telling) and noun in _PARTIES:
        return end
    if end > at and (owned or telling & _SIDES) and noun in _GROUPS:
        return end
    if owned and row[end].text in _FOLLOWERS:
        return end
    party = _party(row, end, taken) if owned and row[end].is_capitalised else None
    camp = _camp(row, at, end) if party is None else None
    return party if camp is None else _called(row, camp, taken)


def _is_of_person(row: Sequence[Token], at: int, taken: set[int]) -> bool:
    """ "The party of Prime Minister Ana Ruiz", "the president's party", "Ruiz's party"."""
    if at + 1 < len(row) and row[at + 1].lower == "of":
        return True
    if at < 3 or at - 3 in taken or [token.lower for token in row[at - 2 : at]] != ["'", "s"]:
        return False
    return row[at - 3].lower in OFFICES or row[at - 3].is_capitalised


def _in_shadow(row: Sequence[Token], at: int) -> int | None:
    """Where an office of the opposition ends: "shadow secretary", not "shadow of a king"."""
    for end in range(at + 1, min(at + 5, len(row))):
        if row[end].lower in OFFICES or row[end].lower == "cabinet":
            return end
        if row[end].lower in PREPOSITIONS or not row[end].is_word:
            return None
    return None


def _camp(row: Sequence[Token], at: int, end: int) -> int | None:
    """Where "opposition" or "governing coalition" ends before `end`, if that is no deed."""
    for last in range(end - 1, at - 1, -1):
        word = row[last].lower
        if word in _GROUPS and last > at:
            return last
        if word in _CAMPS:
            deed = last + 1 < len(row) and row[last + 1].lower in _NOUN_OF_DEED
            return None if deed else last
    return None


def _party(row: Sequence[Token], at: int, taken: set[int]) -> int | None:
    """Where the name of an unknown party ends: "Norway's | Pensioners' Party"."""
    for end in range(at, min(at + 7, len(row))):
        token = row[end]
        if end in taken or not (
            token.is_capitalised or token.lower in {"'", "s", "and", "of", "for"}
        ):
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
