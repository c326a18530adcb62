"""What somebody stops short of, has not done yet, or has given up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.actors.table import ActorTable
from stance.build import segmenter
from stance.claims.cues import Cues
from stance.claims.premises import premises
from stance.types import Claim, Document

Parsed = Callable[..., tuple[Claim, ...]]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Peru has not endorsed the plan.", "hypothetical"),
        ("Peru has yet to endorse the plan.", "hypothetical"),
        ("Peru has endorsed the plan.", "asserted"),
        ("Peru does not endorse the plan.", "asserted"),
        ("Peru has not rejected the plan.", "asserted"),
    ],
)
def test_modality(text: str, modality: str, parsed_claims: Parsed) -> None:
    found = [
        claim for claim in parsed_claims(text) if claim.cue and "plan" in _content(claim, text)
    ]
    assert [claim.modality for claim in found] == [modality]


def test_support_that_was_given_up_is_not_expressed(
    parsed_claims: Parsed, table: ActorTable, cues: Cues
) -> None:
    text = "Peru dropped its support for the plan."
    document = Document.from_text(text)
    found = [
        premise
        for claim in parsed_claims(text)
        if claim.cue
        for premise, _ in premises(
            document, segmenter()(document), claim, table.actors["PER"], cues
        )
    ]
    assert found == ["Peru does not express its support for the plan."]


def _content(claim: Claim, text: str) -> str:
    return " ".join(span.of(text) for span in claim.content)


@pytest.mark.parametrize(
    "text", ["Peru stopped short of leaving the lake.", "Peru did not leave the lake."]
)
def test_without_a_cue_negation_counts_as_well(text: str, parsed_claims: Parsed) -> None:
    assert {claim.polarity for claim in parsed_claims(text) if claim.tentative} == {"negated"}
