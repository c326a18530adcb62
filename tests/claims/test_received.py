"""What is supported where a verb receives the support: "has won the backing of"."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.types import Claim

Parsed = Callable[..., tuple[Claim, ...]]


@pytest.mark.parametrize(
    ("text", "content", "holders"),
    [
        ("The plan has won the support of Chile.", "The plan", {"CHL"}),
        ("The plan has drawn support from Chile and Togo.", "The plan", {"CHL", "TGO"}),
        ("Peru has received strong backing from Chile for the plan.", "for the plan", {"CHL"}),
        ("Peru has received backing from Santiago for the plan.", "for the plan", {"CHL"}),
        (
            "Peru has gained the backing of Chile and Togo for its plan.",
            "for its plan",
            {"CHL", "TGO"},
        ),
        ("The plan, which enjoys the support of Chile, is new.", "The plan", {"CHL"}),
        (
            "The plan for the lake, which has won the support of Chile, is new.",
            "The plan for the lake",
            {"CHL"},
        ),
    ],
)
def test_content_and_holders(
    text: str, content: str, holders: set[str], parsed_claims: Parsed
) -> None:
    found = {
        claim.holder
        for claim in parsed_claims(text)
        if claim.cue and [span.of(text) for span in claim.content] == [content]
    }
    assert found == holders


def test_a_capital_that_somebody_comes_from_gives_nothing(parsed_claims: Parsed) -> None:
    assert not parsed_claims("The envoy gained time on his way from Santiago for the talks.")


@pytest.mark.parametrize(
    "text",
    [
        "Peru thanked Chile for its firm support for the plan.",
        "Peru blamed Chile for its support for the plan.",
    ],
)
def test_who_is_thanked_or_blamed_for_it_gives_it(text: str, parsed_claims: Parsed) -> None:
    found = {claim.holder for claim in parsed_claims(text) if _supports(claim, text)}
    assert found == {"CHL"}


def test_who_does_something_gives_its_own(parsed_claims: Parsed) -> None:
    text = "Peru left the talks for its support for the plan."
    assert {claim.holder for claim in parsed_claims(text) if _supports(claim, text)} == {"PER"}


def _supports(claim: Claim, text: str) -> bool:
    return claim.cue is not None and claim.cue.of(text) == "support"
