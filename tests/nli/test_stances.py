"""From probabilities to stances, every number worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from math import log

import pytest

from stance.nli.calibration import Curve, Curves
from stance.nli.stances import TENTATIVE, actor_stances, claim_scores, held
from stance.types import (
    Actor,
    Band,
    Claim,
    Decision,
    Issue,
    Label,
    Mention,
    NliProbs,
    Pair,
    Side,
    Span,
    StanceScore,
)

LABELS = tuple(
    Label(id, id, ("{actor} one.", "{actor} two."), ("{actor} three.", "{actor} four."))
    for id in ("pro", "un")
)
ISSUE = Issue("harbour", "The harbour", LABELS, ("harbour",))
ACTORS = {
    id: Actor(id, name, "state")
    for id, name in {"PER": "Peru", "CHL": "Chile", "KEN": "Kenya", "CHE": "Switzerland"}.items()
}
PERU = Claim("0" * 64, "PER", None, (), Span(5, 9), (Span(5, 20),), (0,))
PERU_TWO = replace(PERU, cue=Span(40, 44), content=(Span(40, 60),), sentences=(1,))
CHILE = replace(PERU, holder="CHL")
UNCALIBRATED: Curves = {}


def pair(claim: Claim, side: Side, wording: int, label: str = "pro") -> Pair:
    return Pair(claim.id, label, side, wording, "premise", "hypothesis", (Span(0, 9),), "second")


def probs(entailment: float, *, truncated: bool = False) -> NliProbs:
    rest = 1.0 - entailment
    return NliProbs(entailment, rest / 4, 3 * rest / 4, truncated)


def one_score(
    claim: Claim,
    supports: tuple[float, ...],
    opposes: tuple[float, ...],
    curves: Curves = UNCALIBRATED,
) -> StanceScore:
    """The score of one claim for one label, from its probabilities of entailment by wording."""
    pairs = [pair(claim, "supports", n) for n in range(len(supports))]
    pairs += [pair(claim, "opposes", n) for n in range(len(opposes))]
    (score,) = claim_scores([claim], pairs, [probs(p) for p in (*supports, *opposes)], curves)
    return score


def test_the_strongest_wording_decides() -> None:
    score = one_score(PERU, (0.2, 0.9), (0.1, 0.05))
    assert (score.raw, score.raw_opposed) == (0.9, 0.1)
    assert (score.score, score.opposed) == (0.9, 0.0)
    assert (score.wording, score.opposed_wording) == (1, 0)


def test_of_two_equal_wordings_the_first_is_named() -> None:
    assert one_score(PERU, (0.4, 0.9, 0.9), (0.1,)).wording == 1


def test_only_entailment_counts_not_contradiction() -> None:
    pairs = [pair(PERU, "supports", 0), pair(PERU, "opposes", 0)]
    (score,) = claim_scores([PERU], pairs, [NliProbs(0.3, 0.0, 0.7), NliProbs(0.1, 0.9, 0.0)])
    assert (score.raw, score.raw_opposed) == (0.3, 0.1)


def test_rejection_that_is_surer_takes_all() -> None:
    score = one_score(PERU, (0.7, 0.1), (0.2, 0.8))
    assert (score.raw, score.raw_opposed) == (0.7, 0.8)
    assert (score.score, score.opposed) == (0.0, 0.8)


def test_of_two_equals_support_stands() -> None:
    score = one_score(PERU, (0.6,), (0.6,))
    assert (score.score, score.opposed) == (0.6, 0.0)


@pytest.mark.parametrize(
    ("change", "supports", "opposes", "expected"),
    [
        ({"polarity": "negated"}, 0.9, 0.2, (0.0, 0.0)),
        ({"polarity": "negated"}, 0.2, 0.9, (0.0, 0.9)),
        ({"modality": "hypothetical"}, 0.9, 0.2, (0.0, 0.0)),
        ({"modality": "hypothetical"}, 0.2, 0.9, (0.0, 0.0)),
        ({"modality": "demanded"}, 0.9, 0.2, (0.0, 0.0)),
        ({"modality": "demanded"}, 0.2, 0.9, (0.0, 0.9)),
        ({"time": "past"}, 0.9, 0.2, (0.9, 0.0)),
        ({"quoted": True}, 0.9, 0.2, (0.9, 0.0)),
    ],
)
def test_what_counts_of_a_claim(
    change: dict[str, str], supports: float, opposes: float, expected: tuple[float, float]
) -> None:
    score = one_score(replace(PERU, **change), (supports,), (opposes,))  # type: ignore[arg-type]
    assert (score.score, score.opposed) == expected
    assert (score.raw, score.raw_opposed) == (supports, opposes)


TRIPLED, SQUARED = Curve(intercept=log(3)), Curve(slope=2.0)
"""What becomes of the odds: 1/2 is 3/4 with the one, 3/4 is 9/10 with the other."""

BOTH_SQUARED: Curves = {("supports", "pro"): SQUARED, ("opposes", "pro"): SQUARED}


@pytest.mark.parametrize(
    ("curves", "supports", "opposes", "expected"),
    [
        ({("supports", "pro"): TRIPLED}, 0.5, 0.6, (3 / 4, 0.0)),  # without: rejected
        ({("opposes", "pro"): TRIPLED}, 0.5, 0.5, (0.0, 3 / 4)),  # without: supported
        (BOTH_SQUARED, 0.75, 0.25, (9 / 10, 0.0)),
        ({("supports", "un"): TRIPLED, ("opposes", "un"): TRIPLED}, 0.5, 0.5, (0.5, 0.0)),
        ({("opposes", "pro"): TRIPLED}, 0.5, 0.0, (0.5, 0.0)),
        # The opposite side counts in the curve of each.
        ({("supports", "pro"): Curve(against=-1.0)}, 0.75, 0.75, (0.0, 0.75)),
        ({("opposes", "pro"): Curve(against=-1.0)}, 0.75, 0.9, (0.75, 0.0)),  # without: rejected
        # The margin lies between probabilities: as raw scores these are a near tie.
        (BOTH_SQUARED, 0.5, 0.54, (0.0, 0.2916 / (0.2916 + 0.2116))),
    ],
)
def test_sides_are_weighed_as_their_curves_read_them(
    curves: Curves, supports: float, opposes: float, expected: tuple[float, float]
) -> None:
    score = one_score(PERU, (supports, 0.1), (opposes,), curves)
    assert (score.score, score.opposed) == pytest.approx(expected)
    assert (score.raw, score.raw_opposed) == (supports, opposes)


def test_a_curve_does_not_bring_back_what_does_not_count() -> None:
    curves: Curves = {("supports", "pro"): TRIPLED, ("opposes", "pro"): TRIPLED}
    negated, doubtful = replace(PERU, polarity="negated"), replace(PERU, modality="hypothetical")
    assert one_score(negated, (0.5,), (0.1,), curves).score == 0.0
    assert one_score(doubtful, (0.1,), (0.5,), curves).opposed == 0.0
    assert one_score(negated, (0.1,), (0.5,), curves).opposed == pytest.approx(3 / 4)


def test_labels_and_claims_are_scored_apart() -> None:
    pairs = [pair(PERU, "supports", 0), pair(PERU, "supports", 0, "un"), pair(CHILE, "opposes", 1)]
    scores = claim_scores([PERU, CHILE], pairs, [probs(0.9), probs(0.8), probs(0.7)])
    assert [(score.claim, score.label) for score in scores] == [
        (PERU.id, "pro"),
        (PERU.id, "un"),
        (CHILE.id, "pro"),
    ]
    assert [(score.score, score.opposed) for score in scores] == [
        (0.9, 0.0),
        (0.8, 0.0),
        (0.0, 0.7),
    ]


def test_one_cut_premise_marks_its_score_alone() -> None:
    pairs = [pair(PERU, "supports", 0), pair(PERU, "supports", 1), pair(CHILE, "supports", 0)]
    scores = claim_scores(
        [PERU, CHILE], pairs, [probs(0.9), probs(0.1, truncated=True), probs(0.5)]
    )
    assert [score.truncated for score in scores] == [True, False]


def test_no_pairs_are_no_scores() -> None:
    assert claim_scores([PERU], [], []) == ()


@pytest.mark.parametrize("count", [0, 2])
def test_every_pair_needs_its_probabilities(count: int) -> None:
    with pytest.raises(ValueError, match="zip"):
        claim_scores([PERU], [pair(PERU, "supports", 0)], [probs(0.5)] * count)


def score(claim: Claim, label: str, held: float, rejected: float) -> StanceScore:
    return StanceScore(claim.id, label, held, rejected, held, rejected, 0, 0)


def mention(actor: str | None, at: int = 0) -> Mention:
    return Mention(Span(at, at + 4), 0, actor, "name")


def test_the_strongest_claim_decides_for_an_actor() -> None:
    scores = [score(PERU, "pro", 0.6, 0.0), score(PERU_TWO, "pro", 0.9, 0.0)]
    (peru,) = actor_stances(ISSUE, [mention("PER")], [PERU, PERU_TWO], scores, ACTORS.__getitem__)
    assert peru.actor.name == "Peru"
    assert peru.scores == {"pro": 0.9, "un": 0.0}
    assert peru.opposes == {"pro": 0.0, "un": 0.0}
    assert peru.claims == (PERU.id, PERU_TWO.id)
    assert peru.evidence == {"pro": PERU_TWO.id}


def test_support_and_rejection_in_different_claims_both_stand() -> None:
    scores = [score(PERU, "pro", 0.6, 0.0), score(PERU_TWO, "pro", 0.0, 0.7)]
    (peru,) = actor_stances(ISSUE, [], [PERU, PERU_TWO], scores, ACTORS.__getitem__)
    assert (peru.scores["pro"], peru.opposes["pro"]) == (0.6, 0.7)
    assert peru.evidence == {"pro": PERU_TWO.id}
    assert peru.mentions == 0


def test_who_is_only_mentioned_has_no_stance() -> None:
    mentions = [mention("KEN"), mention(None, 10), mention("KEN", 20)]
    (kenya,) = actor_stances(ISSUE, mentions, [], [], ACTORS.__getitem__)
    assert (kenya.actor.id, kenya.mentions) == ("KEN", 2)
    assert kenya.scores == kenya.opposes == {"pro": 0.0, "un": 0.0}
    assert kenya.claims == () and kenya.evidence == {}


def test_actors_stand_by_their_highest_score_then_by_name() -> None:
    scores = [score(CHILE, "un", 0.0, 0.9), score(PERU, "pro", 0.4, 0.0)]
    found = actor_stances(
        ISSUE, [mention("KEN"), mention("PER")], [PERU, CHILE], scores, ACTORS.__getitem__
    )
    assert [one.actor.id for one in found] == ["CHL", "PER", "KEN"]
    alone = actor_stances(ISSUE, [mention(id) for id in ACTORS], [], [], ACTORS.__getitem__)
    assert [one.actor.name for one in alone] == ["Chile", "Kenya", "Peru", "Switzerland"]


def test_an_empty_document_has_no_actors() -> None:
    assert actor_stances(ISSUE, [], [], [], ACTORS.__getitem__) == ()


@pytest.mark.parametrize(
    ("supports", "opposes", "kept"), [(0.6, 0.1, True), (0.1, 0.7, True), (0.4, 0.3, False)]
)
def test_a_tentative_claim_stays_only_where_it_takes_a_side(
    supports: float, opposes: float, kept: bool
) -> None:
    tentative = replace(PERU_TWO, tentative=True)
    half = Band.around(0.5 * TENTATIVE, 0.1 * TENTATIVE)
    decision = Decision({"pro": half, "un": half}, {"pro": half, "un": half})
    score = one_score(tentative, (supports,), (opposes,))
    assert held([PERU, tentative], [score], decision) == ((PERU, tentative) if kept else (PERU,))


def test_a_tentative_claim_that_is_only_near_the_threshold_takes_no_side() -> None:
    tentative = replace(PERU_TWO, tentative=True)
    bands = {"pro": Band(0.2 * TENTATIVE, 0.6 * TENTATIVE, 0.9 * TENTATIVE)}
    near, over = one_score(tentative, (0.59,), ()), one_score(tentative, (0.6,), ())
    assert held([tentative], [near], Decision(bands, bands)) == ()
    assert held([tentative], [over], Decision(bands, bands)) == (tentative,)


def test_a_tentative_claim_counts_for_less() -> None:
    score = one_score(replace(PERU, tentative=True), (0.8, 0.1), (0.1,))
    assert score.raw == score.score == pytest.approx(0.8 * TENTATIVE)
    assert one_score(PERU, (0.8, 0.1), (0.1,)).score == pytest.approx(0.8)
