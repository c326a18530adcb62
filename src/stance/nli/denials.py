"""Recognition that is denied to a side: "does not recognise the breakaway republic".

A model of three classes hears the names and the dispute, and takes this for rejection of the other
side, or for the recognition itself. It is neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from stance.issues import term_pattern

_GAP = (
    r"(?:\W+(?!(?:but|only|just|merely|hesitate|stop|ceased?|regret|sovereignty|claims?|annex\w*"
    r"|occupation|withdr\w+|without)\b)[\w'’-]+){0,6}?\W+"
)
"""A few words of the same clause, none of which turns it round or names another object."""

_NOT = r"(?:not|never|cannot|neither|nor|no|without|refus\w+|declin\w+|den(?:y|ies|ied)|\w+n['’]t)"
_BACK = (
    r"(?:withdr[ae]w\w*|rescind\w*|revok\w+|retract\w*|suspend\w*|cancel\w*|annul\w*|fr[eo]ez\w*"
    r"|froze|sever\w*|br[eo]ak\w*|broke|cut\w*|ended|ending|ends|dropp\w+|revers\w+|abandon\w*)"
)
_VERB = r"recogni[sz](?:e|es|ed|ing)"
_GIVEN = r"(?:recognition|support|backing|endorsement)"
_NOUN = rf"(?:{_GIVEN}|relations|ties|links)"
_DENIED = re.compile(
    rf"\b(?:{_NOT}{_GAP}(?:{_VERB}|{_GIVEN})|non-recognition|"
    rf"(?<!not )(?<!never ){_BACK}{_GAP}{_NOUN})\b",
    re.IGNORECASE,
)
_WHICH = re.compile(
    rf"\W+(?:(?:that|which|whom|is|was|has|been){_GAP})?{_NOT}{_GAP}{_VERB}\b", re.IGNORECASE
)
_DEPLORED = re.compile(
    r"\b(?:deplor|regret|condemn|criticis|criticiz|denounc|protest|lament|decr[iy])", re.IGNORECASE
)


_SHORT_OF = re.compile(r"\b(?:stop\w*|f[ae]ll\w*)\s+(?:\w+\s+)?short\s+of\b", re.IGNORECASE)


def withholds(premise: str) -> bool:
    """Whether somebody only "stops short of" taking a side, and so takes none."""
    return _SHORT_OF.search(premise) is not None


def denies(rivals: tuple[str, ...]) -> Callable[[str], bool]:
    """Tells of a premise whether recognition of one of the `rivals` is denied or taken back in it.

    Who deplores that somebody else has done so does take a side.
    """
    if not rivals:
        return _never
    named = term_pattern(rivals)

    def denied(premise: str) -> bool:
        for rival in named.finditer(premise):
            before = _clause_before(premise, rival.start())
            found = any(
                _close(before[match.end() :]) for match in _DENIED.finditer(before)
            ) or _WHICH.match(premise, rival.end())
            if found and not _DEPLORED.search(before):
                return True
        return False

    return denied


def _never(premise: str) -> bool:
    return False


def _clause_before(premise: str, end: int) -> str:
    return re.split(r"[.;:](?=\s)", premise[:end])[-1]


def _close(between: str) -> bool:
    """Whether what stands between a denied recognition and a name leaves the name its object."""
    return re.fullmatch(rf"{_GAP}", between) is not None
