"""The share of right holders, by least confidence."""

from __future__ import annotations

from stance.evaluation.holders import holder_curve
from stance.measure.gold import GoldClaim, GoldSpan, GoldText
from stance.measure.predictions import PredictedClaim, PredictedDocument, PredictedText


def gold(holder: str, start: int) -> GoldClaim:
    return GoldClaim(
        holder, None, None, holder, None, (GoldSpan(start, start + 10),),
        False, False, "affirmed", "asserted", "present", ("neutral",),
    )  # fmt: skip


def given(holder: str, start: int, confidence: float) -> PredictedClaim:
    return PredictedClaim(holder, (GoldSpan(start, start + 10),), confidence=confidence)


TEXT = GoldText("a", "0" * 64, "0" * 64, 100, {}, claims=(gold("PER", 0), gold("CHL", 20)))


def curve(*claims: PredictedClaim) -> dict[float, tuple[int, int, int, int]]:
    text = PredictedText(PredictedDocument("a", "0" * 64), (), claims)
    rows = holder_curve([TEXT], {"0" * 64: text})
    return {row.least: (row.right, row.known, row.found, row.gold) for row in rows}


def test_less_sure_claims_are_left_out_step_by_step() -> None:
    rows = curve(given("PER", 0, 1.0), given("BOL", 20, 0.7), given("ECU", 50, 1.0))
    assert rows[0.5] == (1, 2, 1, 2)  # nobody knows of the third
    assert rows[0.7] == (1, 2, 1, 2)
    assert rows[0.8] == (1, 1, 1, 2)


def test_persons_are_no_part_of_it_and_sets_without_claims_give_nothing() -> None:
    assert curve(given("person:Ana Ruiz", 0, 1.0))[0.5] == (0, 0, 0, 2)
    bare = GoldText("a", "0" * 64, "0" * 64, 100, {})
    assert holder_curve([bare], {}) == ()
