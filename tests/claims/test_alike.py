"""Who takes part in another's position, in the many words that English has for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.types import OPEN, Claim

Parsed = Callable[..., tuple[Claim, ...]]


def held_by(claims: tuple[Claim, ...], text: str, actor: str) -> set[str]:
    """What an actor holds by a cue."""
    return {
        " ".join(span.of(text) for span in claim.content)
        for claim in claims
        if claim.cue and claim.holder == actor != OPEN
    }


@pytest.mark.parametrize(
    "pointing",
    [
        "Chile associated itself with that statement.",
        "The delegate of Chile associated himself with both speakers.",
        "Chile aligned itself with those remarks and thanked the chair.",
        "Chile concurred, adding that time was short.",
        "Chile said much the same, with a word of thanks to the chair.",
        "Chile echoed that view.",
        "Chile was of the same mind.",
        "Chile agreed with the previous speaker.",
        "Chile shared that assessment.",
        "Chile struck a similar note.",
        "Chile subscribed to that analysis.",
        "The Chilean ambassador endorsed those remarks.",
    ],
)
def test_who_joins_what_was_said(pointing: str, parsed_claims: Parsed) -> None:
    text = f"Peru said the plan was sound. {pointing}"
    assert "said the plan was sound" in held_by(parsed_claims(text), text, "CHL")


@pytest.mark.parametrize(
    "pointing",
    [
        "Chile did not associate itself with that statement.",
        "Chile associated itself with the statement of Togo.",
        "Chile agreed with that part of it.",
        "Chile said the same of the treaty.",
        "Chile said so.",
        "Chile shared that burden.",
        "Chile welcomed that statement.",
        "Not all were of that mind, Chile noted.",
    ],
)
def test_who_does_not(pointing: str, parsed_claims: Parsed) -> None:
    text = f"Peru said the plan was sound. {pointing}"
    assert "said the plan was sound" not in held_by(parsed_claims(text), text, "CHL")


def test_one_may_join_who_has_joined(parsed_claims: Parsed) -> None:
    text = (
        "Peru backs the plan. Chile said much the same. Togo associated itself with both speakers."
    )
    assert "backs the plan" in held_by(parsed_claims(text), text, "TGO")
