"""Sides taken in a relative clause, as one of a group, or by what a noun goes to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.types import OPEN, Claim

Parsed = Callable[..., tuple[Claim, ...]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # relative clauses
        ("The plan, to which Chad objects, was tabled.", ("TCD", "objects", "The plan")),
        ("It was a plan Chad objects to.", ("TCD", "objects", "a plan")),
        ("They praised a process behind which Chad stands.", ("TCD", "stands", "a process")),
        ("They met the envoy, in whom Chile has full confidence.",
         ("CHL", "has full confidence", "the envoy")),
        ("They discussed the plan, which Chad calls credible.",
         ("TCD", "calls", "the plan credible")),
        ("They discussed the plan, which Chad regards as credible.",
         ("TCD", "regards", "the plan as credible")),
        ("Peru praised the envoy, whose efforts to find a solution Chile supports.",
         ("CHL", "supports", "the envoy")),
        ("Peru, whose government supports the plan, spoke.", ("PER", "supports", "the plan")),
        # members of a group
        ("Chile belongs to the group of states that support the plan.",
         ("CHL", "support", "the plan")),
        ("Chile figures on the list of countries that have recognised it.",
         ("CHL", "have recognised", "it")),
        ("Chile is part of a bloc that rejects the plan.", ("CHL", "rejects", "the plan")),
        ("Chile and Peru are among the states that already have representations there.",
         ("CHL", "already have", "representations there")),
        ("Chile runs a consulate in Dakhla.", ("CHL", "runs", "a consulate in Dakhla")),
        # what a noun goes to
        ("Norway's loyalty is to the process.", ("NOR", "loyalty", "to the process")),
        ("Peru's support goes to the envoy.", ("PER", "support", "to the envoy")),
        ("Peru's preference is for the plan.", ("PER", "preference", "for the plan")),
        ("Peru's position is that the plan is sound.",
         ("PER", "position", "that the plan is sound")),
        ("Peru's confidence in the envoy is intact.", ("PER", "confidence", "in the envoy")),
        ("Peru has faith in the envoy.", ("PER", "has faith", "in the envoy")),
        ("Peru remains faithful to the plan.", ("PER", "remains faithful", "to the plan")),
    ],
)  # fmt: skip
def test_who_takes_it(text: str, expected: tuple[str, str, str], parsed_claims: Parsed) -> None:
    found = {
        (claim.holder, claim.cue.of(text), " ".join(span.of(text) for span in claim.content))
        for claim in parsed_claims(text)
        if claim.cue
    }
    assert expected in found


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Chile is not among the states that support the plan.", "CHL"),
        ("The man whose house Chad bought left.", "TCD"),
        ("Peru's claim is before the court.", "PER"),
        ("There is faith in Chad.", "TCD"),
        ("Peru has faith.", "PER"),
    ],
)
def test_who_does_not(text: str, holder: str, parsed_claims: Parsed) -> None:
    assert not [
        claim for claim in parsed_claims(text) if claim.cue and claim.holder == holder != OPEN
    ]
