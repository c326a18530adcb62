"""Speeches: what a speaker says of others, and what is no stance of anybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.actors.table import ActorTable
from stance.build import segmenter
from stance.claims.cues import Cues
from stance.claims.premises import premises as premises_of
from stance.types import OPEN, Claim, Document, Meta

Read = Callable[..., tuple[Claim, ...]]
Said = Callable[[str], list[str]]


@pytest.fixture
def said(parsed_claims: Read, table: ActorTable, cues: Cues) -> Said:
    """The premises of all that is claimed for others than the speaker, Norway, for certain."""

    def said(text: str) -> list[str]:
        document = Document.from_text(text, meta=Meta(speaker="NOR"))
        sentences = segmenter()(document)
        return [
            premise
            for claim in parsed_claims(text, speaker="NOR")
            if claim.holder not in ("NOR", OPEN) and not claim.tentative
            for premise, _ in premises_of(
                document, sentences, claim, table.actors[claim.holder], cues
            )
        ]

    return said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We commend Peru's land reform plan.", "Peru proposes the land reform plan."),
        ("My country hails the Chilean initiative for the valley.",
         "Chile proposes the initiative for the valley."),
        ("We back the proposal of the Government of Kenya.", "Kenya proposes the proposal."),
        ("We welcome the offer made by Japan on fishing rights.",
         "Japan proposes the offer on fishing rights."),
        ("We thank Peru, and we support its plan for the islands.",
         "Peru proposes the plan for the islands."),
        ("We salute the just struggle of the Polisario Front.",
         "Polisario Front leads the just struggle."),
        ("We support the fight of the people under the leadership of the Polisario Front.",
         "Polisario Front leads the fight of the people."),
        ("We welcome the acceptance by Chile of the border treaty.",
         "Chile accepts the border treaty."),
        ("We note the Security Council's reaffirmation of its support for the talks.",
         "UN Security Council reaffirms its support for the talks."),
    ],
)  # fmt: skip
def test_what_is_anothers_own_is_a_claim_of_that_other(
    said: Said, text: str, expected: str
) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "We support the United Nations plan for the islands.",
        "Such an initiative by Chile would calm the valley.",
        "Our own initiative on water is known to Chile.",
        "Norway's plan for the valley is well known.",
        "We support the plan for Peru.",
    ],
)
def test_what_is_no_states_own_plan_is_none(said: Said, text: str) -> None:
    assert [premise for premise in said(text) if "proposes" in premise] == []


@pytest.mark.parametrize(
    "text",
    [
        "We hope that Chile will respect the treaty.",
        "It is our hope that Chile will accept the plan.",
        "We trust that Chile and Peru will support the plan.",
        "We are hopeful that Chile will endorse the treaty.",
        "We wish that Chile would recognise the treaty.",
    ],
)
def test_what_others_are_hoped_to_do_is_no_claim_of_theirs(said: Said, text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    "text",
    ["We know that Chile will respect the treaty.", "We note that Chile has accepted the plan."],
)
def test_what_others_are_known_to_do_is_one(said: Said, text: str) -> None:
    assert len(said(text)) == 1


@pytest.mark.parametrize(
    "text", ["We hope that Chile will find peace.", "We urge Chile to find peace in the valley."]
)
def test_who_is_urged_or_hoped_for_is_no_bystander(parsed_claims: Read, text: str) -> None:
    assert {claim.holder for claim in parsed_claims(text, speaker="NOR")} == {"NOR"}


@pytest.mark.parametrize(
    "text",
    [
        "We have sent military observers to the mission in Haiti.",
        "My country has contributed troops to the operation.",
        "The Government has decided to contribute an engineering unit to the mission.",
        "We are participating in the mission in Cyprus.",
        "Norway is proud to provide police officers to the mission.",
    ],
)
def test_who_only_lends_troops_claims_nothing(parsed_claims: Read, text: str) -> None:
    assert [one for one in parsed_claims(text, speaker="NOR") if one.holder == "NOR"] == []


@pytest.mark.parametrize(
    "text",
    [
        "We have contributed to the efforts of the Secretary-General in Cyprus.",
        "We have contributed troops to the mission and support its mandate.",
        "We support the mission, to which we have sent troops.",
    ],
)
def test_who_says_more_does(parsed_claims: Read, text: str) -> None:
    assert [one for one in parsed_claims(text, speaker="NOR") if one.holder == "NOR"] != []
