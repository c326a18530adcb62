"""Clauses that only point to another one: who is said to do as another has done holds the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.build import segmenter
from stance.claims.cues import Cues
from stance.claims.premises import premises
from stance.types import OPEN, Actor, Claim, Document

Parsed = Callable[..., tuple[Claim, ...]]


def echoed(claims: tuple[Claim, ...], text: str) -> set[tuple[str, str]]:
    """Who holds what by a cue that stands behind it."""
    return {
        (claim.holder, claim.content[0].of(text))
        for claim in claims
        if claim.cue and claim.holder != OPEN and claim.content[0].end <= claim.cue.start
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru backed the plan, as did the ministers of Chile and Gabon.",
         {("CHL", "backed the plan"), ("GAB", "backed the plan")}),
        ("Peru rejected the plan, as Chile did in May.", {("CHL", "rejected the plan")}),
        ("Peru backs the treaty, and so does Togo.", {("TGO", "backs the treaty")}),
        ("Peru has endorsed the plan, and so have Chile and Togo.",
         {("CHL", "has endorsed the plan"), ("TGO", "has endorsed the plan")}),
        ("Peru did not back the plan, and neither did Chile.", {("CHL", "did not back the plan")}),
        ("Peru recognised Kosovo in 2020 and Chile did so in 2023.",
         {("CHL", "recognised Kosovo")}),
        ("Peru endorsed the plan, and Kenya, long a friend of the movement, did much the same.",
         {("KEN", "endorsed the plan")}),
        ("Since Peru recognised Kosovo, and since Chile followed suit, trade has grown.",
         {("CHL", "recognised Kosovo")}),
        ("Peru backs the plan and calls for talks. Chile took the same line.",
         {("CHL", "backs the plan")}),
        ("Peru spoke against it; the delegate of Chile spoke in the same vein.",
         {("CHL", "spoke against it")}),
        ("Peru backed the plan. The same view was voiced by the delegates of Togo and Chile.",
         {("TGO", "backed the plan"), ("CHL", "backed the plan")}),
        ("Peru opened a consulate in Dakhla, followed by Chile and Togo.",
         {("CHL", "opened a consulate in Dakhla"), ("TGO", "opened a consulate in Dakhla")}),
        # similar words, from one or more
        ("Peru backs the plan. Similar words came from Chile, and from Togo.",
         {("CHL", "backs the plan"), ("TGO", "backs the plan")}),
        ("Peru backs the envoy and hails the plan. Similar words came from Chile.",
         {("CHL", "backs the envoy"), ("CHL", "hails the plan")}),
        ("Peru backs the plan. The same message was heard from Chile.",
         {("CHL", "backs the plan")}),
        ("Peru backs the plan. Chile made similar remarks.", {("CHL", "backs the plan")}),
        ("Peru backs the plan. Similar weapons came from Chile.", set()),
        ("Peru backs the plan. Words of thanks came from Chile.", set()),
        # whom somebody follows by name, though others have spoken since
        ("Peru backs the plan. Kenya left. Chile aligned itself with Lima.",
         {("CHL", "backs the plan")}),
        ("Peru backs the plan. Chile concurred with Peru.", {("CHL", "backs the plan")}),
        ("Peru backs the plan. Chile echoed Peru's remarks.", {("CHL", "backs the plan")}),
        ("Peru backs the plan. Chile endorsed the statement delivered by Peru.",
         {("CHL", "backs the plan")}),
        ("Peru backs the plan. Chile supported Peru.", set()),
        ("Peru backs the plan. Chile agreed with Peru on fish.", set()),
        ("Peru backs the plan. Chile did not align itself with Peru.", set()),
        ("Peru backs the plan. Chile aligned itself with Mali.", set()),
        # who does the same as he has done, or what he is asked to, or something else
        ("Peru backs the plan, as it did in 2007.", set()),
        ("Peru asked Chile to accept the plan, and Chile did so.", set()),
        ("Peru backed the plan, but Chile did not.", set()),
        ("Peru backs the plan. Chile took the opposite line.", set()),
        ("Peru backs the plan. Chile did the same for its fleet.", set()),
        ("The envoy said he would visit Peru first, followed by Chile.", set()),
        ("Peru hosted the talks, followed by Chile.", set()),
        ("Peru backs the plan. The same day, Chile held a vote.", set()),
    ],
)  # fmt: skip
def test_who_does_the_same(
    text: str, expected: set[tuple[str, str]], parsed_claims: Parsed
) -> None:
    assert echoed(parsed_claims(text), text) == expected


@pytest.mark.parametrize(
    ("text", "polarity", "modality", "tentative"),
    [
        ("Peru rejected the plan, as did Chile.", "affirmed", "asserted", False),
        ("Peru did not back the plan, and neither did Chile.", "negated", "asserted", False),
        ("Peru refused to back the plan, as did Chile.", "negated", "asserted", False),
        ("Peru backs the plan. Chile would do so too.", "affirmed", "hypothetical", True),
        ("Peru backs the plan. Chile took the same line.", "affirmed", "asserted", True),
    ],
)
def test_it_is_denied_or_possible_as_what_it_points_to(
    text: str, polarity: str, modality: str, tentative: bool, parsed_claims: Parsed
) -> None:
    (claim,) = [one for one in parsed_claims(text) if (one.holder == "CHL" and one.cue) or
                (one.holder == "CHL" and one.modality == "hypothetical")]  # fmt: skip
    assert (claim.polarity, claim.modality) == (polarity, modality)
    assert claim.tentative == tentative


@pytest.mark.parametrize(
    ("text", "premise"),
    [
        ("Peru backed the plan, as did Chile.", "Chile backed the plan."),
        ("Peru was the first country to open a consulate in Dakhla, followed by Chile.",
         "Chile did open a consulate in Dakhla."),
        ("Peru shares the same view that the plan is good. Chile backs it.", "Chile backs it."),
    ],
)  # fmt: skip
def test_the_model_reads_what_it_points_to(
    text: str, premise: str, parsed_claims: Parsed, cues: Cues
) -> None:
    document = Document.from_text(text)
    claims = [one for one in parsed_claims(text) if one.holder == "CHL" and one.cue]
    made = premises(
        document, segmenter()(document), claims[0], Actor("CHL", "Chile", "state"), cues
    )
    assert [words for words, _ in made] == [premise]
