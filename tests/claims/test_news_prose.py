"""Constructions of news prose: offices at home, parentheses, passives, plans told in the past."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.types import Claim

Parsed = Callable[..., tuple[Claim, ...]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a body or office of the capital that opens the sentence
        ("In Lima the foreign ministry rejected the plan.", ("PER", "rejected", "the plan")),
        ("In Lima, meanwhile, the government backed the plan.", ("PER", "backed", "the plan")),
        ("In Lima, the prime minister rejected the plan.", ("PER", "rejected", "the plan")),
        ("In Lima, a foreign ministry spokesman rejected the plan.",
         ("PER", "rejected", "the plan")),
        # who says it, between commas
        ("Peru and Chile, say diplomats, have already agreed and will speak up for the plan.",
         ("PER", "will speak up for", "the plan")),
        ("Peru, say officials, backs the plan.", ("PER", "backs", "the plan")),
        # two participles with one subject
        ("The plan was endorsed by Peru and accepted by Chile.", ("CHL", "accepted", "The plan")),
        # a people for its state
        ("In London, the Danes backed the plan.", ("DNK", "backed", "the plan")),
        ("The British have endorsed the plan.", ("GBR", "have endorsed", "the plan")),
        # an echo in what somebody says
        ("Chad opened a consulate in Lima. Peru says it will do the same.",
         ("PER", "do the same", "opened a consulate in Lima")),
        ("Peru has thrown its weight behind the plan.",
         ("PER", "thrown its weight", "behind the plan")),
    ],
)  # fmt: skip
def test_who_holds_it(text: str, expected: tuple[str, str, str], parsed_claims: Parsed) -> None:
    assert expected in _found(text, parsed_claims)


@pytest.mark.parametrize(
    ("text", "holder", "cue"),
    [
        ("In Lima, the foreign minister met his Peruvian colleague and rejected the plan.",
         "PER", "rejected"),
        ("In Lima, the Chilean foreign minister rejected the plan.", "PER", "rejected"),
        ("In Lima, the minister rejected the plan.", "PER", "rejected"),
        ("Peru and Chile, say diplomats, have already agreed.", "PER", "say"),
        ("The British plan was rejected.", "GBR", "was rejected"),
        ("The Danes living in Peru rejected the plan.", "DNK", "rejected"),
        ("Chad opened a consulate in Lima. Peru denied that it would do the same.",
         "PER", "do the same"),
    ],
)  # fmt: skip
def test_who_does_not(text: str, holder: str, cue: str, parsed_claims: Parsed) -> None:
    assert (holder, cue) not in {one[:2] for one in _found(text, parsed_claims)}


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Peru said that it would back the plan.", "asserted"),
        ("They were told that Peru would back the plan.", "asserted"),
        ("Peru said that it would back the plan if it were fair.", "hypothetical"),
        ("Chile thought that Peru would back the plan.", "hypothetical"),
        ("Peru would back the plan.", "hypothetical"),
    ],
)
def test_would(text: str, modality: str, parsed_claims: Parsed) -> None:
    found = {one.modality for one in parsed_claims(text) if one.holder == "PER" and one.cue}
    assert found == {modality}


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("James Baker, the former Peruvian secretary of state, drafted it.", "PER"),
        ("Since the Lima summit of 2018 the European Union has left it to the envoy.", "PER"),
        ("Chile's embassy in Peru said that the text was fair.", "PER"),
    ],
)
def test_named_only_beside(text: str, holder: str, parsed_claims: Parsed) -> None:
    assert holder not in {one.holder for one in parsed_claims(text)}


def test_a_spokesman_of_a_part_of_the_name(parsed_claims: Parsed) -> None:
    text = (
        "The European Commission met on Monday. Peru objects. A Commission spokesman rejected it."
    )
    found = {one[:2] for one in _found(text, parsed_claims)}
    assert ("ECOM", "rejected") in found


def _found(text: str, parsed_claims: Parsed) -> set[tuple[str, str, str]]:
    return {
        (claim.holder, claim.cue.of(text), " ".join(span.of(text) for span in claim.content))
        for claim in parsed_claims(text)
        if claim.cue
    }
