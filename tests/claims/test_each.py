"""Each, all three, the former: words that stand for those named before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.types import OPEN, Claim

Parsed = Callable[..., tuple[Claim, ...]]


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("Chad, Togo and Benin spoke. Each of them backs the plan.", "the plan", "BEN TCD TGO"),
        ("Chad, Togo and Benin spoke. All three support the plan.", "the plan", "BEN TCD TGO"),
        ("Chad, Togo and Benin spoke. All of them support it.", "it", "BEN TCD TGO"),
        ("Chad, Togo and Benin spoke. Each country supports it.", "it", "BEN TCD TGO"),
        ("Chad, Togo and Benin spoke. The trio also reject it.", "it", "BEN TCD TGO"),
        ("Chad and Togo spoke; both of them support the plan.", "the plan", "TCD TGO"),
        ("Chad and Togo spoke; the former backs the plan.", "the plan", "TCD"),
        ("Peru received the foreign minister of Chile. The latter backed it.", "it", "CHL"),
        ("Chad, Togo and Benin delivered like texts: each considers the plan to be fair, each has "
         "faith in the envoy, each urges the parties to return.", "in the envoy", "BEN TCD TGO"),
        ("Chad, Togo and Benin delivered like texts: each considers the plan to be fair, each has "
         "faith in the envoy, each urges the parties to return.", "the parties to return",
         "BEN TCD TGO"),
        # somebody else is meant, or nobody knows who
        ("Chad, Togo and Benin spoke. The other two rejected the plan.", "the plan", ""),
        ("Chad, Togo and Benin spoke. The latter backs the plan.", "the plan", ""),
        ("Five members spoke. Each backs the plan.", "the plan", ""),
    ],
)  # fmt: skip
def test_it_stands_for_those_named_before(
    text: str, content: str, expected: str, parsed_claims: Parsed
) -> None:
    found = {
        claim.holder
        for claim in parsed_claims(text)
        if claim.cue and claim.holder != OPEN and content in {s.of(text) for s in claim.content}
    }
    assert " ".join(sorted(found)) == expected


def test_neither_denies_it_of_both(parsed_claims: Parsed) -> None:
    text = "Chad and Togo met. Neither recognises the republic."
    found = {claim.holder: claim.polarity for claim in parsed_claims(text) if claim.cue}
    assert found == {"TCD": "negated", "TGO": "negated"}
