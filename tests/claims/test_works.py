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


@pytest.mark.parametrize(
    ("text", "owner", "backer"),
    [
        ("Lima has won the support of Chile for its peace plan.", "PER", "CHL"),
        ("Peru thanked its neighbours after Chile endorsed its peace plan.", "PER", "CHL"),
        ("Peru has gained the backing of Togo and Chile for its peace plan.", "PER", "CHL"),
        ("Peru is winning friends. Togo and Chile back its peace plan.", "PER", "CHL"),
    ],
)
def test_whose_side_is_taken_is_not_who_takes_it(
    text: str, owner: str, backer: str, parsed_claims: Parsed
) -> None:
    found = _found(text, parsed_claims)
    assert (owner, "plan", "peace plan") in found
    assert (backer, "plan", "peace plan") not in found


def test_who_defends_its_plan_may_be_its_owner(parsed_claims: Parsed) -> None:
    text = "Chile said that Peru had defended its peace plan."
    assert ("PER", "plan", "peace plan") in _found(text, parsed_claims)


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
