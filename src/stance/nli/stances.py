"""From class probabilities to stances: pure arithmetic, no model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from stance.nli.calibration import Curve, Curves
from stance.types import (
    Actor,
    ActorStance,
    Claim,
    Decision,
    Issue,
    Mention,
    NliProbs,
    Pair,
    StanceScore,
)

REJECTION_MARGIN = 0.05
"""Rejection is rarer than support and shares its words: a near tie is support (see LOG.md)."""

TENTATIVE = 0.3
"""No cue says that anything is held: of such claims fewer are right (chosen on development data,
see LOG.md)."""

_UNCALIBRATED: Curves = {}
_SAME = Curve()


def claim_scores(
    claims: Sequence[Claim],
    pairs: Sequence[Pair],
    probs: Sequence[NliProbs],
    curves: Curves = _UNCALIBRATED,
) -> tuple[StanceScore, ...]:
    """One score for each claim and label that was asked about, in the order of the pairs.

    A claim takes a stance when it entails *any one* of the label's sentences, so the raw score is
    the highest probability of entailment among the wordings of the side `supports` (against the
    rest: neutral and contradiction together), and `raw_opposed` the highest among `opposes`. The
    curve of its side and label turns each into a probability.

    What counts of it:

    * A tentative claim counts `TENTATIVE` of what the model says.
    * A claim that is negated, conditional or says what ought to be is no support: "refused to
      back" never is. A negated claim may be rejection; a conditional one is neither.
    * A claim that is read more surely as rejection than as support, by `REJECTION_MARGIN`, is
      only rejection, else only support: one sentence does not hold both for the same label.
    """
    by_id = {claim.id: claim for claim in claims}
    best: dict[tuple[str, str], dict[str, tuple[float, int]]] = {}
    cut: set[tuple[str, str]] = set()
    for pair, prob in zip(pairs, probs, strict=True):
        key = (pair.claim, pair.label)
        sides = best.setdefault(key, {"supports": (0.0, 0), "opposes": (0.0, 0)})
        if prob.entailment > sides[pair.side][0]:
            sides[pair.side] = (prob.entailment, pair.wording)
        if prob.truncated:
            cut.add(key)
    return tuple(
        _score(
            by_id[claim], label, sides["supports"], sides["opposes"], (claim, label) in cut, curves
        )
        for (claim, label), sides in best.items()
    )


def _score(
    claim: Claim,
    label: str,
    supports: tuple[float, int],
    opposes: tuple[float, int],
    truncated: bool,
    curves: Curves,
) -> StanceScore:
    share = TENTATIVE if claim.tentative else 1.0
    raw, raw_opposed = share * supports[0], share * opposes[0]
    taken = curves.get(("supports", label), _SAME).probability(raw, raw_opposed)
    rejected = curves.get(("opposes", label), _SAME).probability(raw_opposed, raw)
    rejects = rejected > taken + REJECTION_MARGIN
    may_support = claim.polarity == "affirmed" and claim.modality == "asserted"
    return StanceScore(
        claim.id,
        label,
        raw,
        raw_opposed,
        taken if may_support and not rejects else 0.0,
        rejected if claim.modality != "hypothetical" and rejects else 0.0,
        supports[1],
        opposes[1],
        truncated,
    )


def held(
    claims: Sequence[Claim], scores: Sequence[StanceScore], decision: Decision
) -> tuple[Claim, ...]:
    """The claims without the tentative ones that take no side and reject none."""
    siding = {
        score.claim
        for score in scores
        if score.score >= decision.supports[score.label].at
        or score.opposed >= decision.opposes[score.label].at
    }
    return tuple(claim for claim in claims if not claim.tentative or claim.id in siding)


def actor_stances(
    issue: Issue,
    mentions: Sequence[Mention],
    claims: Sequence[Claim],
    scores: Sequence[StanceScore],
    known: Callable[[str], Actor],
) -> tuple[ActorStance, ...]:
    """Join claims into one stance per actor and label.

    The rule, and why:

    * The strongest claim decides (the maximum): one plain statement is enough, and ten vague ones
      do not add up to it.
    * Support and rejection found in *different* claims both stand, and both are shown.
    * A past position counts like a present one; its `time` is kept for the reader.
    * What the author or another actor says of the actor counts like its own words; the claim's
      voice is kept.
    * An actor that is only mentioned has score 0 for every label.

    Sorted by the highest score, then by name.
    """
    by_claim: dict[str, dict[str, StanceScore]] = defaultdict(dict)
    for score in scores:
        by_claim[score.claim][score.label] = score
    counted: dict[str, int] = defaultdict(int)
    for mention in mentions:
        if mention.actor is not None:
            counted[mention.actor] += 1
    held: dict[str, list[Claim]] = {actor: [] for actor in counted}
    for claim in claims:
        held.setdefault(claim.holder, []).append(claim)
    stances = [
        _stance(issue, known(actor), held[actor], by_claim, counted[actor])
        for actor in sorted(held)
    ]
    return tuple(sorted(stances, key=lambda one: (-_peak(one), one.actor.name)))


def _stance(
    issue: Issue,
    actor: Actor,
    claims: Sequence[Claim],
    scores: dict[str, dict[str, StanceScore]],
    mentions: int,
) -> ActorStance:
    held = {label.id: 0.0 for label in issue.labels}
    rejected = dict(held)
    strongest: dict[str, tuple[float, str]] = {}
    for claim in claims:
        for label, score in scores.get(claim.id, {}).items():
            held[label] = max(held[label], score.score)
            rejected[label] = max(rejected[label], score.opposed)
            strength = max(score.score, score.opposed)
            if strength > strongest.get(label, (0.0, ""))[0]:
                strongest[label] = (strength, claim.id)
    return ActorStance(
        actor,
        held,
        rejected,
        tuple(claim.id for claim in claims),
        {label: claim for label, (_, claim) in strongest.items()},
        mentions,
    )


def _peak(stance: ActorStance) -> float:
    return max([*stance.scores.values(), *stance.opposes.values()], default=0.0)
