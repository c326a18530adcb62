"""Whatever the text is: no crash, and every span lies where it should."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stance.quotations import quotations
from stance.tokens import words
from stance.types import Claim

WORDS = words(
    """
    Peru Kenya's Lima said that backs rejects the plan he they it minister Ana Ruiz
    according to no not would if support for its We my country and who
    “ ” " ' ‘ ’ , . ? : ; ( ) [ ] —
    """
)
PROSE = st.lists(st.sampled_from([*sorted(WORDS), "\n\n"]), max_size=40).map(" ".join)
Parsed = Callable[..., tuple[Claim, ...]]


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=st.one_of(PROSE, st.text(max_size=120)), speaker=st.sampled_from([None, "KEN"]))
def test_spans_are_valid(text: str, speaker: str | None, parsed_claims: Parsed) -> None:
    _check(text, parsed_claims(text, speaker))


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + "Peru backs the plan" + ")" * 10_000 + ".",
        "“" * 5_000 + "Peru backs the plan.",
        '"' * 5_001 + "Peru backs the plan.",
        "Peru said that " * 2_000 + "it rains.",
        "Peru, " * 5_000 + "Chile back it.",
        "“Yes,” said Peru. " * 1_000,
        "\ud800 Peru backs \u202e it.",
    ],
    ids=["brackets", "open", "straight", "chain", "list", "quotations", "surrogate"],
)
def test_texts_made_to_break_it(text: str, parsed_claims: Parsed) -> None:
    _check(text, parsed_claims(text))


@given(st.text(alphabet="ab .,\n“”\"'‘’«»„s", max_size=200))
def test_quotations_are_sorted_and_disjoint(text: str) -> None:
    found = quotations(text)
    assert list(found) == sorted(found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(span.end <= len(text) for span in found)


def _check(text: str, claims: tuple[Claim, ...]) -> None:
    for claim in claims:
        spans = [
            *claim.content,
            claim.cue,
            claim.mention,
            *(one.source for one in claim.attribution),
        ]
        assert all(span is None or span.end <= len(text) for span in spans)
        assert list(claim.content) == sorted(claim.content)
        assert list(claim.sentences) == sorted(set(claim.sentences))
        assert 0.0 <= claim.confidence <= 1.0
