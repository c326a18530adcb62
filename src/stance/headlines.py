"""Lines in Title Case or CAPITALS: which of their words are names, and which only look like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stance.tokens import Token, tokenise, words
from stance.types import Document, Sentence

_SMALL = words(
    """
    a an and as at by for from in into is of off on onto or over out per than that the this to up
    via vs with within without after against amid before behind between but nor not no so yet its
    his her their our be are was were it under upon about among around through toward towards
    de del della da dos du di el la le al ben bin ibn van von der den ould
    """
)
"""Words that headlines leave in lower case."""

_CIVIL = words("Mr Mrs Ms Dr Sir Lord Sheikh")
_OFFICES = words(
    """
    King Queen Prince Princess Pope Emir Sultan President Minister Secretary Ambassador Envoy
    Premier Chancellor General Senator
    """
)
_VERBAL = ("s", "ing")
"""Endings of the verb that headlines put behind an office: "Minister Reaffirms"."""

_FEWEST, _MOST = 3, 40
"""Words with a capital that a headline has at least, and tokens that it has at most."""


def eased(document: Document, sentences: Sequence[Sentence]) -> dict[int, dict[int, str]]:
    """For each headline, by its index, the words that prose would write otherwise, by their start.

    "GCC Reiterates Support for Blinken Plan": all but "GCC" and "Blinken" in lower case. A word
    keeps its capital where the body has it as a name only, or where it stands behind a title.
    """
    rows = {one.index: tokenise(document.text, one) for one in sentences}
    heads = {index for index, row in rows.items() if _is_headline(row)}
    if not heads:
        return {}
    names = _names(row for index, row in rows.items() if index not in heads)
    return {index: dict(_easing(rows[index], names)) for index in sorted(heads)}


def as_prose(row: Sequence[Token], easing: dict[int, str]) -> list[Token]:
    """The tokens of a headline as prose would write them."""
    return [Token(easing.get(one.start, one.text), one.start, one.end) for one in row]


def _is_headline(row: Sequence[Token]) -> bool:
    if not row or len(row) > _MOST or row[-1].text in (".", ";", ","):
        return False
    big = [
        token
        for at, token in enumerate(row)
        if token.text[0].isalpha() and token.lower not in _SMALL and not _is_joined(row, at)
    ]
    return len(big) >= _FEWEST and all(token.is_capitalised for token in big)


def _is_joined(row: Sequence[Token], at: int) -> bool:
    """Whether a word is the second half of one: "Algeria-backed", "Spain's"."""
    before = row[at - 1] if at else None
    return before is not None and before.end == row[at].start and before.lower in ("-", "'", ".")


def _names(rows: Iterable[Sequence[Token]]) -> frozenset[str]:
    """The words that the body writes with a capital, and never without."""
    written = {token.text for row in rows for token in row}
    return frozenset(text for text in written if text[0].isupper() and text.lower() not in written)


def _easing(row: Sequence[Token], names: frozenset[str]) -> Iterable[tuple[int, str]]:
    """The words of a headline to be written otherwise: start and text."""
    shouted = all(token.text.isupper() for token in row if token.text[0].isalpha())
    for at, token in enumerate(row):
        text = token.text.capitalize() if shouted else token.text
        contracted = [one.lower for one in row[at + 1 : at + 3]] == ["'", "t"]
        if not token.is_capitalised or contracted or _is_joined(row, at):
            continue
        acronym = token.text.isupper() and (not shouted or len(token.text) < 4)
        if acronym:
            continue
        titled = text in _CIVIL | _OFFICES or _behind_title(row, at, text)
        if not titled and text not in names:
            yield token.start, text.lower()
        elif shouted:
            yield token.start, text


def _behind_title(row: Sequence[Token], at: int, text: str) -> bool:
    """Whether a word is a name by the title before it: "Mr Karl Horn", "King Felipe"."""
    before = [token.text.capitalize() for token in row[:at] if token.text != "."][-2:]
    if _CIVIL & set(before):
        return True
    return bool(_OFFICES & set(before[-1:])) and not (
        text in _OFFICES or text.lower() in _SMALL or text.endswith(_VERBAL)
    )
