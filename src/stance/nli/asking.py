"""Pairs → answers, the first wording of each side before the others."""

from __future__ import annotations

from collections.abc import Sequence

from stance.steps import NliModel
from stance.types import NliProbs, Pair, Side


def answered(pairs: Sequence[Pair], nli: NliModel, hopeless: float) -> list[tuple[Pair, NliProbs]]:
    """The pairs that were asked, with their answers: those of the first wordings come first.

    A side's first wording is its plainest and most general. Where it scores below `hopeless` for
    all premises of a claim, the other wordings of that side are not asked about the claim.
    """
    found = _ask([pair for pair in pairs if pair.wording == 0], nli)
    best: dict[tuple[str, str, Side], float] = {}
    for pair, probs in found:
        side = (pair.claim, pair.label, pair.side)
        best[side] = max(best.get(side, 0.0), probs.entailment)
    rest = [
        pair
        for pair in pairs
        if pair.wording > 0 and best.get((pair.claim, pair.label, pair.side), 0.0) >= hopeless
    ]
    return found + _ask(rest, nli)


def _ask(pairs: Sequence[Pair], nli: NliModel) -> list[tuple[Pair, NliProbs]]:
    answers = nli([(pair.premise, pair.hypothesis) for pair in pairs])
    return list(zip(pairs, answers, strict=True))
