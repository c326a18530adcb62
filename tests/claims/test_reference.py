"""Whose a claim is, and how sure that is; what stays open is shown as open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stance.claims.finder import LEAST
from stance.types import OPEN, Claim

Parsed = Callable[..., tuple[Claim, ...]]


def holders(claims: tuple[Claim, ...]) -> list[str]:
    return [claim.holder for claim in claims if not claim.tentative]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an office in small letters, with the comma of its apposition
        ("Voters in Malta are restless. The energy minister, Carmen Vella, argues that it rains.",
         ["MLT"]),
        ("Peru backs the plan. Its envoy, Ana Ruiz, said that it rains.", ["PER", "PER"]),
        ("Kenya rejects the plan. Its UN representative, Jane Otieno, said that it rains.",
         ["KEN", "KEN"]),
        ("Joshua Harris, a deputy secretary at the Chilean foreign ministry, said that it rains.",
         ["CHL"]),
        # what a minister conveys is of the own state, what one praises may be another's
        ("Minister of Trade Ana Ruiz expressed Peru's gratitude. Ruiz backs the plan.",
         ["PER", "PER"]),
        ("Foreign Minister Ana Ruiz reiterated Peru's support. Ruiz backs the plan.",
         ["PER", "PER"]),
        ("Chile and Peru left. Minister Ana Ruiz voiced Peru's concern.", ["PER"]),
        ("Minister Ana Ruiz praised Peru's support.", ["person:Ana Ruiz"]),
        # whose an envoy is, where that goes back to a body
        ("Polisario left. The front's representative said that it rains.", ["POLISARIO"]),
        ("Polisario left. The movement's envoy in Geneva, Ana Ruiz, said that it rains.",
         ["POLISARIO"]),
        ("Polisario left. The front's representative to the United Nations, Sidi Omar, said that "
         "it rains.", ["POLISARIO"]),
        ("Peru left. The kingdom's report says that it rains.", []),
        ("The envoy left. The talks' representative said that it rains.", [OPEN]),
        # two sides are not those on whom they call
        ("Algeria and South Africa left. The two sides called on Peru and Chile to speak.",
         ["DZA", "ZAF"]),
        ("Algeria and South Africa left. The two countries asked Peru and Chile to hold talks.",
         ["DZA", "ZAF"]),
        # two states that meet, until others do
        ("Peruvian minister Juan Paz met his Chilean counterpart. Both sides back the plan.",
         ["CHL", "PER"]),
        # those named behind "the two sides" are others
        ("Peru and Chile met. The two sides called on Mali and Chad to make peace.",
         ["CHL", "PER"]),
        ("Peru and Chile met. They urged Mali and Chad, both of them weary, to make peace.",
         ["CHL", "PER"]),
        ("Peru's king received Chile's president in Rabat. The two countries back the plan.",
         ["CHL", "PER"]),
        # "he" is the minister who was the subject, not whom a letter went to
        ("Peru left. The minister did not budge. A day after the letter to Ana Ruiz of Chile, he "
         "said that it rains.", ["PER"]),
        ("The minister did not budge. A day after the letter to Ana Ruiz of Chile, he said that it "
         "rains.", [OPEN]),
        # what no person is called
        ("The Cornish Nationalist Party said that it rains.", []),
        ("The resolution on the Moroccan Sahara, which confirmed the plan, was read.", []),
        ("GCC Reiterates Unwavering Support for Plan\n\nIt rained.", ["GCC"]),
        ("Broad Backing for New Plan\n\nIt rained.", []),
        # nobody knows whose analyst that is
        ("Peru left. Eva Lund, an analyst, said that it rains.", ["person:Eva Lund"]),
        # two persons have an equal claim to "he"
        ("Peruvian minister Juan Paz met Chilean minister Luis Vera. He said that it rains.",
         [OPEN]),
        ("They said that it rains.", [OPEN]),
        ("The minister said that it rains.", [OPEN]),
        # what cannot speak is not shown as somebody who does
        ("The agreement says that it rains.", []),
        ("The most recent of these says that it rains.", []),
    ],
)  # fmt: skip
def test_whose_a_claim_is(text: str, expected: list[str], parsed_claims: Parsed) -> None:
    assert holders(parsed_claims(text)) == expected


def test_each_step_from_a_name_is_less_sure(parsed_claims: Parsed) -> None:
    (named,) = parsed_claims("Peru said that it rains.")
    *_, pronoun = parsed_claims("Peruvian minister Ana Ruiz said that it rains. She denied it.")
    *_, guess = parsed_claims("Peru and Chile met. Peru left. Minister Ana Ruiz said it rains.")
    assert named.confidence == 1.0 > pronoun.confidence >= guess.confidence >= LEAST


def test_a_speaker_has_one_claim_in_a_sentence_as_far_as_it_goes(parsed_claims: Parsed) -> None:
    text = "We support the people of Chad in their struggle, and we call for talks in Paris."
    (claim,) = [one for one in parsed_claims(text, "KEN") if one.holder == "KEN"]
    assert [span.of(text) for span in claim.content] == [
        "the people of Chad in their struggle, and we call for talks in Paris"
    ]


def test_what_others_hold_in_a_speech_is_theirs(parsed_claims: Parsed) -> None:
    claims = parsed_claims("Morocco has rejected the plan. It must be accepted.", "KEN")
    assert [(one.holder, one.voice) for one in claims] == [("MAR", "reported"), ("KEN", "own")]


def test_an_assertion_without_a_cue_is_tentative(parsed_claims: Parsed) -> None:
    text = "Peru walked a long way towards the plan."
    (claim,) = parsed_claims(text)
    assert (claim.holder, claim.tentative, claim.cue) == ("PER", True, None)


def test_a_sentence_that_is_no_prose_is_not_parsed(parsed_claims: Parsed) -> None:
    assert parsed_claims("Peru backs " + "the plan and " * 400 + "more.") == ()
