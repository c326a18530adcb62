"""How often what is said is given to the right holder, by least confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stance.measure.align import OVERLAP, match, overlap
from stance.measure.gold import GoldText
from stance.measure.intervals import wilson
from stance.measure.predictions import PredictedText, claims_of

STEPS = (0.5, 0.6, 0.7, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class HolderRow:
    """The claims of at least one confidence.

    `right` of `known` predicted claims have a holder that the gold gives the same content (claims
    whose content is in no gold claim are not counted); `low` and `high` bound that share (Wilson,
    95 %). `found` of `gold` claims are found with their holder.
    """

    least: float
    right: int
    known: int
    low: float
    high: float
    found: int
    gold: int


def holder_curve(
    gold: Sequence[GoldText], predictions: Mapping[str, PredictedText]
) -> tuple[HolderRow, ...]:
    """One row for each step of confidence; empty where the gold has no claims."""
    labelled = [text for text in gold if text.claims is not None]
    return tuple(_row(labelled, predictions, least) for least in STEPS) if labelled else ()


def _row(
    gold: Sequence[GoldText], predictions: Mapping[str, PredictedText], least: float
) -> HolderRow:
    right = known = found = total = 0
    for text in gold:
        wanted = text.claims or ()
        given = [one for one in claims_of(text, predictions) if one.confidence >= least]
        total += len(wanted)
        found += len(match(wanted, given, with_holder=True))
        for claim in given:
            holders = {
                one.holder for one in wanted if overlap(one.content, claim.content) >= OVERLAP
            }
            known += bool(holders)
            right += claim.holder in holders
    low, high = wilson(right, known)
    return HolderRow(least, right, known, low, high, found, total)
