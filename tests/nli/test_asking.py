"""Which pairs are asked, and which are read a second time."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from stance.nli.asking import Asking, answered
from stance.types import NliProbs, Pair, Span


class Answers:
    """A model that entails as much as the premise says; it remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> list[NliProbs]:
        self.asked += pairs
        shares = [
            float(premise) * (0.5 if "half" in hypothesis else 1) for premise, hypothesis in pairs
        ]
        return [NliProbs(share, (1 - share) / 2, (1 - share) / 2, share == 0.9) for share in shares]


def pair(premise: str, second: str = "0.0", wording: int = 0, hypothesis: str = "all") -> Pair:
    return Pair("c", "peace", "supports", wording, premise, hypothesis, (Span(0, 1),), second)


def test_a_pair_above_the_limit_is_read_again_and_the_mean_counts() -> None:
    nli = Answers()
    first, low = pair("0.8", "0.4"), pair("0.3", "0.9", hypothesis="of all")
    found = dict(answered([first, low], nli, Asking(reread=0.3)))
    assert found[first].entailment == pytest.approx(0.6)
    assert found[first].neutral == pytest.approx(0.2)
    assert found[first].contradiction == pytest.approx(0.2)
    assert found[low].entailment == 0.3  # the limit itself is not above it
    assert nli.asked == [("0.8", "all"), ("0.3", "of all"), ("0.4", "all")]


def test_a_premise_that_was_cut_in_one_reading_counts_as_cut() -> None:
    found = dict(answered([pair("0.8", "0.9")], Answers(), Asking(reread=0.5)))
    assert [probs.truncated for probs in found.values()] == [True]


@pytest.mark.parametrize("asking", [Asking(), Asking(reread=1.0)])
def test_nothing_is_read_again_unless_it_is_wanted(asking: Asking) -> None:
    nli = Answers()
    answered([pair("1.0", "0.5")], nli, asking)
    assert nli.asked == [("1.0", "all")]


@pytest.mark.parametrize(("reread", "others"), [(1.0, 1), (0.1, 0)])
def test_the_other_wordings_follow_from_the_mean(reread: float, others: int) -> None:
    nli = Answers()
    pairs = [pair("0.4", "0.0"), pair("0.4", "0.0", wording=1, hypothesis="half")]
    found = answered(pairs, nli, Asking(hopeless=0.3, reread=reread))
    assert len(found) == 1 + others
    assert [one for one in nli.asked if one[1] == "half"] == [("0.4", "half")] * others


def test_no_pairs_ask_nothing() -> None:
    assert answered([], Answers(), Asking()) == []
