"""Motions, resolutions and joint statements: whose they are, and who is for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.types import OPEN, Claim

Parsed = Callable[..., tuple[Claim, ...]]


def cued(claims: tuple[Claim, ...], text: str) -> set[tuple[str, str]]:
    """Who holds what, by a cue."""
    return {
        (claim.holder, " … ".join(span.of(text) for span in claim.content))
        for claim in claims
        if claim.cue and claim.holder != OPEN
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # who has tabled, signed or issued it says what it says
        ("The motion, tabled by Japan and Peru, demands a vote.",
         {("JPN", "a vote"), ("PER", "a vote")}),
        ("A statement issued by Chile hails the envoy.", {("CHL", "the envoy")}),
        ("The letter, signed by Kenya, demands that Mali leave and welcomes the truce.",
         {("KEN", "that Mali leave"), ("KEN", "the truce")}),
        # of those who met
        ("Peru and Chile met in Lima. The final statement hailed the envoy.",
         {("PER", "the envoy"), ("CHL", "the envoy")}),
        ("The ministers of Peru and Chile spoke for an hour. The communiqué welcomed the truce.",
         {("PER", "the truce"), ("CHL", "the truce")}),
        # who is for it
        ("The motion calls for talks. Peru backed it.", {("PER", "calls for talks")}),
        ("The resolution demands a vote. Chile voted for the text, and so did Togo.",
         {("CHL", "demands a vote"), ("TGO", "demands a vote")}),
        ("The text welcomes the truce. Peru, long undecided, voted in favour.",
         {("PER", "welcomes the truce")}),
        # who is not, who votes for another thing, or where no text is told of
        ("The motion calls for talks. Peru did not back it.", set()),
        ("The motion calls for talks. Peru voted for the bill on fish.", set()),
        ("The plan calls for talks. Peru hosted them.", set()),
        ("The envoy calls for talks. Peru voted in favour.", set()),
        ("Peru and Chile met in Lima. The final statement of Togo hailed the envoy.",
         {("TGO", "the envoy")}),
    ],
)  # fmt: skip
def test_what_a_text_says(text: str, expected: set[tuple[str, str]], parsed_claims: Parsed) -> None:
    found = cued(parsed_claims(text), text)
    assert {one for one in found if one[1] not in ("it", "the text", "The motion")} >= expected
    if not expected:
        assert not {one for one in found if one[1].startswith(("calls", "demands"))}
