"""Claims are matched one to one, by the characters that they share."""

from __future__ import annotations

import pytest

from stance.measure.align import match, overlap
from stance.measure.gold import GoldSpan
from stance.measure.predictions import PredictedClaim


def claim(holder: str, *spans: tuple[int, int]) -> PredictedClaim:
    return PredictedClaim(holder, tuple(GoldSpan(*span) for span in spans))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([(0, 10)], [(0, 10)], 1.0),
        ([(0, 10)], [(5, 15)], 0.5),
        ([(0, 5), (10, 15)], [(0, 15)], 0.8),
        ([(0, 10)], [(10, 20)], 0.0),
    ],
)
def test_overlap(one: list[tuple[int, int]], other: list[tuple[int, int]], expected: float) -> None:
    spans = [tuple(GoldSpan(*span) for span in spans) for spans in (one, other)]
    assert overlap(*spans) == pytest.approx(expected)


def test_each_claim_is_matched_once() -> None:
    gold = [claim("PER", (0, 10)), claim("PER", (0, 12))]
    assert match(gold, [claim("PER", (0, 11))], with_holder=True) in ([(0, 0)], [(1, 0)])
    assert match(gold, [claim("PER", (0, 12)), claim("PER", (0, 10))], with_holder=True) == [
        (0, 1),
        (1, 0),
    ]


def test_the_holder_counts_where_it_is_asked_for() -> None:
    gold, predicted = [claim("PER", (0, 10))], [claim("CHL", (0, 10))]
    assert match(gold, predicted, with_holder=False) == [(0, 0)]
    assert match(gold, predicted, with_holder=True) == []


def test_too_little_in_common_is_no_match() -> None:
    assert match([claim("PER", (0, 10))], [claim("PER", (6, 16))], with_holder=True) == []
    assert match([], [claim("PER", (6, 16))], with_holder=True) == []
