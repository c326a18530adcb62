"""The tokens of a person's name, and of the long portfolio that may stand before one."""

from __future__ import annotations

from collections.abc import Sequence

from stance.actors.words import INSTITUTIONS, OFFICES, PARTICLES, TITLES
from stance.person_names import NOT_NAMES
from stance.tokens import Token

_HEADS = OFFICES | INSTITUTIONS
_JOINING = frozenset(["and", "of", "for", "the", "in", "charge", "with", "-"])
_OF_MINISTERS = frozenset(["minister", "state", "secretary"])
_COMPOUNDING = frozenset(["led", "era", "style", "like", "run"])
_LONGEST = 25
"""Tokens of a portfolio: "Minister of Foreign Affairs, African Cooperation and …, Ana Ruiz"."""


def person_at(tokens: Sequence[Token], at: int, taken: set[int]) -> tuple[int, int] | None:
    """A person's name that begins at token `at` (titles skipped): first and last token, or None."""
    while at < len(tokens) and tokens[at].text in TITLES:
        at += 2 if at + 1 < len(tokens) and tokens[at + 1].text == "." else 1
    last = at - 1
    for index in range(at, min(at + 8, len(tokens))):
        token = tokens[index]
        joined = token.text in "-.'’" and index > at and touches(tokens, index)
        name = token.is_capitalised and token.text not in TITLES
        particle = index > at - 1 and token.lower in PARTICLES and _next_capital(tokens, index)
        second = index > at + 2 and _is_second_half(tokens, index)
        if index in taken or not (joined or name or particle or second):
            break
        if second or (name and token.lower not in _HEADS):
            last = index
        elif name:
            break
    if last < at or any(_is_no_name(token) for token in tokens[at : last + 1]):
        return None
    return at, last


def _is_second_half(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word ends a given name: "Ki-moon", "Jae-in", not "Karl Horn-led"."""
    text, first = tokens[index].text, tokens[index - 2].text
    return (
        tokens[index - 1].text == "-"
        and touches(tokens, index - 1)
        and len(first) < 5
        and text.islower()
        and text not in _COMPOUNDING
        and not text.endswith("ed")
    )


def listed_person(tokens: Sequence[Token], at: int, taken: set[int]) -> tuple[int, int] | None:
    """The person at the end of a portfolio with commas, which goes on at token `at`.

    "(Minister of Foreign Affairs), African Cooperation and Moroccan Expatriates, Ana Ruiz"
    """
    for index in range(at, min(at + _LONGEST, len(tokens) - 1)):
        token = tokens[index]
        if token.text == ",":
            found = person_at(tokens, index + 1, taken)
            if found is not None and found[1] > found[0]:
                return found
            continue
        goes_on = token.is_capitalised or token.lower in _JOINING
        if token.lower in _HEADS - _OF_MINISTERS or not goes_on:
            break
    return None


def text_of(tokens: Sequence[Token], first: int, last: int) -> str:
    """The name as written, one space where there was any."""
    parts = [tokens[first].text]
    for index in range(first + 1, last + 1):
        gap = "" if tokens[index].start == tokens[index - 1].end else " "
        parts.append(gap + tokens[index].text)
    return "".join(parts)


def touches(tokens: Sequence[Token], index: int) -> bool:
    """Whether a mark stands between two words without space."""
    return (
        0 < index < len(tokens) - 1
        and tokens[index - 1].end == tokens[index].start
        and tokens[index].end == tokens[index + 1].start
    ) or tokens[index].text == "."


def _is_no_name(token: Token) -> bool:
    """Whether a word cannot be part of a person's name: "Commission", "FAR"."""
    short_capitals = 2 < len(token.text) < 5 and token.text.isupper()
    numeral = set(token.text) <= set("IVX")
    return token.text in NOT_NAMES or (short_capitals and not numeral)


def _next_capital(tokens: Sequence[Token], index: int) -> bool:
    following = tokens[index + 1 : index + 3]
    return any(token.is_capitalised for token in following)
