"""What a claim comes to where its cue says only that something is supported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.actors.table import ActorTable
from stance.claims.gists import gists
from stance.types import Claim

Parsed = Callable[..., tuple[Claim, ...]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru remains attached to the peace plan.", {"Peru supports the peace plan."}),
        ("Peru lined up behind the peace plan.", {"Peru supports the peace plan."}),
        ("The plan approved by Peru is new.", {"Peru supports The plan."}),
        ("Peru said that it backs the envoy's plan.", {"Peru supports the envoy's plan."}),
        ("Peru called for direct talks under the envoy.",
         {"Peru supports direct talks under the envoy."}),
        ("Peru voiced its support for the envoy's work and for the peace plan.",
         {"Peru supports the envoy's work and for the peace plan.",
          "Peru supports the envoy's work.", "Peru supports the peace plan."}),
        ("Peru supports the sovereignty and the territorial integrity of Chile.",
         {"Peru supports the sovereignty and the territorial integrity of Chile."}),
    ],
)  # fmt: skip
def test_what_is_supported(
    text: str, expected: set[str], parsed_claims: Parsed, table: ActorTable
) -> None:
    assert _of("PER", text, parsed_claims, table) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Peru does not support the peace plan.",
        "Peru would support the peace plan if it were changed.",
        "Peru opened a consulate near the lake.",
        "Peru called on Chile to leave the lake.",
        "Peru rejects the peace plan.",
        "Peru backs it.",
        "Peru accepts that the plan has failed.",
    ],
)
def test_where_there_is_none(text: str, parsed_claims: Parsed, table: ActorTable) -> None:
    assert not _of("PER", text, parsed_claims, table)


def _of(holder: str, text: str, parsed_claims: Parsed, table: ActorTable) -> set[str]:
    return {
        said
        for claim in parsed_claims(text)
        if claim.holder == holder
        for said, _ in gists(text, claim, table.named(holder))
    }
