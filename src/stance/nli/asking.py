"""Pairs → answers: which wordings are asked, and which answers are worth a second reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from stance.steps import NliModel
from stance.types import NliProbs, Pair, Side


@dataclass(frozen=True, slots=True)
class Asking:
    """How a model is asked; both are probabilities of entailment.

    Where a side's first wording, its plainest and most general, scores below `hopeless` for all
    premises of a claim, the other wordings of that side are not asked about the claim. A pair that
    scores above `reread` is read again with its `Pair.second` premise, and the mean of both
    answers counts: a model that is small is swayed by what a premise is called. At 1 it never is.
    """

    hopeless: float = 0.0
    reread: float = 1.0


ONCE = Asking()
"""Every wording, each pair once."""


def answered(pairs: Sequence[Pair], nli: NliModel, asking: Asking) -> list[tuple[Pair, NliProbs]]:
    """The pairs that were asked, with their answers: those of the first wordings come first."""
    found = _ask([pair for pair in pairs if pair.wording == 0], nli, asking)
    best: dict[tuple[str, str, Side], float] = {}
    for pair, probs in found:
        side = (pair.claim, pair.label, pair.side)
        best[side] = max(best.get(side, 0.0), probs.entailment)
    rest = [
        pair
        for pair in pairs
        if pair.wording > 0
        and best.get((pair.claim, pair.label, pair.side), 0.0) >= asking.hopeless
    ]
    return found + _ask(rest, nli, asking)


def _ask(pairs: Sequence[Pair], nli: NliModel, asking: Asking) -> list[tuple[Pair, NliProbs]]:
    answers = list(nli([(pair.premise, pair.hypothesis) for pair in pairs]))
    again = [at for at, probs in enumerate(answers) if probs.entailment > asking.reread]
    second = nli([(pairs[at].second, pairs[at].hypothesis) for at in again])
    for at, two in zip(again, second, strict=True):
        answers[at] = _mean(answers[at], two)
    return list(zip(pairs, answers, strict=True))


def _mean(one: NliProbs, two: NliProbs) -> NliProbs:
    return replace(
        one,
        entailment=(one.entailment + two.entailment) / 2,
        neutral=(one.neutral + two.neutral) / 2,
        contradiction=(one.contradiction + two.contradiction) / 2,
        truncated=one.truncated or two.truncated,
    )
