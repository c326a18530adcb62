"""Claims as short lines: what the golden tables of this folder compare."""

from __future__ import annotations

from stance.types import Claim


def line(claim: Claim) -> str:
    """Holder and voice, and whatever is not the usual: "PER own negated quoted"."""
    words = [claim.holder, claim.voice]
    for value, usual in (
        (claim.polarity, "affirmed"),
        (claim.modality, "asserted"),
        (claim.time, "present"),
    ):
        if value != usual:
            words.append(value)
    return " ".join([*words, "quoted"] if claim.quoted else words)


def lines(claims: tuple[Claim, ...]) -> list[str]:
    """All claims of a text, in alphabetical order; twice the same counts once."""
    return sorted({line(claim) for claim in claims})
