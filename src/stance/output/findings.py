"""What the actors of an analysis hold, one finding each, with the claim that shows it best."""

from __future__ import annotations

from dataclasses import dataclass

from stance.types import ActorStance, Analysis, Claim, Label, Side, StanceScore


@dataclass(frozen=True, slots=True)
class Finding:
    """One actor takes (`supports`) or rejects (`opposes`) one stance.

    `uncertain`: this probability lies in the band of its label. `claim` is None only where the
    analysis names no claim of the actor with a score for the label.
    """

    stance: ActorStance
    label: Label
    side: Side
    probability: float
    uncertain: bool
    claim: Claim | None


def findings_of(analysis: Analysis, stance: ActorStance) -> tuple[Finding, ...]:
    """What one actor takes, then what it rejects, each from the surest; () where it is neutral."""
    decision = analysis.decision
    found = []
    for label in analysis.issue.labels:
        if label.id in decision.labels(stance.scores):
            value = stance.scores[label.id]
            close = decision.uncertain({label.id: value}, {})
            claim = strongest_claim(analysis, stance, label.id, "supports")
            found.append(Finding(stance, label, "supports", value, close, claim))
        if label.id in decision.opposed(stance.opposes):
            value = stance.opposes[label.id]
            close = decision.uncertain({}, {label.id: value})
            claim = strongest_claim(analysis, stance, label.id, "opposes")
            found.append(Finding(stance, label, "opposes", value, close, claim))
    return tuple(sorted(found, key=_surest_first))


def ranked(analysis: Analysis) -> tuple[tuple[ActorStance, tuple[Finding, ...]], ...]:
    """All actors: who takes a stance, who only rejects one, who is neutral; the surest first.

    Equals keep the order of the analysis.
    """
    actors = [(stance, findings_of(analysis, stance)) for stance in analysis.actors]
    return tuple(
        sorted(actors, key=lambda item: _surest_first(item[1][0]) if item[1] else (2, 0.0))
    )


def strongest_claim(
    analysis: Analysis, stance: ActorStance, label: str, side: Side
) -> Claim | None:
    """The claim that gave the actor its score for `label` on this side, or None.

    That is the claim whose own score is nearest to the actor's. The highest need not be it, where
    the joining rule set a claim aside; nor need the analysis's `evidence`, which may show the
    other side of an actor that holds both. Between equals the evidence goes first.
    """

    def distance(score: StanceScore) -> tuple[float, bool]:
        value, target = (
            (score.score, stance.scores.get(label, 0.0))
            if side == "supports"
            else (score.opposed, stance.opposes.get(label, 0.0))
        )
        return abs(value - target), score.claim != stance.evidence.get(label)

    own = set(stance.claims)
    scored = [score for score in analysis.scores if score.label == label and score.claim in own]
    return analysis.claim(min(scored, key=distance).claim) if scored else None


def _surest_first(finding: Finding) -> tuple[int, float]:
    return (0 if finding.side == "supports" else 1, -finding.probability)
