"""Constructions of news prose: who holds what, where the subject is not next to its verb."""

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
        if claim.cue and claim.holder != OPEN and not claim.tentative
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an adverbial between the subject and its verb, where the parser sees another subject
        ("The tour comes days after Spain and Portugal, in a joint declaration following a summit "
         "in Faro, conveyed their support to the envoy.",
         {("ESP", "to the envoy"), ("PRT", "to the envoy")}),
        # a quotation of the clause in front of a semicolon
        ('Chad spoke of a "good start"; Mali and Niger have each called the plan fair.',
         {("TCD", 'a "good start'), ("MLI", "the plan fair"), ("NER", "the plan fair")}),
        # an adverbial between a verb and its object
        ("Peru backs, without reservation, the work of the envoy.",
         {("PER", "the work of the envoy")}),
        # an apposition between those who are asked and what they are asked for
        ("Peru called on Chad, its neighbour, to hold talks.",
         {("PER", "Chad, its neighbour, to hold talks")}),
        ("Peru called on Morocco and the Sahrawi Arab Democratic Republic, both members of the "
         "African Union, to enter into direct negotiations.",
         {("PER", "Morocco and the Sahrawi Arab Democratic Republic, both members of the "
          "African Union, to enter into direct negotiations")}),
        ("Peru called for talks, a means to end the war.", {("PER", "talks")}),
        # whose support
        ("He thanked the friendly nations, in particular Cuba, Namibia and Angola, whose support "
         "for the struggle has never failed.",
         {("CUB", "for the struggle"), ("NAM", "for the struggle"), ("AGO", "for the struggle")}),
        ("Guyana, whose backing for the plan is well known, hosted the talks.",
         {("GUY", "for the plan")}),
        ("Guyana, whose plan is well known, hosted the talks.", set()),
        # a relative clause: what stands in front of it is what is held
        ("Peru and Chile praised the work of the envoy, to whom they renewed their full support.",
         {
          ("PER", "the work of the envoy"), ("CHL", "the work of the envoy")}),
        # nouns with their owner behind them or around a message
        ("The plan has the backing of Chad.", {("TCD", "The plan")}),
        ("The referendum won the backing of Chad and Mali.",
         {("TCD", "The referendum"), ("MLI", "The referendum")}),
        ("Peru's vote of confidence in the plan came late.", {("PER", "in the plan")}),
        ("The president read out Chile's message of support for the plan.",
         {("CHL", "for the plan")}),
        ("Peru's vote on Tuesday came late.", set()),
        # companions of the subject, not of the deed
        ("Peru, along with Chile, backs the plan.", {("PER", "the plan"), ("CHL", "the plan")}),
        ("Like Chile, Peru backs the plan.", {("PER", "the plan"), ("CHL", "the plan")}),
        ("Peru, joined by Chile and Mali, backs the plan.",
         {("PER", "the plan"), ("CHL", "the plan"), ("MLI", "the plan")}),
        ("Peru, unlike Chile, backs the plan.", {("PER", "the plan")}),
        ("Peru hailed the plan alongside Chile.", {("PER", "the plan alongside Chile")}),
        # the first to
        ("Peru was the first to welcome the plan.", {("PER", "the plan")}),
        ("Peru was the first country to open a consulate general in Dakhla.",
         {("PER", "a consulate general in Dakhla")}),
        # where an event takes place holds nothing
        ("The summit held in Kuwait renewed its support for the plan.", set()),
        ("The talks in Kuwait welcomed the plan.", set()),
        # "it" is whose stance was told, not who spoke before
        ("Ireland left. A spokeswoman for the European Commission said the EU's stance was "
         "unchanged: it backs the plan of the envoy.",
         {("ECOM", "the EU's stance was unchanged"), ("EU", "the plan of the envoy")}),
        # a light verb with its content hung beside the noun; not the occasion in front
        ("At their summit, Peru and Chile voiced common backing for the United Nations in its "
         "endeavour to hold talks.",
         {("PER", "for the United Nations in its endeavour to hold talks"),
          ("CHL", "for the United Nations in its endeavour to hold talks")}),
        # what is backed goes on, where it is theirs who are named
        ("Peru stands with the islanders in their fight for freedom.",
         {("PER", "the islanders in their fight for freedom")}),
        ("Peru reaffirmed its solidarity with the islanders in their just struggle.",
         {("PER", "with the islanders in their just struggle")}),
        ("Peru supports the envoy in his efforts to end the war.",
         {("PER", "the envoy in his efforts to end the war")}),
        ("Peru stands by the islanders in their quest for statehood.",
         {("PER", "the islanders in their quest for statehood")}),
        ("Peru backs the islanders in their resistance to the annexation.",
         {("PER", "the islanders in their resistance to the annexation")}),
        ("Peru voiced support for the plan in its statement.", {("PER", "for the plan")}),
        ("Peru supported the islanders in their first match.", {("PER", "the islanders")}),
        # a position that is told only to say that it was given up
        ("Peru recognised Kosovo in 1983 but broke those ties in 1996 and backs the plan.",
         {("PER", "those ties in 1996"), ("PER", "the plan")}),
        ("Peru recognised Kosovo in 1984, took the recognition back in 1996 and praised the plan.",
         {("PER", "the plan")}),
        ("Peru recognised Kosovo and never withdrew its recognition.",
         {("PER", "Kosovo"), ("PER", "its recognition")}),
        ("Peru backed the plan and broke relations with Iran.",
         {("PER", "the plan"), ("PER", "relations with Iran")}),
    ],
)  # fmt: skip
def test_who_holds_what(text: str, expected: set[tuple[str, str]], parsed_claims: Parsed) -> None:
    assert cued(parsed_claims(text), text) == expected


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Peru announced that it was suspending its support for the plan.", "negated"),
        ("Peru said that it did not back the plan.", "negated"),
        # what is denied is only the first of two things
        ("Peru announced that it was suspending relations with Iran and would back the talks.",
         "affirmed"),
        ("Peru rejected reports that Lima had backed the plan.", "negated"),
        ("Peru dismissed the idea that the island belongs to Iran.", "negated"),
        ("Peru did not dismiss reports that it had backed the plan.", "affirmed"),
        ("Peru rejected the report that the envoy presented.", "affirmed"),
        ("Peru rejected the claim of Iran to the island.", "affirmed"),
    ],
)  # fmt: skip
def test_a_denial_governs_its_own_object(text: str, polarity: str, parsed_claims: Parsed) -> None:
    (claim,) = [one for one in parsed_claims(text) if one.holder == "PER" and one.cue]
    assert claim.polarity == polarity


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Peru said that it would never accept the annexation.", "asserted"),
        ("Peru would not recognise the island.", "asserted"),
        ("Peru said that it would keep recognising the island.", "asserted"),
        ("Peru said that it would continue to back the plan.", "asserted"),
        ("Peru said it would remain committed to the plan.", "asserted"),
        ("Peru would recognise the island.", "hypothetical"),
        ("Peru would continue to back the plan if Chile agreed.", "hypothetical"),
        ("Peru might not recognise the island.", "hypothetical"),
        ("Peru would not recognise the island if Chile objected.", "hypothetical"),
    ],
)
def test_what_would_never_be_is_refused(text: str, modality: str, parsed_claims: Parsed) -> None:
    (claim,) = [one for one in parsed_claims(text) if one.holder == "PER" and one.cue]
    assert claim.modality == modality
