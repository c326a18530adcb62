"""What an article names as another's own plan is a claim of that other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.types import Claim

Parsed = Callable[..., tuple[Claim, ...]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chile backs Peru's peace initiative.", ("PER", "initiative", "peace initiative")),
        ("Chile backs the Peruvian peace initiative.", ("PER", "initiative", "peace initiative")),
        ("Chile rejects the plan put forward by Peru.", ("PER", "plan", "plan")),
        ("Chile hailed Peru's proposal for talks.", ("PER", "proposal", "proposal for talks")),
    ],
)
def test_whose_plan_it_is(text: str, expected: tuple[str, str, str], parsed_claims: Parsed) -> None:
    assert expected in _found(text, parsed_claims)


@pytest.mark.parametrize(
    "text",
    [
        "Chile would welcome such an initiative by Peru.",
        "Chile backs the United Nations plan.",
        "There is no plan by Peru.",
    ],
)
def test_no_plan_of_a_state(text: str, parsed_claims: Parsed) -> None:
    assert not [one for one in _found(text, parsed_claims) if one[1] in ("plan", "initiative")]


def test_who_says_so_attributes_it(parsed_claims: Parsed) -> None:
    text = "Chile backs Peru's initiative for peace."
    claim = next(one for one in parsed_claims(text) if one.holder == "PER")
    assert claim.attribution == ()


def _found(text: str, parsed_claims: Parsed) -> set[tuple[str, str, str]]:
    return {
        (claim.holder, claim.cue.of(text), " ".join(span.of(text) for span in claim.content))
        for claim in parsed_claims(text)
        if claim.cue
    }
